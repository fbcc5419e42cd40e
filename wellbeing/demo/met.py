"""Agendas and minutes of the demo's groups."""

from events.models import Event
from wellbeing.demo import claims
from wellbeing.demo.clock import THU, WED

WORKSHOP_TITLE = claims.WORKSHOP["title"]
STEERING_TITLE = claims.MEETING["title"]
PREPARING = {
    "title": "Planning the workshop together",
    "kind": Event.Kind.MEETING,
    "purpose": "The partner charities agree what the workshop is for, who is asked, and who brings what.",
    "day": (-5, THU),
    "times": ((14, 0), (15, 30)),
    "reply_by": (-6, WED),
    "venue_name": "",
    "online_link": "https://meet.example.org/community",
}
PREPARING_CAME = ("beatrix", "tunde", "elspeth", "sunita")
# Title, minutes, who leads it, what was said, what was agreed, for members only.
PREPARING_ITEMS = (
    (
        "What the workshop is for",
        20,
        "sunita",
        "People say that they are asked and then hear nothing. Every charity has one good example and one bad one.",
        "The workshop swaps ways of telling people what came of what they said. Everybody brings one example.",
        False,
    ),
    (
        "Who is asked, and how",
        25,
        "tunde",
        "Stan and Harriet would rather be rung. Two people need the papers in large print.",
        "Each charity asks its own people in the way they chose. Tunde rings those who like to be rung.",
        True,
    ),
    (
        "The room and the food",
        15,
        "elspeth",
        "The loom room has a step. The ground floor is free that day.",
        "We meet on the ground floor, with a break every hour.",
        False,
    ),
)
# The words of the last item once it was corrected.
CORRECTED = "The side door has a step. The ground floor is free that day, and has a door without one."
NOT_RIGHT = ("elspeth", "It is the side door that has the step, not the loom room.")
# Title, minutes, what was said, what was agreed.
WORKSHOP_ITEMS = (
    (
        "One example each, good or bad",
        60,
        "A poster in the waiting room worked. A newsletter nobody asked for did not.",
        "Each charity tells one change to the people who asked for it, by the end of next month.",
    ),
    ("What we try next", 40, "Kofi would like a voice message instead of a letter.", "Two charities try it."),
)
ADDED = (
    "kenji",
    "When papers arrive",
    "They came on a Monday evening last time. I print mine at the library, and it is closed by then.",
    10,
)
TALK_HOW = "by phone, or in the small room at the Old Ropeworks"
TALK_ANSWERS = (("maggie", True), ("desmond", False))

# Papers of the meeting to come: a paper that is there in the formats its readers need, and one that is not.
TAXI_PAPER = "A taxi fund: what it costs and who it helps"
TAXI_ITEM = "A small fund for taxis"
TAXI_LINES = (
    "Three people missed the curry day because they could not pay first and claim later.",
    "A taxi there and back costs about £30. With £1,500 that is fifty journeys this year.",
    "Tamsin would book each taxi and pay it directly, so that nobody has to lay out the money.",
    "The group is asked whether to set aside £1,500, and to look at it again in spring.",
)
TAXI_EASY_READ = (
    "Some people cannot come to meetings.\nThere is no bus they can use.\n\nA taxi fund pays for a taxi.\nIt pays for"
    " the way there and the way back.\n\nIt costs £1,500 this year.\n\nWe ask you: shall we start the fund?"
)
PAID_PAPER = "How quickly people were paid this autumn"
PAID_FIRST = "Most people were paid within ten working days.\n\nThe figures for November are still to come."
PAID_WORDS = (
    "Nine in ten people were paid within ten working days.\n\nOne payment came back, because a bank account was"
    " closed.\n\nTwo people waited longer because a receipt could not be read. Staff now ring on the same day."
)
AUDIO_MADE_BY = "Otterby Talking News"
AUDIO_HOW = "on a CD, which lies ready at the meeting"
