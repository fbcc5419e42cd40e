"""Languages in which people read what they are told, and which way each is written."""

import unicodedata
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

# The mark that has no width and counts as a letter written from left to right.
LEFT_TO_RIGHT = "\u200e"


class Language(models.TextChoices):
    """A language by its tag of BCP 47. Those that the documents have letters for (`wellbeing/lib/scripts.py`)."""

    ENGLISH = "en", _("English")
    ALBANIAN = "sq", _("Albanian")
    AMHARIC = "am", _("Amharic")
    ARABIC = "ar", _("Arabic")
    BENGALI = "bn", _("Bengali")
    BULGARIAN = "bg", _("Bulgarian")
    CHINESE = "zh-Hant", _("Chinese")
    DARI = "prs", _("Dari")
    FRENCH = "fr", _("French")
    GREEK = "el", _("Greek")
    GUJARATI = "gu", _("Gujarati")
    HEBREW = "he", _("Hebrew")
    HINDI = "hi", _("Hindi")
    HUNGARIAN = "hu", _("Hungarian")
    ITALIAN = "it", _("Italian")
    KURDISH = "ckb", _("Kurdish (Sorani)")
    LITHUANIAN = "lt", _("Lithuanian")
    NEPALI = "ne", _("Nepali")
    PASHTO = "ps", _("Pashto")
    PERSIAN = "fa", _("Persian (Farsi)")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    PUNJABI = "pa", _("Punjabi")
    ROMANIAN = "ro", _("Romanian")
    RUSSIAN = "ru", _("Russian")
    SOMALI = "so", _("Somali")
    SPANISH = "es", _("Spanish")
    TAMIL = "ta", _("Tamil")
    TIGRINYA = "ti", _("Tigrinya")
    TURKISH = "tr", _("Turkish")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")
    VIETNAMESE = "vi", _("Vietnamese")
    WELSH = "cy", _("Welsh")

    @property
    def direction(self) -> str:
        """Return "rtl" for a language that is written from right to left, else "ltr"."""
        return "rtl" if self in _FROM_THE_RIGHT else "ltr"


_FROM_THE_RIGHT = frozenset(
    {
        Language.ARABIC,
        Language.DARI,
        Language.HEBREW,
        Language.KURDISH,
        Language.PASHTO,
        Language.PERSIAN,
        Language.URDU,
    }
)


def to_choose() -> list[tuple[str, str]]:
    """Return every language with its name, for a form: English first, the others by name."""
    choices = [(str(value), str(label)) for value, label in Language.choices]
    return sorted(choices, key=lambda choice: (choice[0] != Language.ENGLISH, choice[1]))


@dataclass(frozen=True)
class Passage:
    """A part of a text in one language."""

    text: str
    language: str = Language.ENGLISH.value

    @property
    def direction(self) -> str:
        """Return "rtl" or "ltr"."""
        return Language(self.language).direction


def kept_together(value: str, language: str) -> str:
    """Return `value` so that its parts keep their order in words of `language`.

    In a line that runs from the right, the two halves of a phone number would change places: a mark on each side keeps
    what has no letter of such a language as it is.
    """
    if not value or Language(language).direction == "ltr":
        return value
    if any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in value):
        return value
    return f"{LEFT_TO_RIGHT}{value}{LEFT_TO_RIGHT}"


def passages_of(text: str, language: str, english_from: int | None, english_to: int | None) -> list[Passage]:
    """Split `text`, in `language`, where a part of it is in English. Parts without words are left out."""
    if english_from is None or english_to is None:
        return [Passage(text, language)]
    parts = (
        Passage(text[:english_from].strip(), language),
        Passage(text[english_from:english_to].strip()),
        Passage(text[english_to:].strip(), language),
    )
    return [part for part in parts if part.text]
