"""Form fields for hours, miles and nights, asked alike on a claim and on an estimate."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

from payments.policy.models.kinds import Vehicle
from wellbeing.forms.choices import Radios
from wellbeing.forms.hours import HoursField

MAX_MILES = Decimal("9999.9")
MAX_PASSENGERS = 16
MAX_NIGHTS = 31
# The hours of the longest month.
MAX_HOURS = Decimal(744)


def _short_box(width, mode):
    attrs = {"class": f"govuk-input--width-{width}", "inputmode": mode, "autocomplete": "off"}
    return forms.TextInput(attrs=attrs)


def hours_field(*, most=MAX_HOURS, messages=None, **kwargs):
    """Make a field for hours, from a quarter of an hour to `most`: a Decimal. `messages` are added to its errors."""
    messages = {"min_value": gettext_lazy("Enter a quarter of an hour (0.25) or more"), **(messages or {})}
    return HoursField(min_value=Decimal("0.25"), max_value=most, error_messages=messages, **kwargs)


def miles_field(**kwargs):
    """Make a field for miles driven: a Decimal with one figure after the point."""
    return forms.DecimalField(
        label=gettext_lazy("How many miles did you drive?"),
        help_text=gettext_lazy("Count the way there and the way back, such as 24 or 7.5."),
        max_digits=6,
        decimal_places=1,
        min_value=Decimal("0.1"),
        max_value=MAX_MILES,
        localize=False,
        widget=_short_box(5, "decimal"),
        error_messages={
            "invalid": gettext_lazy("Enter the miles as a number, such as 24 or 7.5"),
            "min_value": gettext_lazy("Enter how many miles you drove, for example 12"),
            "max_decimal_places": gettext_lazy("Enter the miles with one number after the point at most, such as 7.5"),
        },
        **kwargs,
    )


def vehicle_field(**kwargs):
    """Make a field for the vehicle, where HMRC's rates are paid."""
    return forms.ChoiceField(
        label=gettext_lazy("What did you drive or ride?"), choices=Vehicle.choices, widget=Radios, **kwargs
    )


def passengers_field():
    """Make a field for the passengers of a journey, where HMRC's rates are paid."""
    return forms.IntegerField(
        label=gettext_lazy("How many people who also took part came with you?"),
        help_text=gettext_lazy("For a car or van. Leave it empty if you came alone."),
        required=False,
        min_value=0,
        max_value=MAX_PASSENGERS,
        widget=_short_box(2, "numeric"),
        error_messages={"invalid": gettext_lazy("Enter the number of people, such as 1")},
    )


def nights_field(**kwargs):
    """Make a field for nights away from home."""
    return forms.IntegerField(
        label=gettext_lazy("How many nights did you stay?"),
        min_value=1,
        max_value=MAX_NIGHTS,
        widget=_short_box(2, "numeric"),
        error_messages={"invalid": gettext_lazy("Enter the number of nights, such as 1")},
        **kwargs,
    )
