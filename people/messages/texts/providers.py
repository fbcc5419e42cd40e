"""Send one text message through a service, whichever it is: what every provider can do."""

from typing import Protocol


class Provider(Protocol):
    """A service that sends text messages."""

    # Whether a text has arrived as soon as it is sent, with no receipt to wait for.
    arrives_at_once: bool

    def send(self, to: str, words: str, reference: str) -> str:
        """Send `words` to the number `to` (E.164). Return the provider's id of the text.

        `reference` is our own name of it, the same however often it is tried. Raises RefusedError, LaterError or
        AwayError (`people.messages.services`).
        """

    def find(self, reference: str) -> str:
        """Return the provider's id of a text it took under `reference` before; "" if none, or if it reached nobody.

        Asked before a text is tried again, as the first try may have arrived without its answer coming back. Raises
        LaterError, AwayError, and RefusedError where our account is refused.
        """
