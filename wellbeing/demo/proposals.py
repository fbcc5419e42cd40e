"""The proposals, positions and decisions of the demo's steering group, and the rules by which it decides."""

from dataclasses import dataclass, field
from typing import Any

from programmes.models import Decision, Position

from .clock import FRI, MON, THU, TUE, WED

Stance = Position.Stance
Outcome = Decision.Outcome


@dataclass(frozen=True)
class Proposal:
    """A proposal: when it was put forward and closes, what members said, and what came of it (None: still open).

    Days are (weeks from this one, weekday). A view is (who, stance, words, named). `replies` answer objections:
    {who raised it: (answer, what they say of it)}. `amended` is (day, new wording, why, views on it).
    """

    by: str
    title: str
    wording: str
    background: str
    opened: tuple[int, int]
    closes: tuple[int, int]
    views: tuple = ()
    outcome: tuple | None = None
    decided: tuple[int, int] | None = None
    review: tuple[int, int] | None = None
    changes: str = field(default="")
    withdrawn: tuple[int, int] | None = None
    replies: dict = field(default_factory=dict)
    amended: tuple | None = None
    method: str = "gradient"
    about: dict = field(default_factory=dict)


PROPOSALS = (
    Proposal(
        by="ros",
        title="Pay people within two weeks",
        wording=(
            "We pay everyone for their time and expenses within two weeks of getting their claim: £50 for "
            "half a day and "
            "£100 for a full day, preparation included, and 40p a mile."
        ),
        background="People told us they had waited three months elsewhere, and could not afford to say yes again.",
        opened=(-46, MON),
        closes=(-44, FRI),
        views=(
            ("maggie", Stance.WHOLE_HEARTED, "Late money is no money when the meter runs out on Thursday.", True),
            ("desmond", Stance.WHOLE_HEARTED, "", True),
            ("shanelle", Stance.WHOLE_HEARTED, "Please keep childcare in it.", True),
            ("beatrix", Stance.MINOR, "Finance need two people to sign. Make sure one is not always away.", True),
            ("tunde", Stance.WHOLE_HEARTED, "", True),
        ),
        outcome=(
            Outcome.AGREED,
            "Everyone was in favour. Bea’s point about two people signing is met: Graham makes the payments and Nkechi "
            "signs them off, and each has a stand-in.",
        ),
        decided=(-44, FRI),
        changes="The reward policy says two weeks, and every claim shows the day it will be paid by.",
        review=(2, MON),
    ),
    Proposal(
        by="desmond",
        title="Send papers by email only",
        wording="Papers for meetings go out by email and no longer by post.",
        background="Postage came to £640 last year.",
        opened=(-40, TUE),
        closes=(-38, TUE),
        views=(
            ("desmond", Stance.MINOR, "I put it forward to save money. I would rather we talked it through.", True),
            ("bronwen", Stance.RESERVATIONS, "Fine for me. Not fine for Terry and Dilys.", True),
            ("maggie", Stance.SERIOUS, "You cannot save on the people who find it hardest to come.", True),
            ("kenji", Stance.DISLIKE, "I print mine at the library and it costs me 15p a page.", True),
            ("elspeth", Stance.MORE_TALK, "Could people choose?", True),
        ),
        replies={
            "maggie": ("You are right. The saving is real, and it is not worth leaving anybody out.", "stands"),
        },
        outcome=(
            Outcome.NOT_AGREED,
            "Post stays for whoever wants it. Maggie and Kenji said what it would cost people, and Des "
            "agreed. We asked "
            "everyone how they like their papers, and that is now on their page here.",
        ),
        decided=(-38, WED),
        changes="Nothing was cut. Everyone has chosen email, text, letter or phone, and large print if they like it.",
    ),
    Proposal(
        by="maggie",
        title="Measure ourselves by 4Pi",
        wording=(
            "Every six months we ask everyone, staff as well, how we do on the five parts of 4Pi: principles, purpose, "
            "presence, process and impact, and we publish both sets of answers side by side."
        ),
        background=(
            "4Pi was written by people with lived experience of mental distress. It asks what difference it made."
        ),
        opened=(-26, MON),
        closes=(-23, FRI),
        views=(
            ("maggie", Stance.WHOLE_HEARTED, "", True),
            ("shanelle", Stance.WHOLE_HEARTED, "Publish the bad numbers too.", True),
            ("yusuf", Stance.MINOR, "Twenty questions at most.", True),
            ("rafael", Stance.RESERVATIONS, "Carers have no time for long forms.", True),
            ("tunde", Stance.WHOLE_HEARTED, "", True),
        ),
        amended=(
            (-24, WED),
            "Every six months we ask everyone, staff as well, ten questions on the five parts of 4Pi: principles, "
            "purpose, presence, process and impact. They can be answered online, on paper or by phone, and we publish "
            "both sets of answers side by side.",
            "Yusuf and Rafael asked for a short form, and for a way to answer by phone.",
            (
                ("maggie", Stance.WHOLE_HEARTED, "", True),
                ("shanelle", Stance.WHOLE_HEARTED, "Publish the bad numbers too.", True),
                ("yusuf", Stance.WHOLE_HEARTED, "Ten is good.", True),
                ("rafael", Stance.MINOR, "Tell us how long it takes before we start.", True),
                ("tunde", Stance.WHOLE_HEARTED, "", True),
            ),
        ),
        outcome=(
            Outcome.AGREED,
            "Agreed with two changes: ten questions and not twenty-two, and it can be answered by phone. "
            "That meets what "
            "Yusuf and Rafael asked for.",
        ),
        decided=(-22, TUE),
        changes="Ten questions twice a year, on paper, online or by phone. The first answers are in.",
        review=(6, MON),
    ),
    Proposal(
        by="idris",
        title="A logo competition",
        wording="We hold a competition for a new logo.",
        background="Some people find the present one hard to see.",
        opened=(-18, MON),
        closes=(-16, FRI),
        views=(("bronwen", Stance.ABSTAIN, "I would rather have the lift fixed.", True),),
        withdrawn=(-17, THU),
        changes=(
            "Bronwen is right about what matters first. The contrast of the logo was made stronger without any vote."
        ),
    ),
    Proposal(
        by="idris",
        title="Hold the big days on weekdays",
        wording="The co-production days of the second year are held on weekdays, from 10am to 3:30pm.",
        background="Venues are cheaper on weekdays and more charities can send someone.",
        opened=(-14, MON),
        closes=(-12, FRI),
        views=(
            ("maggie", Stance.WHOLE_HEARTED, "", True),
            ("desmond", Stance.MINOR, "After half past nine, for the bus pass.", True),
            ("bronwen", Stance.RESERVATIONS, "Taxis that take a powered chair do the school run until ten.", True),
            (
                "pip",
                Stance.SERIOUS,
                "I cannot do mornings, and neither can anyone with ME or a job. You will lose the people you "
                "do not see.",
                True,
            ),
            ("kenji", Stance.RESERVATIONS, "Quieter trains, so yes, if the programme is sent ahead.", True),
            ("beatrix", Stance.WHOLE_HEARTED, "", True),
            ("sunita", Stance.WHOLE_HEARTED, "", True),
        ),
        replies={
            "pip": (
                "After every big day there is an evening session online on the same questions, with captions. What is "
                "said there counts the same.",
                "stands",
            ),
        },
        outcome=(
            Outcome.AGREED,
            "Agreed, and Pip’s disagreement stays on the record in her own words. To answer it, after every "
            "big day there "
            "is an evening session online on the same questions, with captions, and what is said there "
            "counts the same. "
            "We look at who came, and who could not, in six months.",
        ),
        decided=(-11, TUE),
        changes="Big days are on weekdays and start at 10am. An online evening follows each of them.",
        review=(20, MON),
    ),
    Proposal(
        by="shanelle",
        title="A small fund for taxis",
        wording=(
            "We set aside £1,500 this year for taxis, for people who cannot use trains or buses. Nobody has to prove "
            "anything: Tamsin books the taxi and pays it directly."
        ),
        background=(
            "Three people missed the curry day because paying first and claiming later was not possible for them."
        ),
        opened=(-1, MON),
        closes=(1, MON),
        views=(
            ("shanelle", Stance.WHOLE_HEARTED, "In a crisis I cannot stand at a bus stop in the cold.", True),
            ("desmond", Stance.WHOLE_HEARTED, "", True),
            ("bronwen", Stance.MINOR, "Ask for cars that take a powered chair when you book.", True),
            ("elspeth", Stance.RESERVATIONS, "I would like to see after three months how it is used.", True),
        ),
    ),
    Proposal(
        by="tunde",
        title="Each partner tells one change",
        wording=(
            "Once a year each partner charity tells the steering group one thing it changed because of what "
            "people with "
            "lived experience said, and one thing it did not change, with the reason."
        ),
        background="From the workshop: we are good at listening and slow at telling people what came of it.",
        opened=(-1, THU),
        closes=(3, FRI),
        views=(("tunde", Stance.CONSENT, "We will go first.", True),),
        method="consent",
        about={
            "affected": "The five partner charities, and everyone who told them something.",
            "easy_read": "Each charity tells us one thing it changed.\nIt tells us one thing it did not change, and "
            "why.\nIt does this once a year.",
        },
    ),
)

