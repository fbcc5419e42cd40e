"""Answer questions about invitations and replies."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from events.inviting.models import ASKED_AGAIN, Invitation, InvitationRules
from events.planning.models import Event
from events.planning.queries import _managed_events, people_of_programme
from people.directory.models import Person
from people.messages import queries as message_queries
from people.models import AccessNeed, Mailing, Message
from people.needs.models import Whose, said_of
from programmes.programme.models.programmes import Programme
from wellbeing.lib.types import PersonId, Text, User

# The replies of people who may yet come: their access needs are planned for.
MAY_COME = (Invitation.Reply.COMING, Invitation.Reply.NOT_SURE, "")


def people_to_invite(event: Event) -> QuerySet[Any]:
    """Return people of the programme on the day of the event, each with `invited`: whether they already were."""
    invitations = Invitation.objects.filter(event=event, person=OuterRef("pk"))
    return people_of_programme(event.programme_id, event.day).annotate(invited=Exists(invitations))


def for_calendar(person_id: PersonId, now: dt.datetime) -> QuerySet[Invitation]:
    """Return invitations of a person to events that have not ended at `now`, soonest first; cancelled ones, too.

    Those they cannot come to are left out.
    """
    invited = Invitation.objects.filter(person=person_id, reply__in=MAY_COME, event__ends_at__gte=now)
    return (
        invited.exclude(event__status=Event.Status.HELD)
        .select_related("event__programme")
        .order_by("event__starts_at", "event")
    )


def events_with_details_due(now: dt.datetime) -> QuerySet[Event]:
    """Return planned events whose joining details are due at `now`, as the rules of that day say, soonest first."""
    last = now + dt.timedelta(days=InvitationRules.objects.in_force(timezone.localdate(now)).details_days)
    soon = Event.objects.filter(status=Event.Status.PLANNED, starts_at__gt=now, starts_at__lte=last)
    return soon.order_by("starts_at", "pk")


def with_counts(events: QuerySet[Event]) -> QuerySet[Any]:
    """Return events, each with the numbers `invited`, `coming`, `not_coming`, `not_sure`, `waiting`, `no_reply`."""
    reply = Invitation.Reply
    return events.annotate(
        invited=Count("invitations"),
        coming=Count("invitations", filter=Q(invitations__reply=reply.COMING)),
        not_coming=Count("invitations", filter=Q(invitations__reply=reply.NOT_COMING)),
        not_sure=Count("invitations", filter=Q(invitations__reply=reply.NOT_SURE)),
        waiting=Count("invitations", filter=Q(invitations__reply=reply.WAITING)),
        no_reply=Count("invitations", filter=Q(invitations__reply="")),
    )


def reply_counts(event: Event) -> dict[str, int]:
    """Count the replies: {"invited", "coming", "not_coming", "not_sure", "waiting", "no_reply", "asked_again"}.

    Who is asked again is in the count of their reply as well.
    """
    rows = event.invitations.order_by().values("reply")
    counts, again = Counter[str](), 0
    for row in rows.annotate(people=Count("pk"), again=Count("pk", filter=ASKED_AGAIN)):
        counts[row["reply"]] = row["people"]
        again += row["again"]
    return {
        "invited": sum(counts.values()),
        "coming": counts[Invitation.Reply.COMING],
        "not_coming": counts[Invitation.Reply.NOT_COMING],
        "not_sure": counts[Invitation.Reply.NOT_SURE],
        "waiting": counts[Invitation.Reply.WAITING],
        "no_reply": counts[""],
        "asked_again": again,
    }


def needs_to_plan_for(event: Event) -> list[tuple[Text, int]]:
    """Count how many people who may come have each recorded need, or bring somebody with it: [(need, number), …]."""
    needs = AccessNeed.objects.filter(
        Exists(Invitation.objects.filter(event=event, person=OuterRef("person"), reply__in=MAY_COME))
    )
    rows = needs.order_by().values_list("whose", "kind").annotate(number=Count("person", distinct=True))
    numbers = {(whose, kind): number for whose, kind, number in rows}
    return [
        (said_of(label, whose), numbers[whose, kind])
        for whose in Whose
        for kind, label in AccessNeed.Kind.choices
        if (whose, kind) in numbers
    ]


def with_needs(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Return those of `rows` whose person may come, and said or is recorded to need something."""
    recorded = AccessNeed.objects.filter(person=OuterRef("person"))
    return rows.filter(Q(Exists(recorded)) | ~Q(access_needs=""), reply__in=MAY_COME)


