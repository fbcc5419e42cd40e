"""Find the contact of somebody in a programme: the colleague chosen for them, or else the usual one.

Nobody is named whose role has ended, or who takes a break. Who had such a colleague has no contact until staff choose.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from people.models import Person
from programmes.programme import queries
from programmes.programme.models.contacts import NamedContact, UsualContact
from programmes.programme.models.pauses import Pause
from programmes.programme.models.programmes import Membership, Programme, Role
from wellbeing.lib import phones
from wellbeing.lib.dates import today
from wellbeing.lib.types import PersonId, ProgrammeId


@dataclass(frozen=True)
class ContactIn:
    """The contact of somebody in one programme."""

    programme: Programme
    person: Person


def roles_to_name(on: dt.date) -> QuerySet[Membership]:
    """Return the roles as staff whose people can be named as contacts on the day `on`: held, and on no break."""
    away = Pause.objects.holding_on(on).filter(person=OuterRef("person"), programme=OuterRef("programme"))
    return Membership.objects.effective_on(on).filter(~Exists(away), role=Role.STAFF)


def usual_contact(programme: Programme) -> Person | None:
    """Return whom `programme` chose as its usual contact, if that colleague can be named today; else None."""
    role = _usual_roles([programme.pk], today()).get(programme.pk)
    return role.person if role else None


def contact_key(programme: Programme, on: dt.date) -> Case:
    """Return an expression over Person: the key of their contact in `programme` on the day `on`, or None."""
    chosen = NamedContact.objects.filter(person=OuterRef("pk"), programme=programme, taken_at=None)
    named = chosen.filter(role__in=roles_to_name(on)).values("role__person")[:1]
    found = [When(Exists(chosen), then=Subquery(named))]
    if usual := _usual_roles([programme.pk], on).get(programme.pk):
        found.append(When(~works_in(programme, on), then=Value(usual.person_id)))
    return Case(*found, default=Value(None), output_field=BigIntegerField())


def works_in(programme: Programme, on: dt.date) -> Q:
    """Return a Q over Person: staff and finance of `programme` on the day `on`, who have no usual contact."""
    return queries.holding(programme, Role.STAFF, on=on) | queries.holding(programme, Role.FINANCE, on=on)


def without_contact(programme: Programme, on: dt.date) -> QuerySet[Person]:
    """Return who takes part in `programme` on the day `on` and has no contact. Its staff and finance need none."""
    here = Person.objects.filter(queries.holding(programme, on=on) & ~works_in(programme, on))
    return here.alias(contact_here=contact_key(programme, on)).filter(contact_here=None)


def contacts_for(people: Collection[PersonId], programme: Programme) -> dict[PersonId, Person]:
    """Return the contacts of `people` in `programme` today, by the key of whose they are; in a few queries for all."""
    rows = Person.objects.filter(pk__in=people).annotate(contact_here=contact_key(programme, today()))
    keys = {pk: contact for pk, contact in rows.values_list("pk", "contact_here") if contact}
    colleagues = Person.objects.in_bulk(set(keys.values()))
    return {pk: colleagues[contact] for pk, contact in keys.items()}


def contact_of(person: Person, programme: Programme) -> Person | None:
    """Return the contact of `person` in `programme` today, or None."""
    return next((one.person for one in contacts_of(person, [programme])), None)


def contacts_of(person: Person, programmes: Iterable[Programme]) -> list[ContactIn]:
    """Return the contact of `person` today in each of `programmes` in which they have one."""
    by_key = {programme.pk: programme for programme in programmes}
    on = today()
    chosen = NamedContact.objects.filter(person=person, programme__in=by_key, taken_at=None)
    roles: dict[ProgrammeId, Any] = dict(chosen.values_list("programme", "role"))
    there = roles_to_name(on).filter(pk__in=roles.values()).select_related("person")
    found = {role.programme_id: role.person for role in there}
    usual = _usual_roles([pk for pk in by_key if pk not in roles], on)
    if usual:
        works = Membership.objects.effective_on(on).filter(person=person, role__in=(Role.STAFF, Role.FINANCE))
        own = set(works.values_list("programme", flat=True))
        found |= {pk: role.person for pk, role in usual.items() if pk not in own}
    return [ContactIn(by_key[pk], found[pk]) for pk in by_key if pk in found]


def ways_to_reach(contact: Person) -> list[str]:
    """Return the email address and phone number at which people reach their contact."""
    return [way for way in (contact.email, phones.shown(contact.phone)) if way]


def in_a_sentence(contact: Person) -> str:
    """Say in a message who the contact is and how to reach them."""
    params = {"name": contact.full_name, "ways": ", ".join(ways_to_reach(contact))}
    words = _("Your contact is %(name)s: %(ways)s.") if params["ways"] else _("Your contact is %(name)s.")
    return words % params


def _usual_roles(programmes: Collection[ProgrammeId], on: dt.date) -> dict[ProgrammeId, Membership]:
    if not programmes:
        return {}
    rows = UsualContact.objects.filter(programme__in=programmes, starts_on__lte=on)
    latest = rows.order_by("programme_id", "-starts_on", "-pk").distinct("programme_id").values_list("role", flat=True)
    return {
        role.programme_id: role
        for role in roles_to_name(on).filter(pk__in=[pk for pk in latest if pk]).select_related("person")
    }


def colleagues_to_name(programme: Programme, *, but: Collection[PersonId] = ()) -> QuerySet[Person]:
    """Return the staff of `programme` who can be somebody's contact today, by name."""
    roles = roles_to_name(today()).filter(programme=programme).exclude(person__in=but)
    return Person.objects.filter(pk__in=roles.values("person")).order_by("sort_key", "pk")
