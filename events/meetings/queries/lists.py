"""Lists of meetings: of a group, and those that wait for somebody."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from events.meetings.models import AgendaItem, Meeting
from events.planning.models import Event
from programmes.models import Group, Role, Term, programmes_where
from wellbeing.lib.types import User


def meetings_of(group: Group, user: User) -> QuerySet[Meeting]:
    """Return the meetings of `group` that `user` may read something of, latest first."""
    meetings = Meeting.objects.visible_to(user).filter(group=group)
    return meetings.select_related("event", "agreed_at_meeting__event").order_by("-event__starts_at", "-pk")


def before(meeting: Meeting) -> Meeting | None:
    """Return the meeting of the same group before `meeting`, or None. Cancelled ones are none."""
    earlier = Meeting.objects.filter(group=meeting.group_id, event__starts_at__lt=meeting.event.starts_at)
    return earlier.exclude(event__status=Event.Status.CANCELLED).order_by("-event__starts_at").first()


def where_agreed(meeting: Meeting, now: dt.datetime) -> QuerySet[Meeting]:
    """Return later meetings of the group that have begun, at which the minutes of `meeting` may have been agreed."""
    later = Meeting.objects.filter(group=meeting.group_id, event__starts_at__gt=meeting.event.starts_at)
    begun = later.filter(event__starts_at__lte=now).exclude(event__status=Event.Status.CANCELLED)
    return begun.select_related("event").order_by("event__starts_at")


def led_by(user: User) -> QuerySet[Meeting]:
    """Return the meetings `user` prepares and minutes: those of groups they chair, and of programmes they run."""
    chaired = Term.objects.effective_on(timezone.localdate()).filter(person__user=user, office__in=Term.CHAIRS)
    mine = Q(group__in=chaired.values("group")) | Q(group__programme__in=programmes_where(user, Role.STAFF))
    return Meeting.objects.filter(mine).exclude(event__status=Event.Status.CANCELLED).select_related("event", "group")


def members_to_invite(user: User, now: dt.datetime) -> QuerySet[Meeting]:
    """Return meetings to come of programmes `user` is staff of, to which nobody is invited yet, soonest first.

    Not those of a group on which nobody serves.
    """
    serving = Term.objects.effective_on(timezone.localdate(now)).filter(group=OuterRef("group"))
    meetings = Meeting.objects.filter(
        Exists(serving),
        group__programme__in=programmes_where(user, Role.STAFF),
        event__starts_at__gt=now,
        event__status=Event.Status.PLANNED,
        event__invitations=None,
    )
    return meetings.select_related("event", "made_by").order_by("event__starts_at", "pk")


def agendas_to_send(user: User, now: dt.datetime) -> QuerySet[Meeting]:
    """Return meetings to come that `user` leads and whose agenda members have not been told of, soonest first."""
    return led_by(user).filter(agenda_sent_at=None, event__starts_at__gt=now).order_by("event__starts_at", "pk")


def minutes_to_write(user: User, now: dt.datetime) -> QuerySet[Meeting]:
    """Return meetings that are over, that `user` leads and whose minutes members have not been sent, oldest first."""
    unsent = [Meeting.Minutes.NONE, Meeting.Minutes.DRAFT]
    return led_by(user).filter(minutes__in=unsent, event__ends_at__lte=now).order_by("event__starts_at", "pk")


def minutes_to_agree(user: User, now: dt.datetime) -> QuerySet[Meeting]:
    """Return meetings that `user` leads, whose minutes wait to be agreed, and after which the group has met again."""
    later = Meeting.objects.filter(
        group=OuterRef("group"), event__starts_at__gt=OuterRef("event__starts_at"), event__starts_at__lte=now
    ).exclude(event__status=Event.Status.CANCELLED)
    waiting = led_by(user).filter(Exists(later), minutes=Meeting.Minutes.TO_CORRECT)
    return waiting.order_by("event__starts_at", "pk")


def items_to_lead(user: User, now: dt.datetime) -> QuerySet[AgendaItem]:
    """Return what `user` leads at meetings to come whose agenda members know, soonest first."""
    items = AgendaItem.objects.filter(
        leader__user=user,
        is_out=False,
        meeting__agenda_sent_at__isnull=False,
        meeting__event__starts_at__gt=now,
        meeting__event__status=Event.Status.PLANNED,
    )
    return items.select_related("meeting__event").order_by(F("meeting__event__starts_at"), "position", "pk")
