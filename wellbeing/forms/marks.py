"""Marks on a form's fields that the components of forms read."""

from django import forms


def hide_optional(*fields: forms.Field) -> None:
    """Leave out "(optional)" behind the labels of `fields`: they say themselves that no answer is needed."""
    for field in fields:
        field.hide_optional = True  # type: ignore[attr-defined]  # read by templates/components/form.html


def make_heading(field: forms.Field) -> None:
    """Make the label of `field` the heading of its page, for one question a page."""
    field.heading = True  # type: ignore[attr-defined]  # read by templates/components/form.html
