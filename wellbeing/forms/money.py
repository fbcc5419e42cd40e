"""An amount in pounds, as people write it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wellbeing.lib import money


class PoundsField(forms.Field):
    """An amount of money. Accepts "£12.50", "12.5", "1,200", "50p"; gives whole pence, or None.

    `min_pence` (by default 0) and `max_pence` bound the answer.
    """

    prefix = "£"
    default_error_messages = {
        "required": gettext_lazy("Enter the amount"),
        "invalid": gettext_lazy("Enter the amount in pounds and pence, like 12.50"),
    }
    # A comma may only group thousands: "12,50" could mean £12.50 or £1,250, so it is asked again.
    _pattern = re.compile(r"-?£?-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?|\d+p", re.IGNORECASE)

    def __init__(self, *, min_pence=0, max_pence=100_000_000, **kwargs):
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "govuk-input--width-5",
                    "inputmode": "decimal",
                    "autocomplete": "off",
                    "spellcheck": "false",
                }
            ),
        )
        super().__init__(**kwargs)
        self.min_pence, self.max_pence = min_pence, max_pence

    def prepare_value(self, value):
        """Write whole pence as "12.50" in the box; typed text stays as it is."""
        return money.plain_pounds(value) if isinstance(value, int) else value

    def to_python(self, value):
        """Read typed text as whole pence. Raises ValidationError when it is no amount of money."""
        if isinstance(value, int):
            return value
        text = re.sub(r"\s", "", str(value or ""))
        if not text:
            return None
        if not self._pattern.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        sign = -1 if "-" in text else 1
        return sign * money.parse_pounds(text.replace("-", ""))

    def validate(self, value):
        """Also refuse an amount below `min_pence` or above `max_pence`."""
        super().validate(value)
        if value is None:
            return
        if self.min_pence is not None and value < self.min_pence:
            raise ValidationError(
                _("The amount must be %(amount)s or more") % {"amount": money.pounds(self.min_pence)},
                code="min",
            )
        if self.max_pence is not None and value > self.max_pence:
            raise ValidationError(
                _("The amount must be %(amount)s or less") % {"amount": money.pounds(self.max_pence)},
                code="max",
            )

    def has_changed(self, initial, data):
        """Return whether the box no longer holds the amount that was there before."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True
