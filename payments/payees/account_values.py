"""Turn an account that somebody typed into the account we store."""

import re

from django.utils.translation import gettext as _

from payments.shared.bank_text import bank_text
from wellbeing.lib.errors import ActionError


class BankError(ActionError):
    """A rule refused something about bank details or the bank file."""


def account_values(*, account_name: str, sort_code: str, account_number: str) -> dict[str, str]:
    """Clean an account that somebody typed: its name, a sort code of six digits, an account number of eight.

    Returns them as fields of a row. Raises BankError, with the field, when something cannot be right.
    """
    return {
        "account_name": _account_name(account_name),
        "sort_code": _sort_code(sort_code),
        "account_number": _account_number(account_number),
    }


def roll_number_value(text: str) -> str:
    """Clean a building society's roll number: letters, figures and slashes, 18 at most. It becomes the reference.

    Raises BankError, with the field, for anything else.
    """
    roll = re.sub(r"[\s‐-―-]", "", text).upper()
    if roll and not re.fullmatch("[A-Z0-9/]{1,18}", roll):
        raise BankError(
            _("A roll number has letters, figures and slashes, 18 at most, like 12/345678-9."), field="roll_number"
        )
    return roll


def _account_name(text):
    name = " ".join(text.split())
    if not re.search("[A-Z]", bank_text(name)):
        raise BankError(_("Write the name on the account in the letters A to Z."), field="account_name")
    return name


def _sort_code(text):
    digits = re.sub(r"[\s‐-―-]", "", text)
    if not re.fullmatch("[0-9]{6}", digits):
        raise BankError(_("A sort code has 6 digits, like 08-99-99."), field="sort_code")
    return digits


def _account_number(text):
    digits = re.sub(r"[\s‐-―-]", "", text)
    if not re.fullmatch("[0-9]{6,8}", digits):
        raise BankError(_("An account number has 6 to 8 digits, like 66374958."), field="account_number")
    return digits.zfill(8)
