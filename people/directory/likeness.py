"""Say which people may be one: by name, phone, address and email; accents, nicknames and swapped names forgiven."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.names import TITLES, name_key

# First names in Britain and what they are shortened to, one name between two lines; a word may stand for several.
_NICKNAMES = """
alexander alex sandy al alec|alexandra alex sandra|andrew andy drew|anthony tony ant|barbara barb babs|benjamin ben
catherine kate cathy katie cath kathy kath kay cat katherine kathryn catharine cate|charles charlie chas
christine chris|christopher chris kit|daniel dan danny|david dave davey|deborah debbie debra deb|dorothy dot dotty
edward ed eddie ted|eleanor ellie nell nora|elizabeth liz beth lizzie betty eliza libby lisa elisabeth|emily em
francesca fran|frances fran|francis frank|frederick fred freddie|geoffrey geoff jeff jeffrey|gerald gerry|gregory greg
harold harry|helen nell|henry harry hal|isabel bel izzy isabelle isobel|jacqueline jackie jacqui|james jim jimmy jamie
jennifer jen jenny|joanna jo joanne|john jack johnny jon|jonathan jon jonny|joseph joe joey|josephine jo josie
judith judy jude|kenneth ken|laurence larry laurie lawrence|leonard len|leslie les|lesley les
margaret maggie meg peggy marge greta mags|martin marty|mary molly polly maureen|matthew matt|michael mike mick mickey
mohammed mohammad muhammad mohamed mo md|nicholas nick nicky|nicola nicky nikki|oliver ollie|pamela pam
patricia pat trish tricia patsy|patrick pat paddy|penelope penny|peter pete|philip phil phillip|philippa pippa
rebecca becky becca|richard dick rick ricky rich|robert bob rob bobby robbie bert|ronald ron ronnie|samantha sam
samuel sam sammy|sarah sally sara|stephen steve stephan steven|susan sue susie suzanne|teresa terry tess theresa
terence terry|theodore theo ted|thomas tom tommy|timothy tim|valerie val|veronica ronnie|victoria vicky vicki tori
vincent vince|walter wally|william will bill billy liam|yvonne von|zachary zach zak
"""
_MEANS: dict[str, frozenset[str]] = defaultdict(frozenset)
for _line in re.split(r"[|\n]", _NICKNAMES):
    for _word in _line.split():
        _MEANS[_word] |= {_line.split()[0]}
# By the full name, all that may stand for it.
_SHORT_FOR: dict[str, frozenset[str]] = defaultdict(frozenset)
for _word, _meanings in list(_MEANS.items()):
    for _meaning in _meanings:
        _SHORT_FOR[_meaning] |= {_word}
_POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")
_HOUSE = re.compile(r"\b[0-9]+[a-z]?\b")


class Way(TextChoices):
    """One thing that two people may have in common."""

    NAME = "name", _("name")
    EMAIL = "email", _("email address")
    PHONE = "phone", _("phone number")
    PLACE = "place", _("postal address")


@dataclass(frozen=True)
class Known:
    """Somebody to compare with: a person of the programme (`person`), or an earlier row of the file (`row`)."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    known_as: str = ""
    person: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Likeness:
    """Somebody who may be the same, and what is the same of them. It is sure where a name and an address both are."""

    who: Known
    same: tuple[Way, ...]
    sure: bool


def words_of_name(*names: str) -> frozenset[str]:
    """Return the words of names in any order, without titles and as keys."""
    words = {word for name in names for word in name_key(name).split() if word not in TITLES}
    return frozenset(words)


def _stands_for(word: str) -> frozenset[str]:
    """Return the names that `word` can stand for: itself, and those it is short for."""
    return frozenset({word}) | _MEANS.get(word, frozenset())


def meanings(words: Iterable[str]) -> frozenset[frozenset[str]]:
    """Return the names that each word can stand for."""
    return frozenset(map(_stands_for, words))


def spellings_of(word: str) -> frozenset[str]:
    """Return the words that may stand for the same name as `word`, itself among them."""
    return frozenset({word}).union(*(_SHORT_FOR[meaning] for meaning in _stands_for(word)))


def is_like(one: frozenset[frozenset[str]], other: frozenset[frozenset[str]]) -> bool:
    """Return whether every word of the shorter name stands for one of the longer; two words at least."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 2 and len(longer) != len(shorter):
        return False
    return bool(shorter) and all(any(word & each for each in longer) for word in shorter)


def place_of(address: str) -> str:
    """Return what an address is known by: its postcode and the number of the house; "" without both."""
    key = name_key(address.replace("\n", " "))
    code, house = _POSTCODE.search(key), _HOUSE.search(key)
    return f"{house[0]} {code[1]}{code[2]}" if code and house else ""


@dataclass
class Directory:
    """People to compare with, found by each thing that can be the same."""

    _found: dict[Hashable, list[Known]] = field(default_factory=lambda: defaultdict(list))
    _names: dict[int, frozenset[frozenset[str]]] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        """Add somebody to compare later ones with."""
        words = words_of_name(known.name, known.known_as)
        self._names[id(known)] = meanings(words)
        for key in _keys(known, words):
            self._found[key].append(known)

    def like(self, one: Known) -> list[Likeness]:
        """Return those who may be `one`, the surest first."""
        words = words_of_name(one.name, one.known_as)
        names = meanings(words)
        met: dict[int, Known] = {}
        for key in _keys(one, words):
            met.update((id(known), known) for known in self._found.get(key, ()))
        found = [self._compared(one, names, known) for known in met.values()]
        return sorted(filter(None, found), key=lambda like: (not like.sure, -len(like.same)))

    def _compared(self, one: Known, names: frozenset[frozenset[str]], known: Known) -> Likeness | None:
        same_name = is_like(names, self._names[id(known)])
        ways = [
            way
            for way, mine, theirs in (
                (Way.EMAIL, one.email.lower(), known.email.lower()),
                (Way.PHONE, one.phone, known.phone),
                (Way.PLACE, place_of(one.address), place_of(known.address)),
            )
            if mine and mine == theirs
        ]
        if same_name:
            return Likeness(known, (Way.NAME, *ways), sure=bool(ways))
        # People of one household share a place and often a phone: of those alone nobody is asked.
        return Likeness(known, tuple(ways), sure=False) if Way.EMAIL in ways or len(ways) > 1 else None


def _keys(known: Known, words: frozenset[str]) -> Iterable[Hashable]:
    if known.email:
        yield ("email", known.email.lower())
    if known.phone:
        yield ("phone", known.phone)
    if place := place_of(known.address):
        yield ("place", place)
    # Two words in common, in whatever order; a name of one word is met by itself.
    stand_for = sorted({meaning for word in words for meaning in _stands_for(word)})
    if len(words) == 1:
        yield from (("name", word) for word in stand_for)
    yield from (("names", one, two) for index, one in enumerate(stand_for) for two in stand_for[index + 1 :])


def in_words(same: Iterable[str]) -> str:
    """Name what is the same: "name, phone number"."""
    return ", ".join(str(Way(way).label) for way in same)


def as_known(details: Mapping[str, str], *, person: int | None = None, row: int | None = None) -> Known:
    """Return details of a person as somebody to compare with."""
    return Known(
        details["full_name"],
        details.get("email", ""),
        details.get("phone", ""),
        details.get("postal_address", ""),
        details.get("known_as", ""),
        person,
        row,
    )
