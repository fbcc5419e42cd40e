"""A time of day, as people write it."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class TimeOfDayField(forms.Field):
    """A time as people write it: "10am", "10:30", "14.00", "noon". Gives a datetime.time or None."""

    default_error_messages = {
        "required": gettext_lazy("Enter the time"),
        "invalid": gettext_lazy("Enter a time, like 10am or 2:30pm"),
    }
    _pattern = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        """Write a time as "10am" or "2:30pm" in the box; typed text stays as it is."""
        if not isinstance(value, dt.time):
            return value
        half = "am" if value.hour < 12 else "pm"
        hour = value.hour % 12 or 12
        return f"{hour}:{value.minute:02d}{half}" if value.minute else f"{hour}{half}"

    def to_python(self, value):
        """Read typed text as a time. Raises ValidationError; asks when morning or afternoon is unsure."""
        if isinstance(value, dt.time):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        named = {"noon": dt.time(12), "midday": dt.time(12), "12 noon": dt.time(12), "midnight": dt.time(0)}
        if text.lower() in named:
            return named[text.lower()]
        match = self._pattern.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half:
            if not 1 <= hour <= 12 or minute > 59:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return dt.time(hour % 12 + (12 if half == "p" else 0), minute)
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        # "1:30" is nearly always after lunch and "10" could be either: a guess would send people at a wrong time.
        if (not match[2] and hour <= 12) or (1 <= hour <= 6 and not match[1].startswith("0")):
            raise ValidationError(
                _("Say if %(time)s is in the morning or the afternoon, like %(hour)s%(half)s")
                % {"time": text, "hour": hour or 12, "half": "pm" if 1 <= hour <= 6 or hour == 12 else "am"},
                code="ambiguous",
            )
        return dt.time(hour, minute)

    def has_changed(self, initial, data):
        """Return whether the box no longer holds the time that was there before."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True
