"""The words that people write into spreadsheets, and what they stand for here."""

import re
from functools import cache

from people.models import AccessNeed, Person
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Role
from wellbeing.lib.languages import Language
from wellbeing.lib.names import name_key

_Channel, _Size, _Kind = Person.Channel, Person.LetterSize, AccessNeed.Kind
NOTHING = frozenset(
    {"", "no", "none", "n", "n a", "na", "nil", "nothing", "0", "false", "not known", "unknown", "tbc", "none known"}
)
YES = frozenset({"yes", "y", "true", "1", "x", "tick", "✓", "✔"})


def _table(words: dict[str, str]) -> dict[str, str]:
    return {name_key(word): value for value, several in words.items() for word in several.split("|")}


CHANNELS = _table(
    {
        _Channel.EMAIL: "email|e mail|mail me|by email|emails",
        _Channel.SMS: "text|sms|text message|txt|texts|by text|whatsapp|text messages",
        _Channel.LETTER: "letter|post|letters|by post|mail|paper|by letter|in writing",
        _Channel.PHONE: "phone|phone call|telephone|tel|call|ring|mobile|landline|by phone|phone calls",
        _Channel.SUPPORTER: "supporter|through their supporter|carer|via carer|through supporter",
    }
)
LETTER_SIZES = _table(
    {
        _Size.STANDARD: "standard|normal|standard print|12|12 point|12pt|ordinary|regular",
        _Size.LARGE_14: "14|14 point|14pt|large print 14 point|large 14",
        _Size.LARGE_16: "large|large print|16|16 point|16pt|large print 16 point",
        _Size.LARGE_18: "18|18 point|18pt|large print 18 point|large 18",
        _Size.LARGE_20: "20|20 point|20pt|large print 20 point|large 20",
        _Size.LARGE_24: "24|24 point|24pt|large print 24 point|giant|very large|large 24",
        _Size.EASY_READ: "easy read|easyread|easy",
    }
)
ROLES = _table(
    {
        Role.LIVED_EXPERIENCE: (
            "lived experience|person with lived experience|people with lived experience|participant|member|expert by"
            " experience|ebe|volunteer|patient|carer|lived experience partner|community member"
        ),
        Role.STAFF: "staff|programme staff|worker|employee|coordinator",
        Role.FINANCE: "finance|finance officer",
    }
)
SEATS = _table(
    {
        Term.Seat.LIVED_EXPERIENCE: "lived experience|person with lived experience|expert by experience|member",
        Term.Seat.PARTNER: "partner|partner charity|charity",
        Term.Seat.STAFF: "staff|programme staff",
        Term.Seat.FUNDER: "funder",
    }
)
# In the order in which they are looked for within the words of a cell.
_NEEDS = {
    _Kind.BSL: r"bsl|sign language|british sign",
    _Kind.LIP_SPEAKER: r"lip ?speaker|lip ?read",
    _Kind.HEARING_LOOP: r"loop|hearing aid",
    _Kind.CAPTIONS: r"caption|subtitle|speech to text|palantypist",
    _Kind.EASY_READ: r"easy ?read",
    _Kind.LARGE_PRINT: r"large print|big print|large font|[0-9]{2} ?(point|pt)",
    _Kind.BRAILLE: r"braille",
    _Kind.LANGUAGE: r"interpreter|translat",
    _Kind.ASSISTANCE_DOG: r"dog",
    _Kind.STEP_FREE: r"wheelchair|step ?free|no steps|no stairs|ramp|\blift\b|mobility scooter",
    _Kind.PARKING: r"parking|blue badge",
    _Kind.TRANSPORT: r"taxi|transport|lift to",
    _Kind.QUIET_ROOM: r"quiet|rest space|sensory|low noise",
    _Kind.BREAKS: r"breaks?\b",
    _Kind.SUPPORTER: r"supporter|carer|personal assistant|\bpa\b|companion",
    _Kind.DIET: (
        r"vegan|vegetarian|veggie|halal|kosher|gluten|dairy|lactose|nut|allerg|coeliac|celiac|diet|diabet|pescatarian"
        r"|food|no pork|no fish"
    ),
    _Kind.AUDIO: r"\baudio\b",
}
# Words that say no more than the kind of need they stand for.
_PLAIN = frozenset(
    {
        *("bsl", "bsl interpreter", "sign language", "sign language interpreter", "quiet room", "quiet space"),
        *("hearing loop", "loop", "captions", "subtitles", "easy read", "easyread", "large print", "braille"),
        *("audio", "step free", "step free access", "parking", "breaks", "regular breaks", "lip speaker"),
    }
)
_NEED_PATTERNS = [(kind, re.compile(pattern)) for kind, pattern in _NEEDS.items()]
_IN_A_CELL = re.compile(r"[;,\n/|•]+|\s+(?:and|&|\+)\s+")


@cache
def languages() -> dict[str, str]:
    """Return the languages by the keys of their names and tags."""
    names = {name_key(str(label)): str(value) for value, label in Language.choices}
    shorter = {name_key(str(label).partition(" (")[0]): str(value) for value, label in Language.choices}
    tags = {name_key(str(value)): str(value) for value in Language.values}
    return {**tags, **shorter, **names, "farsi": str(Language.PERSIAN), "cantonese": str(Language.CHINESE)}


def needs_in(cell: str, heading: str) -> list[tuple[str, str]]:
    """Return the access needs that a cell names, as (kind, words); a yes stands for what its heading says.

    Words that we do not know are something else, as they were written: none is ever lost.
    """
    key = name_key(cell)
    if key in NOTHING:
        return []
    if key in YES:
        # A box was ticked under a heading such as "Wheelchair user".
        return _needs_of(re.sub(r" \([A-Z]{1,3}\)$", "", heading))
    found: dict[tuple[str, str], None] = {}
    for words in _IN_A_CELL.split(cell):
        if name_key(words) not in NOTHING:
            found.update(dict.fromkeys(_needs_of(" ".join(words.split()))))
    return list(found)


def _needs_of(words: str) -> list[tuple[str, str]]:
    key = name_key(words)
    kind = next((kind for kind, pattern in _NEED_PATTERNS if pattern.search(key)), _Kind.OTHER)
    label = name_key(str(_Kind(kind).label))
    return [(str(kind), "" if key == label or key in _PLAIN else words[:300])]


def is_a_need(heading: str) -> bool:
    """Return whether a heading names an access need."""
    return _needs_of(heading)[0][0] != _Kind.OTHER
