"""Move all that is held for one record of a person to another record of the same person."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import IntegrityError, OperationalError, models, transaction
from pghistory.models import Event
from psycopg2.errorcodes import EXCLUSION_VIOLATION, LOCK_NOT_AVAILABLE, UNIQUE_VIOLATION

from people import registry
from people.directory import hooks
from people.directory.models import FormerRecord, Person
from wellbeing.lib.triggers import guards_of, move_rows

# How often, and how long after each other, the rows of two records are asked for while somebody else has one of them.
TRIES, PAUSE_SECONDS = 50, 0.1


class ClashError(IntegrityError):
    """Both records have a row about the same thing, and each has to stay as it is. `model` says which kind."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"Both records have a row of {model._meta.label} about one thing.")
        self.model = model


class BusyError(Exception):
    """Others work on something of the two records all the time."""


def lock_everything(record: Person, person: Person) -> dict[int, Person]:
    """Lock two records and every row that points to `record`. Return the Person that are there, by their keys.

    Others hold a row and then write one more that points to its person, or hold a person and then change a row of
    theirs. Whichever is waited for with a part in hand, two could wait for each other for ever: so this takes all, or
    lets go of all and tries again. Raises BusyError when it never gets them. Called inside a transaction.
    """
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _take_all(record, person)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
                raise
        time.sleep(PAUSE_SECONDS)
    raise BusyError


def _take_all(record: Person, person: Person) -> dict[int, Person]:
    both = Person.objects.select_for_update(of=("self",), nowait=True).filter(pk__in=[record.pk, person.pk])
    people = {row.pk: row for row in both.order_by("pk")}
    for model, field in _what_moves():
        rows = model._base_manager.filter(**{field: record}).order_by()
        list(rows.select_for_update(of=("self",), nowait=True).values_list("pk", flat=True))
    return people


def put_together(record: Person, person: Person) -> None:
    """Point every row of every app that points to `record` to `person`, and delete `record`; history stays.

    Where both have a row of a kind that is kept once (`hooks.kept_once`), one of the two goes. Raises ClashError for
    another kind, IntegrityError where the two together would break a rule. Called inside a transaction, by an action
    that has locked both.
    """
    # A change of address that somebody asked for the record was never asked for the person.
    changes = record.address_changes
    changes.open().update(status=changes.model.Status.STOPPED, stopped_at=models.functions.Now())
    with transaction.atomic():
        for ready in registry.before_take_over:
            ready(record, person)
        needs = list(person.access_needs.values_list("whose", "kind", "detail"))
        for whose, kind, detail in needs:
            record.access_needs.filter(whose=whose, kind=kind, detail=detail).delete()
        kept_once = {kind.label: kind for kind in hooks.kept_once}
        for model, field in _what_moves():
            _move(model, field, record, person, kept_once.get(model._meta.label))
        record_key = record.pk
        record.delete()
        FormerRecord.objects.create(person=person, key=record_key)
        for hear in registry.needs_changed:
            hear(person, None)


def _what_moves() -> Iterator[tuple[type[models.Model], str]]:
    """Yield (model, name of its field) of all that points to a person and goes where they go."""
    for model in apps.get_models():
        if not issubclass(model, Event) and not getattr(model, "goes_with_its_record", False):
            for field in _fields_to_move(model):
                yield model, field


def _fields_to_move(model: type[models.Model]) -> list[str]:
    stay = getattr(model, "fields_that_stay", ())
    fields = [field.name for field in model._meta.concrete_fields if field.related_model is Person]
    return [name for name in fields if name not in stay]


def _move(model: type[models.Model], field: str, record: Person, person: Person, once: hooks.KeptOnce | None) -> None:
    """Move the rows of one field; those that meet a row of `person` one by one, where the kind is kept once."""
    rows = model._base_manager.filter(**{field: record})
    if not rows.exists():
        return
    try:
        move_rows(model, record, person, field)
    except IntegrityError as error:
        if not _is_clash(error):
            raise
        if once is None:
            raise ClashError(model) from None
        for row in rows:
            _unite(row, field, person, once)


def _unite(row: Any, field: str, person: Person, once: hooks.KeptOnce) -> None:
    """Move one row to `person`, or keep one of it and the row of theirs that stands in its way."""
    guards = _guards_around(type(row))
    try:
        with pgtrigger.ignore(*guards), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field: person})
    except IntegrityError as error:
        own = _in_the_way(row, field, person) if _is_clash(error) else None
        if own is None:
            raise
        stays, goes = (row, own) if once.says_more(row, own) else (own, row)
        if not once.may_go(goes):
            raise ClashError(type(row)) from None
        with pgtrigger.ignore(*guards), transaction.atomic():
            _hand_over(goes, stays)
            goes.delete()
            if stays is row:
                type(row)._base_manager.filter(pk=row.pk).update(**{field: person})


def _is_clash(error: IntegrityError) -> bool:
    """Return whether two rows are alike where only one may be so; a check that refuses one row is none."""
    return getattr(error.__cause__, "pgcode", "") in {UNIQUE_VIOLATION, EXCLUSION_VIOLATION}


def _in_the_way(row: Any, field: str, person: Person) -> Any:
    """Return the row of `person` that has the same values as `row` where only one may have them."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field in constraint.fields:
            same = {name: getattr(row, name) for name in constraint.fields if name != field}
            condition = constraint.condition or models.Q()
            if own := type(row)._base_manager.filter(condition, **{field: person}, **same).first():
                return own
    if row._meta.get_field(field).unique:
        return type(row)._base_manager.filter(**{field: person}).first()
    return None


def _hand_over(goes: Any, stays: Any) -> None:
    """Point what protects the row that goes to the one that stays; what that one has already goes with it."""
    for relation in goes._meta.related_objects:
        other = relation.related_model
        if issubclass(other, Event) or relation.on_delete is not models.PROTECT:
            continue
        for pk in other._base_manager.filter(**{relation.field.name: goes}).values_list("pk", flat=True):
            theirs = other._base_manager.filter(pk=pk)
            try:
                with transaction.atomic():
                    theirs.update(**{relation.field.name: stays})
            except IntegrityError:
                theirs.delete()


def _guards_around(model: type[models.Model]) -> list[str]:
    """Return the guards of a model and of those whose rows hang on its rows."""
    around = [relation.related_model for relation in model._meta.related_objects]
    return [uri for one in (model, *around) if not issubclass(one, Event) for uri in guards_of(one)]
