"""What the demo plans: two venues of its book, a residential, a meeting that comes again, and a draft."""

import datetime as dt
from typing import Any

from events.models import Event, VenueFact

from .clock import FRI, THU, TUE

Kind = VenueFact.Kind
YES, NO, NOT_KNOWN = VenueFact.Answer.YES, VenueFact.Answer.NO, VenueFact.Answer.NOT_KNOWN

# Checked so many weeks ago: one of them longer ago than a venue is left unchecked.
VENUES: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        -9,
        {
            "name": "The Old Ropeworks",
            "address": "12 Invented Street\nOtterby\nZZ9 1AB",
            "station": "Otterby station, 400 metres, flat",
            "how_to_find": (
                "Turn left out of the station and follow the canal. The door is the blue one under the clock. Ring the"
                " lower bell."
            ),
            "facts": {
                Kind.STEP_FREE: (YES, "By the ramp in the yard"),
                Kind.TOILET: (YES, "Ground floor, with a hoist"),
                Kind.HEARING_LOOP: (YES, "In the loom room only"),
                Kind.QUIET_ROOM: (YES, "The reading room, upstairs by lift"),
                Kind.PARKING: (NO, "Two bays for blue badges in the yard"),
            },
        },
    ),
    (
        -62,
        {
            "name": "Larkhampton Library, the garden room",
            "address": "Library Square\nLarkhampton\nZZ9 2CD",
            "station": "Bus 14 stops at the door",
            "how_to_find": "Through the library, past the desk, and out by the glass doors.",
            "facts": {
                Kind.STEP_FREE: (YES, ""),
                Kind.TOILET: (YES, ""),
                Kind.HEARING_LOOP: (NOT_KNOWN, "Ask at the desk"),
                Kind.QUIET_ROOM: (NO, ""),
                Kind.PARKING: (YES, "Behind the library, pay at the machine"),
            },
        },
    ),
)

RESIDENTIAL = {
    "title": "Two days by the water",
    "kind": Event.Kind.COPRODUCTION,
    "purpose": (
        "Two days and a night together, to write what a good first appointment is like. We stay at the Old Ropeworks,"
        " where there are rooms for everybody."
    ),
    "can_change": "How a first appointment starts, and who is in the room.",
    "cannot_change": "How long an appointment lasts: the funder has set that until next spring.",
    "day": (6, FRI),
    "starts": dt.time(10),
    "ends": dt.time(16),
    "day_starts": [dt.time(9, 30)],
    "day_ends": [dt.time(20)],
    "reply_by": (4, FRI),
}
RESIDENTIAL_INVITED = ("maggie", "desmond", "yusuf", "jerome", "priyanka")
PAPER = "What people told us about first appointments"
PAPER_WORDS = (
    "Since the curry and co-production day, nineteen people have told us how their first appointment went.\n\n"
    "Most did not know who would be in the room. Many had told their story three times before it began. A few had a"
    " letter beforehand that said who they would meet, and they came less worried.\n\n"
    "We would like to start from this on the first morning."
)
PAPER_EASY_READ = (
    "People told us about their first appointment.\n\n"
    "Most people did not know who would be there.\n\n"
    "Many people had to tell their story three times.\n\n"
    "Some people got a letter first. They were less worried.\n\n"
    "We will talk about this on the first morning."
)
# (day, from, to, title, aim, technique, room, who runs it, who beside them)
SESSIONS = (
    (
        1,
        dt.time(10, 30),
        dt.time(12, 30),
        "Our first appointments",
        "We tell each other how the first one went, and listen.",
        "Small groups",
        "The loom room",
        "tamsin",
        "jerome",
    ),
    (
        1,
        dt.time(14),
        dt.time(16, 30),
        "What would have helped",
        "Four tables, four questions. Each of us sits at every table once.",
        "World café",
        "The loom room",
        "idris",
        "",
    ),
    (
        1,
        dt.time(19),
        dt.time(20),
        "Songs and soup",
        "For those who like. Nobody takes notes.",
        "",
        "The kitchen",
        "",
        "",
    ),
    (
        2,
        dt.time(9, 30),
        dt.time(11, 30),
        "One problem, looked at together",
        "One of us brings a problem, the others ask questions only.",
        "Action learning set",
        "The reading room",
        "tamsin",
        "",
    ),
    (
        2,
        dt.time(13),
        dt.time(15, 30),
        "The letter we would like to get",
        "We write it together, line by line.",
        "Whole group",
        "The loom room",
        "idris",
        "jerome",
    ),
)
DROP_IN = {
    "title": "Drop-in on the first floor",
    "kind": Event.Kind.COMMUNITY,
    "purpose": "Tea, and somebody to ask. Come for as long as you like.",
    "weeks": (4, 8, 12),
    "weekday": TUE,
    "times": (dt.time(14), dt.time(16)),
}
DRAFT = {
    "title": "A day about letters",
    "kind": Event.Kind.WORKSHOP,
    "purpose": "We read the letters that the clinics send, and mark every word that nobody needs.",
    "day": (9, THU),
    "times": ((10, 0), (15, 0)),
    "reply_by": (7, THU),
    "venue_name": "A place to be found in Fernport",
}
