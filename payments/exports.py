"""Files for the bank: built from the accounts frozen with a signed run, streamed, deciding nothing."""

import hashlib
import re
import unicodedata

from payments import queries
from wellbeing.lib.money import plain_pounds

NAME_LENGTH = 18
CHUNK = 500
# Letters that do not come apart into a plain letter and an accent.
PLAIN = str.maketrans({"Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE"})


def bank_text(text, length=NAME_LENGTH):
    """`text` in what the bank's file takes: capitals A–Z, digits, . & / - and single spaces, `length` at most.

    Accents are dropped, apostrophes closed up, anything else becomes a space. The rule is that of BACS Standard 18.
    It starts with a letter or digit, so that no spreadsheet takes it for a formula. May be empty.
    """
    plain = unicodedata.normalize("NFKD", text.upper().translate(PLAIN))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"['’‘`ʼ]", "", plain)
    plain = re.sub(r"[^A-Z0-9.&/ -]+", " ", plain)
    return " ".join(plain.split()).lstrip(".&/- ")[:length].rstrip()


class BankFile:
    """The bank file of a signed run as CSV, without headings: sort code, account number, name, pounds, reference.

    Iterating yields its bytes in pieces, memory staying flat; afterwards `count`, `total_pence` and `sha256` say what
    was in it. The order is that of the payments' references, so the same run always gives the same bytes.
    """

    def __init__(self, run):
        self.run = run
        self._start()

    def _start(self):
        self.count = self.total_pence = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self):
        return self._digest.hexdigest()

    def __iter__(self):
        self._start()
        lines = []
        for payment in queries.bank_payments(self.run).order_by("reference").iterator(chunk_size=CHUNK):
            self.count += 1
            self.total_pence += payment.amount_pence
            lines.append(_line(payment))
            if len(lines) == CHUNK:
                yield self._taken(lines)
                lines = []
        yield self._taken(lines)

    def _taken(self, lines):
        piece = "".join(lines).encode("ascii")
        self._digest.update(piece)
        return piece


def _line(payment):
    cells = (
        payment.sort_code,
        payment.account_number,
        bank_text(payment.account_name),
        plain_pounds(payment.amount_pence),
        payment.reference,
    )
    # Nothing in a cell can be a comma, a quote or a line break: see bank_text.
    return ",".join(cells) + "\r\n"
