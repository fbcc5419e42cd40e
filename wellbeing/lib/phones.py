"""Take phone numbers as people type them, keep them in one form, and show them as they are dialled.

Kept as E.164 ("+442079460000", with ";ext=12" where there is an extension), so that two ways to type a number are
equal. A number without a country is one of the United Kingdom. A text that is no number stays as it was typed: forms
refuse it, rows from before keep it.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    is_valid_number,
    parse,
)

from .texts import LineBox, LineField, clean_line

HOME = "GB"
HOME_CODE = 44
# Numbers for plays and films, and new ranges, are no "valid" ones in the library's tables; of this length they may be.
HOME_DIGITS = 10
_STORED = re.compile(r"\+[0-9]{4,15}(;ext=[0-9]+)?")
# A word of a search that can be a part of a number.
_PART = re.compile(r"\+?[0-9()./-]+")


def _number(text: str) -> PhoneNumber | None:
    try:
        number = parse(text, HOME)
    except NumberParseException:
        return None
    if is_valid_number(number):
        return number
    if number.country_code == HOME_CODE:
        digits = str(number.national_number)
        return number if len(digits) == HOME_DIGITS and not number.italian_leading_zero else None
    possible = is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return number if possible else None


def stored(text: str) -> str:
    """Return the form in which a typed number is kept; the text, cleaned, when it is no number."""
    text = clean_line(text)
    # Most of what is asked is kept already.
    if not text or _STORED.fullmatch(text):
        return text
    number = _number(text)
    if number is None:
        return text
    extension = f";ext={number.extension}" if number.extension else ""
    return format_number(number, PhoneNumberFormat.E164) + extension


def is_number(text: str) -> bool:
    """Return whether `text` is in the form in which a number is kept."""
    return bool(_STORED.fullmatch(text))


def shown(text: str) -> str:
    """Return a kept number as it is dialled: "020 7946 0000", "+48 22 555 01 23"; any other text as it is."""
    number = _number(text) if _STORED.fullmatch(text) else None
    if number is None:
        return text
    extension, number.extension = number.extension, None
    home = number.country_code == HOME_CODE
    dialled = format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)
    if not extension:
        return dialled
    return _("%(number)s, extension %(extension)s") % {"number": dialled, "extension": extension}


def link(text: str) -> str:
    """Return the address that dials a kept number, "" for a text that is none."""
    return f"tel:{text}" if _STORED.fullmatch(text) else ""


def html(text: str) -> str:
    """Return a kept number as a link that dials it, for a page; a text that is none as it is."""
    url = link(text)
    return format_html('<a class="govuk-link wb-phone" href="{}">{}</a>', url, shown(text)) if url else text


def found_by(word: str, field: str) -> Q:
    """Return the condition for a word of a search: a part of the number in `field`, however it is typed."""
    digits = re.sub("[^0-9]", "", word).lstrip("0") if _PART.fullmatch(word) else ""
    # Both in one way, which one index answers.
    return Q(**{f"{field}__icontains": digits or word})


class PhoneBox(LineBox):
    """A box for a phone number, which comes back in the form it is kept in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"max_length": 40, "widget": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}), **kwargs}
        )

    def validate(self, value: Any) -> None:
        """Also refuse what is no phone number."""
        super().validate(value)
        if value and _number(value) is None:
            raise ValidationError(
                _("Enter a phone number, like 020 7946 0000, or +48 22 555 01 23 for another country"), code="phone"
            )

    def clean(self, value: Any) -> Any:
        return stored(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        """Show a kept number as it is dialled; a typed one stays as typed."""
        return shown(value) if isinstance(value, str) else value


class PhoneField(LineField):
    """A phone number; what is none is kept as it was typed."""

    clean_text = staticmethod(stored)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PhoneBox, **kwargs})


def rewrite(model: type[Model], field: str) -> None:
    """Write the numbers of `field` in the form they are kept in: for a migration."""
    rows = model._default_manager.exclude(**{field: ""})
    for pk, typed in list(rows.values_list("pk", field)):
        if stored(typed) != typed:
            rows.filter(pk=pk).update(**{field: stored(typed)})
