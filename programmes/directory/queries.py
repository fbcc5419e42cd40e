"""Answer questions about the directory of a programme: its people, their tags and areas, and its organisations."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from people.directory.models import Organisation, Person
from people.models import AccessNeed
from programmes.directory.models import ColumnChoice, OrganisationEntry, PersonTag, Tag
from programmes.members.queries import people_of
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Joining
from programmes.programme.models.programmes import Membership, Partnership, Programme, Role
from programmes.programme.queries import has_been_in, holding, took_part
from wellbeing.lib.dates import today
from wellbeing.lib.keys import one_of
from wellbeing.lib.types import PersonId, ProgrammeId, User


def people_with_tags(programme: Programme) -> QuerySet[Person]:
    """Return everyone in the directory of `programme`, ready for a row, each with `own_tags` (those given now)."""
    given = PersonTag.objects.filter(tag__programme=programme, taken_at=None).select_related("tag")
    return people_of(programme).prefetch_related(Prefetch("tags", given, to_attr="own_tags"))


def tags_of(programme: Programme, kind: str, *, with_ended: bool = False) -> QuerySet[Any]:
    """Return the tags or areas of `programme` by name, each with how many people have it: `number`."""
    tags = Tag.objects.filter(programme=programme, kind=kind)
    if not with_ended:
        tags = tags.filter(ended_at=None)
    return tags.annotate(number=Count("given", filter=Q(given__taken_at=None)))


def tagged(tag: int | Tag) -> Exists:
    """Return an expression over Person: whether they have the tag now."""
    return Exists(PersonTag.objects.filter(person=OuterRef("pk"), tag=tag, taken_at=None))


def tags_given(person: Person, programmes: Iterable[ProgrammeId]) -> QuerySet[PersonTag]:
    """Return the tags `person` has now in `programmes`, areas first, with who gave them."""
    rows = PersonTag.objects.filter(person=person, tag__programme__in=programmes, taken_at=None)
    return rows.select_related("tag__programme", "given_by").order_by("tag__kind", "tag__name", "pk")


def organisations_of(programme: Programme) -> QuerySet[Any]:
    """Return the organisations in the directory of `programme`: those it added, its partners, and its people's.

    Each has `number`, how many of its people belong to it, and `kind_here`, what it is to this programme.
    """
    people = Person.objects.filter(took_part(programme), organisation=OuterRef("pk")).order_by()
    counted = people.values("organisation").annotate(number=Count("pk")).values("number")
    entry = OrganisationEntry.objects.filter(programme=programme, organisation=OuterRef("pk"))
    return Organisation.objects.filter(organisations_in([programme.pk])).annotate(
        number=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
        kind_here=Coalesce(Subquery(entry.values("kind")[:1]), F("kind")),
        is_partner=Exists(Partnership.objects.filter(programme=programme, organisation=OuterRef("pk"))),
    )


def organisations_in(programmes: Iterable[ProgrammeId]) -> Q:
    """Return a Q over Organisation: those that one of `programmes` added, has as a partner, or has people of."""
    programmes = list(programmes)
    has_one = {"person__organisation__isnull": False}
    return one_of(
        OrganisationEntry.objects.filter(programme__in=programmes).values("organisation"),
        Partnership.objects.filter(programme__in=programmes).values("organisation"),
        Membership.objects.filter(programme__in=programmes, **has_one).values("person__organisation"),
        Term.objects.filter(group__programme__in=programmes, **has_one).values("person__organisation"),
        Joining.objects.filter(programme__in=programmes, **has_one).values("person__organisation"),
    )


def has_organisation(organisation: Any) -> Q:
    """Return a Q over Programme: whether the organisation with this key (an OuterRef) is in its directory."""
    person = {"person__organisation": organisation}
    return (
        Q(Exists(OrganisationEntry.objects.filter(organisation=organisation, programme=OuterRef("pk"))))
        | Q(Exists(Partnership.objects.filter(organisation=organisation, programme=OuterRef("pk"))))
        | Q(Exists(Membership.objects.filter(programme=OuterRef("pk"), **person)))
        | Q(Exists(Term.objects.filter(group__programme=OuterRef("pk"), **person)))
        | Q(Exists(Joining.objects.filter(programme=OuterRef("pk"), **person)))
    )


def at_organisation(programme: Programme, word: str) -> Q:
    """Return a Q over Person: those who belong to an organisation of `programme` with this word in its name.

    The few organisations are asked for first: their keys can be looked up in an index, as the rest of a search is.
    """
    found = Organisation.objects.filter(organisations_in([programme.pk]), name__icontains=word)
    return Q(organisation__in=list(found.order_by().values_list("pk", flat=True)))


def entry_of(programme: Programme, organisation: Organisation) -> OrganisationEntry | None:
    """Return what `programme` keeps of `organisation`, or None."""
    rows = OrganisationEntry.objects.filter(programme=programme, organisation=organisation)
    return rows.select_related("contact").first()


def people_at(programme: Programme, organisation: Organisation) -> QuerySet[Person]:
    """Return the people of `programme` who belong to `organisation`."""
    return people_of(programme).filter(organisation=organisation)


def staff_of(programme: Programme) -> QuerySet[Person]:
    """Return the people who are staff of `programme` today, by name."""
    return Person.objects.filter(holding(programme, Role.STAFF, on=today())).order_by("sort_key", "pk")


def without_role_today(programme: Programme, people: Iterable[PersonId]) -> set[PersonId]:
    """Return those of `people` who hold no role or seat in `programme` today."""
    people = set(people)
    held = Person.objects.filter(holding(programme, on=today()), pk__in=people).values_list("pk", flat=True)
    return people - set(held)


def chosen_columns(user: User) -> list[str] | None:
    """Return the keys of the columns `user` chose, or None where they never did."""
    row = ColumnChoice.objects.filter(person__user=user).first()
    return None if row is None else list(row.columns)


def programmes_in_common(person: Person, visible: QuerySet[Programme]) -> list[Programme]:
    """Return those programmes of `visible` in whose directory `person` is, by name."""
    return list(visible.filter(has_been_in(person)).order_by("name"))


def with_needs(people: QuerySet[Any]) -> QuerySet[Any]:
    """Return the keys of those of `people` whose access needs are recorded."""
    return AccessNeed.objects.filter(person__in=people.order_by().values("pk")).values_list("person", flat=True)
