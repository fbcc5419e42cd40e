"""Parts that events add to privacy: the days somebody was a part of, invitations that end, papers made anew."""

import datetime as dt

from django.utils import timezone

from events.access.models import EventNeed
from events.inviting.models import Invitation
from events.papers import documents as meeting_documents
from events.places import line
from events.planning.transitions import lock_event
from people.privacy import hooks


def register():
    """Register them once, when the app is ready."""
    hooks.before_erasure.append(come_to_nothing_more)
    hooks.last_days.append(last_day_of_events)
    hooks.files_made_anew["events.MeetingPaper"] = meeting_documents.JOB_KIND


def come_to_nothing_more(person):
    """Say no to each event to come, so that nobody waits for `person`, and nothing is arranged for them.

    A place they had or waited for goes to who waits next. Locks the events.
    """
    now = timezone.now()
    coming = Invitation.objects.filter(person=person, event__starts_at__gt=now)
    for key in sorted(coming.exclude(reply=Invitation.Reply.NOT_COMING).values_list("event", flat=True)):
        event = lock_event(key)
        invitation = Invitation.objects.select_for_update().get(person=person, event=event)
        invitation.event = event
        invitation.reply, invitation.replied_at = Invitation.Reply.NOT_COMING, now
        invitation.joins = invitation.part_of_day = ""
        invitation.save(update_fields=["reply", "replied_at", "joins", "part_of_day"])
        line.follow_reply(invitation, None)
    EventNeed.objects.filter(person=person, event__starts_at__gt=now, gone_at=None).update(gone_at=now)


def last_day_of_events(person):
    """Return the last day `person` was invited to; None while one is to come."""
    last = Invitation.objects.filter(person=person).order_by("-event__ends_at").values_list("event__ends_at", flat=True)
    ends_at = last.first()
    if ends_at is None:
        return dt.date.min
    return None if ends_at > timezone.now() else timezone.localdate(ends_at)
