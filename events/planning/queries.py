"""Answer questions about planning events: people of the programme, who is paid."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from events.planning.calculations import same_weekday_of_month
from events.planning.models import WHEN_AND_WHERE, Event
from people.models import Person
from programmes.models import Group, Membership, Role, Term, programmes_where
from wellbeing.lib.keys import one_of
from wellbeing.lib.types import PersonId, ProgrammeId, User

# Two months hold each weekday of a month.
FAR = dt.timedelta(days=70)


def people_of_programme(programme_id: ProgrammeId, *days: dt.date) -> QuerySet[Person]:
    """Return people who hold a role in the programme, or a term on one of its groups, on any of `days`."""
    roles = [Membership.objects.effective_on(day).filter(programme=programme_id).values("person") for day in days]
    terms = [Term.objects.effective_on(day).filter(group__programme=programme_id).values("person") for day in days]
    return Person.objects.filter(one_of(*roles, *terms))


def roles_on(programme_id: ProgrammeId, person_ids: Iterable[PersonId], day: dt.date) -> dict[PersonId, list[str]]:
    """Return the labels of each person's roles and groups on `day`. Two queries."""
    labels: dict[PersonId, list[str]] = {}
    held = Membership.objects.effective_on(day).filter(programme=programme_id, person__in=person_ids)
    for membership in held.only("person_id", "role").order_by("role"):
        labels.setdefault(membership.person_id, []).append(membership.get_role_display())
    terms = Term.objects.effective_on(day).filter(group__programme=programme_id, person__in=person_ids)
    for person_id, group in terms.values_list("person_id", "group__name").order_by("group__name"):
        labels.setdefault(person_id, []).append(group)
    return labels


def groups_of(programme_id: ProgrammeId) -> QuerySet[Group]:
    """Return the programme's groups, by name."""
    return Group.objects.filter(programme=programme_id).order_by("name")


def paid_people(event: Event, person_ids: Iterable[PersonId]) -> set[PersonId]:
    """Return those of `person_ids` paid for coming: people with lived experience of the programme on the day."""
    return set(
        Membership.objects.effective_on(event.day)
        .filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE, person__in=person_ids)
        .values_list("person_id", flat=True)
    )


def is_paid(event: Event, person: Person) -> bool:
    """Return whether `person` is paid for coming to `event`."""
    return bool(paid_people(event, [person.pk]))


def as_it_was(event: Event, sequences: Iterable[int]) -> dict[int, Event]:
    """Return when and where the event was to be after so many changes, by their number, as events that are not saved.

    From its history, in one query. A number of which there is no history is left out.
    """
    history: Any = event.history  # type: ignore[attr-defined]  # pghistory adds it
    rows = history.filter(sequence__in=set(sequences)).order_by("pgh_id")
    return {row.sequence: Event(**{name: getattr(row, name) for name in WHEN_AND_WHERE}) for row in rows}


def next_date(event: Event, today: dt.date) -> dt.date:
    """Return the date of the next event like `event` that is not before `today`: as often as those before it came.

    On the same weekday of the month (such as the first Tuesday) where the one before it was, otherwise as many weeks
    after it as it was after that one; four weeks where none was before it, or at no number of weeks.
    """
    earlier = Event.objects.filter(programme=event.programme_id, title=event.title, starts_at__lt=event.starts_at)
    last = earlier.order_by("-starts_at").first()
    weeks = 4
    if last is not None:
        monthly = same_weekday_of_month(last.day, event.day)
        if event.day in monthly[1:]:
            coming = same_weekday_of_month(event.day, max(today, event.day) + FAR)
            return next(day for day in coming[1:] if day >= today)
        days = (event.day - last.day).days
        if days and days % 7 == 0 and days <= FAR.days:
            weeks = days // 7
    step = dt.timedelta(weeks=weeks)
    return event.day + max(1, -(-(today - event.day) // step)) * step


def _managed_events(user: User) -> QuerySet[Event]:
    return Event.objects.filter(programme__in=programmes_where(user, Role.STAFF)).select_related("programme")


def soon(day: dt.date, on: dt.date, days: int = 2) -> bool:
    """Return whether `day` is at most `days` days after `on`."""
    return day - on <= dt.timedelta(days=days)
