"""Compare the cost of the claims of the last complete quarter with their cost under a draft of the policy."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Invitation
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy.models.kinds import Activity, ActivityRole, ExpenseKind, Vehicle
from payments.policy.models.mileage_rates import MileageRate
from programmes.models import Term
from programmes.programme.queries import holds_on
from wellbeing.lib.types import ClaimId, Pence, PersonId

QUARTER, MONTHS, ALL = "quarter", "months", "all"


@dataclass(frozen=True)
class Row:
    """One activity or kind of expense: on how many claims it was, its cost and its cost under the draft."""

    label: str
    claims: int
    was: Pence
    would: Pence

    @property
    def difference(self):
        """The pence it would have cost more; negative for less."""
        return self.would - self.was

    @property
    def less(self):
        """The pence it would have cost less; negative for more."""
        return -self.difference


@dataclass(frozen=True)
class Preview:
    """The comparison from `first` to `last`: rows for time and expenses, their total, and notes on what is left out.

    `span` says which claims these are: those of the last whole quarter, of the last three months, or all.
    """

    span: str
    first: dt.date
    last: dt.date
    time: tuple[Row, ...]
    expenses: tuple[Row, ...]
    total: Row
    notes: tuple[str, ...]


@dataclass
class Tally:
    """The sums of one activity or kind of expense while claims are counted."""

    claims: set[ClaimId] = field(default_factory=set)
    was: Pence = 0
    would: Pence = 0


def preview(draft, *, on):
    """Compare the PolicyVersion `draft` with the last calendar quarter that was over before the day `on`.

    Where it has no claims, the last three months count; where these have none, all claims. Claims that were sent and
    neither taken back nor declined count, but for second looks at another; each as the draft would have priced it on
    its own day, whenever the draft is to hold from. The number of queries does not grow with the number of claims.
    """
    sent = Claim.objects.filter(programme=draft.programme_id, looks_again_at=None).exclude(
        status__in=[Claim.Status.DRAFT, Claim.Status.WITHDRAWN, Claim.Status.DECLINED]
    )
    span, first, last = _span(sent, on)
    claims = sent.filter(activity_date__range=(first, last)).select_related("event").prefetch_related("lines")
    return _Sums(draft, list(claims.order_by("pk"))).result(span, first, last)


def _span(sent, on):
    """Return which claims are compared, and the first and last day of their activities."""
    spans = ((QUARTER, calculations.last_quarter(on)), (MONTHS, (on - relativedelta(months=3), on)))
    for span, days in spans:
        if sent.filter(activity_date__range=days).exists():
            return (span, *days)
    days = sent.aggregate(first=Min("activity_date"), last=Max("activity_date"))
    return ALL, days["first"] or on, days["last"] or on


class _Sums:
    def __init__(self, draft, claims):
        self.draft, self.claims = draft, claims
        self.without_count = self.without_vehicle = 0
        # By whether it is time, and the activity or kind of expense.
        self.tallies: dict[tuple[bool, str], Tally] = defaultdict(Tally)
        self.roles = _Roles(draft.programme_id, claims)
        self.rates = _Rates()
        self.before = _miles_before(claims) if self._pays_hmrc() else {}

    def _pays_hmrc(self):
        rule = self.draft.expense_rule_for(ExpenseKind.MILEAGE)
        return rule is not None and rule.hmrc_rates

    def result(self, span, first, last):
        for claim in self.claims:
            self._add_claim(claim)
        time = self._rows(True, Activity)
        expenses = self._rows(False, ExpenseKind)
        rows = [*time, *expenses]
        total = Row(_("In all"), len(self.claims), sum(row.was for row in rows), sum(row.would for row in rows))
        return Preview(span, first, last, time, expenses, total, tuple(self._notes()))

    def _rows(self, is_time, kinds):
        rows = []
        for kind in kinds:
            if tally := self.tallies.get((is_time, kind.value)):
                rows.append(Row(str(kind.label), len(tally.claims), tally.was, tally.would))
        return tuple(rows)

    def _add_claim(self, claim):
        lines = list(claim.lines.all())
        times = [line for line in lines if line.is_time]
        for line in times:
            self._add(claim, line, True, claim.activity, self._fee(claim, line.hours))
        if not times and claim.event and not claim.is_for_cancelled:
            # Nothing was paid for the time then, so there is no line of it.
            would = sum(self._fee(claim, hours) for hours in policy_queries.hours_each_day(claim.event))
            self._add(claim, None, True, claim.activity, would)
        for line in lines:
            if not line.is_time:
                self._add(claim, line, False, line.expense_kind, self._repaid(line))

    def _add(self, claim, line, is_time, key, would):
        was = line.amount_pence if line else 0
        if line and line.approved_pence is not None and line.approved_pence < was:
            # The decision on this line stands: no more would be approved under another policy.
            was, would = line.approved_pence, min(would, line.approved_pence)
        if not was and not would:
            return
        tally = self.tallies[is_time, key]
        tally.claims.add(claim.pk)
        tally.was += was
        tally.would += would

    def _fee(self, claim, hours):
        rule = self.draft.fee_rule_for(claim.activity, self.roles.of(claim))
        pence = calculations.fee(rule.terms, hours) if rule else 0
        if not claim.is_for_cancelled:
            return pence
        # The claim was opened when the event was cancelled.
        days_before = max((claim.activity_date - timezone.localdate(claim.created_at)).days, 0)
        return calculations.percent_of(pence, self.draft.share_when_cancelled(days_before))

    def _repaid(self, line):
        rule = self.draft.expense_rule_for(line.expense_kind)
        if rule is None:
            return 0
        if line.expense_kind == ExpenseKind.MILEAGE:
            return self._mileage(rule, line)
        if (rule.asks_nights and line.nights is None) or (rule.asks_hours and line.hours_spent is None):
            self.without_count += 1
            return line.amount_pence
        return calculations.repaid(rule.cap, line.amount_pence, line.nights, line.hours_spent)

    def _mileage(self, rule, line):
        if not rule.hmrc_rates:
            return calculations.mileage(calculations.MileageTerms(rule.pence_per_mile), line.miles)
        self.without_vehicle += not line.vehicle
        rate = self.rates.on(line.on, line.vehicle or Vehicle.CAR)
        if rate is None:
            return line.amount_pence
        return calculations.mileage(rate.terms, line.miles, self.before[line.pk], line.passengers)

    def _notes(self):
        yield _("Only what people did claim is counted. What they would have claimed under the draft is not known.")
        if self.without_count:
            yield (
                ngettext(
                    "%(n)s expense does not say how many nights or hours it was for, so it counts as it was.",
                    "%(n)s expenses do not say how many nights or hours they were for, so they count as they were.",
                    self.without_count,
                )
                % {"n": self.without_count}
            )
        if self.without_vehicle:
            yield (
                ngettext(
                    "%(n)s journey does not say what was driven or who came along, so it counts as a car without"
                    " passengers.",
                    "%(n)s journeys do not say what was driven or who came along, so they count as a car without"
                    " passengers.",
                    self.without_vehicle,
                )
                % {"n": self.without_vehicle}
            )
        if any(rule.needs_prior_approval for rule in self.draft.expense_rules.all()):
            yield _("We count costs that need agreement first as if they had been agreed.")
        if self.draft.cancel_within_days is not None:
            yield _("We count cancelled events only where people were paid for them.")


class _Roles:
    """The roles of people at the activities of their claims, from two queries."""

    def __init__(self, programme, claims):
        people = {claim.person_id for claim in claims}
        self.terms = defaultdict(list)
        for term in Term.objects.filter(group__programme=programme, person__in=people).select_related("group"):
            self.terms[term.person_id].append(term)
        events = {claim.event_id for claim in claims if claim.event_id}
        helping = Invitation.objects.filter(event__in=events, person__in=people, facilitates=True)
        self.helping = set(helping.values_list("event", "person"))

    def of(self, claim):
        """Return the roles the person of `claim` had at its activity."""
        roles = set()
        for term in self.terms[claim.person_id]:
            if holds_on(term, claim.activity_date):
                roles |= policy_queries.roles_by_term(term, claim.event)
        if (claim.event_id, claim.person_id) in self.helping:
            roles.add(ActivityRole.FACILITATING)
        return roles


class _Rates:
    """HMRC's rates by day, from one query."""

    def __init__(self):
        self.rates = list(MileageRate.objects.order_by("effective_from"))

    def on(self, day, vehicle):
        """Return the rate for `vehicle` that is effective on `day`, or None."""
        rates = [rate for rate in self.rates if rate.vehicle == vehicle and rate.effective_from <= day]
        return rates[-1] if rates else None


def _miles_before(claims):
    """Add up the miles the person claimed before each mileage line in its tax year with that vehicle, by line id."""
    if not claims:
        return {}
    years = [calculations.tax_year(line.on) for claim in claims for line in claim.lines.all() if line.miles]
    if not years:
        return {}
    spans = Q()
    for first, last in set(years):
        spans |= Q(on__range=(first, last))
    lines = (
        ClaimLine.objects.filter(spans, claim__person__in={claim.person_id for claim in claims})
        .filter(expense_kind=ExpenseKind.MILEAGE)
        .exclude(claim__status=Claim.Status.WITHDRAWN)
        .order_by("pk")
        .values_list("pk", "claim__person", "vehicle", "on", "miles")
    )
    driven: dict[tuple[PersonId, str, tuple[dt.date, dt.date]], Decimal] = defaultdict(Decimal)
    before = {}
    for pk, person_id, vehicle, on, miles in lines:
        key = person_id, vehicle or Vehicle.CAR.value, calculations.tax_year(on)
        before[pk] = driven[key]
        driven[key] += miles or 0
    return before
