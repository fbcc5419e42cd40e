"""Numbers, hours and miles in words."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def plain_number(value: Decimal | int) -> str:
    """Write a Decimal without useless zeros: 40.00 is "40", 2.50 is "2.5"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def hours_in_words(hours: Decimal) -> str:
    """Write hours as "3 hours", "1 hour" or "2 hours 30 minutes"."""
    minutes = round(hours * 60)
    whole, rest = divmod(minutes, 60)
    parts = []
    if whole:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", whole) % {"n": whole})
    if rest or not whole:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)


def working_days(days: int) -> str:
    """Write "10 working days"."""
    return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}


def months(number: int) -> str:
    """Write "3 months"."""
    return ngettext("%(n)s month", "%(n)s months", number) % {"n": number}


def pence(value: Decimal | int) -> str:
    """Write a rate in pence as "40p" or "45.5p"."""
    return f"{plain_number(value)}p"


def miles_in_words(miles: Decimal) -> str:
    """Write miles as "24 miles", "7.5 miles" or "1 mile"."""
    if miles == 1:
        return _("1 mile")
    return _("%(miles)s miles") % {"miles": plain_number(miles)}
