"""Contributions of the demo's people, the answers, and their replies."""

from dataclasses import dataclass

from programmes.models import Contribution, ContributionOutcome, ToldBack

from .clock import FRI, MON, THU, TUE, WED

Way, Kind, Reply = Contribution.Way, ContributionOutcome.Kind, ToldBack.Reply
When = tuple[int, int]


@dataclass(frozen=True)
class Answer:
    """An answer: the day, the kind, what changed, why not, and how people can tell."""

    on: When
    kind: str
    changed: str = ""
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Said:
    """Something people (by their keys) said. Days are (weeks from this one, weekday).

    `replies` are (who, their reply, their words, whether they are named).
    """

    theme: str
    people: tuple[str, ...]
    way: str
    on: When
    words: str = ""
    at: str = ""
    rung: str = ""
    due: When | None = None
    named: bool = False
    answer: Answer | None = None
    replies: tuple[tuple[str, str, str, bool], ...] = ()


CURRY = "The curry and co-production day"
SAID = (
    Said(
        "Ten in the morning is too early for people who travel, or whose mornings are bad",
        ("pip", "kenji", "rosa"),
        Way.EVENT,
        (-8, THU),
        words="If you start at ten, you only meet the people who are well at ten.",
        at=CURRY,
        rung="co_design",
        due=(-6, FRI),
        answer=Answer(
            (-6, WED),
            Kind.CHANGED,
            changed="Meetings and workshops now start at 1pm, and the evening group meets online.",
            evidence="The workshop on telling people what came of it began at 1pm.",
        ),
        replies=(
            ("pip", Reply.TRUE, "The first one I did not have to leave early.", True),
            ("rosa", Reply.TRUE, "", False),
        ),
    ),
    Said(
        "Papers come too late to read them",
        ("kenji", "desmond"),
        Way.MEETING,
        (-7, TUE),
        at="Steering group meeting",
        rung="engagement",
        due=(-3, FRI),
        answer=Answer(
            (-3, WED),
            Kind.PARTLY,
            changed="Papers now go out two working days before a meeting.",
            reason="A week before, as you asked, does not work yet: the figures come in only three days before.",
            evidence="It is in the steering group’s list of things to do before each meeting.",
        ),
        replies=(("desmond", Reply.NOT_TRUE, "The last papers came the evening before. I counted.", False),),
    ),
    Said(
        "Pay whoever sits with the person I care for before the day, not after it",
        ("dilys",),
        Way.PHONE,
        (-5, MON),
        words="She cannot wait two weeks for it, and I cannot put it down for her.",
        rung="consultation",
        due=(-2, FRI),
        answer=Answer(
            (-2, THU),
            Kind.NOT_CHANGED,
            reason=(
                "Our host pays against receipts, so it cannot pay carers before the day. We asked finance twice. You"
                " can get an advance instead: ring Ros and she arranges it the same week."
            ),
        ),
    ),
    Said(
        "Label the food, and say in the invitation what there will be",
        ("harriet",),
        Way.EVENT,
        (-8, THU),
        at=CURRY,
        rung="consultation",
        due=(-1, WED),
        named=True,
    ),
)
# Sent by its author from the programme's page; nobody sees to it yet.
SENT = (
    "zainab",
    "Let us bring a friend who speaks our language",
    "My sister would come. She says it better than I do.",
)
