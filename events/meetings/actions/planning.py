"""Make meetings of a group, and set the rules by which they are planned."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from events.inviting.actions import invitations
from events.meetings import rules
from events.meetings.actions import agenda, talks
from events.meetings.models import Meeting, MeetingRules
from events.meetings.transitions import lock_meeting
from events.planning import actions as event_actions
from events.planning.models import Event
from events.planning.transitions import lock_event
from people.models import Person
from programmes.groups import rules as group_rules
from programmes.models import Group, Term
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@dataclass(frozen=True)
class PlannedTalk:
    """A talk to offer with a meeting that is planned: `kind` is a Talk.Kind."""

    kind: str
    starts_at: dt.datetime
    how: str
    who: Person


@action
def plan(*, group: Group, by: User, talks_around: Sequence[PlannedTalk] = (), **event: Any) -> Meeting:
    """Plan a meeting of `group` with its agenda and talks around it, in one step. Return the Meeting.

    `event` are the fields `events.planning.actions.create` takes, without kind and group. Everybody who serves on the
    group that day is invited where `by` is staff of the programme; after a chair, staff have it as a task. Invitations
    say which talks are offered, so nobody is told of those apart. Raises ActionError as `create` and
    `talks.offer` do, and where `by` neither chairs the group nor runs the programme.
    """
    rules.can_plan(by, group).insist()
    made = event_actions.create(programme=group.programme, group=group, kind=Event.Kind.MEETING, by=by, **event)
    meeting = Meeting.objects.create(event=made, group=group, made_by=by.person)
    for talk in talks_around:
        _offer(meeting, talk, by)
    agenda.build(meeting=meeting, by=by)
    if made.takes_replies and rules.can_invite_members(by, meeting):
        _invite(meeting, by)
    return meeting


@action
def invite_members(*, meeting: Meeting, by: User) -> int:
    """Invite everybody who serves on the group on the day of the meeting. Return how many were not invited before.

    Raises ActionError once it has started, and for anybody but staff. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_invite_members(by, meeting).insist()
    return _invite(meeting, by)


@action
def make_meeting(*, event: Event, by: User) -> Meeting:
    """Make an event of a group a meeting of it, with agenda and minutes. Return the Meeting; doing it twice makes one.

    Raises ActionError for an event without a group, and one that was cancelled. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_make_meeting(by, event).insist()
    # The rule has asked for one.
    assert event.group is not None
    meeting, _made = Meeting.objects.get_or_create(event=event, defaults={"group": event.group, "made_by": by.person})
    return meeting


@action
def set_rules(
    *,
    group: Group,
    longest_stretch: int,
    break_minutes: int,
    item_minutes: int,
    days_before: int,
    by: User,
    format_days: int | None = None,
    starts_on: dt.date | None = None,
) -> MeetingRules:
    """Say how `group` plans its meetings from a day on, by default today. Return the MeetingRules.

    Raises ActionError for a day that has gone, and for a second version on a day. Locks the group.
    """
    group_rules.can_lead(by, group).insist()
    Group.objects.select_for_update().get(pk=group.pk)
    starts_on = starts_on or today()
    if starts_on < today():
        raise ActionError(_("Choose today or a later day."), field="starts_on")
    if MeetingRules.objects.filter(group=group, starts_on=starts_on).exists():
        raise ActionError(_("The group has rules from that day. Choose a later one."), field="starts_on")
    if format_days is None:
        format_days = MeetingRules.objects.in_force_on(group, starts_on).format_days
    return MeetingRules.objects.create(
        group=group,
        starts_on=starts_on,
        longest_stretch=longest_stretch,
        break_minutes=break_minutes,
        item_minutes=item_minutes,
        days_before=days_before,
        format_days=format_days,
        set_by=by.person,
    )


def _invite(meeting: Meeting, by: User) -> int:
    serving = Term.objects.effective_on(meeting.event.day).filter(group=meeting.group_id)
    members = Person.objects.filter(pk__in=serving.values("person"))
    to_invite = list(members.exclude(invitations__event=meeting.event_id))
    if to_invite:
        invitations.invite(event=meeting.event, people=to_invite, by=by)
    return len(to_invite)


def _offer(meeting: Meeting, talk: PlannedTalk, by: User) -> None:
    """Offer a talk; what is wrong with its time is said beside the box of the form that plans the meeting."""
    try:
        talks.offer(
            meeting=meeting, kind=talk.kind, starts_at=talk.starts_at, how=talk.how, who=talk.who, by=by, tell=False
        )
    except ActionError as error:
        fields = {"day": f"{talk.kind}_day", "who": "talk_who"}
        raise ActionError(str(error), field=fields.get(error.field or "")) from None
