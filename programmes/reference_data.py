"""Rows that every installation begins with: when people are reminded, how few is too few to show, 4Pi statements.

They are loaded after `migrate` and after the tables were emptied, where they are missing.
"""

import datetime as dt
from decimal import Decimal

from wellbeing.lib.reference import ReferenceRows, loader_of

# Days before what is due, days until it is said again, and how often at most. A week's notice leaves time to answer by
# post; six weeks to find somebody for a seat, or to put a proposal to a group that meets once a month; a week
# to say what became of something, and to answer a review; once about an event, as two minutes do.
FIRST_RULES = {
    "replies": (5, 4, 2),
    "terms": (42, 28, 2),
    "reviews": (28, 28, 2),
    "answers": (7, 7, 2),
    "review_answers": (7, 5, 2),
    "event_feedback": (5, 4, 1),
}
REMINDER_RULES = ReferenceRows(
    "programmes",
    "ReminderRule",
    key=("programme", "subject", "effective_from"),
    rows=tuple(
        {
            "programme": None,
            "subject": subject,
            "effective_from": dt.date(2020, 1, 1),
            "days": days,
            "again_after": again_after,
            "at_most": at_most,
        }
        for subject, (days, again_after, at_most) in FIRST_RULES.items()
    ),
)

# Counts under 5 within the programme and under 10 in public are common practice in health statistics.
FEWEST_SHOWN = ReferenceRows(
    "programmes",
    "FewestShown",
    key=("readers", "effective_from"),
    rows=(
        {"readers": "members", "effective_from": dt.date(2020, 1, 1), "fewest": 5},
        {"readers": "public", "effective_from": dt.date(2020, 1, 1), "fewest": 10},
    ),
)

# A week is what staff need to see a mistake; a month to put a file right.
IMPORT_RULES = ReferenceRows(
    "programmes",
    "ImportRule",
    key=("programme", "effective_from"),
    rows=(
        {
            "programme": None,
            "effective_from": dt.date(2020, 1, 1),
            "most_rows": 10_000,
            "most_bytes": 10 * 1024 * 1024,
            "undo_days": 7,
            "keep_days": 30,
        },
    ),
)

# Under five is few within an organisation; three weeks leave time for the post both ways. Below the middle is low.
REVIEW_RULES = ReferenceRows(
    "programmes",
    "ReviewRule",
    key=("programme", "effective_from"),
    rows=(
        {
            "programme": None,
            "effective_from": dt.date(2020, 1, 1),
            "fewest": 5,
            "low_mean": Decimal("3.0"),
            "open_days": 21,
        },
    ),
)

# Our own words about what NSUN's 4Pi standards ask: (statement, the same for staff where it has to differ).
STATEMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "principles": (
        ("We agreed together how we would work", ""),
        ("I was treated as an equal", "I treated people with lived experience as equals"),
        ("Disagreement was handled with respect", ""),
        ("It was safe to say what I think", ""),
    ),
    "purpose": (
        ("I knew why I was there", "I knew why people with lived experience were involved"),
        ("I knew what could and could not change", "I said clearly what could and could not change"),
        ("I helped to set the aim", "People with lived experience helped to set the aim"),
    ),
    "presence": (
        ("The people most affected were in the room", ""),
        (
            "I was not the only person with lived experience",
            "Nobody was the only person with lived experience in the room",
        ),
        ("We were there when decisions were made", "People with lived experience were there when decisions were made"),
    ),
    "process": (
        ("Papers came in time and in a format I can use", "Papers went out in time and in each person’s format"),
        ("My access needs were met", "Access needs were met"),
        ("I was paid correctly and on time", "People were paid correctly and on time"),
        ("I had enough support", "People had enough support"),
        ("I was told what happened next", "Everyone was told what happened next"),
    ),
    "impact": (
        ("I can point to something that changed", ""),
        ("I know why some ideas were not used", "People were told why some ideas were not used"),
        ("Taking part was good for me", "Taking part was good for the people who took part"),
        ("Nobody was harmed by taking part", ""),
    ),
}
REVIEW_STATEMENTS = ReferenceRows(
    "programmes",
    "ReviewStatement",
    key=("programme", "effective_from", "section", "position"),
    rows=tuple(
        {
            "programme": None,
            "effective_from": dt.date(2020, 1, 1),
            "section": section,
            "position": position,
            "words": words,
            "staff_words": staff_words,
        }
        for section, statements in STATEMENTS.items()
        for position, (words, staff_words) in enumerate(statements, 1)
    ),
)

# A person needs a few seconds for a name and an address; a hundred people who wait are more than staff can answer.
INVOLVED_RULES = ReferenceRows(
    "programmes",
    "InvolvedRule",
    key=("programme", "effective_from"),
    rows=({"programme": None, "effective_from": dt.date(2020, 1, 1), "least_seconds": 4, "most_waiting": 100},),
)

# A month is time for the person to hear of it and to say that it is wrong.
MERGE_RULES = ReferenceRows(
    "programmes",
    "MergeRule",
    key=("programme", "effective_from"),
    rows=({"programme": None, "effective_from": dt.date(2020, 1, 1), "undo_days": 30},),
)

load = loader_of(
    REMINDER_RULES, FEWEST_SHOWN, REVIEW_RULES, REVIEW_STATEMENTS, IMPORT_RULES, INVOLVED_RULES, MERGE_RULES
)
