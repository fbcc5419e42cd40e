"""What every action of this app opens with."""

from contextlib import contextmanager

import pghistory
from django.db import transaction


@contextmanager
def doing(what, by):
    """One transaction in which every change is written to the history with who did it (`by`, a User) and `what`."""
    with pghistory.context(user=by.pk, action=what), transaction.atomic():
        yield
