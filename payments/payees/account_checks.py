"""Read the banks' table of check sums, if it lies on this machine, and check numbers with `payees.modulus`.

The settings MODULUS_WEIGHTS and MODULUS_SUBSTITUTIONS say where the two files are. A newer file is taken at once.
"""

import datetime as dt
import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from payments.payees import modulus

logger = logging.getLogger(__name__)


def judge(sort_code, account_number):
    """Say what six and eight digits look like, as a value of `BankDetails.Check`; CANNOT_CHECK without a table."""
    if len(set(sort_code)) == 1 or len(set(account_number)) == 1:
        # Nobody has one digit over and over, whatever the sums say.
        return modulus.LOOKS_WRONG
    table, _date = _table()
    return modulus.judge(sort_code, account_number, table) if table else modulus.CANNOT_CHECK


def table_date():
    """Return the date of the table in use, or None where there is none that can be read."""
    return _table()[1]


def _table():
    weights, substitutions = settings.MODULUS_WEIGHTS, settings.MODULUS_SUBSTITUTIONS
    if not weights:
        return None, None
    try:
        stamps = tuple(Path(path).stat().st_mtime_ns for path in (weights, substitutions) if path)
        return _read(weights, substitutions, stamps)
    except (OSError, ValueError) as error:
        logger.error("The table of check sums cannot be used: %s", error)
        return None, None


@lru_cache(maxsize=1)
def _read(weights, substitutions, stamps):
    table = modulus.read_table(
        Path(weights).read_text(encoding="utf-8"),
        Path(substitutions).read_text(encoding="utf-8") if substitutions else "",
    )
    changed = dt.datetime.fromtimestamp(stamps[0] / 1e9, tz=dt.UTC)
    return table, timezone.localdate(changed)
