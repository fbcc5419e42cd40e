"""What people are paid when the programme cancels late: a claim with the share of their payment, opened for them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Invitation
from payments.claims import emails
from payments.claims.actions.opening import new_claim
from payments.claims.models.lines import ClaimLine
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.policy.models.versions import PolicyVersion
from people.messages import actions as message_actions
from people.models import Person
from programmes.models import Membership, Role


@transaction.atomic
def open_for_cancelled(*, event, by):
    """Open a claim for each person with lived experience who had said yes to a cancelled event, where that is paid.

    The policy in force on the day of the event says what is due: nothing when it was cancelled sooner than so many days
    before, or when its day was over already and the books are only put right. Whoever has a claim for the event keeps
    that one, so asking again opens nothing twice. Returns the new Claims, by name; each person is told by e-mail.
    """
    opened = []
    for due in dues(event):
        claim = new_claim(
            event.programme,
            person=due.person,
            event=event,
            activity=event.kind,
            description=event.title,
            activity_date=event.day,
            policy=due.policy,
        )
        ClaimLine.objects.create(
            claim=claim,
            category=ClaimLine.Category.TIME,
            description=_("Your time, though it was cancelled"),
            on=event.day,
            hours=due.hours,
            amount_pence=due.pence,
            rate_note=due.how,
        )
        opened.append(claim)
    message_actions.enqueue_many([draft for claim in opened for draft in emails.claim_for_cancelled(claim)])
    return opened


@dataclass(frozen=True)
class CancellationFee:
    """What one person is owed for a cancelled event: whole pence for `hours` (Decimal), and how it was worked out."""

    person: Person
    policy: PolicyVersion
    hours: Decimal
    pence: int
    how: str


def dues(event):
    """What cancelling `event` today costs: a CancellationFee for each person it is owed to, by name."""
    policy = policy_queries.policy_in_force(event.programme, event.day)
    days_before = max((event.day - timezone.localdate()).days, 0)
    percent = policy.share_when_cancelled(days_before) if policy and not event.is_over else 0
    if not percent:
        return []
    people = list(_who_had_said_yes(event))
    roles = policy_queries.roles_on(event.programme_id, [person.pk for person in people], event.day, event)
    hours = calculations.hours_between(event.starts_at, event.ends_at)
    found = []
    for person in people:
        rule = policy.fee_rule_for(event.kind, roles.get(person.pk, ()))
        full = calculations.fee(rule.terms, hours) if rule else 0
        pence = calculations.percent_of(full, percent)
        if pence:
            found.append(
                CancellationFee(person, policy, hours, pence, policy_wording.cancelled_used(days_before, percent, full))
            )
    return found


def _who_had_said_yes(event):
    coming = Invitation.objects.filter(event=event, reply=Invitation.Reply.COMING)
    paid = Membership.objects.effective_on(event.day).filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE)
    return (
        Person.objects.filter(pk__in=coming.values("person"))
        .filter(pk__in=paid.values("person"))
        .exclude(claims__event=event)
        .order_by("full_name", "pk")
    )
