"""Look at words again: which of them a programme agreed not to use, where they stand, and how easy all is to read."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from people import registry
from wellbeing.lib.languages import Language
from wellbeing.lib.reading import reading_age


@dataclass(frozen=True)
class Words:
    """Words somebody wrote, in whose voice, and in which language."""

    text: str
    voice: str
    language: str = Language.ENGLISH.value

    @cached_property
    def hints(self) -> list[registry.LanguageHint]:
        """Return the words that the programme agreed not to use."""
        return [hint for find in registry.language_hints for hint in find(self.voice, self.text)]

    @property
    def age(self) -> int | None:
        """Return the age from which they are easy to read; None where they are too few, or not in English."""
        return reading_age(self.text) if self.language == Language.ENGLISH else None

    @cached_property
    def underlined(self) -> SafeString:
        """Return them as a part of a page: each word to avoid is underlined, and says what the programme says."""
        parts, done = [], 0
        for start, end, better in self._marks:
            if start < done:
                continue
            parts.append(escape(self.text[done:start]))
            say = _("we say “%(better)s”") % {"better": better}
            parts.append(
                format_html(
                    '<span class="wb-avoid">{}</span> <span class="wb-say">({})</span>', self.text[start:end], say
                )
            )
            done = end
        return mark_safe("".join([*parts, escape(self.text[done:])]))  # noqa: S308  # every part is escaped

    @property
    def underlined_paragraphs(self) -> SafeString:
        """Return the same in paragraphs, which have an empty line between them."""
        return mark_safe(linebreaks(self.underlined))  # noqa: S308  # every part is escaped

    @property
    def _marks(self) -> list[tuple[int, int, str]]:
        return sorted((start, end, hint.better) for hint in self.hints for start, end in hint.at)
