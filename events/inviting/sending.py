"""Write what is said about events in workers, a batch at a time, with progress.

Each batch is one transaction that holds the event, as do the actions that add invitations, change or cancel it. A batch
killed half-way leaves nothing behind; one that is done twice finds that the keys of its notices exist.
"""

from collections.abc import Callable

from django.db import connection, transaction

from events import registry
from events.inviting import emails
from events.inviting.changes import Change, what_is_new
from events.inviting.models import Invitation
from events.planning import queries as planning_queries
from events.planning.models import Event
from events.planning.transitions import lock_event
from events.registry import Offer
from events.sessions import queries as session_queries
from people.jobs import running
from people.jobs.models import Job
from people.messages.drafts import Draft
from people.messages.models import Mailing, Notice
from people.messages.telling import mailing_for, tell_many, withdraw
from programmes.models import message_audience

BATCH = 200


def send_invitations(job: Job) -> None:
    """Write the invitations of the event `job.subject_id` that have no notice yet."""
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
            _write_invitations(event, batch, _mailing(event, job))
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
            # Somebody who could not come may be able to at another time; a new place changes nothing for them.
            invitations = event.invitations.told().exclude(reply=Invitation.Reply.NOT_COMING, replied_for_start=None)
            to_write = invitations.filter(pk__gt=last).select_related("person", "notice").order_by("pk")
            batch = list(to_write[:BATCH]) if event.takes_replies else []
            if not batch:
                running.finish(job)
                return
            _write_changes(event, batch, _mailing(event, job))
            left = to_write.filter(pk__gt=batch[-1].pk).count()
        last, done = batch[-1].pk, done + len(batch)
        running.progress(job, done, done + left)


def send_cancellation(job: Job) -> None:
    """Tell everyone who knows of the event that it will not take place."""
    last, done = 0, 0
    while True:
        with transaction.atomic():
            event = lock_event(job.subject_id)
            to_write = event.invitations.told().filter(pk__gt=last)
            batch = list(to_write.select_related("person", "notice").order_by("pk")[:BATCH])
            if not batch:
                return
            for invitation in batch:
                invitation.event = event
            # Somebody nobody has told of the event yet need not hear that it was cancelled.
            untold = _withdraw(batch)
            _last_told(event, batch)
            mailing = _mailing(event, job)
            drafts = [emails.cancelled(one) for one in batch if one.notice_id not in untold]
            tell_many([{**draft, "mailing": mailing} for draft in drafts])
            left = to_write.filter(pk__gt=batch[-1].pk).count()
        last, done = batch[-1].pk, done + len(batch)
        running.progress(job, done, done + left)


def _mailing(event: Event, job: Job) -> Mailing:
    """Return the mailing of a job, under which staff see how far it has come, and can pause it."""
    voice = message_audience(event.programme_id)
    return mailing_for(f"event:{event.pk}:{job.pk}", f"{job.title}: {event}", audience=voice, started_by=job.started_by)


def _write_invitations(event: Event, batch: list[Invitation], mailing: Mailing | None) -> None:
    beside = registry.beside_for(event, [invitation.person_id for invitation in batch])
    days, alike = session_queries.what_happens_when(event), emails.Batch()

    def invited(invitation: Invitation, *, offer: Offer | None) -> Draft:
        mine = beside.get(invitation.person_id, [])
        return emails.invitation(invitation, offer=offer, beside=mine, days=days, batch=alike)

    notices = _write(event, batch, invited, mailing)
    paid = planning_queries.paid_people(event, [invitation.person_id for invitation in batch])
    registry.offers_made(event, [invitation for invitation in batch if invitation.person_id in paid])
    for invitation, notice in zip(batch, notices, strict=True):
        invitation.notice, invitation.invited_sequence = notice, event.sequence
    _keep_notices(batch, event.sequence)


def _keep_notices(batch: list[Invitation], sequence: int) -> None:
    """Keep which notice each invitation of `batch` has, and of which version of the event, in one plain statement."""
    keys = [invitation.pk for invitation in batch], [invitation.notice_id for invitation in batch]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_invitation SET notice_id = written.notice, invited_sequence = %s"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS written (invitation, notice) WHERE id = written.invitation",
            [sequence, *keys],
        )


def _write_changes(event: Event, batch: list[Invitation], mailing: Mailing | None) -> None:
    """Tell those who know of the event what is new; those nobody has told yet are invited to it as it is now.

    Nothing is written to those for whom nothing is new: it was changed, and changed back, before they heard of it.
    """
    news = _news(event, batch)
    batch = [invitation for invitation in batch if news[invitation.pk] != []]
    untold = _withdraw(batch)
    for invitation in batch:
        invitation.event = event
    anew = [invitation for invitation in batch if invitation.notice_id in untold and not invitation.reply]
    if anew:
        _write_invitations(event, anew, mailing)

    def changed(invitation: Invitation, *, offer: Offer | None) -> Draft:
        return emails.changed(invitation, offer=offer, news=news[invitation.pk] or ())

    _write(event, [invitation for invitation in batch if invitation not in anew], changed, mailing)


def _news(event: Event, batch: list[Invitation]) -> dict[int, list[Change] | None]:
    """Return what is new for each invitation since they were last told, by its key; None where that is not known."""
    told = _last_told(event, batch)
    versions = planning_queries.as_it_was(event, [number for number in told.values() if number is not None])
    joins = {invitation.pk: invitation.may_join for invitation in batch}
    return {
        pk: what_is_new(versions[number], event, with_link=joins[pk]) if number in versions else None
        for pk, number in told.items()
    }


def _last_told(event: Event, batch: list[Invitation]) -> dict[int, int | None]:
    """Return which version of the event each invitation was last told of, by its key; None where that is not known.

    Notices of earlier changes that have not gone out are withdrawn: what is written now says all of it.
    """
    told = {invitation.pk: invitation.invited_sequence for invitation in batch}
    keys = {
        emails.changed_key(invitation, number): (invitation.pk, number)
        for invitation in batch
        for number in range(1, event.sequence)
    }
    notices = list(Notice.objects.filter(key__in=keys).only("key"))
    untold = withdraw(notices)
    for notice in notices:
        if notice.pk not in untold:
            pk, number = keys[notice.key]
            told[pk] = max(number, told[pk] or 0)
    return told


def _withdraw(batch: list[Invitation]) -> set[int]:
    """Cancel the invitations of `batch` that have not gone out. Return the keys of their notices."""
    return withdraw([invitation.notice for invitation in batch if invitation.notice and not invitation.reply])


def _write(event: Event, batch: list[Invitation], draft: Callable[..., Draft], mailing: Mailing | None) -> list[Notice]:
    offer = registry.offer_for(event)
    paid = planning_queries.paid_people(event, [invitation.person_id for invitation in batch]) if offer else set()
    own = registry.offers_for(event, paid) if paid else {}
    drafts = []
    for invitation in batch:
        invitation.event = event
        drafts.append(
            draft(invitation, offer=own.get(invitation.person_id, offer) if invitation.person_id in paid else None)
        )
    return tell_many([{**made, "mailing": mailing} for made in drafts])
