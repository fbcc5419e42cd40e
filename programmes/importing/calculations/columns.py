"""Uses that a column of a spreadsheet can have, and how a heading or its cells tell them."""

import re
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programmes.importing.calculations import words
from wellbeing.lib.names import name_key
from wellbeing.lib.texts import is_mail_address

# Rows looked at for the headings, and cells shown and looked at of each column.
FIRST_ROWS = 20
SAMPLES = 3


class Target(TextChoices):
    """Use of the cells of a column."""

    FULL_NAME = "full_name", _("Full name")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    KNOWN_AS = "known_as", _("What to call them")
    EMAIL = "email", _("Email address")
    PHONE = "phone", _("Phone number")
    ADDRESS = "postal_address", _("Postal address")
    ORGANISATION = "organisation", _("Organisation")
    CHANNEL = "channel", _("Best way to reach them")
    LETTER_SIZE = "letter_size", _("Letters and documents")
    LANGUAGE = "language", _("Language they read")
    NEEDS = "needs", _("Access needs")
    ROLE = "role", _("Role in the programme")
    GROUPS = "groups", _("Groups")
    SEAT = "seat", _("Kind of group member")
    STARTS_ON = "starts_on", _("First day in the programme")


# Several columns may be one of these. Of addresses and numbers to reach somebody at, the first that is filled counts.
SEVERAL = frozenset({Target.EMAIL, Target.PHONE, Target.ADDRESS, Target.NEEDS, Target.GROUPS})
_WORDS: dict[Target, str] = {
    Target.FULL_NAME: (
        "name|full name|fullname|person|participant|participant name|member|member name|contact|contact name|who|client"
        "|volunteer|names|name of person|surname first name|display name|attendee"
    ),
    Target.FIRST_NAME: "first name|firstname|forename|forenames|first|given name|given names|christian name|fname",
    Target.LAST_NAME: "last name|lastname|surname|family name|last|second name|sname|lname",
    Target.KNOWN_AS: "known as|preferred name|nickname|likes to be called|what to call them|call me|calls themselves",
    Target.EMAIL: "email|email address|mail|email 1|e mail|e mail address|personal email|emails|contact email",
    Target.PHONE: (
        "phone|phone number|telephone|tel|tel no|telephone number|mobile|mobile number|mob|mobile no|phone no|contact"
        " number|mobile phone|cell|telephone no|home phone|landline|number|phone 1"
    ),
    Target.ADDRESS: (
        "address|postal address|address 1|address 2|address 3|address 4|address line 1|address line 2|address line 3"
        "|street|town|city|county|postcode|post code|home address|house|road|town city|town or city|addr 1|addr 2"
    ),
    Target.ORGANISATION: "organisation|organization|charity|employer|company|org|works for|partner",
    Target.CHANNEL: (
        "best way to reach|best way to reach them|contact by|preferred contact|contact preference|how to contact"
        "|preferred method of contact|contact method|prefers|preferred contact method|how to reach"
    ),
    Target.LETTER_SIZE: "letters|letter size|print|print size|font size|letters and documents|documents|letter format",
    Target.LANGUAGE: "language|language they read|reads|first language|preferred language|main language",
    Target.NEEDS: (
        "access needs|access|access requirements|needs|adjustments|reasonable adjustments|requirements|dietary"
        " requirements|diet|dietary|accessibility|support needs|access need|additional needs|wheelchair|wheelchair user"
        "|interpreter|bsl|mobility|food"
    ),
    Target.ROLE: "role|role in the programme|roles|type|involvement",
    Target.GROUPS: "group|groups|steering group|committee|working group|member of",
    Target.SEAT: "seat|kind of member|kind of group member|type of member",
    Target.STARTS_ON: (
        "start date|started|start|joined|date joined|join date|from|since|member since|first day|date started|joining"
        " date|first day in the programme|start day"
    ),
}
_BY_HEADING = {name_key(word): target for target, words in _WORDS.items() for word in words.split("|")}
_NAMES = frozenset({Target.FULL_NAME, Target.FIRST_NAME, Target.LAST_NAME})
_NAME = re.compile(r"[^\W\d_][^\d@:;/_]*\s[^\d@:;/_]+[^\W\d_.]")
_PHONE = re.compile(r"[+0(]?[0-9][0-9 ()+-]{8,18}")


