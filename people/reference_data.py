"""Rows that every installation begins with: how long safety steps wait.

They are loaded after `migrate` and after the tables were emptied, where they are missing.
"""

import datetime as dt

from django.apps import apps as present
from django.db import DEFAULT_DB_ALIAS

from wellbeing.lib.reference import ReferenceRows

# Three days: over a weekend, so that somebody who does not read mail on Saturday can still say no on Monday.
HOURS = {"new_address": 72, "bank_after_address": 72, "new_finance": 72}
WAITING_TIMES = ReferenceRows(
    "people",
    "WaitingTime",
    key=("kind", "effective_from"),
    rows=tuple({"kind": kind, "hours": hours, "effective_from": dt.date(2020, 1, 1)} for kind, hours in HOURS.items()),
)


def load(apps=present, using=DEFAULT_DB_ALIAS, **_signal):
    """Add the rows that are missing; a receiver of `post_migrate`, which comes without `apps` after a flush."""
    WAITING_TIMES.load(apps, using)
