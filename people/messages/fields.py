"""Merge fields in the words of a message, such as {name}: checked before anything is sent."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.registry import Voice
from people.wordings import DETAILS
from wellbeing.lib import phones
from wellbeing.lib.errors import ActionError

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_FACTS = "{" + DETAILS + "}"
# Many people are told the same: words that were read once are kept, these many at a time.
KEPT_WORDS = 128


@dataclass(frozen=True)
class FieldProblem:
    """A merge field that cannot be filled in: which, on which line of the words, and why.

    The sentence names the line where there are several.
    """

    line: int
    field: str
    sentence: str


def values_for(person: Person, voice: Voice) -> dict[str, str]:
    """Return what each merge field says to `person`: {name}, {programme}, {contact} and {phone}."""
    return {
        "name": person.short_name,
        "programme": voice.name,
        "contact": voice.contact,
        "phone": phones.shown(voice.phone),
    }


@lru_cache(maxsize=KEPT_WORDS)
def fields_in(words: str) -> tuple[str, ...]:
    """Return the names of the merge fields of `words`, each as often as it is used."""
    return tuple(_FIELD.findall(words))


def problems_in(words: str, values: Mapping[str, str]) -> list[FieldProblem]:
    """Return the fields of `words` that are unknown, or that have nothing in `values`, each with its line."""
    lines = words.splitlines()
    return [
        FieldProblem(number, field, _problem(field, values, number if len(lines) > 1 else None))
        for number, line in enumerate(lines, start=1)
        for field in _FIELD.findall(line)
        if not values.get(field)
    ]


def _problem(field: str, values: Mapping[str, str], line: int | None) -> str:
    params = {"line": line, "field": "{" + field + "}", "known": ", ".join(f"{{{name}}}" for name in values)}
    if field in values:
        if line:
            return _("Line %(line)s: there is nothing to put for %(field)s.") % params
        return _("There is nothing to put for %(field)s.") % params
    if line:
        return _("Line %(line)s: %(field)s is not known. You can use %(known)s.") % params
    return _("%(field)s is not known. You can use %(known)s.") % params


def filled(words: str, values: Mapping[str, str]) -> str:
    """Return `words` with each merge field filled in. Unknown ones stay as they are: `problems_in` refuses them."""
    return _FIELD.sub(lambda field: values.get(field[1], field[0]), words)


def paragraphs_of(words: str, values: Mapping[str, str]) -> list[str]:
    """Return the paragraphs of `words`, which have an empty line between them, with each merge field filled in."""
    return [filled(part, values) for part in _split(words)]


@lru_cache(maxsize=KEPT_WORDS)
def _split(words: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(r"\n\s*\n", words))
    return tuple(part for part in parts if part)


def around_details(words: str, values: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the paragraphs before and those after {details}, with each merge field filled in."""
    before, _details, after = words.partition(_FACTS)
    return paragraphs_of(before, values), paragraphs_of(after, values)


def check_words(people: Iterable[Person], voice: str, subject: str, words: str) -> None:
    """Raise ActionError, beside its field, without subject or words, and for a merge field that cannot be filled in."""
    if not subject.strip():
        raise ActionError(_("Say what it is about."), field="subject")
    if not words.strip():
        raise ActionError(_("Write what you want to tell them."), field="words")
    speaker = registry.voice(voice)
    for text, field in ((subject, "subject"), (words, "words")):
        for person in people:
            refuse_problems(text, values_for(person, speaker), field)


def refuse_problems(text: str, values: Mapping[str, str], field: str) -> None:
    """Raise ActionError beside `field` with every merge field of `text` that cannot be filled in, and its line."""
    if problems := problems_in(text, values):
        raise ActionError(" ".join(problem.sentence for problem in problems), field=field)
