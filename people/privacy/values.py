"""Find the words that mean one person, so that they can be replaced wherever else they stand."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.db import models
from django.db.models import Q

from people.directory.models import Person
from people.privacy.walking import Rows, addresses_of, classed, history_of, keys_of, model_of
from wellbeing.lib import phones
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.whose_rows import NOT_HANDED_OUT

REMOVED, NAME_REMOVED = "[removed]", "[name removed]"
# Shorter words of somebody are common to many: they are taken away where they stand, and not looked for elsewhere.
LEAST_WORDS = 15
LEAST_NAME = 3
# Of these, nothing is looked for elsewhere: they are what we said to the person, in words we say to many.
OURS = {
    "people.Notice",
    "people.NoticePart",
    "people.Message",
    "people.Session",
    "people.User",
    "people.Mailing",
    "people.MailReport",
    "people.DemoMail",
    "people.DemoText",
    "people.AddressMark",
    "programmes.Reminder",
}
# Words that are names, too, and stand with a capital letter in any text.
CALENDAR = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("summer", "easter", "christmas"),
    }
)


@dataclass
class Values:
    """The words that mean one person: their names, how they are reached, and their own words."""

    names: set[str] = field(default_factory=set)
    reach: set[str] = field(default_factory=set)
    # First names and surnames alone: looked for last, and only where they are no words of every day.
    parts: set[str] = field(default_factory=set)
    # By each, where it was written: somebody else's words that are the same there are theirs.
    words: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def leave_to_others(self, person: Person) -> None:
        """Take out what another person has as well: a namesake's name, an address that a family shares.

        Called once the rows of `person` have lost their words.
        """
        others = Person.objects.exclude(pk=person.pk)
        self.names = {name for name in self.names if not others.filter(full_name__iexact=name).exists()}
        self.reach = {
            value
            for value in self.reach
            if not others.filter(
                Q(email__iexact=value) | Q(phone=phones.stored(value)) | Q(postal_address__iexact=value)
            ).exists()
        }
        self.words = {words: places for words, places in self.words.items() if not _is_anothers(words, places)}
        for part in list(self.parts):
            if others.filter(search_key__contains=part.lower()).exists() or part.lower() in CALENDAR:
                self.parts.discard(part)


def _is_anothers(words: str, places: Iterable[tuple[str, str]]) -> bool:
    for label, column in places:
        model = model_of(label)
        if isinstance(model._meta.get_field(column), EncryptedTextField):
            continue
        if model._base_manager.filter(**{column: words}).exists():
            return True
    return False


def values_of(person: Person, everything: Iterable[Rows]) -> Values:
    """Return the words that mean `person`, of today and before, as their rows (`everything`) have them."""
    found = Values()
    history = history_of(Person)
    assert history is not None
    for row in [person, *history._base_manager.filter(pgh_obj__in=keys_of(person))]:
        _add_person(found, row)
    for address in addresses_of(person):
        found.reach |= {address, phones.shown(address)} if address else set()
    for rows in everything:
        if rows.label == "people.Person":
            continue
        if rows.label == "people.Supporter":
            _add_supporters(found, rows)
        elif rows.label not in OURS:
            for words, place in _words_of(rows):
                found.words.setdefault(words, set()).add(place)
    found.reach = {value for value in found.reach if len(value) >= LEAST_NAME}
    return found


def _add_person(found: Values, row: Any) -> None:
    # One word alone may be a word of every day.
    (found.names if " " in row.full_name else found.parts).add(row.full_name)
    found.parts |= {part for part in re.findall(r"[^\W\d_][\w'’-]+", row.full_name) if len(part) >= LEAST_NAME}
    if row.known_as:
        found.parts.add(row.known_as)
    if row.about and len(row.about) >= LEAST_WORDS:
        found.words.setdefault(row.about, set()).add(("people.Person", "about"))
    found.reach |= _addresses(row.postal_address)


def _add_supporters(found: Values, rows: Rows) -> None:
    models_and_keys = [(rows.model, rows.pks), (rows.history, rows.event_pks)]
    for model, keys in models_and_keys:
        for row in model._base_manager.filter(pk__in=keys) if model else ():
            supporter: Any = row
            (found.names if " " in supporter.name else found.parts).add(supporter.name)
            found.reach |= {supporter.email, supporter.phone, phones.shown(supporter.phone)} - {""}
            found.reach |= _addresses(supporter.postal_address)


def _addresses(text: str) -> set[str]:
    """Return a postal address as it is written on one line and on several, and its first line where it has a number."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return set()
    found = {"\n".join(lines), ", ".join(lines), " ".join(lines)} if len(lines) > 1 else {lines[0]}
    if re.search(r"\d", lines[0]) and re.search(r"[^\W\d]{3}", lines[0]):
        found.add(lines[0].rstrip(","))
    return {value for value in found if len(value) >= 8}


def _words_of(rows: Rows) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the texts of rows, and their lines, each with the model and column it stands in."""
    for one in classed(rows.label):
        if not isinstance(one, models.CharField | models.TextField) or one.choices or one.unique:
            continue
        if one.name in NOT_HANDED_OUT.get(rows.label, "").split():
            continue
        least = LEAST_NAME * 2 if isinstance(one, EncryptedTextField) else LEAST_WORDS
        for model, keys in ((rows.model, rows.pks), (rows.history, rows.event_pks)):
            if model is None or one.name not in {known.name for known in model._meta.concrete_fields}:
                continue
            for text in model._base_manager.filter(pk__in=keys).values_list(one.name, flat=True):
                for part in {text or "", *str(text or "").splitlines()}:
                    if len(part) >= least:
                        yield part, (rows.label, one.name)


def spellings(value: str) -> set[str]:
    """Return the ways in which a text may stand in a column: plain, in HTML, in JSON, in an address of a page."""
    in_json = json.dumps(value)[1:-1]
    kept = json.dumps(value, ensure_ascii=False)[1:-1]
    return {value, html.escape(value), value.replace("'", "&#39;"), in_json, kept, quote(value)} - {""}


def pattern(values: Iterable[str], *, exact_case: bool = False) -> re.Pattern[str] | None:
    """Return a pattern that finds any of `values` as whole words, the longest first; None for no value.

    The spaces of a value may be any white space: texts are wrapped.
    """
    every = sorted({spelling for value in values for spelling in spellings(value)}, key=len, reverse=True)
    if not every:
        return None
    either = "|".join(r"\s+".join(re.escape(part) for part in value.split()) for value in every if value.strip())
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.NOFLAG if exact_case else re.IGNORECASE)
