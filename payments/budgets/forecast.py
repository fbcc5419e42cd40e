"""Forecast of fees and expenses of events to come, by budget line."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from events.models import Event, Invitation
from events.places.queries import with_places
from payments.budgets.models import BudgetLine, BudgetRule
from payments.budgets.queries import COUNTED
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.policy import calculations
from payments.policy import queries as policy_queries
from programmes.models import Membership, Programme, Role
from wellbeing.lib.money import round_pence
from wellbeing.lib.types import Pence


# Events to come
@dataclass(frozen=True)
class YesRate:
    """The number of people `invited` to past events, and of those who said `yes`."""

    yes: int
    invited: int

    def expected(self, people):
        """Estimate how many of `people` who have not said will come: all of them while nothing is known."""
        return round_pence(Decimal(people) * self.yes / self.invited) if self.invited else people


@dataclass(frozen=True)
class EventForecast:
    """The likely cost of one event to come, and how it was worked out.

    `line` is the BudgetLine its claims will go to, or None. `said_yes` people with lived experience said they come;
    of `maybe` who have not said, `expected_maybe` are counted: as many as `rate` expects, and no more than have a
    place. Each is paid `fee_pence` for their time and costs `expenses_pence`, the average of past events: of the same
    kind (`same_kind`) where there were any.
    """

    event: Event
    line: BudgetLine | None
    said_yes: int
    maybe: int
    expected_maybe: int
    fee_pence: Pence
    expenses_pence: Pence
    same_kind: bool
    rate: YesRate

    @property
    def capped(self):
        """Return whether more would be counted if there were places for them."""
        return self.expected_maybe < self.rate.expected(self.maybe)

    @property
    def people(self):
        return self.said_yes + self.expected_maybe

    @property
    def pence(self):
        return self.people * (self.fee_pence + self.expenses_pence)


def forecast_of(event: Event) -> EventForecast | None:
    """Forecast the cost of one event to come, as `forecast` does; None for one that is over or cancelled."""
    return next(iter(forecast(event.programme, only=event)), None)


def forecast(programme: Programme, only: Event | None = None) -> list[EventForecast]:
    """Forecast the cost of each event of `programme` to come, soonest first; ten queries, however many there are.

    Only people with lived experience are counted, as they are paid.
    """
    to_come = _events_to_come(programme)
    events = list(to_come.filter(pk=only.pk) if only else to_come)
    if not events:
        return []
    rate, spent, replies = yes_rate(programme), average_expenses(programme), _replies_to(events)
    policies = list(policy_queries.policies(programme))
    rules = list(
        BudgetRule.objects.filter(programme=programme, budget_line__closed=False).select_related("budget_line")
    )
    return [
        EventForecast(
            event=event,
            line=_line_of_event(event, rules),
            said_yes=replies[event.pk]["said_yes"],
            maybe=replies[event.pk]["maybe"],
            expected_maybe=_with_a_place(event, rate.expected(replies[event.pk]["maybe"])),
            rate=rate,
            fee_pence=_fee(event, policies),
            expenses_pence=spent.get(event.kind, spent.get("", 0)),
            same_kind=event.kind in spent,
        )
        for event in events
    ]


def _with_a_place(event, people):
    """Return how many of `people` find a place that is free."""
    return people if event.room is None else min(people, max(0, event.room - event.taken))


def pence_by_line(forecasts: Iterable[EventForecast]) -> dict[int | None, Pence]:
    """Add up `forecasts` by the id of their budget line; None for those on no line."""
    sums: dict[int | None, Pence] = {}
    for event_forecast in forecasts:
        key = event_forecast.line.pk if event_forecast.line else None
        sums[key] = sums.get(key, 0) + event_forecast.pence
    return sums


def yes_rate(programme):
    """Count the people with lived experience invited to past events of `programme`, and those who said yes."""
    past = _paid_invitations().filter(
        event__programme=programme, event__ends_at__lt=timezone.now(), event__status__in=_TOOK_PLACE
    )
    counts = past.aggregate(yes=Count("pk", filter=Q(reply=Invitation.Reply.COMING)), invited=Count("pk"))
    return YesRate(**counts)


def average_expenses(programme):
    """Return the average expenses of a claim for an event, in pence, by kind of event; under "" those of all kinds.

    From the claims sent for past events of `programme`; a claim without expenses counts as nothing spent. {} where
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
    """Return the invitations of people who have lived experience in the programme on the day of the event."""
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
    to_come = Event.objects.filter(programme=programme).still_to_come(timezone.now())
    return with_places(to_come).order_by("starts_at", "pk")


def _replies_to(events):
    """Return how many people who are paid said yes to each of `events`, and how many may come: {event id: counts}."""
    counts = (
        _paid_invitations()
        .filter(event__in=events)
        .order_by()
        .values("event")
        .annotate(
            said_yes=Count("pk", filter=Q(reply=Invitation.Reply.COMING)),
            maybe=Count("pk", filter=Q(reply__in=["", Invitation.Reply.NOT_SURE])),
        )
    )
    nobody = {event.pk: {"said_yes": 0, "maybe": 0} for event in events}
    return nobody | {row["event"]: row for row in counts}


def _line_of_event(event, rules):
    for activity in (event.kind, ""):
        for rule in rules:
            line = rule.budget_line
            if rule.activity == activity and line.starts_on <= event.day <= line.ends_on:
                return line
    return None


def _fee(event, policies):
    version = next((policy for policy in policies if policy.effective_from <= event.day), None)
    rule = version.fee_rule_for(event.kind) if version else None
    return sum(calculations.fee(rule.terms, hours) for hours in policy_queries.hours_each_day(event)) if rule else 0
