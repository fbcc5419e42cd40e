"""The demo's printing service: it takes every letter that can be drawn, and says the next time that it was posted."""

from collections.abc import Collection

from people.messages.letters import window
from people.messages.letters.drawing import Letter
from people.messages.letters.services import Outcome


class DemoLetters:
    """A service that prints nothing. A letter has the same id however often it is sent."""

    layout = window.NOTIFY
    pages = 10

    def check(self, letter: Letter) -> None:
        """Take any letter."""

    def send(self, content: bytes, reference: str, postage: str) -> str:
        """Return the id of a letter."""
        return f"demo-{reference}"

    def find(self, reference: str) -> str:
        """Return the id of a letter, as it would be taken now."""
        return f"demo-{reference}"

    def outcomes(self, ids: Collection[str]) -> dict[str, Outcome]:
        """Say that each of the letters `ids` was posted."""
        return dict.fromkeys(ids, Outcome(posted=True))
