"""Choose the provider that the settings name."""

from django.conf import settings

from people.messages.texts.demo import DemoProvider
from people.messages.texts.http import HttpProvider
from people.messages.texts.notify import NotifyProvider
from people.messages.texts.providers import Provider

PROVIDERS: dict[str, type[Provider]] = {"notify": NotifyProvider, "http": HttpProvider, "demo": DemoProvider}


def provider() -> Provider | None:
    """Return the provider the settings name; None where this installation sends no text messages."""
    made = PROVIDERS.get(settings.TEXT_PROVIDER)
    return made() if made else None
