"""The events of the story: what they are for, who came and the expenses each person claimed."""

from dataclasses import dataclass

from events.models import Event, Invitation
from payments.claims.models.lines import ClaimLine
from payments.policy.models.kinds import ExpenseKind

from .clock import THU, TUE, WED

Reply = Invitation.Reply
Kind = Event.Kind

# (weeks from this one, weekday), from and until (hour, minute)
CURRY = {
    "title": "Curry and co-production",
    "kind": Kind.COPRODUCTION,
    "purpose": (
        "A day to cook up the second year together. In the morning we agree what we are aiming for and the "
        "words we use "
        "for each other. Then we eat. In the afternoon we choose the three things to work on first."
    ),
    "day": (-8, THU),
    "times": ((10, 0), (15, 30)),
    "reply_by": (-9, THU),
    "venue_name": "The Old Ropeworks",
    "venue_address": "12 Invented Street\nOtterby\nZZ9 1AB",
}
WORKSHOP = {
    "title": "Telling people what came of it",
    "kind": Kind.COMMUNITY,
    "purpose": (
        "Our community of practice meets to swap ways of telling people what changed because of what they said, and "
        "what did not, and why. Bring one example, good or bad."
    ),
    "day": (-1, TUE),
    "times": ((13, 0), (16, 30)),
    "reply_by": (-2, TUE),
    "venue_name": "Larkhampton Library, the garden room",
    "venue_address": "Library Square\nLarkhampton\nZZ9 2CD",
}
MEETING = {
    "title": "Steering group meeting",
    "kind": Kind.MEETING,
    "purpose": (
        "We decide on the taxi fund, hear from the workshop, and look again at how quickly people were paid. "
        "Papers come "
        "two days before, in the form you asked for."
    ),
    "day": (2, TUE),
    "times": ((14, 0), (16, 0)),
    "reply_by": (1, THU),
    "venue_name": "The Old Ropeworks, the loom room",
    "venue_address": "12 Invented Street\nOtterby\nZZ9 1AB",
    "online_link": "https://meet.example.org/steering",
}
EVENING = {
    "title": "Evening online: what the workshop found",
    "kind": Kind.ONLINE,
    "purpose": (
        "The same questions as at the workshop, for everyone who cannot come in the day. Captions are on, cameras may "
        "be off, and what is said here counts the same."
    ),
    "day": (3, WED),
    "times": ((18, 30), (20, 0)),
    "reply_by": (2, WED),
    "online_link": "https://meet.example.org/evening",
}
WAITING_ROOMS = {
    "title": "Walking through the waiting rooms",
    "kind": Kind.WORKSHOP,
    "purpose": "We walk through three waiting rooms together and write down what helps breathing and what does not.",
    "day": (3, TUE),
    "times": ((10, 0), (12, 30)),
    "reply_by": (2, TUE),
    "venue_name": "Fernport Health Centre",
    "venue_address": "Harbour Road\nFernport\nZZ9 7EF",
}


@dataclass(frozen=True)
class Money:
    """A budget line of the second year: `pence`, later raised to (pence, why), for claims of `activities`."""

    cost_code: str
    name: str
    pence: int
    activities: tuple
    raised: tuple = ()


BUDGET = (
    Money(
        "WOW-4110",
        "Co-production days and workshops",
        480_000,
        ("",),
        (560_000, "£800 moved here from printing. The funder agreed by email."),
    ),
    Money("WOW-4120", "Steering group", 240_000, ("meeting",)),
)


@dataclass(frozen=True)
class Spent:
    """One expense: what it was and its cost (or the miles), with the paper that proves it.

    `paper` is (style of `papers`, company, lines on it, name of the file), `no_receipt` the reason why there is none.
    """

    kind: str
    what: str
    pence: int = 0
    miles: str = ""
    paper: tuple = ()
    no_receipt: str = ""


def train(start, to, pence, file="ticket.jpg"):
    """Return a return fare on the invented railway."""
    what = f"Train, {start} to {to} and back"
    paper = ("rail", "Northvale Rail", ("OFF-PEAK DAY RETURN", f"{start} to {to}", "1 adult, standard"), file)
    return Spent(ExpenseKind.PUBLIC_TRANSPORT, what, pence, paper=paper)


def bus(pence, what="Bus, both ways"):
    """Return a day ticket on the invented buses."""
    return Spent(
        ExpenseKind.PUBLIC_TRANSPORT, what, pence, paper=("bus", "Ottervale Buses", ("DAY TICKET",), "bus.jpg")
    )


def contactless(pence, what="Bus, both ways"):
    """Return a fare paid contactless, for which there is no ticket."""
    return Spent(ExpenseKind.PUBLIC_TRANSPORT, what, pence, no_receipt=ClaimLine.NoReceipt.CONTACTLESS)


def car(miles, what="Driving there and back"):
    """Return miles in one's own car; no paper is needed."""
    return Spent(ExpenseKind.MILEAGE, what, miles=miles)


def parking(pence, file="parking.jpg"):
    """Return a car park slip."""
    lines = ("PAY AND DISPLAY", "Up to 6 hours")
    return Spent(ExpenseKind.PARKING, "Car park", pence, paper=("parking", "Ropewalk Car Park", lines, file))


def childcare(pence, hours):
    """Return a childminder's bill, as a PDF."""
    paper = ("bill", "Little Acorns Childminding", ("Two children", hours, "Paid, with thanks"), "childminder.pdf")
    return Spent(ExpenseKind.CHILDCARE, "Childminder", pence, paper=paper)


