"""Questions the pages of events ask."""

import datetime as dt
from collections import Counter

from django.db.models import BooleanField, Count, Exists, OuterRef, Q
from django.utils import timezone

from people.models import AccessNeed, Message, Person
from programmes.models import Group, Membership, Role, Term
from programmes.models.roles import programmes_where

from .models import Attendance, Event, Invitation

# Whose access needs are planned for: whoever may yet come.
MAY_COME = (Invitation.Reply.COMING, Invitation.Reply.NOT_SURE, "")


def people_of_programme(programme_id, *days):
    """People who hold a role in the programme, or a term on one of its groups, on any of `days` (dates)."""
    found = Q()
    for day in days:
        roles = Membership.objects.in_force(day).filter(person=OuterRef("pk"), programme=programme_id)
        terms = Term.objects.in_force(day).filter(person=OuterRef("pk"), group__programme=programme_id)
        found |= Q(Exists(roles)) | Q(Exists(terms))
    return Person.objects.filter(found)


def people_to_invite(event):
    """People of the programme on the day of the event, each with `invited`: whether they were asked already."""
    asked = Invitation.objects.filter(event=event, person=OuterRef("pk"))
    return people_of_programme(event.programme_id, event.day).annotate(invited=Exists(asked))


def people_who_may_have_come(event):
    """People of the programme on the day of the event or today: whoever came may have joined only afterwards."""
    return people_of_programme(event.programme_id, event.day, timezone.localdate())


def roles_on(programme_id, person_ids, day):
    """What each person is to the programme on `day`: {person id: [label of a role or group, …]}. Two queries."""
    labels = {}
    held = Membership.objects.in_force(day).filter(programme=programme_id, person__in=person_ids)
    for membership in held.only("person_id", "role").order_by("role"):
        labels.setdefault(membership.person_id, []).append(membership.get_role_display())
    terms = Term.objects.in_force(day).filter(group__programme=programme_id, person__in=person_ids)
    for person_id, group in terms.values_list("person_id", "group__name").order_by("group__name"):
        labels.setdefault(person_id, []).append(group)
    return labels


def groups_of(programme_id):
    """The programme's groups, by name."""
    return Group.objects.filter(programme=programme_id).order_by("name")


def paid_people(event, person_ids):
    """Those of `person_ids` who are paid for coming: people with lived experience of the programme on the day."""
    return set(
        Membership.objects.in_force(event.day)
        .filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE, person__in=person_ids)
        .values_list("person_id", flat=True)
    )


def is_paid(event, person):
    """Whether `person` is paid for coming to `event`."""
    return bool(paid_people(event, [person.pk]))


def with_counts(events):
    """Events, each with `invited`, `coming`, `not_coming`, `not_sure` and `no_reply` as whole numbers."""
    reply = Invitation.Reply
    return events.annotate(
        invited=Count("invitations"),
        coming=Count("invitations", filter=Q(invitations__reply=reply.COMING)),
        not_coming=Count("invitations", filter=Q(invitations__reply=reply.NOT_COMING)),
        not_sure=Count("invitations", filter=Q(invitations__reply=reply.NOT_SURE)),
        no_reply=Count("invitations", filter=Q(invitations__reply="")),
    )


def reply_counts(event):
    """How many said what: {"invited", "coming", "not_coming", "not_sure", "no_reply"}."""
    counts = Counter(event.invitations.order_by().values_list("reply", flat=True))
    return {
        "invited": sum(counts.values()),
        "coming": counts[Invitation.Reply.COMING],
        "not_coming": counts[Invitation.Reply.NOT_COMING],
        "not_sure": counts[Invitation.Reply.NOT_SURE],
        "no_reply": counts[""],
    }


def needs_to_plan_for(event):
    """Recorded access needs of everyone who may come, and how many people have each: [(need, number), …]."""
    wanted = AccessNeed.objects.filter(
        Exists(Invitation.objects.filter(event=event, person=OuterRef("person"), reply__in=MAY_COME))
    )
    numbers = dict(wanted.order_by().values_list("kind").annotate(number=Count("person", distinct=True)))
    return [(label, numbers[kind]) for kind, label in AccessNeed.Kind.choices if kind in numbers]


