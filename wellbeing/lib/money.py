"""Money is whole pence (int) everywhere; this is the only place that rounds or formats it."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from wellbeing.lib.types import Pence


def round_pence(amount: Decimal | int) -> Pence:
    """Round to whole pence, halves up, as HMRC's worked examples do."""
    return int(Decimal(amount).quantize(Decimal("1"), rounding=ROUND_HALF_UP))


def pounds(pence: Pence) -> str:
    """Write whole pence as pounds for a reader: 7500 -> "£75.00", -50 -> "-£0.50", 123456 -> "£1,234.56"."""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(int(pence)), 100)
    return f"{sign}£{whole:,}.{rest:02d}"


def plain_pounds(pence: Pence) -> str:
    """Write whole pence for a spreadsheet cell or file: 7500 -> "75.00"."""
    return pounds(pence).replace("£", "").replace(",", "")


def parse_pounds(text: str) -> Pence:
    """Read what a person types ("£12.50", "12.5", "1,200", "50p") as whole pence.

    Raises ValueError when it is not an amount of money to the penny.
    """
    cleaned = str(text).strip().replace(" ", "").replace(",", "")
    in_pence = cleaned.lower().endswith("p") and not cleaned.startswith("£")
    cleaned = cleaned[:-1] if in_pence else cleaned.removeprefix("£")
    try:
        amount = Decimal(cleaned)
    except InvalidOperation:
        raise ValueError(text) from None
    if not amount.is_finite():
        raise ValueError(text)
    pence = amount if in_pence else amount * 100
    if pence != pence.to_integral_value():
        raise ValueError(text)
    return int(pence)
