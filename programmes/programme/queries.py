"""Answer questions about a programme: who sees it, who holds which role."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person, User
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.joining import Appointment, Joining
from programmes.programme.models.pauses import Pause
from programmes.programme.models.programmes import (
    Membership,
    Programme,
    Role,
    new_in_finance_until,
    programmes_where,
)
from wellbeing.lib.keys import one_of
from wellbeing.lib.types import PersonId, ProgrammeId


def in_programmes(programmes: Iterable[ProgrammeId]) -> Q:
    """Return a Q over Person: anyone one of `programmes` has added, or who has or had a role or seat in it."""
    return one_of(
        Membership.objects.filter(programme__in=programmes).values("person"),
        Term.objects.filter(group__programme__in=programmes).values("person"),
        Joining.objects.filter(programme__in=programmes).values("person"),
    )


def holding(programme: Programme, role: str | None = None, *, on: dt.date | None = None) -> Q:
    """Return a Q over Person: those who hold `role` in `programme`, or any role or seat when it is None.

    On the day `on`; ever, when it is None.
    """
    memberships, terms = _held(programme, on)
    if role is None:
        return one_of(memberships.values("person"), terms.values("person"))
    if role == Role.STEERING:
        return one_of(terms.filter(group__kind=Group.Kind.STEERING).values("person"))
    return one_of(memberships.filter(role=role).values("person"))


def takes_part(programme: Programme, on: dt.date) -> Q:
    """Return a Q over Person: those with lived experience in `programme` and in its steering group on the day `on`."""
    memberships, terms = _held(programme, on)
    members = memberships.filter(role=Role.LIVED_EXPERIENCE).values("person")
    return one_of(members, terms.filter(group__kind=Group.Kind.STEERING).values("person"))


def _held(programme: Programme, on: dt.date | None) -> tuple[QuerySet[Membership], QuerySet[Term]]:
    memberships = Membership.objects.filter(programme=programme)
    terms = Term.objects.filter(group__programme=programme)
    return (memberships, terms) if on is None else (memberships.effective_on(on), terms.effective_on(on))


def took_part(programme: Programme) -> Q:
    """Return a Q over Person: anyone `programme` has added, or who has or had a role or seat in it."""
    return in_programmes([programme.pk])


def holds_on(row: Membership | Term, on: dt.date) -> bool:
    """Return whether `row` holds on the day `on`."""
    return row.starts_on <= on and (row.ends_on is None or row.ends_on >= on)


def visible_programmes(user: User, on: dt.date) -> QuerySet[Any]:
    """Return programmes `user` can open, each with `people`: how many hold a role in it on the day `on`."""
    held = (
        Membership.objects.effective_on(on)
        .filter(programme=OuterRef("pk"))
        .order_by()
        .values("programme")
        .annotate(number=Count("person", distinct=True))
        .values("number")
    )
    return Programme.objects.visible_to(user).annotate(people=Coalesce(Subquery(held), 0))


def programmes_of_work(user: User, *roles: Role) -> QuerySet[Programme]:
    """Return the programmes in which `user` holds one of `roles` today; those they see, for an administrator."""
    visible = Programme.objects.visible_to(user)
    return visible if user.is_administrator else visible.filter(pk__in=programmes_where(user, *roles))


def roles_in_words(person: Person, programme: Programme) -> str:
    """Name the roles and seats `person` holds or will hold in `programme`, as one text for a message.

    A role as staff or finance that nobody has confirmed yet is called proposed.
    """
    going_on = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    held = Membership.objects.filter(going_on, person=person, programme=programme)
    proposed = Appointment.objects.waiting().filter(person=person, programme=programme)
    seats = Term.objects.filter(going_on, person=person, group__programme=programme).select_related("group")
    names = [str(row.get_role_display()) for row in held]
    names += [_("%(role)s (proposed)") % {"role": row.get_role_display()} for row in proposed]
    names += [row.group.name for row in seats]
    return ", ".join(dict.fromkeys(names))


def able_finance(programme: Programme, on: dt.date) -> list[User]:
    """Return accounts in finance of `programme` on the day `on` whose waiting time as newcomers is over."""
    held = Membership.objects.effective_on(on).filter(programme=programme, role=Role.FINANCE)
    users = User.objects.filter(person__memberships__in=held, is_active=True).distinct()
    return [user for user in users if new_in_finance_until(user, programme) is None]


def away_on(programme: Programme, on: dt.date) -> set[PersonId]:
    """Return who takes a break from `programme` on the day `on`."""
    return set(Pause.objects.holding_on(on).filter(programme=programme).values_list("person", flat=True))


def has_been_in(person: Person) -> Q:
    """Return a Q over Programme: those that have added `person`, or in which they have or had a role or seat."""
    return one_of(
        Membership.objects.filter(person=person).values("programme"),
        Term.objects.filter(person=person).values("group__programme"),
        Joining.objects.filter(person=person).values("programme"),
    )


def is_of(programme: Programme, person: Person) -> bool:
    """Return whether `programme` has added `person`, or they have or had a role or seat in it."""
    return Person.objects.filter(took_part(programme), pk=person.pk).exists()
