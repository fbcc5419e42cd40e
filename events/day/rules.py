"""Say who may record who came."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.planning.models import Event
from events.planning.rules import can_manage_event
from wellbeing.lib.dates import long_date
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_record(user: User, event: Event) -> Ruling:
    """May `user` record who came, or correct it? Yes for the programme's staff, once the event has started."""
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.is_draft:
        return Ruling(_("This event is a draft. Publish it first."))
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so there is no attendance to record."))
    if event.status == Event.Status.PLANNED and not event.has_started:
        return Ruling(_("You can record who came once the event has started."))
    return YES


def can_check_in(user: User, event: Event) -> Ruling:
    """May `user` note who arrives and leaves? Yes for the programme's staff, from the day of the event on.

    Also once who came was recorded: a device without a line sends what it kept when it can, and nothing of it is lost.
    """
    allowed = can_manage_event(user, event)
    if not allowed:
        return allowed
    if event.is_draft:
        return Ruling(_("This event is a draft. Publish it first."))
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled, so nobody arrives."))
    if timezone.localdate() < event.day:
        return Ruling(_("Check-in opens on the day of the event, %(day)s.") % {"day": long_date(event.starts_at)})
    return YES
