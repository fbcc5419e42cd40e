"""Offer places by hand, and keep the waiting list of an event up with the clock."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.places import line, queries, rules
from events.places.models import WaitingPlace, WaitingStatus
from events.planning.models import Event
from events.planning.transitions import EventError, lock_event
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def offer_to(*, row: WaitingPlace, reason: str, by: User, beyond: bool = False) -> WaitingPlace:
    """Offer a place to somebody on the list, whoever stands before them. Return the WaitingPlace.

    With `beyond`, where none is free, it is one place more than there are. The place is held as long as any other; near
    the start, until the event starts at the latest. Raises EventError without a reason, when no place is free and the
    offer is not `beyond`, when they do not wait any more, and once the event has started. Locks the event.
    """
    event = lock_event(row.invitation.event_id)
    rules.can_set_places(by, event).insist(EventError)
    row = WaitingPlace.objects.select_for_update(of=("self",)).select_related("invitation__person").get(pk=row.pk)
    if row.status != WaitingStatus.WAITING or row.invitation.reply != line.Reply.WAITING:
        raise EventError(_("They do not wait for an offer any more."))
    if not reason.strip():
        raise EventError(_("Say why it is offered out of order. Your colleagues can read this."), field="reason")
    count, times = queries.count_of(event), queries.hold_times(timezone.localdate())
    if times is None:
        raise EventError(_("No rule says how long an offered place is held. Ask an administrator to add one."))
    is_free = count.free is None or count.free > 0
    if not is_free and not beyond:
        raise EventError(
            _("Every place is taken or offered. Say that this is one place more than there are, or choose nobody."),
            field="beyond",
        )
    line.offer(row, event, times, by=by, reason=reason.strip(), beyond=not is_free)
    return row


@action
def keep_up(*, event: Event, by: User | None) -> list[WaitingPlace]:
    """Pass on what was not answered in time, and offer what is free. Return the offers made.

    Safe to run twice: an offer that ended is not ended again, and who was offered a place is not offered it again.
    Locks the event.
    """
    event = lock_event(event.pk)
    if not event.takes_replies:
        line.empty_the_list(event)
        return []
    line.tidy(event)
    for row in queries.line_of(event).filter(status=WaitingStatus.OFFERED, until__lte=timezone.now()):
        row.invitation.event = event
        line.pass_on(row)
    return line.offer_what_is_free(event)
