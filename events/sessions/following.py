"""Have sessions follow their event: they are copied with it, and keep it from leaving them outside its days."""

from django.utils.translation import gettext as _

from events.planning.calculations import EventDay
from events.planning.models import Event
from events.planning.transitions import EventError
from events.sessions import queries
from events.sessions.models import EventSession, SessionFacilitator
from wellbeing.lib.dates import time_of_day
from wellbeing.lib.types import User


def outside(session: EventSession, day: EventDay) -> bool:
    """Return whether a session starts before its day, or ends after it."""
    return session.starts < day.starts or (session.ends > day.ends and not day.is_past_midnight)


def copy_sessions(event: Event, like: Event, by: User) -> None:
    """Give a new event the sessions of the one it is a copy of, with those who run them, where they fit its days."""
    days = event.days
    for session in queries.sessions_of(like):
        if session.day > len(days) or outside(session, days[session.day - 1]):
            continue
        people = [(row.person_id, row.is_co) for row in session.facilitators.all()]
        session.pk, session.event = None, event
        session._state.adding = True
        session.save(force_insert=True)
        SessionFacilitator.objects.bulk_create(
            [SessionFacilitator(session=session, person_id=person, is_co=is_co) for person, is_co in people]
        )


def insist_that_sessions_fit(event: Event) -> None:
    """Raise EventError, with the field of the event's form, when a session is outside the days of a changed event."""
    days = event.days
    for session in event.sessions.order_by("day", "starts", "pk"):
        words = {"title": session.title, "from": time_of_day(session.starts), "to": time_of_day(session.ends)}
        if session.day > len(days):
            raise EventError(
                _("The session “%(title)s” is on day %(n)s. Move or remove it first.") % {**words, "n": session.day},
                field="last_day",
            )
        day = days[session.day - 1]
        number = "" if session.day == 1 else f"_{session.day}"
        if session.starts < day.starts:
            raise EventError(
                _("The session “%(title)s” starts earlier, at %(from)s. Move it first.") % words,
                field=f"starts{number}",
            )
        if outside(session, day):
            raise EventError(
                _("The session “%(title)s” ends later, at %(to)s. Move it first.") % words, field=f"ends{number}"
            )
