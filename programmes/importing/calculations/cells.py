"""Read the cells of a row as the details of a person, and say what is wrong with which."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from people.models import Person
from programmes.importing.calculations import words
from programmes.importing.calculations.columns import Target
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Role
from wellbeing.lib import phones
from wellbeing.lib.languages import Language
from wellbeing.lib.names import TITLES, name_key
from wellbeing.lib.texts import MAX_ADDRESS_LINES, clean_line, clean_words, is_mail_address

MAX_NAME, MAX_KNOWN_AS, MAX_EMAIL, MAX_ADDRESS = 150, 80, 254, 500
# Days as spreadsheets count them, for 1930 to 2100.
_FIRST_DAY, _DAYS = dt.date(1899, 12, 30), range(10_959, 73_051)
_NUMBER = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4}|[0-9]{2})(?:[ T].*)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
_IN_WORDS = re.compile(r"(?:[a-z]+,? +)?([0-9]{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3,9})\.?,?[ -]+([0-9]{4}|[0-9]{2})")
_MONTHS = {
    name: index
    for index, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_TWO_PEOPLE = re.compile(r"\s+(?:and|&|\+)\s+|\s*&\s*|\s*;\s*|\s+/\s+|\n", re.IGNORECASE)
# A cell that another program marked as text, so that no spreadsheet runs or changes it.
_MARKED = re.compile(r"'(?=[=+\-@0-9\t\uff1d\uff0b\uff0d\uff20])")
_SEVERAL_IN_A_CELL = re.compile(r"\s*[;\n|]\s*")
_POWER_OF_TEN = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+")


@dataclass(frozen=True)
class Choices:
    """Meanings of the names in cells in one programme, by their keys, and the defaults where a cell says nothing."""

    organisations: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    role: str = ""
    group: int | None = None
    seat: str = ""
    starts_on: dt.date | None = None
    last_day: dt.date | None = None


@dataclass
class Reading:
    """Reading of one row: the details of a person, and problems as {"column": its index, "text": …}."""

    details: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)


def unmarked(cell: str) -> str:
    """Return a cell without the apostrophe that kept it from being run or changed."""
    return _MARKED.sub("", cell, count=1) if cell.startswith("'") else cell


def _on_a_line(cell: str) -> str:
    """Return a cell cleaned and on one line; most are so already, and thousands are read."""
    return cell if cell.isascii() and cell.isprintable() and "  " not in cell else clean_line(cell)


class RowReader:
    """Reads rows whose columns have these headings and targets."""

    def __init__(self, headings: Sequence[str], mapping: Sequence[str], choices: Choices) -> None:
        self.headings, self.choices = headings, choices
        self.columns: dict[str, list[int]] = {}
        for index, target in enumerate(mapping):
            if target:
                self.columns.setdefault(target, []).append(index)
        self._keys: dict[str, str] = {}

    def read(self, cells: Sequence[str]) -> Reading:
        """Return what `cells` say of a person, and every problem."""
        reading = Reading()
        self._cells, self._reading = cells, reading
        details = reading.details
        details["full_name"] = self._name()
        details["known_as"] = self._line(Target.KNOWN_AS, MAX_KNOWN_AS)
        details["email"] = self._email()
        details["phone"] = self._phone()
        details["postal_address"] = self._address()
        details["organisation"] = self._known(Target.ORGANISATION, self.choices.organisations, self._no_organisation)
        details["letter_size"] = (
            self._word(Target.LETTER_SIZE, words.LETTER_SIZES, Person.LetterSize) or Person.LetterSize.STANDARD
        )
        details["language"] = self._word(Target.LANGUAGE, words.languages(), (Language.ENGLISH, Language.POLISH)) or (
            Language.ENGLISH
        )
        details["channel"] = self._channel(details)
        details["needs"] = self._needs()
        details["role"], details["groups"], details["seat"] = self._role(), self._groups(), self._seat()
        details["starts_on"] = self._starts_on()
        if not details["role"] and not details["groups"] and not self._cell(Target.ROLE):
            self._refuse(Target.ROLE, _("Say what they are to the programme, or choose it for everyone in the file."))
        return reading

    def _cell(self, target: str) -> str:
        column = self._column(target)
        return unmarked(_on_a_line(self._cells[column])) if column is not None else ""

    def _column(self, target: str) -> int | None:
        """Return the first column with this target in which the row says something; the first of them if none does."""
        columns = self.columns.get(target, [])
        return next((column for column in columns if self._cells[column].strip()), columns[0] if columns else None)

    def _refuse(self, target: str, text: str, column: int | None = None) -> None:
        self._reading.problems.append({"column": self._column(target) if column is None else column, "text": text})

    def _line(self, target: str, most: int) -> str:
        text = self._cell(target)
        if len(text) > most:
            self._refuse(target, _("This is longer than %(most)s letters. Shorten it.") % {"most": most})
        return text[:most]

    def _name(self) -> str:
        if Target.FULL_NAME in self.columns:
            target, whole = Target.FULL_NAME, unmarked(clean_words(self._cells[self.columns[Target.FULL_NAME][0]]))
        else:
            target = Target.FIRST_NAME if Target.FIRST_NAME in self.columns else Target.LAST_NAME
            whole = f"{self._cell(Target.FIRST_NAME)} {self._cell(Target.LAST_NAME)}"
        whole = whole.strip()
        name = in_order(clean_line(whole))
        if not name or not any(letter.isalpha() for letter in name):
            self._refuse(target, _("Enter their name."))
        elif "@" in name or any(letter.isdigit() for letter in name):
            self._refuse(target, _("This is not a name. Check which column has the names, or correct it."))
        elif names_in(whole)[1:]:
            self._refuse(target, _("There are two names in one cell. Make two rows of it, one for each person."))
        elif len(name) > MAX_NAME:
            self._refuse(target, _("This is longer than %(most)s letters. Shorten it.") % {"most": MAX_NAME})
        return name[:MAX_NAME]

    def _email(self) -> str:
        text = self._cell(Target.EMAIL)
        if not text or name_key(text) in words.NOTHING:
            return ""
        text = text.removeprefix("mailto:").strip("<> ").lower()
        if "@" in text and re.search(r"[;,\s]+", text):
            self._refuse(Target.EMAIL, _("There are two addresses in one cell. Keep the one they read."))
            return ""
        if not is_mail_address(text) or len(text) > MAX_EMAIL:
            self._refuse(Target.EMAIL, _("Enter an email address, like name@example.org"))
            return ""
        return text

    def _phone(self) -> str:
        text = self._cell(Target.PHONE)
        if not text or name_key(text) in words.NOTHING:
            return ""
        if _POWER_OF_TEN.fullmatch(text):
            self._refuse(Target.PHONE, _("A spreadsheet has rounded this number. Enter the phone number again."))
            return ""
        number = phones.stored(text)
        if not phones.is_number(number):
            several = len(re.findall(r"[0-9][0-9 ]{8,}", text)) > 1
            self._refuse(
                Target.PHONE,
                _("There are two phone numbers in one cell. Keep one of them.")
                if several
                else _("Enter a phone number, like 020 7946 0000, or +48 22 555 01 23 for another country"),
            )
            return ""
        return number

    def _address(self) -> str:
        lines: dict[str, None] = {}
        for column in self.columns.get(Target.ADDRESS, []):
            cell = unmarked(clean_words(self._cells[column]))
            if name_key(cell) not in words.NOTHING:
                lines.update((line.strip(" ,"), None) for line in cell.split("\n") if line.strip(" ,"))
        address = "\n".join(lines)
        if len(lines) > MAX_ADDRESS_LINES:
            self._refuse(Target.ADDRESS, _("An address has at most %(most)s lines.") % {"most": MAX_ADDRESS_LINES})
        elif len(address) > MAX_ADDRESS:
            self._refuse(Target.ADDRESS, _("This is longer than %(most)s letters. Shorten it.") % {"most": MAX_ADDRESS})
        return address[:MAX_ADDRESS]

    def _word(self, target: str, known: Mapping[str, str], examples: Iterable[Any]) -> str:
        """Return what the word in a cell stands for; refuse one that is not known, with examples of those that are."""
        text = self._cell(target)
        if not text:
            return ""
        key = self._keys.get(text)
        if key is None:
            key = self._keys[text] = name_key(re.sub(r"[()]", " ", text))
        found = known.get(key, "")
        if not found and key not in words.NOTHING:
            self._refuse(
                target,
                _("We do not know the word “%(word)s” here. Use a word such as: %(words)s.")
                % {"word": text[:60], "words": ", ".join(str(one.label) for one in examples)},
            )
        return str(found)

    def _channel(self, details: Mapping[str, Any]) -> str:
        wanted = self._word(Target.CHANNEL, words.CHANNELS, Person.Channel)
        reached = {
            Person.Channel.EMAIL: details["email"],
            Person.Channel.SMS: details["phone"],
            Person.Channel.PHONE: details["phone"],
            Person.Channel.LETTER: details["postal_address"],
        }
        if not wanted:
            ways = (Person.Channel.EMAIL, Person.Channel.PHONE, Person.Channel.LETTER)
            return str(next((way for way in ways if reached[way]), Person.Channel.EMAIL))
        lacks = {
            Person.Channel.EMAIL: (Target.EMAIL, _("To reach them by email, enter an email address.")),
            Person.Channel.SMS: (Target.PHONE, _("To reach them by text message, enter a phone number.")),
            Person.Channel.PHONE: (Target.PHONE, _("To reach them by phone, enter a phone number.")),
            Person.Channel.LETTER: (Target.ADDRESS, _("To reach them by letter, enter a postal address.")),
            Person.Channel.SUPPORTER: (
                Target.CHANNEL,
                _("Choose another way for now. Once they are here, record their supporter on their page."),
            ),
        }
        if not reached.get(Person.Channel(wanted)):
            target, sentence = lacks[Person.Channel(wanted)]
            columns = self.columns.get(target) or self.columns[Target.CHANNEL]
            self._refuse(target, sentence, columns[0])
        return wanted

    def _needs(self) -> list[list[str]]:
        found: dict[tuple[str, str], None] = {}
        for column in self.columns.get(Target.NEEDS, []):
            cell = unmarked(self._cells[column].strip())
            if cell:
                found.update(dict.fromkeys(words.needs_in(cell, self.headings[column])))
        return [list(need) for need in found]

    def _role(self) -> str:
        role = self._word(Target.ROLE, words.ROLES, (Role.LIVED_EXPERIENCE,))
        if role in {Role.STAFF, Role.FINANCE}:
            self._refuse(
                Target.ROLE,
                _("Staff and finance are proposed one by one, and somebody else confirms it. Leave this row out."),
            )
            return ""
        return role or self.choices.role

    def _groups(self) -> list[int]:
        found: dict[int, None] = {}
        for column in self.columns.get(Target.GROUPS, []):
            for name in _SEVERAL_IN_A_CELL.split(unmarked(clean_words(self._cells[column]))):
                key = name_key(name)
                if key in words.NOTHING:
                    continue
                if key in words.YES:
                    key = name_key(self.headings[column])
                if key in self.choices.groups:
                    found[self.choices.groups[key]] = None
                else:
                    text = _("There is no group “%(name)s” here. Correct its name, or add the group first.")
                    self._refuse(Target.GROUPS, text % {"name": clean_line(name)[:60]}, column)
        if not found and self.choices.group:
            found[self.choices.group] = None
        return list(found)

    def _seat(self) -> str:
        return self._word(Target.SEAT, words.SEATS, Term.Seat) or self.choices.seat or Term.Seat.LIVED_EXPERIENCE

    def _known(self, target: str, known: Mapping[str, int], refusal: Callable[[str], str]) -> int | None:
        text = self._cell(target)
        key = name_key(text)
        if not text or key in words.NOTHING:
            return None
        if key not in known:
            self._refuse(target, refusal(text))
        return known.get(key)

    @staticmethod
    def _no_organisation(name: str) -> str:
        return _("No partner of this programme is called “%(name)s”. Correct its name, or add the partner first.") % {
            "name": name[:60]
        }

    def _starts_on(self) -> str:
        text = self._cell(Target.STARTS_ON)
        if not text or name_key(text) in words.NOTHING:
            return self.choices.starts_on.isoformat() if self.choices.starts_on else ""
        day = day_of(text)
        if day is None:
            self._refuse(Target.STARTS_ON, _("Enter a date as day, month and year, such as 27/11/2026."))
            return ""
        if self.choices.last_day and day > self.choices.last_day:
            self._refuse(Target.STARTS_ON, _("This day is after the end of the programme. Enter an earlier one."))
        return day.isoformat()


def day_of(text: str) -> dt.date | None:
    """Return the day that a cell names, the day before the month; None where it names none."""
    text = text.strip().lower()
    if _NUMBER.fullmatch(text) and int(float(text)) in _DAYS:
        return _FIRST_DAY + dt.timedelta(days=int(float(text)))
    try:
        if found := _ISO_DAY.fullmatch(text):
            return dt.date(*map(int, found.groups()))
        if found := _DAY_MONTH_YEAR.fullmatch(text):
            day, month, year = map(int, found.groups())
            return dt.date(_whole_year(year), month, day)
        if (found := _IN_WORDS.fullmatch(text)) and found[2][:3] in _MONTHS:
            return dt.date(_whole_year(int(found[3])), _MONTHS[found[2][:3]], int(found[1]))
    except ValueError:
        return None
    return None


def _whole_year(year: int) -> int:
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def in_order(name: str) -> str:
    """Return a full name with the first name first: "Example, Ana" is Ana Example."""
    before, _comma, after = (part.strip() for part in name.partition(","))
    if before and after and name_key(after) not in TITLES and "," not in after and len(before.split()) <= 3:
        return f"{after} {before}"
    return name


def names_in(cell: str) -> list[str]:
    """Return the names of the people in a cell: two for "Ana and Ben Example", which share the family name."""
    parts = [in_order(clean_line(part)) for part in _TWO_PEOPLE.split(cell.strip()) if part.strip(" ,")]
    if len(parts) < 2:
        return parts
    family = parts[-1].split()[-1] if len(parts[-1].split()) > 1 else ""
    return [part if len(part.split()) > 1 or not family else f"{part} {family}" for part in parts]
