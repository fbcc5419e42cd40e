"""Rows that every installation begins with.

How meetings are planned, until a group sets its own rules; how long before an event each kind of access need is
arranged; when a venue is checked again; ways of working; how long personal links work, and when people are told how to
get there; how long an offered place is held.

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

# A month is enough to look up what one replied; two days leave time to ask how to get there.
INVITATION_RULES = ReferenceRows(
    "events",
    "InvitationRules",
    key=("effective_from",),
    rows=({"effective_from": _FROM, "link_days": 31, "details_days": 2},),
)
# A lift breaks, a room is let to somebody else: what was true of a venue a year ago is asked again.
VENUE_CHECKS = ReferenceRows(
    "events", "VenueCheckRule", key=("effective_from",), rows=({"effective_from": _FROM, "months": 12},)
)
TECHNIQUES = ReferenceRows(
    "events",
    "Technique",
    key=("programme", "name"),
    rows=tuple(
        {"programme": None, "name": name}
        for name in ("World café", "Action learning set", "Whole group", "Small groups", "One to one")
    ),
)

# Two days are enough to read an email and ask somebody who comes along; a letter takes two days, its answer two more.
# In the last three days there is time for two more people to be asked.
OFFER_RULES = ReferenceRows(
    "events",
    "OfferRules",
    key=("effective_from",),
    rows=(
        {
            "effective_from": _FROM,
            "hours": 48,
            "by_hand_hours": 120,
            "near_within": 72,
            "near_hours": 12,
            "none_within": 2,
        },
    ),
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

load = loader_of(
    MEETING_RULES,
    ARRANGEMENT_DAYS,
    INVITATION_RULES,
    VENUE_CHECKS,
    TECHNIQUES,
    OFFER_RULES,
    FEEDBACK_RULES,
    FEEDBACK_QUESTIONS,
)
