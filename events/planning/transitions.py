"""Lock an event and move it from state to state."""

from django.utils.translation import gettext as _

from events.planning.models import Event
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import EventId


class EventError(ActionError):
    """A rule about events said no."""


def lock_event(event_id: EventId) -> Event:
    """Lock the event until the transaction ends, and return it read afresh, with its programme and organiser."""
    return Event.objects.select_for_update(of=("self",)).select_related("programme", "organiser").get(pk=event_id)


def transition(event: Event, status: str) -> None:
    """Give a locked event its next status. Raises EventError when the step is not in `Event.TRANSITIONS`."""
    if status not in Event.TRANSITIONS[Event.Status(event.status)]:
        raise EventError(
            _("This event is “%(now)s”, so it cannot become “%(next)s”.")
            % {"now": event.get_status_display(), "next": Event.Status(status).label}
        )
    event.status = status
