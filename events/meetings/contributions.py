"""Add meetings to the home page, to a group's page, and to what the product says to people."""

import datetime as dt

from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.meetings import rules, wordings
from events.meetings.actions.planning import make_meeting
from events.meetings.models import Meeting, MeetingRules
from events.meetings.queries import lists
from events.planning.queries import soon
from people.registry import NoticeKind, Panel, Task
from programmes.groups import rules as group_rules
from wellbeing.lib.dates import day_and_times, long_date, short_date

ON_GROUP = 3


def after_copying(event, like, by):
    """Make an event that was planned like a meeting of the same group a meeting of it, too, once it is published."""
    meeting = Meeting.objects.filter(event=like).first()
    if meeting is not None and event.group_id == meeting.group_id and not event.is_draft:
        make_meeting(event=event, by=by)


def home_tasks(user):
    """List agendas to send, minutes to write and to agree for those who lead meetings; for all, what they lead.

    Staff have the members to invite.
    """
    now = timezone.now()
    return [
        *_to_invite(user, now),
        *_agendas(user, now),
        *_minutes(user, now),
        *_to_agree(user, now),
        *_items(user, now),
    ]


def _to_invite(user, now):
    """List meetings to come to which nobody is invited: a chair planned them, and staff send the invitations."""
    return [
        Task(
            title=_("Invite the members to %(event)s") % {"event": meeting.event},
            url=meeting.get_absolute_url(),
            detail=_("Planned by %(name)s. %(when)s")
            % {"name": meeting.made_by, "when": day_and_times(meeting.event.starts_at, meeting.event.ends_at)},
            due=meeting.event.reply_by,
            urgent=soon(meeting.event.reply_by, timezone.localdate(now)),
        )
        for meeting in lists.members_to_invite(user, now)
    ]


def _agendas(user, now):
    """List meetings from some days before their agenda is due: the days the group gives its members to read."""
    tasks = []
    for meeting in lists.agendas_to_send(user, now):
        day = meeting.event.day
        due = day - dt.timedelta(days=MeetingRules.objects.in_force_on(meeting.group, day).days_before)
        if timezone.localdate(now) < due - dt.timedelta(days=7):
            continue
        tasks.append(
            Task(
                title=_("Send the agenda of %(event)s") % {"event": meeting.event},
                url=meeting.get_absolute_url(),
                detail=day_and_times(meeting.event.starts_at, meeting.event.ends_at),
                due=due,
                urgent=due <= timezone.localdate(now),
            )
        )
    return tasks


def _minutes(user, now):
    return [
        Task(
            title=_("Send the minutes of %(event)s to the members") % {"event": meeting.event},
            url=reverse("meeting_minutes", args=[meeting.pk]),
            detail=_("It was on %(day)s.") % {"day": long_date(meeting.event.starts_at)},
        )
        for meeting in lists.minutes_to_write(user, now)
    ]


def _to_agree(user, now):
    return [
        Task(
            title=_("Record that the minutes of %(day)s were agreed") % {"day": short_date(meeting.event.starts_at)},
            url=reverse("meeting_minutes", args=[meeting.pk]),
            detail=_("The group has met again since “%(event)s”.") % {"event": meeting.event},
        )
        for meeting in lists.minutes_to_agree(user, now)
    ]


def _items(user, now):
    return [
        Task(
            title=_("You lead: %(title)s") % {"title": item.title},
            url=item.meeting.get_absolute_url(),
            detail=day_and_times(item.meeting.event.starts_at, item.meeting.event.ends_at),
            due=item.meeting.event.day,
        )
        for item in lists.items_to_lead(user, now)
    ]


def group_panel(user, group):
    """Show a group's latest meetings to those who read something of them, and to those who plan them where to."""
    meetings = list(lists.meetings_of(group, user)[:ON_GROUP])
    may_plan = bool(rules.can_plan(user, group))
    if not meetings and not may_plan:
        return None
    context = {"group": group, "meetings": meetings, "may_plan": may_plan}
    return Panel("events/meetings/parts/of_group.html", context, order=20)


def talk_panel(user, notice):
    """Link to the meeting, where those who lead it write down whether a member would like the talk."""
    try:
        match = resolve("/" + notice.link.partition("://")[2].partition("/")[2])
    except Resolver404:
        return None
    if match.url_name != "meeting":
        return None
    meeting = Meeting.objects.select_related("group__programme").filter(pk=match.kwargs["pk"]).first()
    if meeting is None or not group_rules.can_lead(user, meeting.group):
        return None
    context = {"url": f"{meeting.get_absolute_url()}#talks", "label": _("Write down whether they would like it")}
    return Panel("people/messages/answer.html", context)


KINDS = (
    NoticeKind("meeting_agenda", gettext_lazy("Agenda of a meeting"), wording=wordings.AGENDA),
    NoticeKind("meeting_minutes", gettext_lazy("Minutes to check"), wording=wordings.MINUTES),
    NoticeKind("meeting_published", gettext_lazy("Published minutes"), wording=wordings.PUBLISHED),
    NoticeKind("meeting_talk", gettext_lazy("Talk around a meeting"), answer=talk_panel, wording=wordings.TALK),
)
