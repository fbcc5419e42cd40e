"""Boxes that several forms of this app share."""

from django import forms

from programmes.programme.models.programmes import Role

MEMBERSHIP_ROLES = [choice for choice in Role.choices if choice[0] != Role.STEERING]


def narrow(**attrs):
    """Return a one-line box no wider than a short answer."""
    return forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off", **attrs})


def half(**attrs):
    """Return a one-line box for a name or an address."""
    return forms.TextInput(attrs={"class": "govuk-!-width-two-thirds", **attrs})


def paragraph(rows=5):
    """Return a box for a few sentences."""
    return forms.Textarea(attrs={"rows": rows})
