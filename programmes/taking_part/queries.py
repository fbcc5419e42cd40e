"""Answer questions about somebody's part in a programme: their roles and seats, their break, whether they left."""

import datetime as dt

from django.db.models import Q, QuerySet

from people.models import Person
from programmes.programme import queries as programme_queries
from programmes.programme.models.groups import Term
from programmes.programme.models.pauses import Comeback, Pause
from programmes.programme.models.programmes import Membership, Programme, Role, programmes_where
from wellbeing.lib.keys import one_of
from wellbeing.lib.types import User


def roles_of_person(person: Person, programme: Programme, on: dt.date) -> list[Membership]:
    """Return the roles that `person` holds in `programme` on the day `on`, or will hold."""
    rows = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), person=person, programme=programme)
    return list(rows.order_by("starts_on", "pk"))


def seats_of_person(person: Person, programme: Programme, on: dt.date) -> list[Term]:
    """Return the seats that `person` has in groups of `programme` on the day `on`, or will have."""
    rows = Term.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), person=person, group__programme=programme)
    return list(rows.select_related("group__programme").order_by("group__name", "starts_on", "pk"))


def pause_of(person: Person, programme: Programme, on: dt.date) -> Pause | None:
    """Return the break that goes on on the day `on`, or the next one; None where there is none."""
    rows = Pause.objects.filter(person=person, programme=programme).not_over(on)
    return rows.select_related("set_by").order_by("starts_on").first()


def programmes_of(person: Person) -> QuerySet[Programme]:
    """Return the programmes in which `person` has, had or will have a role or a seat, by name."""
    mine = Membership.objects.filter(person=person).values("programme")
    seats = Term.objects.filter(person=person).values("group__programme")
    return Programme.objects.filter(one_of(mine, seats)).order_by("name", "pk")


def works_there(person: Person, programme: Programme, on: dt.date) -> bool:
    """Return whether `person` is or will be staff or finance of `programme`."""
    return any(row.role in (Role.STAFF, Role.FINANCE) for row in roles_of_person(person, programme, on))


def is_in(person: Person, programme: Programme, on: dt.date) -> bool:
    """Return whether `person` holds anything in `programme` on the day `on`."""
    return Person.objects.filter(programme_queries.holding(programme, on=on), pk=person.pk).exists()


def waiting_comeback(person: Person, programme: Programme) -> Comeback | None:
    """Return the wish of `person` to come back to `programme` that nobody has answered, or None."""
    return Comeback.objects.waiting().filter(person=person, programme=programme).first()


def comebacks_to_answer(user: User) -> QuerySet[Comeback]:
    """Return wishes to come back to programmes `user` is staff of that nobody has answered, the oldest first."""
    rows = Comeback.objects.waiting().filter(programme__in=programmes_where(user, Role.STAFF))
    return rows.exclude(person__user=user).select_related("person", "programme").order_by("asked_at", "pk")
