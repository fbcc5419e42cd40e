"""Record who came."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import registry
from events.day import queries, rules
from events.day.models import Attendance, DayThere, DoorNote
from events.planning.models import Event
from events.planning.transitions import EventError, lock_event, transition
from people.models import Person
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import PersonId, User

# As Postgres holds it.
MOST_SUPPORTERS = 9


@action
def record(
    *,
    event: Event,
    came: Iterable[PersonId],
    by: User,
    hours: Mapping[PersonId, Decimal] | None = None,
    days: Mapping[PersonId, Mapping[int, Decimal]] | None = None,
) -> Event:
    """Record that the people in `came` came, and everyone else invited did not. Return the Event.

    `hours` are those of the people who were not there from the start to the end, by person id; None leaves what was
    recorded before. Of an event over several days, `days` are the hours on those days on which somebody was not there
    for all of it, by the number of the day: 0 where they were not there.

    The first recording makes the event held; later ones correct it. The functions of `registry.after_attendance` (such
    as opening a claim) run for each person in the same transaction, so that it is all done or none of it. Raises
    EventError before the event starts, when it was cancelled, when nobody is ticked, when someone is not of the
    programme, or when one of those functions refuses: the sentence then names the person. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_record(by, event).insist(EventError)
    came = {int(pk) for pk in came}
    if not came:
        raise EventError(_("Tick at least one person. If the event did not happen, cancel it."), field="came")
    rows = {row.person_id: row for row in Attendance.objects.select_for_update().filter(event=event)}
    expected = set(event.invitations.values_list("person_id", flat=True)) | set(rows)
    _must_be_of_programme(event, came - expected)
    if event.status != Event.Status.HELD:
        transition(event, Event.Status.HELD)
        event.save()
    now = timezone.now()
    follow_up = []
    whole = queries.whole_days(event) if event.has_several_days else {}
    for person_id in sorted(expected | came):
        row = rows.get(person_id) or Attendance(event=event, person_id=person_id, came=False)
        was_here, row.came = row.came, person_id in came
        hours_before, days_before = row.hours, _days_recorded(row) if whole else {}
        if hours is not None or not row.came:
            row.hours = hours.get(person_id) if hours and row.came else None
        there = _days_there(row, whole, None if days is None else days.get(person_id, {}), days_before)
        if whole and row.came:
            row.hours = sum(there.values(), Decimal(0))
        if row.pk is None or row.came != was_here or row.hours != hours_before or there != days_before:
            row.recorded_by, row.recorded_at = by.person, now
            row.save()
            if whole:
                _keep_days(row, there)
        if row.came or was_here:
            follow_up.append(row)
    _follow_up(event, follow_up, by)
    return event


def _days_recorded(row: Attendance) -> dict[int, Decimal]:
    return dict(row.days_there.values_list("day", "hours")) if row.pk else {}


def _days_there(
    row: Attendance,
    whole: Mapping[int, Decimal],
    said: Mapping[int, Decimal] | None,
    before: Mapping[int, Decimal],
) -> dict[int, Decimal]:
    """Return the hours of somebody on each day they were there, of an event over several days; {} for one day.

    `said` are the hours of the days that are not `whole`; None leaves those of `before`. Raises EventError where they
    were there on none.
    """
    if not row.came or not whole:
        return {}
    if said is None and before:
        return dict(before)
    hours = {number: (said or {}).get(number, all_day) for number, all_day in whole.items()}
    there = {number: spent for number, spent in hours.items() if spent > 0}
    if not there:
        raise EventError(
            _("%(name)s has 0 hours on every day. If they did not come, take out the tick.")
            % {"name": row.person.full_name},
            field="came",
        )
    return there


def _keep_days(row: Attendance, there: Mapping[int, Decimal]) -> None:
    row.days_there.exclude(day__in=there).delete()
    kept = {each.day: each for each in row.days_there.all()}
    for number, hours in there.items():
        each = kept.get(number) or DayThere(attendance=row, day=number)
        if each.pk is None or each.hours != hours:
            each.hours = hours
            each.save()


def _must_be_of_programme(event: Event, ids: set[PersonId]) -> None:
    if not ids:
        return
    if queries.people_who_may_have_come(event).filter(pk__in=ids).count() < len(ids):
        # No name: the staff of a programme must not learn who is known elsewhere.
        raise EventError(_("Somebody you ticked is not in this programme. Add them to the programme first."))


def _follow_up(event: Event, rows: list[Attendance], by: User) -> None:
    people = Person.objects.in_bulk([row.person_id for row in rows])
    problems = []
    for row in rows:
        row.event, row.person = event, people[row.person_id]
        for hook in registry.after_attendance:
            try:
                with transaction.atomic():
                    hook(row, by)
            except ActionError as error:
                problem, name = str(error), row.person.full_name
                named = name in problem
                problems.append(
                    problem if named else _("%(person)s: %(problem)s") % {"person": name, "problem": problem}
                )
    if problems:
        raise EventError(" ".join(problems))


@dataclass(frozen=True)
class Tap:
    """A tap at the door, as a device sends it: its own key, the person, a DoorNote.What, its time, and supporters."""

    key: UUID
    person: PersonId
    what: str
    at: dt.datetime
    supporters: int = 0


@action
def note_at_door(*, event: Event, taps: Sequence[Tap], by: User) -> list[DoorNote]:
    """Keep what was tapped at the door; taps that were sent before are kept once. Return the DoorNotes of new keys.

    A time before the day of the event counts as its first moment, one from the future as now: a clock can be wrong.
    Raises EventError when the day has not
    come, the event was cancelled, a tap is none that there is, or somebody is not of the programme.
    """
    rules.can_check_in(by, event).insist(EventError)
    now = timezone.now()
    midnight = dt.datetime.combine(event.day, dt.time(), tzinfo=timezone.get_default_timezone())
    if any(tap.what not in DoorNote.What or not 0 <= tap.supporters <= MOST_SUPPORTERS for tap in taps):
        raise EventError(_("We do not know this kind of note. Open the page again."))
    people = {tap.person for tap in taps}
    expected = set(event.invitations.filter(person__in=people).values_list("person_id", flat=True))
    _must_be_of_programme(event, people - expected)
    known = set(DoorNote.objects.filter(key__in=[tap.key for tap in taps]).values_list("key", flat=True))
    new = {tap.key: tap for tap in taps if tap.key not in known}
    return DoorNote.objects.bulk_create(
        [
            DoorNote(
                key=tap.key,
                event=event,
                person_id=tap.person,
                what=tap.what,
                at=max(midnight, min(tap.at, now)),
                supporters=tap.supporters if tap.what == DoorNote.What.ARRIVED else 0,
                noted_by=by.person,
                received_at=now,
            )
            for tap in new.values()
        ],
        # Two requests with the same tap at the same moment keep it once.
        ignore_conflicts=True,
    )
