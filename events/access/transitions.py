"""Move an arrangement from state to state, and say by when one is to be done."""

import datetime as dt

from django.utils.translation import gettext as _

from events.access.models import Arrangement
from events.planning.models import Event
from events.planning.transitions import EventError
from wellbeing.lib.dates import today

Status = Arrangement.Status


def transition(arrangement: Arrangement, status: str) -> None:
    """Give a locked arrangement its next status, without saving it. Raises EventError for a step not in the table."""
    if status not in Arrangement.TRANSITIONS[Status(arrangement.status)]:
        raise EventError(
            _("This arrangement is “%(now)s”, so it cannot become “%(next)s”.")
            % {"now": arrangement.get_status_display(), "next": Status(status).label}
        )
    arrangement.status = status
    arrangement.done_by, arrangement.done_at = None, None
    if status != Status.DROPPED:
        arrangement.dropped_why = ""


def reopen(arrangement: Arrangement) -> None:
    """Make a locked arrangement that was done one that is to do, without saving it."""
    if arrangement.status == Status.DONE:
        transition(arrangement, Status.TO_DO)


def drop(arrangement: Arrangement, why: str) -> None:
    """Make a locked arrangement one that is no longer needed, without saving it.

    Where something was done for it already, it says so until staff have looked: a booking may have to be cancelled.
    """
    begun = arrangement.status == Status.DONE or bool(arrangement.how)
    transition(arrangement, Status.DROPPED)
    arrangement.dropped_why = why
    arrangement.change = Arrangement.Change.FELL_AWAY if begun else ""


def due_on(event: Event, kind: str, days: dict[str, int]) -> dt.date:
    """Return the day by which a kind of need is to be arranged: never before today, nor after the event."""
    wanted = event.day - dt.timedelta(days=days.get(kind, days.get("", 0)))
    return min(max(wanted, today()), event.day)
