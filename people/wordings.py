"""The words of kinds of notices: the standard ones, what a programme may put in their place, and their merge fields.

Nothing here knows an app. The words around the facts of a notice may be a programme's own; the facts, where {details}
stands, are always ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from wellbeing.lib.languages import Language
from wellbeing.lib.types import Text

if TYPE_CHECKING:
    from people.messages.models import Notice

DETAILS, LINK = "details", "link"
GREETING = _("Hello {name},\n\n{details}")


@dataclass(frozen=True)
class WordingField:
    """A merge field of a kind: `key` as it stands in braces, what it says, and an example.

    Words must have a `needed` one, so that nobody is left without a fact. One that `may_be_empty` has nothing to say
    for some people: they get the standard words.
    """

    key: str
    says: Text
    example: Text
    needed: bool = False
    may_be_empty: bool = False

    @property
    def in_braces(self) -> str:
        return "{" + self.key + "}"


@dataclass(frozen=True)
class Wording:
    """The standard words of a kind of notice, with merge fields.

    `words` are paragraphs; {details} stands for the facts: `holds` lists what is in them, `example` is an example.
    `heading` stands at the top of an email, where it is another than the subject.
    """

    subject: Text
    example: Text
    holds: Text
    words: Text = GREETING
    heading: Text = ""
    fields: tuple[WordingField, ...] = ()

    @property
    def examples(self) -> dict[str, str]:
        """Return an example of what each field of the kind says."""
        return {field.key: str(field.example) for field in self.fields}


@dataclass(frozen=True)
class OwnWords:
    """The words that a programme chose for a kind of notice in one language; `version` is the key of its row."""

    version: int
    subject: str
    words: str
    short: str = ""
    language: str = Language.ENGLISH


# The own words of programmes, by (voice, kind of notice, language).
WordsInForce = Mapping[tuple[str, str, str], OwnWords]


@dataclass(frozen=True)
class Unfilled:
    """A field of own words that had nothing to say in `notice`, which got the standard words: where it stands."""

    version: int
    notice: Notice
    part: str
    line: int
    field: str
