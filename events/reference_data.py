"""Rows that every installation begins with: how meetings are planned, until a group sets its own rules,
and how long before an event each kind of access need is arranged.

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

# Interpreters are booked weeks ahead; a caterer is told once most replies are in.
_FROM = dt.date(2020, 1, 1)
_DAYS = {
    "": 7,
    "bsl": 28,
    "lip_speaker": 28,
    "language": 21,
    "captions": 14,
    "braille": 14,
    "easy_read": 14,
    "audio": 14,
    "large_print": 7,
    "transport": 7,
    "diet": 5,
    "hearing_loop": 3,
}
ARRANGEMENT_DAYS = ReferenceRows(
    "events",
    "ArrangementDays",
    key=("kind", "effective_from"),
    rows=tuple({"kind": kind, "effective_from": _FROM, "days_before": days} for kind, days in _DAYS.items()),
)

# Thanked the day after, while it is fresh; not weeks later, as if by a machine. Three weeks leave time for the post.
FEEDBACK_RULES = ReferenceRows(
    "events",
    "FeedbackRule",
    key=("programme", "effective_from"),
    rows=(
        {
            "programme": None,
            "effective_from": _FROM,
            "thank_after_days": 1,
            "thank_within_days": 14,
            "open_days": 21,
        },
    ),
)
QUESTIONS = (
    "I had a chance to speak",
    "I felt heard",
    "My needs were met",
    "I knew what could and could not change",
    "I would come again",
)
FEEDBACK_QUESTIONS = ReferenceRows(
    "events",
    "FeedbackQuestion",
    key=("programme", "effective_from", "position"),
    rows=tuple(
        {"programme": None, "effective_from": _FROM, "position": position, "words": words}
        for position, words in enumerate(QUESTIONS, 1)
    ),
)

load = loader_of(MEETING_RULES, ARRANGEMENT_DAYS, FEEDBACK_RULES, FEEDBACK_QUESTIONS)