def heading_key(heading: str) -> str:
    """Return what a heading is known by: without capitals, accents, signs and what stands in brackets."""
    plain = re.sub(r"\([^)]*\)|[*:?#]", " ", heading)
    return name_key(plain)[:200]


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of the row (from 1) with the headings: 0 where the first row is somebody's already.

    It is the one among the first with the most headings we know; else the first row with several texts in it.
    """
    known = [sum(heading_key(cell) in _BY_HEADING for cell in row) for row in rows[:FIRST_ROWS]]
    if known and max(known) >= 1:
        return known.index(max(known)) + 1
    for number, row in enumerate(rows[:FIRST_ROWS], 1):
        if sum(1 for cell in row if cell) >= min(2, len(row)):
            somebody = any(is_mail_address(cell) or _PHONE.fullmatch(cell) for cell in row)
            return 0 if somebody else number
    return 0


def letters_of(index: int) -> str:
    """Return the letters by which spreadsheets know a column: A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column_name(index: int) -> str:
    return _now("Column %(letters)s") % {"letters": letters_of(index)}


def headings_of(rows: Sequence[Sequence[str]], number: int) -> list[str]:
    """Return a name for each column: its heading, with its letters where several have the same or it has none."""
    width = len(rows[0]) if rows else 0
    found = [" ".join(cell.split())[:120] for cell in rows[number - 1]] if number else [""] * width
    keys = [heading_key(cell) for cell in found]
    return [
        _column_name(index)
        if not cell
        else f"{cell} ({letters_of(index)})"
        if keys.count(heading_key(cell)) > 1
        else cell
        for index, cell in enumerate(found)
    ]


def samples_of(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    """Return the first different cells of a column that are not empty."""
    return list(dict.fromkeys(row[index] for row in rows if row[index]))[:SAMPLES]


def guess(headings: Sequence[str], rows: Sequence[Sequence[str]], remembered: Mapping[str, str]) -> list[str]:
    """Return the target of each column, "" for one to leave out: as remembered for its heading, or as it looks.

    A target that one column can have goes to the first of them.
    """
    keys = [heading_key(heading) for heading in headings]
    wanted = [remembered.get(key, _BY_HEADING.get(key, "")) for key in keys]
    by_cells = [
        _by_cells(heading, [row[index] for row in rows[:FIRST_ROWS] if row[index]])
        for index, heading in enumerate(headings)
    ]
    if any(target in _NAMES for target in wanted):
        by_cells = ["" if target in _NAMES else target for target in by_cells]
    taken: set[str] = set()
    guessed = []
    for index, by_heading in enumerate(wanted):
        target = by_heading
        if (
            not target
            and keys[index] not in remembered
            and (by_cells[index] not in wanted or by_cells[index] in SEVERAL)
        ):
            target = by_cells[index]
        if target in taken and target not in SEVERAL:
            target = ""
        taken.add(target)
        guessed.append(str(target))
    return _one_kind_of_name(guessed)


def _by_cells(heading: str, cells: Sequence[str]) -> str:
    if cells and sum(is_mail_address(cell) for cell in cells) > len(cells) // 2:
        return Target.EMAIL
    if cells and sum(bool(_PHONE.fullmatch(cell)) for cell in cells) > len(cells) // 2:
        return Target.PHONE
    if cells and all(name_key(cell) in words.YES | words.NOTHING for cell in cells) and words.is_a_need(heading):
        return Target.NEEDS
    if cells and sum(bool(_NAME.fullmatch(cell)) for cell in cells) > len(cells) // 2:
        return Target.FULL_NAME
    return ""


def _one_kind_of_name(targets: list[str]) -> list[str]:
    """Take "Name" for the first name where the next column is the last name alone."""
    if Target.LAST_NAME in targets and Target.FIRST_NAME not in targets and Target.FULL_NAME in targets:
        targets[targets.index(Target.FULL_NAME)] = str(Target.FIRST_NAME)
    return ["" if one == Target.FULL_NAME and Target.FIRST_NAME in targets else one for one in targets]


def to_remember(headings: Sequence[str], mapping: Sequence[str]) -> dict[str, str]:
    """Return the target to remember for each heading: of several alike, that of the first that is not left out."""
    kept: dict[str, str] = {}
    for index, (heading, target) in enumerate(zip(headings, mapping, strict=True)):
        key = heading_key(heading)
        # Columns without a heading are named by their letters, which say nothing of another file.
        if key and not kept.get(key) and heading != _column_name(index):
            kept[key] = target
    return kept


def problem_of(mapping: Sequence[str]) -> str:
    """Return in a sentence why columns cannot be read so; "" where they can."""
    for target in Target:
        if target not in SEVERAL and mapping.count(target.value) > 1:
            return _now("Several columns are for: %(what)s. Choose one of them, and leave the others out.") % {
                "what": target.label
            }
    if not _NAMES & set(mapping):
        return _now("Say which column has the names of the people.")
    if Target.FULL_NAME in mapping and {Target.FIRST_NAME, Target.LAST_NAME} & set(mapping):
        return _now("Choose the column with the full name, or those with first and last name, and not both.")
    return ""
