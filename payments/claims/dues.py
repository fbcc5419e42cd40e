"""Work out what people are owed for a cancelled event."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from events.models import Event, Invitation
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.policy.terms import Terms
from people.models import Person
from programmes.models import Membership, Role
from wellbeing.lib.types import Pence


@dataclass(frozen=True)
class DayFee:
    """The pay for one day of a cancelled event: for `hours`, and how it was worked out."""

    on: dt.date
    by_offer: bool
    hours: Decimal
    pence: Pence
    how: str


@dataclass(frozen=True)
class CancellationFee:
    """The pay of one person for a cancelled event, day by day."""

    person: Person
    terms: Terms
    days: tuple[DayFee, ...]

    @property
    def pence(self) -> Pence:
        return sum(day.pence for day in self.days)


def dues(event: Event) -> list[CancellationFee]:
    """Return the cost of cancelling `event` today: a fee for each person it is owed to, by name."""
    if event.is_over:
        return []
    days_before = max((event.day - timezone.localdate()).days, 0)
    people = list(_who_had_said_yes(event))
    terms_of = policy_queries.terms_at(event, [person.pk for person in people])
    roles = policy_queries.roles_on(event.programme_id, [person.pk for person in people], event.day, event)
    hours = zip([day.date for day in event.days], policy_queries.hours_each_day(event), strict=True)
    days = list(hours)
    fees = []
    for person in people:
        if terms := terms_of.get(person.pk):
            due = [_fee_of(terms, event, roles.get(person.pk, ()), day, days_before) for day in days]
            if paid := tuple(filter(None, due)):
                fees.append(CancellationFee(person, terms, paid))
    return fees


def _fee_of(
    terms: Terms, event: Event, roles: Iterable[str], day: tuple[dt.date, Decimal], days_before: int
) -> DayFee | None:
    """Return what is due for one day, a date with its hours; None where nothing is."""
    on, hours = day
    fee = terms.cancelled_fee(event.kind, roles, hours, days_before)
    if fee is None or not fee.pence:
        return None
    offered = terms.offered if fee.rule.version_id != terms.in_force.pk else None
    how = policy_wording.with_version(policy_wording.cancelled_used(days_before, fee.percent, fee.full_pence), offered)
    return DayFee(on, offered is not None, hours, fee.pence, how)


def _who_had_said_yes(event):
    # A yes to another day, from before the event moved, kept no day free that is lost now.
    coming = Invitation.objects.for_the_day_it_has().filter(event=event, reply=Invitation.Reply.COMING)
    paid = Membership.objects.effective_on(event.day).filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE)
    return (
        Person.objects.filter(pk__in=coming.values("person"))
        .filter(pk__in=paid.values("person"))
        .exclude(claims__event=event)
        .order_by("sort_key", "pk")
    )
