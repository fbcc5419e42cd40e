"""Change single fields of a form that has been made."""

from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet


def hide_optional(form: forms.BaseForm, *names: str) -> None:
    """Leave the word "(optional)" off the labels of the fields called `names`."""
    for name in names:
        # Not Django's: templates/wellbeing/layout/optional.html reads it.
        cast(Any, form.fields[name]).hide_optional = True


def make_heading(form: forms.BaseForm, name: str) -> None:
    """Make the label of the field called `name` the heading of its page, for one question a page."""
    cast(Any, form.fields[name]).heading = True


def set_choices(form: forms.BaseForm, name: str, choices: Any) -> None:
    """Let people choose from `choices`, as Django's ChoiceField takes them, in the field called `name`."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def set_rows(form: forms.BaseForm, name: str, rows: QuerySet[Model]) -> None:
    """Let people choose from `rows` in the field called `name`."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
