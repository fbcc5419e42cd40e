"""Have letters printed and posted by a service, whichever it is: what every service can do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from people.messages.letters import window
from people.messages.letters.drawing import Letter


@dataclass(frozen=True)
class Outcome:
    """Say how a letter ended: `posted`, or with the sentence that says why it will not be."""

    posted: bool
    problem: str = ""


class LetterService(Protocol):
    """A service that prints letters and posts them."""

    # Where it wants the address, and how many pages it prints at most.
    layout: window.Layout
    pages: int

    def check(self, letter: Letter) -> None:
        """Raise ActionError, with a sentence for a colleague, for a letter that the service cannot print."""

    def send(self, content: bytes, reference: str, postage: str) -> str:
        """Hand a letter (a PDF) over. Return the service's id of it.

        `reference` is our own name of it, the same however often it is tried, and says nothing about anybody.
        `postage` is one of PostageRule.Postage. Raises RefusedError, LaterError or AwayError
        (`people.messages.services`).
        """

    def find(self, reference: str) -> str:
        """Return the service's id of a letter it took under `reference` before, whatever became of it; "" if none.

        Asked before a letter is tried again, as the first try may have arrived without its answer coming back. Raises
        as `send`.
        """

    def outcomes(self, ids: Collection[str]) -> Mapping[str, Outcome]:
        """Return what became of those of the letters `ids` that are printed and posted, or never will be.

        With few requests, however many letters there are. Raises as `send`.
        """
