"""Add, change and remove the sessions of an event."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from events import registry
from events.planning.models import Event
from events.planning.transitions import EventError, lock_event
from events.sessions import queries, rules
from events.sessions.following import outside
from events.sessions.models import EventSession, SessionFacilitator, Technique
from people.models import Person
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.types import User


@action
def add(*, event: Event, by: User, **values: Any) -> EventSession:
    """Add a session to a day of an event. Return the EventSession. `values` are those of `_write`.

    People who run a session help to run the event. Raises EventError, with the field, for a session outside its day,
    one that ends before it starts or overlaps another in its room, and somebody who may not run it. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_change_sessions(by, event).insist(EventError)
    return _write(EventSession(event=event), **values)


@action
def edit(*, session: EventSession, by: User, **values: Any) -> EventSession:
    """Change a session, as `add` takes and refuses it. Return the EventSession. Locks the event and the session."""
    event = lock_event(session.event_id)
    rules.can_change_sessions(by, event).insist(EventError)
    session = EventSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    session.event = event
    return _write(session, **values)


def _write(
    session: EventSession,
    *,
    starts: dt.time,
    ends: dt.time,
    title: str,
    day: int = 1,
    aim: str = "",
    technique: Technique | None = None,
    new_technique: str = "",
    room: str = "",
    link: str = "",
    facilitators: Iterable[Person] = (),
    co_facilitators: Iterable[Person] = (),
) -> EventSession:
    """Save a session as it is to be. `new_technique` adds a way of working to those of the programme, and takes it."""
    session.day, session.starts, session.ends = day, starts, ends
    session.title, session.aim, session.room, session.link = title, aim, room.strip(), link
    session.technique = _technique(session.event, technique, new_technique)
    _check(session)
    session.save()
    _name_facilitators(session, facilitators, co_facilitators)
    return session


@action
def remove(*, session: EventSession, by: User) -> None:
    """Take a session off the programme of its event. Locks the event."""
    event = lock_event(session.event_id)
    rules.can_change_sessions(by, event).insist(EventError)
    EventSession.objects.filter(pk=session.pk).delete()


def _technique(event: Event, technique: Technique | None, new: str) -> Technique | None:
    if not new.strip():
        return technique
    known = queries.techniques_for(event).filter(name__iexact=new.strip()).first()
    return known or Technique.objects.create(programme=event.programme, name=new.strip())


def _check(session: EventSession) -> None:
    event = session.event
    days = event.days
    if not 1 <= session.day <= len(days):
        raise EventError(_("Choose a day of the event."), field="day")
    if session.ends <= session.starts:
        raise EventError(_("The end must be later than the start, %s.") % time_of_day(session.starts), field="ends")
    day = days[session.day - 1]
    if session.starts < day.starts:
        raise EventError(
            _("%(day)s starts at %(time)s.") % {"day": long_date(day.date), "time": time_of_day(day.starts)},
            field="starts",
        )
    if outside(session, day):
        raise EventError(
            _("%(day)s ends at %(time)s.") % {"day": long_date(day.date), "time": time_of_day(day.ends)}, field="ends"
        )
    if session.technique and session.technique.programme_id not in {None, event.programme_id}:
        raise EventError(_("This way of working belongs to another programme."), field="technique")
    if not session.room:
        return
    at_once = event.sessions.filter(
        day=session.day, room__iexact=session.room, starts__lt=session.ends, ends__gt=session.starts
    )
    if other := at_once.exclude(pk=session.pk).first():
        raise EventError(
            _("“%(title)s” is in this room from %(from)s to %(to)s. Choose another room or time.")
            % {"title": other.title, "from": time_of_day(other.starts), "to": time_of_day(other.ends)},
            field="room",
        )


def _name_facilitators(
    session: EventSession, facilitators: Iterable[Person], co_facilitators: Iterable[Person]
) -> None:
    """Make exactly these people those who run the session. Each has one part in it."""
    wanted = {person.pk: True for person in co_facilitators} | {person.pk: False for person in facilitators}
    rows = {row.person_id: row for row in session.facilitators.all()}
    may = set(queries.who_may_run(session.event, rows).filter(pk__in=wanted).values_list("pk", flat=True))
    if set(wanted) - may:
        raise EventError(
            _("Only staff and people who are invited can run a session. Invite them first."), field="facilitators"
        )
    session.facilitators.exclude(person__in=wanted).delete()
    for person, is_co in wanted.items():
        row = rows.get(person) or SessionFacilitator(session=session, person_id=person, is_co=not is_co)
        if row.is_co != is_co:
            row.is_co = is_co
            row.save()
    for follow in registry.after_naming_facilitators:
        follow(session.event, wanted)
