"""Answer questions about groups: members, seats and terms that end."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from people.directory.models import Person
from programmes.groups.models import GroupRules, Interest, InterestReview
from programmes.programme import queries as programme_queries
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Programme
from wellbeing.lib.types import PersonId, ProgrammeId, Text, User

# How long before a term of office ends staff are told, so that there is time to find someone.
TERM_ENDS_SOON = dt.timedelta(days=60)
# A proposal this close to its last day is done first.
LAST_DAYS = dt.timedelta(days=2)


def people_of(group: Group, on: dt.date) -> QuerySet[Person]:
    """Return everybody who has a role in the programme of `group` on the day `on`, by name."""
    return Person.objects.filter(programme_queries.holding(group.programme, on=on)).order_by("sort_key", "pk")


def rules_change_by_decision(group: Group) -> bool:
    """Return whether `group` has put a proposal under rules that somebody set: from then on it changes them itself."""
    return GroupRules.objects.filter(group=group, decisions__isnull=False).exclude(set_by=None).exists()


def decisions_that_could_set_rules(group: Group) -> QuerySet[Any]:
    """Return the agreed decisions of `group` that have set no rules yet, newest first."""
    agreed = apps.get_model("programmes", "Decision").objects.filter(group=group, status="decided", rules_agreed=None)
    return agreed.order_by("-decided_on", "-pk")


def interests_to_look_at(group: Group, on: dt.date) -> QuerySet[Person]:
    """Return members of `group` who have not said, for longer than its rules allow, that their interests are right."""
    rules = GroupRules.objects.in_force_on(group, on)
    if rules is None:
        return Person.objects.none()
    since = on - dt.timedelta(days=rules.interest_days)
    looked = InterestReview.objects.filter(group=group, reviewed_on__gt=since, person=OuterRef("pk"))
    said = Interest.objects.filter(group=group, declared_on__gt=since, person=OuterRef("pk"))
    serving = Person.objects.filter(pk__in=group.terms.effective_on(on).values("person"))
    return serving.exclude(Exists(looked)).exclude(Exists(said)).order_by("sort_key", "pk")


def groups_to_look_at_interests(user: User, on: dt.date) -> list[Group]:
    """Return the groups whose register `user` is to look at again, as a member."""
    serving = Term.objects.effective_on(on).filter(person__user=user)
    groups = Group.objects.filter(pk__in=serving.values("group"), kind=Group.Kind.STEERING).select_related("programme")
    return [group for group in groups if interests_to_look_at(group, on).filter(user=user).exists()]


def groups_without_rules_of_their_own(programmes: Iterable[ProgrammeId]) -> QuerySet[Group]:
    """Return the steering groups of `programmes` for which nobody has set rules."""
    own = GroupRules.objects.filter(group=OuterRef("pk")).exclude(set_by=None)
    groups = Group.objects.filter(kind=Group.Kind.STEERING, programme__in=programmes).exclude(Exists(own))
    return groups.select_related("programme").order_by("pk")


def vacancies(group_rules: GroupRules | None, serving: Iterable[Term]) -> list[tuple[Text, int, int]]:
    """Return each kind of seat of the rules: [(label, seats, how many are vacant), …]. Deputies take no seat."""
    taken = Counter(term.seat for term in serving if term.deputy_for_id is None)
    seats = group_rules.seats.all() if group_rules else []
    return [(seat.get_seat_display(), seat.number, max(seat.number - taken[seat.seat], 0)) for seat in seats]


def term_of(user: User, group: Group, on: dt.date) -> Term | None:
    """Return the term `user` serves on `group` on the day `on`, or None."""
    return Term.objects.effective_on(on).filter(group=group, person__user=user).first()


def members(group: Group, on: dt.date) -> list[Term]:
    """Return the terms in force on `group` on the day `on`: chairs first, then by name."""
    offices: dict[str, int] = {Term.Office.CHAIR: 0, Term.Office.CO_CHAIR: 1}
    terms = group.terms.effective_on(on).select_related("person__organisation", "deputy_for")
    return sorted(terms, key=lambda term: (offices.get(term.office, 2), term.person.sort_key))


def candidates(group: Group, on: dt.date) -> QuerySet[Person]:
    """Return people of the programme on the day `on` who have no seat on `group` then or later, with access needs."""
    seated = group.terms.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    people = Person.objects.filter(programme_queries.holding(group.programme, on=on)).exclude(
        pk__in=seated.values("person")
    )
    return people.select_related("organisation").prefetch_related("access_needs")


def seats_taken(terms: Iterable[Term]) -> list[tuple[Text, int]]:
    """Count how many of `terms` each kind of member holds: [(label, count), …], kinds nobody holds left out."""
    counts = Counter(term.seat for term in terms)
    return [(label, counts[seat]) for seat, label in Term.Seat.choices if counts[seat]]


def groups_of(programme: Programme, on: dt.date) -> QuerySet[Any]:
    """Return the groups of `programme`, each with `in_office`: how many members it has on the day `on`."""
    serving = (
        Term.objects.effective_on(on)
        .filter(group=OuterRef("pk"))
        .order_by()
        .values("group")
        .annotate(number=Count("person", distinct=True))
        .values("number")
    )
    return programme.groups.annotate(in_office=Coalesce(Subquery(serving), 0)).order_by("name")


def terms_ending_soon(programmes: Iterable[ProgrammeId], on: dt.date) -> QuerySet[Term]:
    """Return terms of office in `programmes` that end within TERM_ENDS_SOON of `on`, with nothing after them."""
    following = Term.objects.filter(
        group=OuterRef("group"), person=OuterRef("person"), starts_on__gt=OuterRef("ends_on")
    )
    return (
        Term.objects.filter(group__programme__in=programmes, ends_on__gte=on, ends_on__lte=on + TERM_ENDS_SOON)
        .exclude(Exists(following))
        .select_related("person", "group__programme")
        .order_by("ends_on", "pk")
    )


# Joining and appointments


def overlapping(group: Group, person: Person, starts_on: dt.date, ends_on: dt.date | None) -> QuerySet[Term]:
    """Return terms of `person` on `group` that share a day with `starts_on` to `ends_on` (None: without end)."""
    others = Term.objects.filter(group=group, person=person).filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    return others if ends_on is None else others.filter(starts_on__lte=ends_on)


def overlapping_among(group: Group, people: Collection[PersonId], starts_on: dt.date) -> set[PersonId]:
    """Return those of `people` with a term on `group` on or after the day `starts_on`."""
    terms = Term.objects.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), group=group, person__in=people)
    return set(terms.values_list("person", flat=True))
