"""Rows that every installation begins with: how meetings are planned, until a group sets its own rules.

They are loaded after `migrate` and after the tables were emptied, where they are missing.
"""

import datetime as dt

from wellbeing.lib.reference import ReferenceRows, loader_of

# Ninety minutes is the longest many people sit through without pain or losing the thread; papers a week before leave
# time to read them, and to ask for another format. Braille that is made and posted takes about two weeks.
MEETING_RULES = ReferenceRows(
    "events",
    "MeetingRules",
    key=("group", "starts_on"),
    rows=(
        {
            "group": None,
            "starts_on": dt.date(2020, 1, 1),
            "longest_stretch": 90,
            "break_minutes": 10,
            "item_minutes": 15,
            "days_before": 7,
            "format_days": 14,
        },
    ),
)

load = loader_of(MEETING_RULES)
