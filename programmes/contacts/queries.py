"""Answer questions about contacts: of whom a colleague is one, who has none, and which programmes name any."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.directory.models import Person
from programmes.programme.contacts import colleagues_to_name, contact_key
from programmes.programme.models.contacts import NamedContact, UsualContact
from programmes.programme.models.programmes import Programme
from programmes.programme.queries import holding
from wellbeing.lib.types import PersonId


def named_now(person: Person, programme: Programme) -> NamedContact | None:
    """Return the choice that staff made for `person` in `programme`, whether or not that colleague is there still."""
    rows = NamedContact.objects.filter(person=person, programme=programme, taken_at=None)
    return rows.select_related("role__person", "given_by").first()


def usual_contacts(programme: Programme) -> QuerySet[UsualContact]:
    """Return every choice of a usual contact in `programme`, the latest first."""
    return UsualContact.objects.filter(programme=programme).select_related("role__person", "set_by")


def with_contacts(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Return those of `programmes` that name contacts: where nobody ever chose one, nobody misses one."""
    chosen = NamedContact.objects.filter(programme=OuterRef("pk"))
    return programmes.filter(Exists(chosen) | Exists(UsualContact.objects.filter(programme=OuterRef("pk"))))


def colleagues_and_numbers(programme: Programme, on: dt.date) -> list[tuple[Person, int]]:
    """Return the colleagues who can be named in `programme`, each with of how many people in it they are the contact.

    Also those with nobody.
    """
    here = Person.objects.filter(holding(programme, on=on)).annotate(contact_here=contact_key(programme, on))
    counted = here.filter(contact_here__isnull=False).order_by().values("contact_here").annotate(number=Count("pk"))
    numbers: dict[Any, int] = dict(counted.values_list("contact_here", "number"))
    return [(person, numbers.get(person.pk, 0)) for person in colleagues_to_name(programme)]


def whose_contact(programme: Programme, contact: PersonId, on: dt.date) -> QuerySet[Person]:
    """Return the people whose contact in `programme` on the day `on` is the colleague with this key."""
    return Person.objects.alias(contact_here=contact_key(programme, on)).filter(contact_here=contact)


def between(one: Person, other: Person) -> QuerySet[NamedContact]:
    """Return the rows by which one of two people is the contact of the other."""
    return NamedContact.objects.filter(Q(person=one, role__person=other) | Q(person=other, role__person=one))
