"""Write the messages about events to the outbox in workers, a batch at a time, with progress.

Each batch is one transaction that holds the event, as do the actions that add invitations, change or cancel it. A batch
killed half-way leaves nothing behind; one that is done twice finds that the keys of its messages exist.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from events import registry
from events.inviting import emails
from events.inviting.models import Invitation
from events.planning import queries as planning_queries
from events.planning.models import Event
from events.planning.transitions import lock_event
from people.jobs import running
from people.jobs.models import Job
from people.messages import outbox
from people.messages.models import Message

BATCH = 50


def send_invitations(job: Job) -> None:
    """Write the invitations of the event `job.subject_id` that have no message yet."""
    done = 0
    while True:
        with transaction.atomic():
            event = lock_event(job.subject_id)
            batch = []
            if event.takes_replies:
                unsent = event.invitations.unsent().select_related("person").order_by("pk")
                batch = list(unsent[:BATCH])
            if not batch:
                # Closed while the event is locked: inviting more people a moment later starts a new job.
                running.finish(job)
                return
            _write_invitations(event, batch)
            left = event.invitations.unsent().count()
        done += len(batch)
        running.progress(job, done, max(job.total, done + left))


def send_changes(job: Job) -> None:
    """Tell everyone who knows of the event that its day, time or place is a new one."""
    last, done, sequence = 0, 0, None
    while True:
        with transaction.atomic():
            event = lock_event(job.subject_id)
            if event.sequence != sequence:
                # It changed again meanwhile: those written to in the first place need the newest.
                last, done, sequence = 0, 0, event.sequence
            invitations = event.invitations.told().exclude(reply=Invitation.Reply.NOT_COMING)
            to_write = invitations.exclude(person__email="").filter(pk__gt=last).select_related("person").order_by("pk")
            batch = list(to_write[:BATCH]) if event.takes_replies else []
            if not batch:
                running.finish(job)
                return
            _write(event, batch, emails.changed)
            left = to_write.filter(pk__gt=batch[-1].pk).count()
        last, done = batch[-1].pk, done + len(batch)
        running.progress(job, done, done + left)


def send_cancellation(job: Job) -> None:
    """Tell everyone who knows of the event that it will not take place."""
    last, done = 0, 0
    while True:
        with transaction.atomic():
            event = lock_event(job.subject_id)
            to_write = event.invitations.told().exclude(person__email="").filter(pk__gt=last)
            batch = list(to_write.select_related("person").order_by("pk")[:BATCH])
            if not batch:
                return
            for invitation in batch:
                invitation.event = event
            outbox.enqueue_many([emails.cancelled(invitation) for invitation in batch])
            left = to_write.filter(pk__gt=batch[-1].pk).count()
        last, done = batch[-1].pk, done + len(batch)
        running.progress(job, done, done + left)


def _write_invitations(event: Event, batch: list[Invitation]) -> None:
    messages = _write(event, batch, emails.invitation)
    paid = planning_queries.paid_people(event, [invitation.person_id for invitation in batch])
    registry.offers_made(event, [invitation for invitation in batch if invitation.person_id in paid])
    for invitation, message in zip(batch, messages, strict=True):
        invitation.message = message
    Invitation.objects.bulk_update(batch, ["message"])


def _write(event: Event, batch: list[Invitation], draft: Callable[..., dict[str, Any]]) -> list[Message]:
    offer = registry.offer_for(event)
    paid = planning_queries.paid_people(event, [invitation.person_id for invitation in batch]) if offer else set()
    own = registry.offers_for(event, paid) if paid else {}
    drafts = []
    for invitation in batch:
        invitation.event = event
        drafts.append(
            draft(invitation, offer=own.get(invitation.person_id, offer) if invitation.person_id in paid else None)
        )
    return outbox.enqueue_many(drafts)
