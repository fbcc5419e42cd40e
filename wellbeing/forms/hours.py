"""A length of time in hours, as people write it."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

HUNDREDTH = Decimal("0.01")
PARTS = {"¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
NAMED = {"half an hour": "1/2", "an hour": "1", "an hour and a half": "1 1/2", "one and a half hours": "1 1/2"}
HOUR, MINUTE = r"(?:h|hr|hrs|hour|hours)\.?", r"(?:m|min|mins|minute|minutes)\.?"
MINUTES_ALONE = re.compile(rf"(\d{{1,5}}) ?{MINUTE}")
HOURS_AND_MINUTES = re.compile(
    rf"(\d{{1,4}}) ?(?::([0-5]\d)(?: ?{HOUR})?|{HOUR} ?(?:and )?([0-5]?\d)(?: ?{MINUTE})?)",
)
WITH_A_PART = re.compile(rf"(?:(\d{{1,4}}) )?([123])/([234])(?: ?(?:of an )?{HOUR})?")
DECIMAL = re.compile(rf"(\d{{0,4}}(?:[.,]\d{{1,2}})?)(?: ?{HOUR})?")
# Written after a point these are as often minutes: nobody who means three tenths writes 1.30.
UNSURE = re.compile(r"(\d{1,4})[.,](10|15|20|30|40|45)")


class HoursField(forms.Field):
    """A length of time: "1:30", "1½", "1h30", "90 minutes", "1.5 hours", "1,5", "2". Gives a Decimal of hours, or None.

    It is rounded to a hundredth of an hour. `min_value` and `max_value` bound it. Asks when "1.30" may mean minutes.
    """

    default_error_messages = {
        "required": gettext_lazy("Enter the hours"),
        "invalid": gettext_lazy("Enter hours like 1.5 or 1:30"),
        "unsure": gettext_lazy("Enter %(minutes)s if these are minutes, or %(tenths)s if it is a part of an hour"),
    }

    def __init__(self, *, min_value=None, max_value=None, **kwargs):
        # A phone's keyboard for numbers has no colon.
        attrs = {"class": "govuk-input--width-5", "autocomplete": "off", "spellcheck": "false"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)
        if min_value is not None:
            self.validators.append(MinValueValidator(min_value, self.error_messages.get("min_value")))
        if max_value is not None:
            self.validators.append(MaxValueValidator(max_value, self.error_messages.get("max_value")))

    def prepare_value(self, value):
        """Write hours as "2", "1.5" or "1:20" in the box; typed text stays as it is."""
        return plain_hours(value) if isinstance(value, (Decimal, int, float)) else value

    def to_python(self, value):
        """Read typed text as hours. Raises ValidationError when it is no length of time, or may be one of two."""
        if isinstance(value, Decimal):
            return value
        text = " ".join(str(value or "").lower().split())
        if not text:
            return None
        if unsure := UNSURE.fullmatch(text):
            raise ValidationError(self.error_messages["unsure"], code="unsure", params=_both_meanings(*unsure.groups()))
        hours = read_hours(text)
        if hours is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return hours

    def has_changed(self, initial, data):
        """Return whether the box no longer holds the hours that were there before."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def read_hours(text):
    """Read `text`, in small letters with single spaces, as a Decimal of hours. Return None when it is no such thing."""
    text = NAMED.get(text, text)
    for sign, part in PARTS.items():
        text = text.replace(sign, f" {part}").strip()
    text = " ".join(text.split())
    if found := MINUTES_ALONE.fullmatch(text):
        return _rounded(Decimal(found[1]) / 60)
    if found := HOURS_AND_MINUTES.fullmatch(text):
        return _rounded(Decimal(found[1]) + Decimal(found[2] or found[3]) / 60)
    if found := WITH_A_PART.fullmatch(text):
        return _rounded(Decimal(found[1] or 0) + Decimal(found[2]) / Decimal(found[3]))
    if (found := DECIMAL.fullmatch(text)) and found[1]:
        return _rounded(Decimal(found[1].replace(",", ".")))
    return None


def plain_hours(value):
    """Write hours so that they are read back as the same: "2", "1.5", "1.25", and "1:20" where that is plainer."""
    hours = _rounded(Decimal(value))
    plain = f"{hours:f}".rstrip("0").rstrip(".")
    if hours % Decimal("0.25") == 0 or hours % Decimal("0.1") == 0:
        return plain
    minutes = int((hours * 60).to_integral_value(ROUND_HALF_UP))
    return f"{minutes // 60}:{minutes % 60:02d}" if _rounded(Decimal(minutes) / 60) == hours else plain


def _rounded(hours):
    return hours.quantize(HUNDREDTH, ROUND_HALF_UP)


def _both_meanings(hour, minute):
    tenths = f"{Decimal(minute) / 100:f}".rstrip("0").removeprefix("0")
    return {"minutes": f"{hour}:{minute}", "tenths": f"{hour}{tenths}"}