STEERING_RULES: dict[str, Any] = {
    "quorum": 5,
    "lived_experience_minimum": 3,
    "methods": ["gradient", "consent", "vote"],
    "open_days": 14,
    "amended_days": 7,
    "answer_days": 7,
    "urgency_rule": (
        "Where waiting would keep somebody from taking part or put them at risk. The chairs say so together."
    ),
    "ratify_days": 42,
    "reach": "public",
    "tells_programme": False,
    "seats": {"lived_experience": 8, "partner": 5, "staff": 1},
    "terms_of_reference": (
        "We decide what the programme does, how its money is spent and how people are treated. We do not decide who is "
        "employed, or what a partner charity does elsewhere.\n\n"
        "Everyone is heard, or passes. Nobody is laughed at. What is said in the room is used, and not who said it. "
        "People with lived experience are the majority."
    ),
}
# To be done because of the newest decision: (who, what, by when).
POINTS = (
    ("idris", "Tell the hall which weekdays we need next year", (-1, FRI)),
    ("bronwen", "Ask people who work whether weekdays shut them out", (2, FRI)),
    ("kenji", "Write to the two people who could not come on weekdays", (4, MON)),
)
TALKED_OVER: dict[str, Any] = {
    "title": "Where we meet next year",
    "wording": "We choose together where the steering group meets next year.",
    "background": "The hall in Otterby is closing in the spring. We have until the summer to find another place.",
}
TALKED_OVER_THOUGHTS = (
    ("bronwen", "Anywhere with a lift that works.", "Getting in by the front door, like everybody else.", True),
    ("kenji", "Not above a café again.", "Quiet.", True),
    ("pip", "Half of us could stay at home if the screen is good.", "Not losing two days to one meeting.", True),
)
TALKED_OVER_OPTIONS = (
    ("desmond", "The library in Fernport", "Step-free, on the bus line, £40 a day.", "Closes at five.", "£480 a year"),
    ("pip", "Online, every time", "No travel. Captions.", "Not everybody has the room or the line.", "£120 a year"),
)
TALKED_OVER_BOTH = (
    "maggie",
    "The library, with a screen and an evening online",
    "Those who want to be in the room are, and nobody has to.",
    "Somebody has to look after the screen.",
    "£600 a year",
)
INTEREST = ("desmond", "family", "My sister works at the library in Fernport.")
