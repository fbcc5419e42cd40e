"""Forecast of fees and expenses of events to come, by budget line."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from events.models import Event, Invitation
from payments.budgets.models import BudgetLine, BudgetRule
from payments.budgets.queries import COUNTED
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.policy import calculations
from payments.policy import queries as policy_queries
from programmes.models import Membership, Role
from wellbeing.lib.money import round_pence


# Events to come
@dataclass(frozen=True)
class EventForecast:
    """What one event to come is likely to cost, and how that was worked out. Amounts are whole pence.

    `line` is the BudgetLine its claims will go to, or None. `said_yes` people with lived experience said they come;
    of `maybe` who have not said, `expected_maybe` are counted. Each is paid `fee_pence` for their time and costs
    `expenses_pence`, the average of past events: of the same kind (`same_kind`) where there were any.
    """

    event: Event
    line: BudgetLine | None
    said_yes: int
    maybe: int
    expected_maybe: int
    fee_pence: int
    expenses_pence: int
    same_kind: bool

    @property
    def people(self):
        return self.said_yes + self.expected_maybe

    @property
    def pence(self):
        return self.people * (self.fee_pence + self.expenses_pence)


@dataclass(frozen=True)
class YesRate:
    """Of `invited` people to past events, `yes` said they would come."""

    yes: int
    invited: int

    def expected(self, people):
        """How many of `people` who have not said are likely to come: all of them while nothing is known."""
        return round_pence(Decimal(people) * self.yes / self.invited) if self.invited else people


def forecast(programme):
    """The EventForecast of each event of `programme` to come, soonest first; nine queries, however many there are.

    Only people with lived experience are counted, as they are paid.
    """
    events = list(_events_to_come(programme))
    if not events:
        return []
    rate, spent = yes_rate(programme), average_expenses(programme)
    policies = list(policy_queries.policies(programme))
    rules = list(
        BudgetRule.objects.filter(programme=programme, budget_line__closed=False).select_related("budget_line")
    )
    return [
        EventForecast(
            event=event,
            line=_line_of_event(event, rules),
            said_yes=event.said_yes,
            maybe=event.maybe,
            expected_maybe=rate.expected(event.maybe),
            fee_pence=_fee(event, policies),
            expenses_pence=spent.get(event.kind, spent.get("", 0)),
            same_kind=event.kind in spent,
        )
        for event in events
    ]


def pence_by_line(forecasts):
    """What `forecasts` (EventForecasts) come to on each budget line: {line id: pence}; None for those on no line."""
    sums = {}
    for each in forecasts:
        key = each.line.pk if each.line else None
        sums[key] = sums.get(key, 0) + each.pence
    return sums


def yes_rate(programme):
    """The YesRate of people with lived experience invited to past events of `programme`."""
    past = _paid_invitations().filter(
        event__programme=programme, event__ends_at__lt=timezone.now(), event__status__in=_TOOK_PLACE
    )
    counts = past.aggregate(yes=Count("pk", filter=Q(reply=Invitation.Reply.COMING)), invited=Count("pk"))
    return YesRate(**counts)


def average_expenses(programme):
    """What people spend on average to come to an event of each kind: {kind: pence}; under "" that of all kinds.

    From the claims sent for past events of `programme`; a claim without expenses counts as nothing spent. Empty where
    there are none.
    """
    claims = Claim.objects.filter(programme=programme, event__isnull=False, status__in=COUNTED)
    heads = dict(claims.order_by().values_list("event__kind").annotate(Count("pk")))
    spent = dict(
        ClaimLine.objects.filter(claim__in=claims.values("pk"), category=ClaimLine.Category.EXPENSE)
        .order_by()
        .values_list("claim__event__kind")
        .annotate(pence=Sum(Coalesce("approved_pence", "amount_pence")))
    )
    averages = {kind: round_pence(Decimal(spent.get(kind, 0)) / number) for kind, number in heads.items()}
    if heads:
        averages[""] = round_pence(Decimal(sum(spent.values())) / sum(heads.values()))
    return averages


# A planned event whose day has gone by took place, though nobody has recorded who came.
_TOOK_PLACE = (Event.Status.PLANNED, Event.Status.HELD)


def _paid_invitations():
    """Invitations of those who are people with lived experience of the programme on the day."""
    roles = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("on")),
        person=OuterRef("person"),
        programme=OuterRef("event__programme"),
        role=Role.LIVED_EXPERIENCE,
        starts_on__lte=OuterRef("on"),
    )
    on = TruncDate("event__starts_at", tzinfo=timezone.get_default_timezone())
    return Invitation.objects.annotate(on=on).filter(Exists(roles))


def _events_to_come(programme):
    paid = Q(invitations__in=_paid_invitations().filter(event__programme=programme).values("pk"))
    maybe = Q(invitations__reply__in=["", Invitation.Reply.NOT_SURE])
    return (
        Event.objects.filter(programme=programme)
        .still_to_come(timezone.now())
        .annotate(
            said_yes=Count("invitations", filter=paid & Q(invitations__reply=Invitation.Reply.COMING)),
            maybe=Count("invitations", filter=paid & maybe),
        )
        .order_by("starts_at", "pk")
    )


def _line_of_event(event, rules):
    for activity in (event.kind, ""):
        for rule in rules:
            line = rule.budget_line
            if rule.activity == activity and line.starts_on <= event.day <= line.ends_on:
                return line
    return None


def _fee(event, policies):
    version = next((each for each in policies if each.effective_from <= event.day), None)
    rule = version.fee_rule_for(event.kind) if version else None
    return calculations.fee(rule.terms, calculations.hours_between(event.starts_at, event.ends_at)) if rule else 0
