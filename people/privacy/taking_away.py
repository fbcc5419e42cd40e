"""Delete rows with their history and files, or take their personal texts away. Called where triggers stand aside."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.models import QuerySet

from people.privacy.values import REMOVED
from people.privacy.walking import classed, history_of
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.stored_files import delete_after_commit


def file_fields(model: type[models.Model]) -> list[models.FileField]:
    """Return the fields of `model` that hold a file."""
    return [one for one in model._meta.concrete_fields if isinstance(one, models.FileField)]


def history_rows(stored: QuerySet[Any]) -> QuerySet[Any] | None:
    """Return the history of the rows there are now, also once they are deleted; None for a model without one."""
    history = history_of(stored.model)
    if history is None:
        return None
    rows: QuerySet[Any] = history._base_manager.filter(pgh_obj__in=list(stored.values_list("pk", flat=True)))
    return rows


def delete_rows(stored: QuerySet[Any], past: QuerySet[Any] | None = None) -> None:
    """Delete rows and their history (`past`, if more than theirs is meant), and their files once this is committed."""
    past = history_rows(stored) if past is None else past
    for one in file_fields(stored.model):
        for row in stored.exclude(**{one.name: ""}):
            delete_after_commit(getattr(row, one.name))
    # Keys to a deleted row are checked when the transaction ends: no order of models is needed.
    stored._raw_delete(stored.db)
    if past is not None:
        past._raw_delete(past.db)


def empty_rows(stored: QuerySet[Any], past: QuerySet[Any] | None = None) -> None:
    """Take the texts of rows and of their history away (`past`, if more than theirs is meant)."""
    label = stored.model._meta.label
    past = history_rows(stored) if past is None else past
    empty(stored, label)
    if past is not None:
        empty(past, label)


def empty(stored: QuerySet[Any], label: str) -> None:
    """Take the texts of the personal and sensitive fields of rows away. Choices, days and numbers stay as counts."""
    known = {one.name: one for one in stored.model._meta.concrete_fields}
    original = {one.name: one for one in classed(label)}
    for name, one in original.items():
        if name not in known or one.choices or isinstance(one, models.GeneratedField):
            continue
        if one.unique:
            for pk in stored.values_list("pk", flat=True):
                stored.filter(pk=pk).update(**{name: secrets.token_urlsafe(16)})
        elif isinstance(one, EncryptedTextField):
            _empty_encrypted(stored, name)
        elif isinstance(one, models.EmailField):
            stored.update(**{name: ""})
        elif isinstance(one, models.CharField | models.TextField):
            word = REMOVED[: one.max_length] if one.max_length else REMOVED
            stored.exclude(**{name: ""}).update(**{name: word})
        elif isinstance(one, models.JSONField):
            stored.update(**{name: {}})
        elif isinstance(one, models.BinaryField):
            stored.update(**{name: b""})


def _empty_encrypted(stored: QuerySet[Any], name: str) -> None:
    # The database does not see which of them say something.
    for pk, text in stored.values_list("pk", name):
        if text:
            stored.filter(pk=pk).update(**{name: REMOVED})
