"""Tell those who come, shortly before an event, how to get there or join, and how to say that they cannot."""

import datetime as dt

from django.utils import timezone

from events import registry
from events.inviting import emails
from events.inviting.models import Invitation, InvitationRules
from events.planning.transitions import lock_event
from people.messages.models import Notice
from people.messages.telling import tell_many
from wellbeing.lib.actions import action
from wellbeing.lib.types import User

BATCH = 50


@action
def send(*, event_id: int, by: User | None, after: int = 0) -> int:
    """Tell the next people who come to the event what they need to get there. Return the key of the last, or 0.

    A batch at a time, of invitations after the key `after`; 0 means that nobody is left. Safe to repeat: nobody is told
    twice of the same time. Who replied within these last days has read it all in the message that confirms their reply.
    Locks the event.
    """
    event = lock_event(event_id)
    days = InvitationRules.objects.in_force(timezone.localdate()).details_days
    if not event.takes_replies:
        return 0
    before = event.starts_at - dt.timedelta(days=days)
    coming = event.invitations.filter(
        reply=Invitation.Reply.COMING, replied_for_start=None, replied_at__lt=before, pk__gt=after
    )
    batch = list(coming.select_related("person").order_by("pk")[:BATCH])
    for invitation in batch:
        invitation.event = event
    told = set(Notice.objects.filter(key__in=[emails.details_key(one) for one in batch]).values_list("key", flat=True))
    papers = registry.papers_of(event)
    tell_many([emails.joining_details(one, papers) for one in batch if emails.details_key(one) not in told])
    return batch[-1].pk if len(batch) == BATCH else 0
