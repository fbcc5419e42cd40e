"""Work out what people are owed for a cancelled event."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from events.models import Event, Invitation
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.policy.models.versions import PolicyVersion
from people.models import Person
from programmes.models import Membership, Role
from wellbeing.lib.types import Pence


@dataclass(frozen=True)
class CancellationFee:
    """The pay of one person for a cancelled event: for `hours`, and how it was worked out."""

    person: Person
    policy: PolicyVersion
    hours: Decimal
    pence: Pence
    how: str


def dues(event: Event) -> list[CancellationFee]:
    """Return the cost of cancelling `event` today: a fee for each person it is owed to, by name."""
    policy = policy_queries.policy_in_force(event.programme, event.day)
    if policy is None or event.is_over:
        return []
    days_before = max((event.day - timezone.localdate()).days, 0)
    percent = policy.share_when_cancelled(days_before)
    if not percent:
        return []
    people = list(_who_had_said_yes(event))
    roles = policy_queries.roles_on(event.programme_id, [person.pk for person in people], event.day, event)
    hours = calculations.hours_between(event.starts_at, event.ends_at)
    fees = []
    for person in people:
        rule = policy.fee_rule_for(event.kind, roles.get(person.pk, ()))
        full = calculations.fee(rule.terms, hours) if rule else 0
        pence = calculations.percent_of(full, percent)
        if pence:
            how = policy_wording.cancelled_used(days_before, percent, full)
            fees.append(CancellationFee(person, policy, hours, pence, how))
    return fees


def _who_had_said_yes(event):
    coming = Invitation.objects.filter(event=event, reply=Invitation.Reply.COMING)
    paid = Membership.objects.effective_on(event.day).filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE)
    return (
        Person.objects.filter(pk__in=coming.values("person"))
        .filter(pk__in=paid.values("person"))
        .exclude(claims__event=event)
        .order_by("sort_key", "pk")
    )
