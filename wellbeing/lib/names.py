"""Make the keys by which people's names are found and sorted, however they are typed.

A key has no accents, capitals, apostrophes, hyphens or doubled spaces: "Siobhán O’Brien" and "siobhan o'brien" have the
same one. Letters of scripts without such forms (陳, রহিমা) stay as they are. `name_key` makes it in Python, of what a
reader typed, and `NameKey` in the database, of what is stored there; both use the tables below.
"""

import re
import unicodedata

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, TextField, Value

# Typed for one another, and left out: O'Brien, O’Brien, OʼBrien, O`Brien, O´Brien, OBrien.
_APOSTROPHES = "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2032\u2035\u00b4`\u055a\ua78c\uff07"
# Hyphens and dashes of every kind, and what stands between names and initials.
_SEPARATORS = '-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u00b7\u30fb_./\\,;:()[]{}&+"\u201c\u201d\u201e'
# Accents once they stand alone (â is a, U+0302), vowel points of Hebrew and Arabic, joiners, forms of emoji.
_MARKS = (
    (0x0300, 0x036F),
    (0x0591, 0x05BD),
    (0x064B, 0x065F),
    (0x1AB0, 0x1AFE),
    (0x1DC0, 0x1DFF),
    (0x200C, 0x200D),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)
# Letters that no normal form takes apart.
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ə": "e", "ɓ": "b", "ɗ": "d"}
_IN_TWO = {"ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
# The blocks of Unicode that have capitals. All of Unicode would be gone through at every start.
_WITH_CAPITALS = (
    (0x0041, 0x058F),
    (0x10A0, 0x10FF),
    (0x13A0, 0x13FF),
    (0x1C80, 0x1CBF),
    (0x1E00, 0x1FFF),
    (0x2100, 0x218F),
    (0x24B0, 0x24EF),
    (0x2C00, 0x2D2F),
    (0xA640, 0xA7FF),
    (0xAB30, 0xABBF),
    (0xFF21, 0xFF5A),
    (0x10400, 0x105BF),
    (0x10C80, 0x10CFF),
    (0x10D50, 0x10D8F),
    (0x118A0, 0x118DF),
    (0x16E40, 0x16EFF),
    (0x1E900, 0x1E943),
)
# Words before a name: no name by themselves, nor a help to compare two.
TITLES = frozenset(
    re.findall(
        r"\w+",
        """
        mr mrs ms miss mx master dr doctor prof professor sir dame lady lord baroness baron the rt right hon honourable
        rev revd reverend canon fr father mother sister brother bishop deacon pastor rabbi imam sheikh shaykh hajji
        cllr councillor judge justice capt captain major colonel col sgt mme mlle herr frau senor senora
        """,
    )
)
# The first words of family names.
_PARTICLES = frozenset(
    re.findall(
        r"\w+",
        """
        de da do das dos del della delle di du des d la le lo van von vander vanden den der ten ter te zu zum zur af av
        al el ul as bin ibn bint binti abu umm ap ab ferch verch o mc nic ni san santa saint st
        """,
    )
)
# The same, written in one with what follows: O'Brien, al-Hassan.
_JOINED_PARTICLES = re.compile(
    rf"[odl][{_APOSTROPHES}]|(?:al|el|ul|as|an|ar|ad)[{re.escape(_SEPARATORS)}]", re.IGNORECASE
)
# How near a word has to come to a part of a name, from 0 to 1. In a short word one wrong letter changes much.
SIMILAR = 0.37


def _folded() -> dict[str, str]:
    """Return what each letter becomes that stays one letter: its small form, without a stroke."""
    small = {
        letter: letter.casefold()
        for first, last in _WITH_CAPITALS
        for letter in map(chr, range(first, last + 1))
        if len(letter.casefold()) == 1 and unicodedata.normalize("NFKD", letter) == letter
    }
    folded = {letter: _PLAIN.get(form, form) for letter, form in small.items()}
    return {letter: form for letter, form in folded.items() if letter != form} | dict.fromkeys(_SEPARATORS, " ")


_FOLDED = _folded()
_DROPPED = "".join(chr(code) for first, last in _MARKS for code in range(first, last + 1))
_IN_PYTHON = str.maketrans(_FOLDED | dict.fromkeys(_DROPPED, ""))
_WITHOUT_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHES, ""))


