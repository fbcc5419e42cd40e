"""Walk from a person to every row that holds something about them, by `wellbeing.field_classes` and `whose_rows`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Exists, Field, Model, OuterRef, Q, QuerySet
from pghistory.models import Event

from people.directory.models import Person
from wellbeing.field_classes import FIELD_CLASSES, NEUTRAL
from wellbeing.whose_rows import ACCOUNTS, NOT_HANDED_OUT, WHOSE_ROWS, Whose


def model_of(label: str) -> Any:
    """Return the model called `label`, "people.Person"."""
    return apps.get_model(label)


def classed(label: str) -> list[Field[Any, Any]]:
    """Return the personal and sensitive fields of the model called `label` that hold a value of their own, no key."""
    model = model_of(label)
    names = [name for name, name_of_class in FIELD_CLASSES[label].items() if name_of_class != NEUTRAL]
    fields = [model._meta.get_field(name) for name in names]
    return [one for one in fields if isinstance(one, Field) and not one.is_relation]


def handed_out(label: str) -> list[Field[Any, Any]]:
    """Return all fields of the model called `label` that a copy of somebody's data shows, keys among them."""
    hidden = NOT_HANDED_OUT.get(label, "").split()
    return [one for one in model_of(label)._meta.concrete_fields if one.name not in hidden]


def history_of(model: type[Model]) -> Any:
    """Return the model that keeps the history of `model`, or None."""
    return _histories().get(model)


@cache
def _histories() -> dict[Any, Any]:
    every: list[Any] = [one for one in apps.get_models() if issubclass(one, Event)]
    return {one.pgh_tracked_model: one for one in every if getattr(one, "pgh_tracked_model", None) is not None}


def rows_of(label: str, person: Person, addresses: Iterable[str] = ()) -> QuerySet[Any]:
    """Return the rows of the model called `label` that are about `person`, who had these `addresses`.

    Nothing for a model whose rows no path leads from.
    """
    model = model_of(label)
    if method := WHOSE_ROWS[label].found_by:
        found: QuerySet[Any] = getattr(model._default_manager, method)(person)
        return found
    condition = _condition(WHOSE_ROWS[label], person, addresses)
    if condition is None:
        return model._base_manager.none()
    rows = model._base_manager.filter(condition)
    return rows.filter(pk__in=rows.values("pk")).distinct() if len(WHOSE_ROWS[label].paths) > 1 else rows


def rows_of_theirs_alone(label: str, person: Person, addresses: Iterable[str] = ()) -> QuerySet[Any]:
    """Return `rows_of` without those that other people are meant by, too, where the model is `alone`."""
    rows = rows_of(label, person, addresses)
    whose = WHOSE_ROWS[label]
    if not whose.alone:
        return rows
    path = whose.paths[0]
    model = model_of(label)
    relation, _sep, last = path.partition("__")
    through = model._meta.get_field(relation).related_model
    assert through is not None
    back = model._meta.get_field(relation).field.name
    with_others = through._base_manager.exclude(**{last: person}).values(back)
    return model._base_manager.filter(pk__in=rows.values("pk")).exclude(pk__in=with_others)


def _condition(whose: Whose, person: Person, addresses: Iterable[str]) -> Q | None:
    conditions = [Q(**{path: person.pk}) for path in whose.paths]
    if whose.address:
        conditions += [Q(**{f"{whose.address}__iexact": address}) for address in addresses if address]
    if not conditions:
        return None
    found = conditions[0]
    for one in conditions[1:]:
        found |= one
    return found


def keys_of(person: Person) -> list[int]:
    """Return the key of `person`, and those of the records that were put together with it."""
    return [person.pk, *person.former_records.values_list("key", flat=True)]


def addresses_of(person: Person) -> set[str]:
    """Return every email address, phone number and address for letters that `person` has or had."""
    history = history_of(Person)
    assert history is not None
    rows: list[Any] = [person, *history._base_manager.filter(pgh_obj__in=keys_of(person))]
    found = {value for row in rows for value in (row.email, row.phone) if value}
    if person.user is not None:
        found.add(person.user.email)
    return found | {value.lower() for value in found}


@dataclass
class Rows:
    """The rows of one model that are about somebody: those of today, and those of its history."""

    label: str
    pks: list[Any] = field(default_factory=list)
    event_pks: list[int] = field(default_factory=list)

    @property
    def model(self) -> Any:
        return model_of(self.label)

    @property
    def whose(self) -> Whose:
        return WHOSE_ROWS[self.label]

    @property
    def history(self) -> Any:
        return history_of(self.model)


def everything_about(person: Person, *, alone: bool = False, accounts: bool = True) -> Iterator[Rows]:
    """Yield, model by model, the keys of all rows about `person`, with those of their history.

    With `alone`, rows that other people are meant by, too, are left out. Without `accounts`, records of accounts are.
    """
    addresses, keys = addresses_of(person), keys_of(person)
    choose = rows_of_theirs_alone if alone else rows_of
    for label, whose in WHOSE_ROWS.items():
        if not (whose.paths or whose.address or whose.found_by) or (whose.at_erasure == ACCOUNTS and not accounts):
            continue
        rows = Rows(label, list(choose(label, person, addresses).values_list("pk", flat=True)))
        history = rows.history
        if history is not None:
            past = Q(pgh_obj__in=rows.pks)
            if not whose.alone:
                # Rows that are gone by now have their history, too.
                past |= _past(history, whose, keys)
            # A row that was theirs for a while, by a mistake that was undone, is somebody else's with its history.
            elsewhere = rows.model._base_manager.filter(pk=OuterRef("pgh_obj")).exclude(pk__in=rows.pks)
            events = history._base_manager.filter(past).exclude(Exists(elsewhere))
            rows.event_pks = list(events.values_list("pk", flat=True).distinct())
        if rows.pks or rows.event_pks:
            yield rows


def _past(history: Any, whose: Whose, keys: list[int]) -> Q:
    names = {one.name for one in history._meta.concrete_fields}
    found = Q(pk__in=[])
    for path in whose.paths:
        if path == "pk":
            found |= Q(pgh_obj__in=keys)
        elif path.partition("__")[0] in names:
            found |= Q(**{f"{path}__in": keys})
    return found
