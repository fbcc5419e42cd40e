"""Make the files of a signed run for the bank, from the accounts frozen with it. They are streamed."""

import datetime as dt
import hashlib

from payments.bank_files.columns import USUAL
from payments.runs import queries as run_queries
from payments.shared.bank_text import bank_text

CHUNK = 500
# The contra record has eleven digits for its pence.
MAX_STANDARD_18_PENCE = 99_999_999_999


class RunFile:
    """A file of a run. Iterating yields its bytes in pieces, memory staying flat.

    Afterwards `count` and `total_pence` (whole pence) say what was in it and `sha256` which file it was. Made again
    with the same terms it gives the same bytes. A kind of file writes `entries`: (line or lines as text, how many they
    count, their whole pence).
    """

    content_type = "text/csv; charset=utf-8"
    extension = "csv"
    encoding = "utf-8"

    def __init__(self, run):
        self.run = run
        self._start()

    def entries(self):
        """Yields (text, count, whole pence), in the order of the file."""
        raise NotImplementedError

    @property
    def sha256(self):
        """The fingerprint of the bytes handed out so far (64 hex digits)."""
        return self._digest.hexdigest()

    def exhaust(self):
        """Make the whole file without keeping it, to learn what is in it. Returns itself."""
        for _piece in self:
            pass
        return self

    def __iter__(self):
        self._start()
        lines, waiting = [], 0
        for text, count, pence in self.entries():
            self.count += count
            self.total_pence += pence
            lines.append(text)
            waiting += 1
            if waiting == CHUNK:
                yield self._taken(lines)
                lines, waiting = [], 0
        if lines:
            yield self._taken(lines)

    def _start(self):
        self.count = self.total_pence = 0
        self._digest = hashlib.sha256()

    def _taken(self, lines):
        piece = "".join(lines).encode(self.encoding)
        self._digest.update(piece)
        return piece

    def _payments(self):
        return run_queries.bank_payments(self.run).order_by("reference").iterator(chunk_size=CHUNK)


class BankFile(RunFile):
    """The bank file of a signed run as CSV, with the columns of `layout`; a line for each payment.

    `day` (a date) and `account` (a PayingAccount) are needed where the layout has columns for them.
    """

    content_type = "text/csv; charset=us-ascii"
    encoding = "ascii"

    def __init__(self, run, layout=USUAL, *, day=None, account=None):
        super().__init__(run)
        self.layout, self.day, self.account = layout, day, account

    def entries(self):
        """See RunFile. Headings count for nothing."""
        if self.layout.headings:
            yield _csv(self.layout.heading_line()), 0, 0
        for payment in self._payments():
            cells = self.layout.cells(
                sort_code=payment.sort_code,
                account_number=payment.account_number,
                name=payment.account_name,
                pence=payment.amount_pence,
                reference=payment.bank_reference,
                day=self.day,
                account=self.account,
            )
            yield _csv(cells), 1, payment.amount_pence


def _csv(cells):
    # Nothing in a cell can be a comma, a quote or a line break: see bank_text.
    return ",".join(cells) + "\r\n"


class Standard18(RunFile):
    """The bank file of a signed run as a BACS Standard 18 file for a single processing day.

    Data lines have exactly 100 characters: a credit (99) for each payment, then the contra (17) that takes their total
    from the paying account. The labels around them have 80. `count` and `total_pence` are those of the credits, as in
    the trailer UTL1.

    Positions follow the published layouts: the data line is that of the file format notes of
    github.com/tracey-stobbs/ddcms-direct-file-generator (Bacs18PaymentLines); the labels are those of Bank of Ireland's
    "BACS File Specification", HSBC's "Message Implementation Guide BACS Standard 18" (August 2012) and FinDock's page
    "Bacs Direct Debit collection file". Where they leave a choice: position 15 of a data line is a nought; HDR1's file
    identifier has a 1 in position 15 as systems in use write it; the file expires a week after its processing day.

    `account` is the PayingAccount with a Service User Number, `day` the processing day and `made_on` the day the file
    is made (dates). The serial number is the run's, so Bacs knows a file sent twice on one day by it.
    """

    content_type = "text/plain; charset=us-ascii"
    extension = "txt"
    encoding = "ascii"

    def __init__(self, run, *, account, day, made_on):
        super().__init__(run)
        self.account, self.day, self.made_on = account, day, made_on

    def entries(self):
        """See RunFile. Labels and the contra count for nothing."""
        for line in self._before():
            yield line + "\r\n", 0, 0
        own = self.account.sort_code + self.account.account_number
        payer = bank_text(self.account.account_name).ljust(18)
        count = total = 0
        for payment in self._payments():
            count += 1
            total += payment.amount_pence
            payee = bank_text(payment.account_name).ljust(18)
            line = (
                f"{payment.sort_code}{payment.account_number}099{own}    {payment.amount_pence:011d}"
                f"{payer}{payment.bank_reference.ljust(18)}{payee}"
            )
            yield line + "\r\n", 1, payment.amount_pence
        reference = self.run.reference.replace("-", "")[:18].ljust(18)
        yield f"{own}017{own}    {total:011d}{reference}{'CONTRA'.ljust(18)}{payer}\r\n", 0, 0
        for line in self._after(count, total):
            yield line + "\r\n", 0, 0

    def _before(self):
        number = self.account.service_user_number
        return (
            f"VOL1{self._serial}{'':31}{number}{'':32}1",
            f"HDR1{self._file_label()}",
            f"HDR2{self._block_label()}",
            f"UHL1{_yyddd(self.day)}999999{'':4}000000001 DAILY  001{'':40}",
        )

    def _after(self, count, total):
        return (
            f"EOF1{self._file_label()}",
            f"EOF2{self._block_label()}",
            # One debit, the contra, of the same total as the credits.
            f"UTL1{total:013d}{total:013d}{1:07d}{count:07d}{'':36}",
        )

    @property
    def _serial(self):
        # Six digits, never all noughts.
        return f"{(self.run.pk - 1) % 999_999 + 1:06d}"

    def _file_label(self):
        number, expires = self.account.service_user_number, self.day + dt.timedelta(days=7)
        return f"A{number}S  1{number}{self._serial}00010001{'':6}{_yyddd(self.made_on)}{_yyddd(expires)} 000000{'':20}"

    def _block_label(self):
        return f"F0200000100{'':35}00{'':28}"


def _yyddd(day):
    return day.strftime(" %y%j")