def people_with_needs(event: Event) -> QuerySet[Invitation, int]:
    """Return the keys of those who may come to `event` and need something: for the record of who looked."""
    return with_needs(event.invitations.all()).values_list("person_id", flat=True)


def questions_of(event: Event) -> QuerySet[Invitation]:
    """Return invitations of the event with a question nobody has answered, oldest first."""
    return event.invitations.waiting_for_answer().select_related("person").order_by("replied_at", "pk")


def failed_messages(event: Event) -> int:
    """Count the invitations to the event that could not be delivered."""
    return event.invitations.filter(message_queries.not_reached("notice")).count()


def to_tell_by_hand(event: Event) -> int:
    """Count the invitations to the event whose person a colleague has still to ring, write to or tell."""
    by_hand = Message.objects.by_hand().filter(notice=OuterRef("notice"))
    return event.invitations.filter(Exists(by_hand)).count()


def latest_mailing(event: Event) -> Mailing | None:
    """Return the last mailing to the people invited to the event: invitations, a change, or that it is cancelled."""
    return Mailing.objects.filter(key__startswith=f"event:{event.pk}:").first()


def invitations_to_reply_to(person: Person, now: dt.datetime) -> QuerySet[Invitation]:
    """Return invitations of `person` to events still to come that want a reply, soonest wanted first."""
    return (
        Invitation.objects.wanting_a_reply()
        .filter(person=person, event__status=Event.Status.PLANNED, event__starts_at__gt=now)
        .select_related("event")
        .order_by("event__reply_by", "event__starts_at")
    )


def coming_up_for(person: Person, now: dt.datetime) -> QuerySet[Invitation]:
    """Return invitations of `person` to events that have not ended, soonest first, except those they said no to."""
    return (
        Invitation.objects.filter(person=person, event__status=Event.Status.PLANNED, event__ends_at__gte=now)
        .exclude(reply=Invitation.Reply.NOT_COMING)
        .select_related("event__programme")
        .order_by("event__starts_at", "pk")
    )


def events_with_questions(user: User) -> QuerySet[Any]:
    """Return events with unanswered questions (`questions`: how many), of programmes where `user` is staff."""
    waiting = Q(invitations__answer="") & ~Q(invitations__question="")
    return (
        _managed_events(user)
        .annotate(questions=Count("invitations", filter=waiting))
        .filter(questions__gt=0)
        .order_by("starts_at")
    )


def events_with_failed_messages(user: User, now: dt.datetime) -> QuerySet[Any]:
    """Return events to come with invitations that could not be delivered (`failed`: how many), for staff."""
    lost = Invitation.objects.filter(message_queries.not_reached("notice"), event=OuterRef("pk"))
    number = lost.order_by().values("event").annotate(number=Count("pk")).values("number")
    return (
        _managed_events(user)
        .filter(status=Event.Status.PLANNED, starts_at__gt=now)
        .annotate(failed=Subquery(number))
        .filter(failed__gt=0)
        .order_by("starts_at")
    )


def next_events(programme: Programme, now: dt.datetime, number: int = 3) -> QuerySet[Any]:
    """Return the next `number` planned events of a programme, soonest first, with their counts."""
    return with_counts(Event.objects.filter(programme=programme).still_to_come(now)).order_by("starts_at")[:number]
