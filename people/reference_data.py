"""Rows that every installation begins with: how long safety steps wait.

They are loaded after `migrate` and after the tables were emptied, where they are missing.
"""

import datetime as dt

from wellbeing.lib.reference import ReferenceRows, loader_of

# Three days: over a weekend, so that somebody who does not read mail on Saturday can still say no on Monday.
HOURS = {"new_address": 72, "bank_after_address": 72, "new_finance": 72}
WAITING_TIMES = ReferenceRows(
    "people",
    "WaitingTime",
    key=("kind", "effective_from"),
    rows=tuple({"kind": kind, "hours": hours, "effective_from": dt.date(2020, 1, 1)} for kind, hours in HOURS.items()),
)

load = loader_of(WAITING_TIMES)