def name_key(text: str) -> str:
    """Return the key of a name, or of a part of one."""
    # Some apostrophes become a space and an accent in the normal form.
    text = unicodedata.normalize("NFKD", text.translate(_WITHOUT_APOSTROPHES)).translate(_IN_PYTHON)
    for letter, two in _IN_TWO.items():
        text = text.replace(letter, two)
    return re.sub(" +", " ", text).strip(" ")


def greeting_name(full_name: str) -> str:
    """Return the name to greet somebody by of whom only the full name is known.

    The first name, never a title or the first word of a family name: where neither can be told apart from a first name
    (Dr Khan, de Souza Ana, J. Smith), the full name.
    """
    before, _comma, after = full_name.partition(",")
    words, given = _without_titles(before), _without_titles(after)
    # "Khan, Amina"; in "Jane Example, MBE" what follows is no name.
    if given and words and (len(words) == 1 or _is_particle(words[0])) and not given[0].isupper():
        return given[0]
    if len(words) < 2 or _is_particle(words[0]) or len(name_key(words[0])) < 2:
        return full_name
    return words[0]


def _without_titles(text: str) -> list[str]:
    words = text.split()
    while words and name_key(words[0]) in TITLES:
        words.pop(0)
    return words


def _is_particle(word: str) -> bool:
    return name_key(word) in _PARTICLES or bool(_JOINED_PARTICLES.match(word))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def name_key_sql() -> str:
    """Return the SQL that makes the database's own `name_key`, for a migration.

    It is IMMUTABLE, for generated columns, and hangs on no collation. A changed one needs another name, as PostgreSQL
    does not make the columns anew that were made with it.
    """
    dropped, from_, to = _quoted(_APOSTROPHES), _quoted("".join(_FOLDED) + _DROPPED), _quoted("".join(_FOLDED.values()))
    text = f"translate(normalize(translate(name, {dropped}, ''), NFKD), {from_}, {to})"
    for letter, two in _IN_TWO.items():
        text = f"replace({text}, {_quoted(letter)}, {_quoted(two)})"
    # Ten times as fast, and enough for most names.
    separators = "".join(sign for sign in _SEPARATORS if sign.isascii())
    ascii_from, ascii_to = _quoted(separators + "'`"), _quoted(" " * len(separators))
    ascii_text = f'translate(lower(name COLLATE "C"), {ascii_from}, {ascii_to})'
    text = f"CASE WHEN octet_length(name) = char_length(name) THEN {ascii_text} ELSE {text} END"
    return (
        "CREATE FUNCTION name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE"
        f" RETURN btrim(regexp_replace({text}, ' +', ' ', 'g'), ' ')"
    )


class NameKey(Func):
    """The database's own `name_key`."""

    function = "name_key"
    arity = 1
    output_field = TextField(db_collation="C")


class ComesNear(Func):
    """Whether a part of a name comes near a word, by the operator that an index of trigrams answers.

    How near is a setting of the connection: `set_nearness` comes first.
    """

    arity = 2
    template = "%(expressions)s"
    arg_joiner = " %%> "
    output_field = BooleanField()


def set_nearness() -> None:
    """Let this connection find names that come as near as SIMILAR says; it is asked for 0.6 until then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(SIMILAR)])


def found_by(word: str, path: str = "", *, nearly: bool = False) -> Q:
    """Return the condition for a word of a name: a part of it or, with `nearly`, what comes near one.

    `path` leads to the Person, such as "person__". A word without any letter is left out.
    """
    key = name_key(word)
    condition = Q(**{f"{path}search_key__contains": key})
    if nearly and key:
        condition |= Q(ComesNear(F(f"{path}search_key"), Value(key)))
    return condition
