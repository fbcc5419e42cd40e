"""Plan, change and cancel events."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import registry
from events.planning import rules
from events.planning.models import WHEN_AND_WHERE, Event
from events.planning.transitions import EventError, lock_event, transition
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
) -> Event:
    """Plan an event of `programme`. Return the Event. Times are aware.

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
        reply_by=reply_by,
        organiser=organiser,
        venue_name=venue_name,
        venue_address=venue_address,
        online_link=online_link,
        group=group,
    )
    _check(event)
    event.save()
    return event


@action
def edit(*, event: Event, by: User, **changes: Any) -> Event:
    """Change an event that is still planned. Return the Event. `changes` are the fields `create` takes.

    When the day, time or place of an event to come changes, a worker tells everyone again who was told of it. Raises
    EventError when it was held or cancelled, or the new values make no sense. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_edit(by, event).insist(EventError)
    before = {name: getattr(event, name) for name in WHEN_AND_WHERE}
    for name, value in changes.items():
        setattr(event, name, value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value)
    _check(event)
    moved = any(getattr(event, name) != value for name, value in before.items())
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


def _check(event: Event) -> None:
    if event.ends_at <= event.starts_at:
        raise EventError(_("The end must be later than the start."), field="ends")
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
