"""Make meetings of a group, and set the rules by which they are planned."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from events.inviting.actions import invitations
from events.meetings import rules
from events.meetings.models import Meeting, MeetingRules
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


@action
def plan(*, group: Group, by: User, **event: Any) -> Meeting:
    """Plan a meeting of `group` and invite everybody who serves on it that day. Return the Meeting.

    `event` are the fields `events.planning.actions.create` takes, without kind and group; a worker sends the
    invitations. Raises ActionError as that does, and where `by` does not run the programme.
    """
    rules.can_plan(by, group).insist()
    made = event_actions.create(programme=group.programme, group=group, kind=Event.Kind.MEETING, by=by, **event)
    meeting = Meeting.objects.create(event=made, group=group, made_by=by.person)
    serving = Term.objects.effective_on(made.day).filter(group=group)
    members = list(Person.objects.filter(pk__in=serving.values("person")))
    if members and made.takes_replies:
        invitations.invite(event=made, people=members, by=by)
    return meeting


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
    return MeetingRules.objects.create(
        group=group,
        starts_on=starts_on,
        longest_stretch=longest_stretch,
        break_minutes=break_minutes,
        item_minutes=item_minutes,
        days_before=days_before,
        set_by=by.person,
    )
