"""Work out what people are owed for a cancelled event."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from events.models import Event, Invitation
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.policy.terms import Terms
from people.models import Person
from programmes.models import Membership, Role
from wellbeing.lib.types import Pence


@dataclass(frozen=True)
class CancellationFee:
    """The pay of one person for a cancelled event: for `hours`, and how it was worked out."""

    person: Person
    terms: Terms
    by_offer: bool
    hours: Decimal
    pence: Pence
    how: str


def dues(event: Event) -> list[CancellationFee]:
    """Return the cost of cancelling `event` today: a fee for each person it is owed to, by name."""
    if event.is_over:
        return []
    days_before = max((event.day - timezone.localdate()).days, 0)
    people = list(_who_had_said_yes(event))
    terms_of = policy_queries.terms_at(event, [person.pk for person in people])
    roles = policy_queries.roles_on(event.programme_id, [person.pk for person in people], event.day, event)
    hours = calculations.hours_between(event.starts_at, event.ends_at)
    fees = []
    for person in people:
        if terms := terms_of.get(person.pk):
            fees += _fee_of(person, terms, event, roles.get(person.pk, ()), hours, days_before)
    return fees


def _fee_of(person, terms, event, roles, hours, days_before):
    """Return the fee of one person in a list; [] where nothing is due to them."""
    fee = terms.cancelled_fee(event.kind, roles, hours, days_before)
    if fee is None or not fee.pence:
        return []
    offered = terms.offered if fee.rule.version_id != terms.in_force.pk else None
    how = policy_wording.with_version(policy_wording.cancelled_used(days_before, fee.percent, fee.full_pence), offered)
    return [CancellationFee(person, terms, offered is not None, hours, fee.pence, how)]


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
