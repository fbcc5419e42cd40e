"""Ask who is invited whether travel is to be booked for them, or money given before; show staff who would like it."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Event, Invitation
from events.planning import queries as planning_queries
from events.planning.tabs import CLAIMS, tab_url
from events.registry import Beside
from payments.advances import actions, rules
from payments.advances.models import Advance, AskedBefore, Booking
from payments.policy import queries as policy_queries
from people import registry
from people.models import User
from programmes.models import Role, programmes_where
from wellbeing.lib.types import PersonId

What = AskedBefore.What
TITLES = {
    What.BOOKING: gettext_lazy("Your travel booked for you"),
    What.ADVANCE: gettext_lazy("Money before you travel"),
}
TEXTS = {
    What.BOOKING: gettext_lazy("We buy the ticket, so you do not have to pay first. Somebody gets in touch about it."),
    What.ADVANCE: gettext_lazy(
        "If you cannot pay first, ask for money before the day. Somebody gets in touch about it."
    ),
}


def beside(event: Event, people: Iterable[PersonId]) -> dict[PersonId, list[Beside]]:
    """Return what those of `people` are offered who are paid their costs: travel to a place, and money before.

    Nothing where no policy is in force on the day of the event, or it pays no costs.
    """
    policy = policy_queries.policy_in_force(event.programme, event.day)
    if policy is None or not policy.expense_rules.all():
        return {}
    kinds = [What.BOOKING, What.ADVANCE] if event.venue_name else [What.ADVANCE]
    paid = planning_queries.paid_people(event, people)
    rows = AskedBefore.objects.filter(event=event, person__in=paid).values_list("person", "what", "wants")
    said = {(person, what): wants for person, what, wants in rows}
    return {
        person: [
            Beside(what.value, str(TITLES[what]), str(TEXTS[what]), "", said.get((person, what)), in_message=False)
            for what in kinds
        ]
        for person in paid
    }


def answered(invitation: Invitation, answers: Mapping[str, bool], taken_by: User | None) -> None:
    """Keep what an invited person said, when they replied or told `taken_by`; others' keys are left to others."""
    for what in What:
        if what.value in answers:
            actions.ask_before(invitation=invitation, what=what, wants=answers[what.value], by=taken_by)


def waiting(events: QuerySet[Event]) -> QuerySet[AskedBefore]:
    """Return what people asked for before those of `events` still to come, and what nothing in the record answers yet.

    Who cannot come after all needs nothing.
    """
    booked = Booking.objects.not_removed().filter(person=OuterRef("person"), event=OuterRef("event"))
    given = Advance.objects.filter(person=OuterRef("person"), event=OuterRef("event"))
    may_come = Invitation.objects.filter(person=OuterRef("person"), event=OuterRef("event")).exclude(
        reply=Invitation.Reply.NOT_COMING
    )
    to_come = events.filter(status=Event.Status.PLANNED, starts_at__gt=timezone.now())
    asked = AskedBefore.objects.filter(Exists(may_come), wants=True, event__in=to_come)
    return asked.exclude(Exists(booked), what=What.BOOKING).exclude(Exists(given), what=What.ADVANCE)


def event_panel(user: User, event: Event) -> registry.Panel | None:
    """List for staff and finance who would like travel booked or money before, each with the page that records it."""
    if not rules.can_record_advances(user, event.programme):
        return None
    rows = waiting(Event.objects.filter(pk=event.pk)).select_related("person").order_by("what", "person__sort_key")
    pages = {What.BOOKING: "booking_new", What.ADVANCE: "advance_new"}
    asked = [
        {
            "person": row.person,
            "what": TITLES[What(row.what)],
            "url": reverse(pages[What(row.what)], args=[event.programme.slug])
            + f"?person={row.person_id}&event={event.pk}",
        }
        for row in rows
    ]
    return registry.Panel("payments/advances/asked_before.html", {"asked": asked}, order=55) if asked else None


def home_tasks(user: User) -> list[registry.Task]:
    """Return a task for each event before which somebody waits for travel to be booked or for money."""
    mine = Event.objects.filter(programme__in=programmes_where(user, Role.STAFF))
    numbers = waiting(mine).order_by().values("event").annotate(people=Count("person", distinct=True))
    people = {row["event"]: row["people"] for row in numbers}
    return [
        registry.Task(
            title=ngettext(
                "%(number)s person would like travel booked or money before %(event)s",
                "%(number)s people would like travel booked or money before %(event)s",
                people[event.pk],
            )
            % {"number": people[event.pk], "event": event},
            url=f"{tab_url(event, CLAIMS)}#asked-before",
            detail=_("Record the booking or the advance when it is done."),
            due=event.day,
        )
        for event in Event.objects.filter(pk__in=people).order_by("starts_at", "pk")
    ]
