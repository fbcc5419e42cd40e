"""Read a spreadsheet that somebody sent: CSV, XLSX or ODS, by a process of its own (`wellbeing.lib.sheets`)."""

import json
import logging
import signal

from django.utils.translation import gettext as _

from wellbeing.lib import uploads
from wellbeing.lib.decoding import limits
from wellbeing.lib.decoding.__main__ import BEGUN
from wellbeing.lib.sheets.table import Table
from wellbeing.lib.uploads import DecoderDownError, UndecidedError, UploadRefusedError

logger = logging.getLogger(__name__)

ACCEPT = ".csv,.txt,.xlsx,.ods,text/csv,application/vnd.oasis.opendocument.spreadsheet"
# All cells of a file as they are answered, in JSON.
MAX_ANSWER = 64 * limits.MEGABYTE


def read_sheet(
    content: bytes, *, most_rows: int, sheet: int | None = None, encoding: str = "", separator: str = ""
) -> Table:
    """Read a sheet of `content`, by default the one with most in it.

    `encoding` and `separator` of a CSV are told from the file where they are "".

    Raises UploadRefusedError, with a sentence for the person who sent the file, when it cannot be taken;
    UndecidedError when the reading was cut off; DecoderDownError (an OSError) when it could not work at all.
    """
    asked = {"most_rows": most_rows, "sheet": sheet, "encoding": encoding, "separator": separator}
    try:
        status, said = uploads.run_apart(
            json.dumps(asked).encode() + b"\n" + content, MAX_ANSWER, module="wellbeing.lib.sheets"
        )
    except UploadRefusedError:
        raise UploadRefusedError(refusal_sentence("too_much")) from None
    if status in {-signal.SIGKILL, -signal.SIGALRM, -signal.SIGTERM}:
        raise UndecidedError(f"The reading was ended by signal {-status}.")
    begun = said.startswith(BEGUN)
    try:
        answer = json.loads(said.removeprefix(BEGUN))
        verdict = answer["verdict"]
    except (ValueError, KeyError, TypeError):
        if not begun:
            raise DecoderDownError(f"The reading could not begin (exit status {status}).") from None
        # Its processor time or memory was used up, or the reader crashed on bytes made to break it.
        logger.warning("A spreadsheet ended its reading (exit status %s).", status)
        raise UploadRefusedError(refusal_sentence("too_much")) from None
    if verdict == "refused":
        raise UploadRefusedError(refusal_sentence(answer["code"], **answer["numbers"]))
    if verdict != "read":
        raise DecoderDownError(f"The reading could not work: {answer.get('why')}")
    return Table(**answer["table"])


def refusal_sentence(code: str, **numbers: int) -> str:
    """Return the sentence for a refusal `code` of the reading (wellbeing.lib.sheets)."""
    sentences = {
        "unknown": _("This is not a spreadsheet we can read. Save it as an XLSX, ODS or CSV file, and send that."),
        "old_or_locked": _(
            "This is an old Excel file, or it has a password. Open it, save it as an XLSX file without a password, and"
            " send that."
        ),
        "locked": _("This file has a password. Save it without one, and send that."),
        "web_page": _("This is a web page and not a spreadsheet. Open it in Excel, save it as XLSX, and send that."),
        "damaged": _("We could not open this file. It may be damaged. Open it, save it again, and send that."),
        "too_much": _("This file becomes too big when we open it. Copy the rows you need into a new file."),
        "no_sheet": _("This file has no sheet that we can read."),
        "empty": _("There is nothing in this sheet. Choose another file."),
        "too_many_rows": _("This sheet has more than %(limit)s rows. Send it in several files."),
        "too_many_columns": _("This sheet has more than %(limit)s columns. Delete those you do not need."),
        "cell_too_long": _(
            "A cell of row %(row)s has more than %(limit)s letters. Look there for a quotation mark that is not closed."
        ),
    }
    return sentences[code] % numbers