def sitter(pence, hours, what="Someone to be with my wife"):
    """Return a carer's bill, as a PDF."""
    paper = ("bill", "Kindly Hands Home Care", ("Replacement care at home", hours, "Paid by card"), "carer.pdf")
    return Spent(ExpenseKind.REPLACEMENT_CARER, what, pence, paper=paper)


def assistant(pence, hours):
    """Return a personal assistant's bill, as a PDF."""
    paper = ("bill", "Cerys Aldermoor, assistant", (hours, "Paid, thank you"), "assistant.pdf")
    return Spent(ExpenseKind.PERSONAL_ASSISTANT, "My personal assistant, Cerys", pence, paper=paper)


# The claims of people who came to the curry day; all were paid in one run.
CURRY_CLAIMS = {
    "maggie": (train("Larkhampton", "Otterby", 1840),),
    "desmond": (car("22.0"), parking(650)),
    "shanelle": (bus(580), childcare(5600, "9am to 4pm")),
    "yusuf": (train("Fernport", "Otterby", 2715),),
    "bronwen": (car("31.4", "Cerys drove us, there and back"), assistant(9000, "6 hours at 15.00")),
    "kenji": (train("Millcross", "Otterby", 1190),),
    "gurdeep": (bus(460), sitter(8400, "7 hours")),
    # The same journey as another's, with a ticket of her own.
    "zainab": (train("Larkhampton", "Otterby", 1840, "train.jpg"),),
    "winston": (bus(320),),
    "ludmila": (car("18.5"), parking(650, "car-park.jpg")),
    "noor": (train("Brightsea", "Otterby", 3120),),
    "stan": (train("Stonebeck", "Otterby", 2260),),
    "moira": (bus(420), sitter(7800, "6 hours 30", "Someone to be with Alastair")),
    "ellis": (train("Millcross", "Otterby", 1190, "train.jpg"),),
}
# Came too; this claim got stuck on a question and is late.
LATE_CLAIM = ("rosa", (train("Harrowdale", "Otterby", 2480),))
CURRY_PARTNERS = ("beatrix", "tunde", "sunita", "owen", "margit")
CURRY_AWAY = ("pip", "callum", "kofi")

# The workshop: for each claim its way so far.
DRAFT, SENT, RETURNED, APPROVED, IN_RUN, TAKEN_BACK = "draft", "sent", "returned", "approved", "in run", "taken back"
IN_PART, NOT_APPROVED = "approved in part", "not approved"
WORKSHOP_CLAIMS = {
    "maggie": (IN_RUN, (bus(340),)),
    "desmond": (IN_RUN, (car("14.2"),)),
    "kofi": (IN_RUN, (train("Otterby", "Larkhampton", 1840),)),
    "kenji": (APPROVED, (train("Millcross", "Larkhampton", 960),)),
    "harriet": (NOT_APPROVED, ()),
    "zainab": (IN_PART, (bus(280),)),
    "winston": (SENT, (contactless(320),)),
    "jerome": (SENT, (train("Stonebeck", "Larkhampton", 2055),)),
    "noor": (SENT, (train("Brightsea", "Larkhampton", 2890),)),
    "moira": (RETURNED, (sitter(6000, "5 hours", "Someone to be with Alastair"),)),
    "priyanka": (RETURNED, (childcare(4000, "12 to 5pm"),)),
    "shanelle": (DRAFT, ()),
    "stan": (DRAFT, (train("Stonebeck", "Larkhampton", 2055, "train.jpg"),)),
    "dilys": (DRAFT, ()),
    "ludmila": (TAKEN_BACK, ()),
}
WORKSHOP_QUESTIONS = {
    "moira": (
        "Thank you for coming, Moira. The bill says 5 hours, and you wrote that you were away from noon "
        "until 6pm. Is it 5 hours or 6? We are glad to pay either."
    ),
    "priyanka": (
        "Thank you, Priyanka. The second page of the childminder’s bill is cut off. Could you send it once more?"
    ),
}
# The pence approved of each expense of a claim approved in part, and why.
WORKSHOP_IN_PART = {
    "zainab": (140, "You told us that a neighbour drove you home, so this is for the way there."),
}
# Whom that did not convince, and why.
ASKS_FOR_THE_REST = ("zainab", "That was another day. I took the bus both ways, and the ticket says so.")
WORKSHOP_NOT_APPROVED = {
    "harriet": (
        "Thank you for coming, Harriet. The charity that sent you pays you for this day, so we cannot pay it too. Tell "
        "us if that is not right."
    ),
}
WORKSHOP_PARTNERS = ("beatrix", "tunde", "rafael", "callista", "elspeth")

# Other recognition the programme offers, the person who gives their payment away, and the advance somebody had.
OFFERED_CHARITY = "Brightwater Community Kitchen"
GIVES = "kofi"
ADVANCE = ("priyanka", 2000, "So that the childminder could be paid on the day.")

# The meeting to come: who, what they said, what they need on the day, what they ask.
MEETING_REPLIES = (
    ("maggie", Reply.COMING, "", ""),
    ("desmond", Reply.COMING, "The lift was out last time. Is it mended?", "Can I park at the back door?"),
    ("shanelle", Reply.NOT_SURE, "I may join online if my joints are bad.", ""),
    ("bronwen", Reply.COMING, "Cerys comes with me. Room for the chair at the table, please.", ""),
    ("kenji", Reply.COMING, "The papers on Sunday evening at the latest, please.", "Will there be a break half way?"),
    ("beatrix", Reply.COMING, "", ""),
    ("tunde", Reply.NOT_COMING, "", ""),
    ("elspeth", Reply.COMING, "", ""),
)
ANSWERED = ("kenji", "Yes, fifteen minutes at three o’clock, and the small room next door is yours if you need quiet.")
