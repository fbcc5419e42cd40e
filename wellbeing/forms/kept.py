"""Keep what is typed into a form and not sent, and fill the form in with it again."""

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

Fields = dict[str, list[str]]
# Of the page, not of what was typed.
NEVER_KEPT = {"csrfmiddlewaretoken", "next", "page", "seen_at_first"}


class TooLongError(ValueError):
    """More was typed than is kept."""


def typed(data: QueryDict) -> Fields:
    """Return the fields of a form as they were typed. Raises TooLongError above FORM_DRAFT_MAX_LENGTH characters."""
    fields = {
        name: [str(value) for value in values]
        for name, values in data.lists()
        # The database takes no NUL.
        if name not in NEVER_KEPT and not any("\0" in str(text) for text in (name, *values))
    }
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > settings.FORM_DRAFT_MAX_LENGTH:
        raise TooLongError
    return fields


def fill_in(form: forms.BaseForm, fields: Fields) -> None:
    """Let `form`, which was not sent, begin with what was typed into it before. Files are left out."""
    data = MultiValueDict(fields)
    for name, field in form.fields.items():
        widget = field.widget
        there = not widget.value_omitted_from_data(data, {}, form.add_prefix(name))
        if there and not isinstance(field, forms.FileField):
            form.initial[name] = widget.value_from_datadict(data, {}, form.add_prefix(name))
