"""Look for words that a programme agreed not to use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from people.registry import LanguageHint
from programmes import registry
from programmes.language.models import AgreedTerm
from programmes.programme.models.programmes import Programme
from wellbeing.lib.types import ProgrammeId, Text

# Several phrases that one term replaces are written with commas between them.
_BETWEEN = re.compile(r"\s*[,;]\s*")


def hints_in(programme: ProgrammeId, text: str) -> list[LanguageHint]:
    """Return the words of `text` that `programme` agreed not to use, each with what it says and where they stand."""
    return _hints(AgreedTerm.objects.filter(programme=programme).order_by("term"), text)


def _hints(terms: Iterable[AgreedTerm], text: str) -> list[LanguageHint]:
    hints = []
    for term in terms:
        for phrase in phrases(term):
            found = list(re.finditer(_pattern(phrase, r"(?<!\w)", r"(?!\w)"), text, re.IGNORECASE))
            if found:
                hints.append(LanguageHint(found[0][0], term.term, term.why, tuple(match.span() for match in found)))
    return hints


def phrases(term: AgreedTerm) -> list[str]:
    """Return the phrases that `term` replaces, without a plural's last letter: "service users" finds "service user"."""
    found = (phrase.strip(' "“”').removesuffix("s") for phrase in _BETWEEN.split(term.replaces.strip(' "“”.')))
    return [phrase for phrase in found if phrase]


def _pattern(phrase: str, before: str, after: str) -> str:
    """Return a pattern for a phrase or its plural: "user" is found in "users", and not in "useful"."""
    return f"{before}{re.escape(phrase)}(?:s|es)?{after}"


@dataclass(frozen=True)
class OldWords:
    """A text of the programme in which words still stand that it agreed not to use."""

    kind: Text
    title: str
    url: str
    hints: list[LanguageHint]


def where_old_words_stand(programme: Programme) -> list[OldWords]:
    """Return the texts of `programme` with words it agreed not to use, kind by kind: one query for each kind.

    Words that people said themselves are left alone.
    """
    terms = list(AgreedTerm.objects.filter(programme=programme).order_by("term"))
    found = []
    for text in registry.programme_texts:
        for row in text.rows(programme):
            hints = _hints(terms, "\n".join(text.words(row)))
            if hints:
                found.append(OldWords(text.title, str(row), text.url(row), hints))
    return found
