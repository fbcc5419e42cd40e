"""Choose the printing service that the settings name."""

from django.conf import settings

from people.messages.letters.demo import DemoLetters
from people.messages.letters.notify import NotifyLetters
from people.messages.letters.services import LetterService

SERVICES: dict[str, type[LetterService]] = {"notify": NotifyLetters, "demo": DemoLetters}


def service() -> LetterService | None:
    """Return the service the settings name; None where staff print every letter."""
    made = SERVICES.get(settings.LETTER_PROVIDER)
    return made() if made else None
