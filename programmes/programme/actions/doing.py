"""What every action of this app opens with."""

from contextlib import contextmanager

import pghistory
from django.db import transaction


@contextmanager
def doing(what, by):
    """One transaction in which every change is written to the history with `what` was done and by whom.

    `by` is a User, or None for somebody who used the secret link of a message without signing in.
    """
    with pghistory.context(user=by.pk if by else None, action=what), transaction.atomic():
        yield
