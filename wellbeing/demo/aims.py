"""The vision of the demo's programme, its aims, what people do together, and what changed."""

from typing import Any

VISION_BEFORE = "People with long-term conditions are listened to."
VISION = (
    "People who live with a long-term condition decide, together with those who work in services, what helps them live"
    " well. Nobody is asked without being told what came of it."
)
AGREED_AT = "The curry and co-production day"
# (aim, what would show that we are there)
AIMS = (
    (
        "Everybody can take part, whatever their body, their day or their purse",
        "No meeting starts before 11am\nAccess needs are met at every event\nNobody waits over two weeks for money",
    ),
    (
        "What people say changes what is done, and they hear so",
        "Every contribution has an answer within six weeks\nNine in ten who said something say that the answer is true",
    ),
    (
        "People with lived experience lead, not only advise",
        "Half of all meetings are chaired by somebody with lived experience\nNo decision without them in the room",
    ),
)
FIRST_SECOND_AIM = (
    "We consult people regularly",
    "Four events a year",
    "Counting events says nothing of what came of them. The room at the curry day said so, twice.",
)
ACTIVITIES: tuple[dict[str, Any], ...] = (
    {
        "name": "The curry and co-production day",
        "rung": "co_production",
        "serves": 2,
        "weeks": (-8, -8),
        "aim": "To agree what we aim for in the second year, and the words we use for each other.",
        "methods": "A day for everybody in the programme. Tables chose their own questions; lunch came first.",
        "went_well": "Three aims and a shared language that the room wrote itself.",
        "went_badly": (
            "It started at ten, so people whose mornings are bad came late or not at all. The food had no labels, and"
            " one of us could not eat."
        ),
        "influence": "All of it: staff had one vote each, like everybody.",
        "reflection": "Start after lunch, and label the food.",
    },
    {
        "name": "Community of practice",
        "rung": "engagement",
        "serves": 1,
        "weeks": (-56, None),
        "aim": "To learn from each other how to tell people what came of what they said.",
        "methods": "Every two months, partner charities and people with lived experience show each other what works.",
        "went_well": "Four charities now write back to everybody who answers a survey.",
        "went_badly": "None that we know of. We have not asked those who stopped coming.",
        "influence": "People choose the subjects. What charities do with it is up to them.",
        "reflection": "Ask those who stopped coming why.",
    },
)
# The change, which contribution of `said.SAID` it rests on, and towards which aim.
CHANGES: tuple[dict[str, Any], ...] = (
    {
        "title": "Meetings and workshops start at 1pm",
        "for_whom": "People who travel, and people whose mornings are bad",
        "week": -6,
        "evidence": "The calendar. Four people came to the workshop who had not come to a morning meeting.",
        "harm": "Two people who collect children from school now have to leave before the end.",
        "aim": 0,
        "activity": 0,
        "said": 0,
    },
    {
        "title": "Papers go out two working days before a meeting",
        "for_whom": "The steering group",
        "week": -3,
        "evidence": "The list of things to do before each meeting. One of those who asked says it is not true yet.",
        "harm": "None that we know of.",
        "aim": 2,
        "activity": None,
        "said": 1,
    },
)
