"""The arrangements of the story so that people can take part, and how far their needs were met."""

from events.models import EventNeed
from people.models import AccessNeed

Kind = AccessNeed.Kind
Result = EventNeed.Result

# The kind of need, and whose: how it was arranged for the curry day, and by whom.
CURRY_ARRANGED = {
    (Kind.STEP_FREE, "bronwen"): ("tamsin", "The yard door is level. We tried the lift with the caretaker."),
    (Kind.QUIET_ROOM, "kenji"): ("ros", "The small room by the stairs, with a sign on the door."),
    (Kind.LANGUAGE, "zainab"): ("tamsin", "One Urdu interpreter, from 9:45am. She has the programme."),
}
# Needs that are not named here were met.
CURRY_RESULTS = {
    (Kind.QUIET_ROOM, "kenji"): (Result.NOT_MET, "A phone call was held in the room all morning. We are sorry."),
    (Kind.BREAKS, "maggie"): (Result.PARTLY, "The morning ran on without a break. The afternoon had both."),
    (Kind.BREAKS, "stan"): (Result.PARTLY, "You had your tablets at 11. At 2 we were still talking."),
    (Kind.BREAKS, "rosa"): (Result.PARTLY, "The morning ran on without a break."),
    (Kind.DIET, "yusuf"): (Result.PARTLY, "The food was halal. Lunch was at one, so half an hour late."),
}
# Who, about what, whether it is so, and in what words.
CURRY_REPLIES = (
    ("zainab", Kind.LANGUAGE, EventNeed.Reply.SO, ""),
    ("kenji", Kind.QUIET_ROOM, EventNeed.Reply.SO, "Thank you for saying it as it was."),
    (
        "bronwen",
        Kind.STEP_FREE,
        EventNeed.Reply.NOT_SO,
        "The yard door was level. The door to the toilets was too narrow for my chair.",
    ),
)
# Arranged for the meeting to come: the kind of need, whose, who sees to it, and how once it is done ("" before).
MEETING_ARRANGED = (
    (Kind.STEP_FREE, "desmond", "idris", "The lift is mended. We rode in it."),
    (Kind.PARKING, "desmond", "idris", ""),
    (Kind.BREAKS, "maggie", "ros", ""),
    (Kind.SUPPORTER, "bronwen", "idris", ""),
)
# Added by hand: what, who sees to it (nobody yet: ""), on which lists.
MEETING_ADDED = (
    ("A seat and a lunch for everybody’s assistant", "", ("caterer",)),
    ("Microphone and loop tried in the loom room", "tamsin", ("venue", "facilitators")),
)
