"""What people are paid when the programme cancels late: a claim with the share of their payment, opened for them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Invitation
from payments import calculations, emails, queries, wording
from payments.models import Claim, ClaimLine, Numbering
from people.actions import outbox
from people.models import Person
from programmes.models import Membership, Role


@transaction.atomic
def open_for_cancelled(*, event, by):
    """Open a claim for each person with lived experience who had said yes to a cancelled event, where that is paid.

    The policy in force on the day of the event says what is due: nothing when it was cancelled sooner than so many days
    before, or when its day was over already and the books are only put right. Whoever has a claim for the event keeps
    that one, so asking again opens nothing twice. Returns the new Claims, by name; each person is told by e-mail.
    """
    policy = queries.policy_in_force(event.programme, event.day)
    days_before = max((event.day - timezone.localdate()).days, 0)
    percent = policy.share_when_cancelled(days_before) if policy and not event.is_over else 0
    if not percent:
        return []
    people = list(_who_had_said_yes(event))
    roles = queries.roles_on(event.programme_id, [person.pk for person in people], event.day, event)
    hours = calculations.hours_between(event.starts_at, event.ends_at)
    opened = []
    for person in people:
        rule = policy.fee_rule_for(event.kind, roles.get(person.pk, ()))
        full = calculations.fee(rule.terms, hours) if rule else 0
        due = calculations.percent_of(full, percent)
        if not due:
            continue
        claim = Claim.objects.create(
            programme=event.programme,
            person=person,
            event=event,
            reference=f"{event.programme.short_code}-{Numbering.objects.next_claim(event.programme):04d}",
            activity=event.kind,
            description=event.title,
            activity_date=event.day,
            policy=policy,
        )
        ClaimLine.objects.create(
            claim=claim,
            category=ClaimLine.Category.TIME,
            description=_("Your time, though it was cancelled"),
            on=event.day,
            hours=hours,
            amount_pence=due,
            rate_note=wording.cancelled_used(days_before, percent, full),
        )
        opened.append(claim)
    outbox.enqueue_many([draft for claim in opened for draft in emails.claim_for_cancelled(claim)])
    return opened


def _who_had_said_yes(event):
    coming = Invitation.objects.filter(event=event, reply=Invitation.Reply.COMING)
    paid = Membership.objects.in_force(event.day).filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE)
    return (
        Person.objects.filter(pk__in=coming.values("person"))
        .filter(pk__in=paid.values("person"))
        .exclude(claims__event=event)
        .order_by("full_name", "pk")
    )
