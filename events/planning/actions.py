"""Plan, change and cancel events."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from events import registry
from events.planning import rules
from events.planning.models import WHEN_AND_WHERE, Event, EventSeries
from events.planning.transitions import EventError, lock_event, transition
from events.venues import actions as venue_actions
from events.venues.models import Venue
from people.directory.models import Person
from people.jobs import actions as job_actions
from people.jobs.models import Job
from programmes.programme.models.groups import Group
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.types import User

CHANGED = "event_changed"
CANCELLED = "event_cancelled"


@action
def create(
    *,
    programme: Programme,
    by: User,
    title: str,
    kind: str,
    purpose: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    reply_by: dt.date,
    organiser: Person,
    venue_name: str = "",
    venue_address: str = "",
    online_link: str = "",
    group: Group | None = None,
    day_starts: Sequence[dt.time] = (),
    day_ends: Sequence[dt.time] = (),
    venue: Venue | None = None,
    keep_in_book: bool = False,
    can_change: str = "",
    cannot_change: str = "",
    series: EventSeries | None = None,
    draft: bool = False,
) -> Event:
    """Plan an event of `programme`. Return the Event. Times are aware.

    `day_starts` and `day_ends` are the times of the days of an event over several days, as its fields have them. A
    `venue` of the book gives its name and address; `keep_in_book` adds the place that was typed to it. Only staff know
    of a `draft`, until it is published.

    Staff plan events of any kind; a chair plans meetings of the group. Raises EventError when the times or the place
    make no sense, and for anybody else.
    """
    if group is not None and kind == Event.Kind.MEETING:
        rules.can_plan_meeting_of(by, group).insist(EventError)
    else:
        rules.can_plan_events(by, programme).insist(EventError)
    event = Event(
        programme=programme,
        title=title,
        kind=kind,
        purpose=purpose,
        starts_at=starts_at.astimezone(dt.UTC),
        ends_at=ends_at.astimezone(dt.UTC),
        day_starts=list(day_starts),
        day_ends=list(day_ends),
        reply_by=reply_by,
        organiser=organiser,
        venue=venue,
        venue_name=venue_name,
        venue_address=venue_address,
        online_link=online_link,
        group=group,
        can_change=can_change,
        cannot_change=cannot_change,
        series=series,
        status=Event.Status.DRAFT if draft else Event.Status.PLANNED,
    )
    _take_place(event, keep_in_book, by)
    _check(event)
    event.save()
    return event


@action
def edit(*, event: Event, by: User, **changes: Any) -> Event:
    """Change an event that is a draft or planned. Return the Event. `changes` are the fields `create` takes.

    When the day, time or place of an event to come changes, a worker tells everyone again who was told of it. Raises
    EventError when it was held or cancelled, the new values make no sense, or a session would fall outside its days.
    Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_edit(by, event).insist(EventError)
    before = {name: getattr(event, name) for name in WHEN_AND_WHERE}
    keep_in_book, venue_before = changes.pop("keep_in_book", False), event.venue_id
    for name, value in changes.items():
        setattr(event, name, value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value)
    if event.venue_id != venue_before or keep_in_book:
        _take_place(event, keep_in_book, by)
    _check(event)
    for check in registry.before_saving:
        check(event)
    moved = not event.is_draft and any(getattr(event, name) != value for name, value in before.items())
    if moved:
        event.sequence += 1
    event.save()
    for follow in registry.after_moving if moved else ():
        follow(event, before, by)
    if moved and not event.has_started:
        invited = event.invitations.told().count()
        if invited:
            job_actions.start(kind=CHANGED, subject_id=event.pk, by=by, total=invited)
    return event


@action
def publish(*, event: Event, by: User) -> Event:
    """Publish a draft: from now on people can be invited to it. Return the Event. Locks the event.

    Raises EventError when it is no draft, its day has gone or replies were wanted before today.
    """
    event = lock_event(event.pk)
    rules.can_publish(by, event).insist(EventError)
    if event.reply_by < timezone.localdate():
        raise EventError(_("The day until which replies are wanted has passed. Change the event first."))
    transition(event, Event.Status.PLANNED)
    event.save()
    return event


@action
def discard(*, event: Event, by: User) -> None:
    """Throw a draft away, with its sessions. Its history stays. Locks the event.

    Raises EventError when it is no draft, or something is arranged for it.
    """
    event = lock_event(event.pk)
    rules.can_discard(by, event).insist(EventError)
    try:
        event.delete()
    except ProtectedError:
        raise EventError(
            _("Something is arranged for this draft, so it is kept. Publish it, then cancel it.")
        ) from None


@action
def cancel(*, event: Event, by: User, reason: str = "") -> Job | None:
    """Call an event off. Return the Job that tells everyone who was told of it, or None when there is nobody to tell.

    `reason` is for the people invited to read. The functions of `registry.after_cancelling` (such as paying those who
    had said yes) run in the same transaction. Raises EventError when it was held or cancelled before. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_cancel(by, event).insist(EventError)
    transition(event, Event.Status.CANCELLED)
    event.cancel_reason = reason.strip()
    event.sequence += 1
    event.save()
    for hook in registry.after_cancelling:
        hook(event, by)
    invited = event.invitations.told().count()
    # Nobody needs to hear today that a day long gone was called off: it is only put right in the books.
    if not invited or event.is_over:
        return None
    return job_actions.start(kind=CANCELLED, subject_id=event.pk, by=by, total=invited)


@action
def follow_venue(*, venue: Venue, by: User) -> list[Event]:
    """Give the events to come at a venue its new name and address, and tell those who know of them. Return them.

    Raises EventError as `edit` does. Locks each event.
    """
    events = venue.events.filter(status__in=[Event.Status.DRAFT, Event.Status.PLANNED], starts_at__gt=timezone.now())
    return [
        edit(event=event, by=by, venue_name=venue.name, venue_address=venue.address)
        for event in events.select_related("programme").order_by("pk")
    ]


def _take_place(event: Event, keep_in_book: bool, by: User) -> None:
    """Give the event the name and address of its venue, or keep the place that was typed in the book."""
    if event.venue is not None:
        if event.venue.programme_id != event.programme_id:
            raise EventError(_("This venue is in the book of another programme."), field="venue")
        event.venue_name, event.venue_address = event.venue.name, event.venue.address
    elif keep_in_book and event.venue_name:
        event.venue = venue_actions.add(
            programme=event.programme, name=event.venue_name, address=event.venue_address, by=by
        )


def _check(event: Event) -> None:
    if event.ends_at <= event.starts_at:
        raise EventError(_("The end must be later than the start."), field="ends")
    if len(event.day_starts) != len(event.day_ends) or any(day.ends_at <= day.starts_at for day in event.days):
        raise EventError(_("Each day must end later than it starts."), field="ends")
    if event.day_starts and event.days[-2].date + dt.timedelta(days=1) != timezone.localdate(event.ends_at):
        raise EventError(_("The days must follow each other, from the first to the last."), field="last_day")
    if not event.venue_name and not event.online_link:
        raise EventError(_("Enter a venue, or a link to join online."), field="venue_name")
    if event.reply_by > timezone.localdate(event.starts_at):
        raise EventError(_("Replies must be wanted by the day of the event or before."), field="reply_by")
    if event.group is not None and event.group.programme_id != event.programme_id:
        raise EventError(_("This group belongs to another programme. Choose a group of this one."), field="group")
    meeting = getattr(event, "meeting", None)
    if meeting is not None and meeting.group_id != event.group_id:
        raise EventError(
            _("This is a meeting of its group, with an agenda. It cannot become another's."), field="group"
        )
