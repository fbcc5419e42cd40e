"""Move the waiting list of a locked event on: who is put on it, who is offered a place, what an answer means.

Every function here is a part of an action, which has locked the event.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from events.inviting.models import Invitation
from events.places import emails, queries
from events.places.calculations import HoldTimes
from events.places.models import Places, WaitingPlace, WaitingStatus
from events.planning.models import Event
from events.planning.transitions import EventError
from people.messages import queries as message_queries
from people.messages.models import Message
from people.messages.telling import tell_many
from wellbeing.lib.types import User

# How people are told by a colleague, or by post: it takes longer to hear of an offer.
BY_HAND = (Message.Channel.LETTER, Message.Channel.PHONE, Message.Channel.COLLEAGUE)
Reply = Invitation.Reply


def let_in(invitation: Invitation, before: str, by: User | None) -> bool:
    """Make a place on the waiting list of "I will come" where no place is free for them.

    Return whether they are put on it again, who said the same before. Raises EventError where the list is closed.
    """
    if not invitation.takes_a_place:
        return False
    event = invitation.event
    places = queries.places_of(event)
    if places is None or places.number is None or event.invitations.with_a_place().filter(pk=invitation.pk).exists():
        return False
    standing = queries.standing_of(invitation)
    if standing is not None and standing.status == WaitingStatus.OFFERED:
        return False
    lived = bool(queries.with_lived_experience(event, [invitation.person_id]))
    if queries.count_of(event, places).fits(lived_experience=lived):
        return False
    waits = standing is not None and standing.is_on_the_list
    if places.closed_at and not waits:
        raise EventError(
            _("We are sorry: this event is full, and its waiting list is closed. Please choose another answer."),
            field="reply",
        )
    invitation.reply = Reply.WAITING
    if before != Reply.WAITING or waits:
        return False
    _put_on_the_list(invitation)
    return True


def follow_reply(invitation: Invitation, by: User | None) -> None:
    """Keep the waiting list up with a reply that was recorded, and offer what it frees."""
    standing = queries.standing_of(invitation)
    on_the_list = standing is not None and standing.is_on_the_list
    if invitation.reply == Reply.WAITING:
        if not on_the_list:
            _put_on_the_list(invitation)
    elif standing is not None and on_the_list:
        if standing.status == WaitingStatus.WAITING:
            end(standing, WaitingStatus.LEFT)
        else:
            end(standing, WaitingStatus.TAKEN if invitation.reply == Reply.COMING else WaitingStatus.LET_GO)
    offer_what_is_free(invitation.event)


def still_fits(invitation: Invitation) -> None:
    """Raise EventError where no place is free for somebody who comes and shall no longer help to run the event."""
    if invitation.reply != Reply.COMING or invitation.joins == Invitation.Joins.ONLINE:
        return
    lived = bool(queries.with_lived_experience(invitation.event, [invitation.person_id]))
    if not queries.count_of(invitation.event).fits(lived_experience=lived):
        raise EventError(
            _("%(name)s would need a place, and none is free. Raise the number of places first.")
            % {"name": invitation.person.full_name},
            field="people",
        )


def offer_what_is_free(event: Event) -> list[WaitingPlace]:
    """Offer each free place to the first who waits and whom it fits. Return the offers.

    Nothing is offered once the event is near its start, cancelled or held, nor while the list is closed.
    """
    now, places, times = timezone.now(), queries.places_of(event), queries.hold_times(timezone.localdate())
    if places is None or places.closed_at or not event.takes_replies or times is None:
        return []
    if times.too_late(now, event.starts_at):
        return []
    waiting = list(queries.line_of(event).filter(status=WaitingStatus.WAITING))
    if not waiting:
        return []
    count = queries.count_of(event, places)
    lived = queries.with_lived_experience(event, [row.invitation.person_id for row in waiting])
    offers = []
    for row in waiting:
        has_lived_experience = row.invitation.person_id in lived
        if count.fits(lived_experience=has_lived_experience):
            offer(row, event, times)
            offers.append(row)
            if count.number is not None:
                count = count.with_offer(lived_experience=has_lived_experience)
    return offers


def offer(
    row: WaitingPlace, event: Event, times: HoldTimes, *, by: User | None = None, reason: str = "", beyond: bool = False
) -> None:
    """Offer a place to the person of `row`, who is told in the way they chose."""
    now = timezone.now()
    person = row.invitation.person
    way = message_queries.ways_to([person])[person.pk]
    by_hand = way is None or way.channel in BY_HAND
    row.status = WaitingStatus.OFFERED
    row.offered_at, row.hours = now, times.held_for(now, event.starts_at, by_hand=by_hand)
    row.until = min(now + dt.timedelta(hours=row.hours), event.starts_at)
    row.offered_by, row.reason, row.beyond = (by.person if by else None), reason, beyond
    row.save()
    row.invitation.event = event
    row.notice = tell_many([emails.offered(row)])[0]
    row.save(update_fields=["notice"])


def end(row: WaitingPlace, status: str) -> None:
    """End the time of somebody on the list."""
    row.status, row.ended_at = status, timezone.now()
    row.save(update_fields=["status", "ended_at"])


def pass_on(row: WaitingPlace) -> bool:
    """End an offer that nobody answered in time, and tell its person. Return whether it ended.

    Nobody loses a place for a message that never left: while one waits, the offer is held longer, and it is held as
    long as it was to be from the moment they were told.
    """
    assert row.until is not None
    assert row.hours is not None
    now, starts_at = timezone.now(), row.invitation.event.starts_at
    if row.until > now:
        return False
    told = queries.told_at(row)
    if told is None and not queries.cannot_be_told(row):
        told = now
    until = min(told + dt.timedelta(hours=row.hours), starts_at) if told else row.until
    if until > now:
        row.until = until
        row.save(update_fields=["until"])
        return False
    end(row, WaitingStatus.PASSED)
    tell_many([emails.passed(row)])
    return True


def empty_the_list(event: Event) -> None:
    """End the time of everybody on the list of an event that was cancelled, held or has started."""
    for row in WaitingPlace.objects.on_the_list().filter(invitation__event=event):
        end(row, WaitingStatus.LEFT)


def _put_on_the_list(invitation: Invitation) -> WaitingPlace:
    return WaitingPlace.objects.create(invitation=invitation, since=timezone.now())


def tidy(event: Event) -> None:
    """End the time of those whose reply no longer says that they wait, however it was changed."""
    gone = WaitingPlace.objects.on_the_list().filter(invitation__event=event)
    for row in gone.exclude(invitation__reply=Reply.WAITING).select_related("invitation"):
        came = row.status == WaitingStatus.OFFERED and row.invitation.reply == Reply.COMING
        end(row, WaitingStatus.TAKEN if came else WaitingStatus.LEFT)


def tell_that_it_is_closed(event: Event, places: Places) -> int:
    """Tell everybody who waits and has no offer that no place came free. Return how many."""
    waiting = list(queries.line_of(event).filter(status=WaitingStatus.WAITING))
    for row in waiting:
        row.invitation.event = event
    assert places.closed_at is not None
    at = f"{places.closed_at.timestamp():.0f}"
    return len(tell_many([emails.closed(row, at) for row in waiting]))