def questions_of(event):
    """Invitations of the event with a question nobody has answered, oldest first."""
    return event.invitations.waiting_for_answer().select_related("person").order_by("replied_at", "pk")


def failed_messages(event):
    """How many invitations to the event could not be delivered."""
    return event.invitations.filter(message__status=Message.Status.FAILED).count()


def attendance_rows(event, extra_ids=()):
    """Everyone for the attendance page, by name: who was invited, who is recorded, and the people `extra_ids`.

    Each Person carries `reply` ("" for none), `came` (True, False or None when not recorded) and `invited`.
    """
    invited = dict(event.invitations.values_list("person_id", "reply"))
    came = dict(Attendance.objects.filter(event=event).values_list("person_id", "came"))
    rows = []
    for person in Person.objects.filter(pk__in={*invited, *came, *extra_ids}).order_by("full_name", "pk"):
        person.invited = person.pk in invited
        person.reply = invited.get(person.pk, "")
        person.came = came.get(person.pk)
        rows.append(person)
    return rows


def my_invitations(person):
    """Invitations of `person` with their events, latest first, each with `came`: True, False or None."""
    recorded = Attendance.objects.filter(event=OuterRef("event"), person=person)
    return (
        Invitation.objects.filter(person=person)
        .select_related("event__programme")
        .annotate(
            recorded=Exists(recorded),
            came=Exists(recorded.filter(came=True), output_field=BooleanField()),
        )
        .order_by("-event__starts_at", "-pk")
    )


def invitations_to_reply_to(person, now):
    """Invitations of `person` to events still to come that have no reply yet, soonest wanted first."""
    return (
        Invitation.objects.filter(person=person, reply="", event__status=Event.Status.PLANNED, event__starts_at__gt=now)
        .select_related("event")
        .order_by("event__reply_by", "event__starts_at")
    )


def coming_up_for(person, now):
    """Invitations of `person` to events that have not ended, soonest first, except those they said no to."""
    return (
        Invitation.objects.filter(person=person, event__status=Event.Status.PLANNED, event__ends_at__gte=now)
        .exclude(reply=Invitation.Reply.NOT_COMING)
        .select_related("event__programme")
        .order_by("event__starts_at", "pk")
    )


def _managed_events(user):
    return Event.objects.filter(programme__in=programmes_where(user, Role.STAFF)).select_related("programme")


def events_without_attendance(user, now):
    """Events that have ended, nobody having recorded who came, of programmes where `user` is staff; oldest first."""
    return _managed_events(user).filter(status=Event.Status.PLANNED, ends_at__lt=now).order_by("ends_at")


def events_with_questions(user):
    """Events with unanswered questions (`questions`: how many), of programmes where `user` is staff."""
    waiting = Q(invitations__answer="") & ~Q(invitations__question="")
    return (
        _managed_events(user)
        .annotate(questions=Count("invitations", filter=waiting))
        .filter(questions__gt=0)
        .order_by("starts_at")
    )


def events_with_failed_messages(user, now):
    """Events to come with invitations that could not be delivered (`failed`: how many), for staff."""
    failed = Q(invitations__message__status=Message.Status.FAILED)
    return (
        _managed_events(user)
        .filter(status=Event.Status.PLANNED, starts_at__gt=now)
        .annotate(failed=Count("invitations", filter=failed))
        .filter(failed__gt=0)
        .order_by("starts_at")
    )


def next_events(programme, now, number=3):
    """The next `number` planned events of a programme, soonest first, with their counts."""
    return with_counts(Event.objects.filter(programme=programme).still_to_come(now)).order_by("starts_at")[:number]


def soon(day, on, days=2):
    """Whether the date `day` is at most `days` days after `on`."""
    return day - on <= dt.timedelta(days=days)
