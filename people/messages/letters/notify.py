"""Have letters printed and posted by GOV.UK Notify, as PDFs that are ready to print ("precompiled letters").

Notify does not refuse a reference it has seen before, so a letter whose first try may have arrived is looked up by its
reference before it is sent again. Sources: Notify's documentation of its Python client, and its letter specification.
"""

import io
import re
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.messages.letters import window
from people.messages.letters.drawing import Letter
from people.messages.letters.services import Outcome
from people.messages.notify import Notify, id_of
from wellbeing.lib.errors import ActionError

# Notify's limits of an address: lines, and signs that no line begins with (its error messages).
LEAST_LINES, MOST_LINES = 3, 7
NOT_AT_THE_START = '@()=[]"\\/,<>~'
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", re.IGNORECASE)
NO_ADDRESS = re.compile(r"\bno fixed (abode|address)\b", re.IGNORECASE)
# Notify sets the address anew, in Arial: Latin letters and the signs of typing programs.
LATIN_ENDS, SIGNS = 0x250, range(0x2010, 0x2040)
# Pages of a list of letters that are read at most, 250 letters each: more than a day of any programme.
MOST_LISTS = 20

# Ends of a letter (its documentation, "Precompiled letter status descriptions"). In every other state it is on
# its way.
POSTED = {"received", "delivered"}
ENDED = {
    "cancelled": gettext_lazy("Somebody cancelled this letter at GOV.UK Notify. It was not printed."),
    "virus-scan-failed": gettext_lazy("GOV.UK Notify did not print this letter: it took its file for a virus."),
    "validation-failed": gettext_lazy(
        "GOV.UK Notify did not print this letter: something in it is outside the area it prints, or the address is not "
        "one it posts to."
    ),
    "technical-failure": gettext_lazy("GOV.UK Notify did not print this letter: it had a fault."),
    "permanent-failure": gettext_lazy("GOV.UK Notify did not print this letter: its printers could not."),
}


class UnfitError(ActionError):
    """A letter is nothing that Notify prints."""


class NotifyLetters(Notify):
    """GOV.UK Notify, with the account of the settings."""

    layout = window.NOTIFY
    # LETTER_MAX_PAGE_COUNT of Notify's own programs: five sheets printed on both sides.
    pages = 10
    used_up = gettext_lazy("GOV.UK Notify posts no more letters for us today.")
    refused = gettext_lazy("GOV.UK Notify refused the letter. It said: %s")

    def check(self, letter: Letter) -> None:
        """Raise UnfitError for a letter whose address Notify would not take; AddressTooLongError for a long one."""
        lines = window.fit(letter.name, letter.address, self.layout.address).lines
        if not all(ord(sign) < LATIN_ENDS or ord(sign) in SIGNS for line in lines for sign in line):
            raise UnfitError(_("GOV.UK Notify prints addresses in Latin letters alone. Print this letter here."))
        if any(line.startswith(tuple(NOT_AT_THE_START)) for line in lines):
            signs = " ".join(NOT_AT_THE_START)
            raise UnfitError(_("GOV.UK Notify takes no line of an address that begins with one of %s") % signs)
        if not LEAST_LINES <= len(lines) <= MOST_LINES:
            raise UnfitError(_("GOV.UK Notify needs a name and address of 3 to 7 lines."))
        if not POSTCODE.fullmatch(lines[-1]) or any(NO_ADDRESS.search(line) for line in lines):
            raise UnfitError(_("GOV.UK Notify posts to addresses that end with a UK postcode alone."))

    def send(self, content: bytes, reference: str, postage: str) -> str:
        """Hand a letter over. Returns and raises as `LetterService.send` says."""
        return id_of(
            self.ask(
                lambda: self.client.send_precompiled_letter_notification(
                    reference, io.BytesIO(content), postage=postage
                )
            )
        )

    def find(self, reference: str) -> str:
        """Return the id of the newest letter Notify has under `reference`, also of one that failed; "" if none."""
        found = self.listed(template_type="letter", reference=reference)
        return id_of(found[0]) if found else ""

    def outcomes(self, ids: Collection[str]) -> dict[str, Outcome]:
        """Return what became of those of the letters `ids` that are at an end, from lists of 250 letters each.

        Notify tells of no letter that is older than a week.
        """
        left, ended, last = set(ids), {}, None
        for _page in range(MOST_LISTS):
            rows = self.listed(template_type="letter", older_than=last) if left else []
            for row in rows:
                if (ident := id_of(row)) in left:
                    left.discard(ident)
                    if outcome := _outcome(row):
                        ended[ident] = outcome
            if not rows:
                break
            last = id_of(rows[-1])
        return ended


def _outcome(row: dict[str, Any]) -> Outcome | None:
    status = row.get("status")
    if status in POSTED:
        return Outcome(posted=True)
    return Outcome(posted=False, problem=str(ENDED[status])) if status in ENDED else None
