"""Columns and layouts of a bank file."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from payments.shared.bank_text import bank_text
from wellbeing.lib.money import plain_pounds
from wellbeing.lib.types import Text

POUNDS, PENCE = "pounds", "pence"
YYDDD = "yyddd"
# How a date is written: (stored key, label, format for strftime).
_DATES = (
    (YYDDD, _("Year and day of the year, like 26328"), "%y%j"),
    ("ddmmyy", _("Like 241126"), "%d%m%y"),
    ("ddmmyyyy", _("Like 24112026"), "%d%m%Y"),
    ("dd/mm/yyyy", _("Like 24/11/2026"), "%d/%m/%Y"),
    ("yyyy-mm-dd", _("Like 2026-11-24"), "%Y-%m-%d"),
)
DATE_FORMATS = [(key, label) for key, label, _format in _DATES]
STRFTIME = {key: written for key, _label, written in _DATES}

SORT_CODE, ACCOUNT_NUMBER, NAME, AMOUNT, REFERENCE = "sort_code", "account_number", "name", "amount", "reference"
DATE, FIXED, EMPTY = "date", "fixed", "empty"
OWN_SORT_CODE, OWN_ACCOUNT_NUMBER, OWN_NAME = "own_sort_code", "own_account_number", "own_name"
CONTENTS = (
    (SORT_CODE, _("Sort code")),
    (ACCOUNT_NUMBER, _("Account number")),
    (NAME, _("Name on the account")),
    (AMOUNT, _("Amount")),
    (REFERENCE, _("Reference")),
    (DATE, _("Processing day")),
    (FIXED, _("The same text in every line")),
    (EMPTY, _("Nothing")),
    (OWN_SORT_CODE, _("Your sort code")),
    (OWN_ACCOUNT_NUMBER, _("Your account number")),
    (OWN_NAME, _("Your account name")),
)
# A payment goes nowhere without these.
NEEDED = (SORT_CODE, ACCOUNT_NUMBER, AMOUNT)
FROM_PAYING_ACCOUNT = {OWN_SORT_CODE, OWN_ACCOUNT_NUMBER, OWN_NAME}
MAX_COLUMNS = 12
NAME_LENGTH = 18


@dataclass(frozen=True)
class BankFileColumn:
    """One column: its content (one of CONTENTS), the text of a fixed one, and its heading ("" for its usual name)."""

    content: str
    text: str = ""
    heading: str = ""

    @property
    def title(self):
        """The heading above the column when the file has headings."""
        return self.heading or str(dict(CONTENTS)[self.content])

    @property
    def shown(self):
        """The name of the column on a page: a fixed text in quotation marks, any other by its content."""
        return f"“{self.text}”" if self.content == FIXED else str(dict(CONTENTS)[self.content])


@dataclass(frozen=True)
class Layout:
    """A whole layout. `amount` is POUNDS or PENCE, `date_format` one of DATE_FORMATS."""

    columns: tuple[BankFileColumn, ...]
    headings: bool = False
    amount: str = POUNDS
    date_format: str = YYDDD
    capitals: bool = True

    @property
    def needs_date(self):
        """Whether a day has to be chosen for the file."""
        return any(column.content == DATE for column in self.columns)

    @property
    def needs_paying_account(self):
        """Whether the file says which account pays."""
        return any(column.content in FROM_PAYING_ACCOUNT for column in self.columns)

    def heading_line(self):
        """Return the titles of the columns, written like the cells below them."""
        return [bank_text(column.title, 40, capitals=self.capitals) for column in self.columns]

    def cells(self, *, sort_code, account_number, name, pence, reference, day=None, account=None):
        """Write one payment as texts, a cell for each column.

        `day` (a date) and `account` (with sort_code, account_number and account_name) are for the columns that need
        them. No cell has a comma, a quote or a line break.
        """
        values = {
            SORT_CODE: sort_code,
            ACCOUNT_NUMBER: account_number,
            NAME: bank_text(name, capitals=self.capitals),
            AMOUNT: plain_pounds(pence) if self.amount == POUNDS else str(pence),
            REFERENCE: reference,
            EMPTY: "",
        }
        if day is not None:
            values[DATE] = day.strftime(STRFTIME[self.date_format])
        if account is not None:
            values[OWN_SORT_CODE] = account.sort_code
            values[OWN_ACCOUNT_NUMBER] = account.account_number
            values[OWN_NAME] = bank_text(account.account_name, capitals=self.capitals)
        return [
            bank_text(column.text, 30, capitals=self.capitals) if column.content == FIXED else values[column.content]
            for column in self.columns
        ]


@dataclass(frozen=True)
class Preset:
    """A layout under the name finance knows it by."""

    key: str
    label: Text
    layout: Layout


def _columns(*contents):
    return tuple(
        BankFileColumn(*content) if isinstance(content, tuple) else BankFileColumn(content) for content in contents
    )


USUAL = Layout(_columns(SORT_CODE, ACCOUNT_NUMBER, NAME, AMOUNT, REFERENCE))
PRESETS = (
    Preset("plain", _("Plain: the five columns most banks take"), USUAL),
    Preset(
        "autopay",
        _("RBS Autopay style"),
        Layout(_columns(REFERENCE, NAME, ACCOUNT_NUMBER, SORT_CODE, DATE, (FIXED, "99"), AMOUNT)),
    ),
    Preset(
        "paygate",
        _("Paygate style"),
        Layout(
            _columns(
                SORT_CODE,
                ACCOUNT_NUMBER,
                NAME,
                AMOUNT,
                (FIXED, "99"),
                OWN_SORT_CODE,
                OWN_ACCOUNT_NUMBER,
                OWN_NAME,
                REFERENCE,
                DATE,
            ),
            date_format="dd/mm/yyyy",
        ),
    ),
    Preset(
        "person",
        _("With a column for person or business"),
        Layout(
            _columns((FIXED, "Personal", "Payee type"), NAME, SORT_CODE, ACCOUNT_NUMBER, AMOUNT, REFERENCE),
            headings=True,
            capitals=False,
        ),
    ),
)
