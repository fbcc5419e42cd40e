"""Answer questions about people: what tells those of one name apart, wherever one is chosen."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from people.directory.models import Person
from wellbeing.lib.dates import short_date
from wellbeing.lib.phones import shown
from wellbeing.lib.types import PersonId

Somebody = TypeVar("Somebody", bound=Person)


def tell_apart(people: Iterable[Somebody]) -> list[Somebody]:
    """Return `people`, each with `told_apart_by` where another has the same name: their `name_in_list` says it."""
    people = list(people)
    by_key: dict[str, set[PersonId]] = defaultdict(set)
    for person in people:
        by_key[person.sort_key].add(person.pk)
    shared = [pk for pks in by_key.values() if len(pks) > 1 for pk in pks]
    details = _details(Person.objects.filter(pk__in=shared)) if shared else {}
    for person in people:
        person.told_apart_by = details.get(person.pk, "")
    return people


def namesakes_among(people: QuerySet[Person]) -> dict[PersonId, str]:
    """Return what tells each of `people` apart from another of the same name; leave out those whose name is alone."""
    everybody = Person.objects.filter(pk__in=people.order_by().values("pk"))
    keys = everybody.order_by().values("sort_key").annotate(number=Count("pk")).filter(number__gt=1)
    return _details(everybody.filter(sort_key__in=keys.values("sort_key")))


def _details(people: QuerySet[Person]) -> dict[PersonId, str]:
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in people.select_related("organisation"):
        groups[person.sort_key].append(person)
    return {pk: text for group in groups.values() for pk, text in _details_of(group).items()}


def _details_of(group: list[Person]) -> dict[PersonId, str]:
    """Return the fewest details that differ between people of one name."""
    parts: dict[PersonId, list[str]] = {person.pk: [] for person in group}
    for describe in _WAYS:
        if len({tuple(said) for said in parts.values()}) == len(group):
            break
        for person in group:
            if detail := describe(person):
                parts[person.pk].append(detail)
    return {pk: ", ".join(said) for pk, said in parts.items()}


def _masked_email(person: Person) -> str:
    name, at, host = person.email.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else ""


def _end_of_phone(person: Person) -> str:
    return _("phone ending in %(digits)s") % {"digits": shown(person.phone)[-3:]} if person.phone else ""


def _organisation(person: Person) -> str:
    return person.organisation.name if person.organisation else ""


def _added(person: Person) -> str:
    return _("added %(day)s") % {"day": short_date(person.created_at)}


def _number(person: Person) -> str:
    return _("record %(number)s") % {"number": person.pk}


_WAYS: tuple[Callable[[Person], str], ...] = (_masked_email, _end_of_phone, _organisation, _added, _number)
