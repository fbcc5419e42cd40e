"""Answer questions about records that may be one person, and about those that were put together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Count, Q, QuerySet

from people.directory.actions import DETAILS
from people.directory.likeness import Directory, Likeness
from people.directory.models import FormerRecord, Person
from programmes.doubles.models import Double, Merge, MergeRule
from programmes.members.queries import known_people
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Joining
from programmes.programme.models.programmes import Membership, Programme, Role, programmes_where
from wellbeing.lib.types import PersonId, User

Pair = tuple[PersonId, PersonId]


def rule_of(programme: Programme, on: dt.date) -> MergeRule:
    """Return the rule of records put together in `programme` on the day `on`."""
    return MergeRule.objects.in_force_on(programme, on)


def pairs_alike(programme: Programme) -> dict[Pair, Likeness]:
    """Return the pairs of records of `programme` that may be one person, the older key first."""
    directory = Directory()
    found: dict[Pair, Likeness] = {}
    for known in known_people(programme):
        for like in directory.like(known):
            assert like.who.person is not None and known.person is not None
            found[like.who.person, known.person] = like
        directory.add(known)
    return found


def doubles_of(programme: Programme) -> QuerySet[Double]:
    """Return the pairs of `programme` nobody has decided about, with both records."""
    return Double.objects.undecided().filter(programme=programme).select_related("one", "other", "programme")


def double_of(programme: Programme, one: Person, other: Person) -> Double | None:
    """Return what is noted of two records, in whichever order."""
    first, second = sorted((one.pk, other.pk))
    return Double.objects.filter(programme=programme, one=first, other=second).select_related("decided_by").first()


def in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """Return two records as (the one that goes, the one that stays).

    The one with an account stays, or else the one whose person has joined, or else the older one.
    """
    stays, goes = sorted((one, other), key=lambda row: (row.user_id is None, row.joined_at is None, row.pk))
    return goes, stays


def differing(record: Person, person: Person) -> list[str]:
    """Return the names of DETAILS that both records have and that differ; an email address is not to be chosen."""
    return [
        name
        for name in DETAILS
        if name != "email"
        and getattr(record, name) not in ("", None)
        and getattr(person, name) not in ("", None)
        and getattr(record, name) != getattr(person, name)
    ]


def is_elsewhere(record: Person, programme: Programme) -> bool:
    """Return whether another programme than `programme` has anything to do with `record`."""
    return (
        Membership.objects.filter(person=record).exclude(programme=programme).exists()
        or Term.objects.filter(person=record).exclude(group__programme=programme).exists()
        or Joining.objects.filter(person=record).exclude(programme=programme).exists()
    )


def counts_of(changes: Iterable[dict[str, Any]], person: PersonId) -> list[tuple[str, int]]:
    """Return what becomes that of `person` by `changes`, as (kind of row in words, how many), the most first."""
    moved: Counter[str] = Counter()
    for one in changes:
        model = apps.get_model(one["model"])
        if model is not Person and str(person) in _people_after(model, one["after"]):
            moved[str(model._meta.verbose_name_plural)] += 1
    return moved.most_common()


def _people_after(model: Any, after: dict[str, Any] | None) -> set[Any]:
    columns = {field.column for field in model._meta.concrete_fields if field.related_model is Person}
    return {value for name, value in (after or {}).items() if name in columns}


def gone(changes: Iterable[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return which rows are deleted by `changes` besides the record, as (kind of row in words, how many)."""
    found: Counter[str] = Counter()
    for one in changes:
        model = apps.get_model(one["model"])
        hidden = model in {Person, Double, Joining} or getattr(model, "goes_with_its_record", False)
        if one["after"] is None and not hidden:
            found[str(model._meta.verbose_name_plural)] += 1
    return found.most_common()


def merges_of(programme: Programme) -> QuerySet[Merge]:
    """Return the records put together in `programme`, and those about whom somebody is asked, the latest first."""
    return Merge.objects.filter(programme=programme).select_related("person", "record", "set_by", "programme")


def question_about(record: Person, person: Person) -> Merge | None:
    """Return the open question whether two records are one person, in whichever order, or None."""
    pair = [record.pk, person.pk]
    return Merge.objects.asked().filter(record__in=pair, person__in=pair).first()


def questions_to(user: User) -> QuerySet[Merge]:
    """Return the records of which programmes ask `user` whether they are theirs, too."""
    return Merge.objects.asked().filter(person__user=user).select_related("programme", "record", "set_by")


def is_latest(merge: Merge) -> bool:
    """Return whether the record still belongs to the person, and no other one was put together with them since."""
    one = FormerRecord.objects.filter(key=merge.record_key, person=merge.person_id).first()
    return one is not None and not FormerRecord.objects.filter(person=merge.person_id, pk__gt=one.pk).exists()


def numbers_to_decide(user: User) -> list[tuple[Programme, int]]:
    """Return (programme, how many pairs wait for a decision) of the programmes `user` is staff of."""
    waiting = Count("doubles", filter=Q(doubles__are_two=False))
    rows = Programme.objects.filter(pk__in=programmes_where(user, Role.STAFF)).annotate(number=waiting)
    return [(row, row.number) for row in rows.filter(number__gt=0).order_by("name")]
