"""Questions about events for planning: people of the programme, who is paid."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from events.planning.models import Event
from people.models import Person
from programmes.models import Group, Membership, Role, Term, programmes_where


def people_of_programme(programme_id, *days):
    """People who hold a role in the programme, or a term on one of its groups, on any of `days` (dates)."""
    found = Q()
    for day in days:
        roles = Membership.objects.effective_on(day).filter(person=OuterRef("pk"), programme=programme_id)
        terms = Term.objects.effective_on(day).filter(person=OuterRef("pk"), group__programme=programme_id)
        found |= Q(Exists(roles)) | Q(Exists(terms))
    return Person.objects.filter(found)


def roles_on(programme_id, person_ids, day):
    """Return the roles and groups of each person on `day`: {person id: [label of a role or group, …]}. Two queries."""
    labels = {}
    held = Membership.objects.effective_on(day).filter(programme=programme_id, person__in=person_ids)
    for membership in held.only("person_id", "role").order_by("role"):
        labels.setdefault(membership.person_id, []).append(membership.get_role_display())
    terms = Term.objects.effective_on(day).filter(group__programme=programme_id, person__in=person_ids)
    for person_id, group in terms.values_list("person_id", "group__name").order_by("group__name"):
        labels.setdefault(person_id, []).append(group)
    return labels


def groups_of(programme_id):
    """The programme's groups, by name."""
    return Group.objects.filter(programme=programme_id).order_by("name")


def paid_people(event, person_ids):
    """Those of `person_ids` who are paid for coming: people with lived experience of the programme on the day."""
    return set(
        Membership.objects.effective_on(event.day)
        .filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE, person__in=person_ids)
        .values_list("person_id", flat=True)
    )


def is_paid(event, person):
    """Whether `person` is paid for coming to `event`."""
    return bool(paid_people(event, [person.pk]))


def _managed_events(user):
    return Event.objects.filter(programme__in=programmes_where(user, Role.STAFF)).select_related("programme")


def soon(day, on, days=2):
    """Whether the date `day` is at most `days` days after `on`."""
    return day - on <= dt.timedelta(days=days)
