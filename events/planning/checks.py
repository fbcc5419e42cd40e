"""What every action on events does first: hold the event, ask who is acting and whether the rules allow it."""

from django.utils.translation import gettext as _

from events.planning import rules
from events.planning.models import Event
from wellbeing.lib.errors import ActionError


class EventError(ActionError):
    """A rule about events said no."""


def locked(event_id):
    """The event, read afresh and held until the transaction ends, with its programme and organiser."""
    return Event.objects.select_for_update(of=("self",)).select_related("programme", "organiser").get(pk=event_id)


def must_manage(by, event):
    """Raises EventError unless `by` is staff of the event's programme or an administrator."""
    if not rules.can_manage_event(by, event):
        raise EventError(_("Only staff of this programme can do this."))


def unless(problem):
    """Raises EventError with `problem`, one of the sentences of `rules`, unless it is empty."""
    if problem:
        raise EventError(problem)
