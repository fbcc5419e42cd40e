"""Fill in the lines of a claim: expenses, limits, prices of journeys."""

import datetime as dt
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from payments.claims import journeys, rules
from payments.claims.actions.no_receipt import _keep_within_policy
from payments.claims.actions.receipts import _delete_unused_receipts, _keep_receipt
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.transitions import ClaimError, expense_line, lock_claim
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.policy.models.expenses import ExpenseRule
from payments.policy.models.kinds import ExpenseKind, Vehicle
from payments.policy.models.mileage_rates import MileageRate
from payments.shared import wording as shared_wording
from people.models import User
from wellbeing.lib.actions import action
from wellbeing.lib.money import pounds
from wellbeing.lib.types import Pence

MAX_REASON = 2000
# The fields of an expense that follow from the rule it goes by.
FILLED_IN = (
    "amount_pence",
    "rate_note",
    "by_offer",
    "miles",
    "vehicle",
    "passengers",
    "nights",
    "hours_spent",
    "prior_approval_by",
)


# Filling it in
@action
def add_expense(
    *,
    claim: Claim,
    by: User,
    kind: str,
    description: str,
    on: dt.date | None = None,
    amount_pence: Pence | None = None,
    miles: Decimal | None = None,
    vehicle: str = "",
    passengers: int = 0,
    nights: int | None = None,
    hours: Decimal | None = None,
    prior_approval_by: str = "",
    file: UploadedFile | None = None,
) -> ClaimLine:
    """Add one expense to a claim. Mileage takes `miles` and is priced here; the rest take `amount_pence`.

    Where the policy pays HMRC's rates, mileage also takes the `vehicle` (Vehicle) and the number of `passengers`.
    Where its limit is counted by them, the expense takes `nights` or `hours`; where it is to be agreed first,
    `prior_approval_by` says who agreed and when, unless an access need on record stands in for that. `on` is the day
    of the activity if left out. `file` is an uploaded receipt. Returns the ClaimLine. Raises ClaimError, with the
    field, when the policy does not cover the kind or the amount, or the claim can no longer change. Locks the claim.
    """
    claim = lock_claim(claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = ClaimLine(claim=claim, category=ClaimLine.Category.EXPENSE, expense_kind=kind)
    journey, details = Journey(miles, vehicle, passengers), ExpenseDetails(nights, hours, prior_approval_by)
    _fill_expense(
        line, claim, description=description, on=on, amount_pence=amount_pence, journey=journey, details=details
    )
    line.save()
    if file:
        _keep_receipt(line, file, by)
    return line


@action
def change_expense(
    *,
    line: ClaimLine,
    by: User,
    description: str,
    on: dt.date | None = None,
    amount_pence: Pence | None = None,
    miles: Decimal | None = None,
    vehicle: str = "",
    passengers: int = 0,
    nights: int | None = None,
    hours: Decimal | None = None,
    prior_approval_by: str = "",
) -> ClaimLine:
    """Change what an expense was or how much it cost; its receipts stay. Returns the ClaimLine.

    Raises ClaimError for what `add_expense` refuses, and for more than is repaid without a receipt where the line has a
    reason in its place. Locks the claim.
    """
    claim = lock_claim(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = expense_line(claim, line)
    journey, details = Journey(miles, vehicle, passengers), ExpenseDetails(nights, hours, prior_approval_by)
    _fill_expense(
        line, claim, description=description, on=on, amount_pence=amount_pence, journey=journey, details=details
    )
    _keep_within_policy(line, claim)
    line.save()
    _reprice_mileage(claim)
    return line


@action
def remove_line(*, line: ClaimLine, by: User) -> None:
    """Take an expense off a claim, with its receipts. Payment for time stays."""
    claim = lock_claim(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = expense_line(claim, line)
    _delete_unused_receipts(line, line.receipts.all())
    line.delete()
    _reprice_mileage(claim)


@dataclass(frozen=True)
class Journey:
    """A journey in the words of the person: miles, and for HMRC's rates the vehicle and passengers."""

    miles: Decimal | None
    vehicle: str = ""
    passengers: int = 0


@dataclass(frozen=True)
class ExpenseDetails:
    """More about an expense: the nights or hours its limit is counted by, and who agreed to it and when."""

    nights: int | None = None
    hours: Decimal | None = None
    prior_approval_by: str = ""


class AboveLimitError(ClaimError):
    """An expense is above the most that a rule repays, `most_pence`."""

    def __init__(self, message: str, *, field: str, most_pence: Pence) -> None:
        self.most_pence = most_pence
        super().__init__(message, field=field)


def _fill_expense(
    line: ClaimLine,
    claim: Claim,
    *,
    description: str,
    on: dt.date | None,
    amount_pence: Pence | None,
    journey: Journey,
    details: ExpenseDetails,
) -> None:
    """Fill in an expense by the rule that is best for its person: of the policy in force, or of what they were offered.

    The rule that repays most counts; of two that repay the same, the one that asks for no receipt.
    """
    rules_of_kind = claim.terms.expense_rules_for(line.expense_kind)
    if not rules_of_kind:
        raise ClaimError(
            _("This programme does not cover that. Ask %(who)s if you think it should.")
            % {"who": claim.programme.contact_name},
            field="kind",
        )
    if line.expense_kind == ExpenseKind.OTHER and not description.strip():
        raise ClaimError(_("Say what it was, and why you needed it to take part."), field="description")
    line.claim, line.on = claim, on or claim.activity_date
    line.description = description.strip()[:200] or rules_of_kind[0].label
    _take_best(line, rules_of_kind, lambda one, rule: _fill_by(one, claim, rule, amount_pence, journey, details))


def _fill_again(line: ClaimLine) -> None:
    """Fill in an expense of a locked claim again, from what its person said, and save it. Raises ClaimError."""
    _fill_expense(
        line,
        line.claim,
        description=line.description,
        on=line.on,
        amount_pence=line.amount_pence,
        journey=Journey(line.miles, line.vehicle, line.passengers),
        details=ExpenseDetails(line.nights, line.hours_spent, line.prior_approval_by),
    )
    line.save()


def _take_best(
    line: ClaimLine, rules_of_kind: Sequence[ExpenseRule], fill: Callable[[ClaimLine, ExpenseRule], None]
) -> None:
    """Fill `line` in by each of `rules_of_kind`, and keep what is best for its person.

    Raises ClaimError where none takes it: the refusal of the rule that repays most.
    """
    filled: list[tuple[Pence, bool, dict[str, Any]]] = []
    refusals: list[ClaimError] = []
    for rule in rules_of_kind:
        one = copy(line)
        one.by_offer = rule.version_id != line.claim.policy_id
        try:
            fill(one, rule)
        except ClaimError as refusal:
            refusals.append(refusal)
            continue
        if one.by_offer:
            one.rate_note = policy_wording.with_version(one.rate_note, rule.version)
        filled.append((one.amount_pence, not rule.needs_receipt(one.amount_pence), one.__dict__))
    if not filled:
        raise max(refusals, key=lambda refusal: getattr(refusal, "most_pence", 0))
    best = max(filled, key=lambda each: each[:2])[2]
    for field in FILLED_IN:
        setattr(line, field, best[field])


def _fill_by(
    line: ClaimLine,
    claim: Claim,
    rule: ExpenseRule,
    amount_pence: Pence | None,
    journey: Journey,
    details: ExpenseDetails,
) -> None:
    if line.expense_kind == ExpenseKind.MILEAGE:
        if journey.miles is None or Decimal(journey.miles) <= 0:
            raise ClaimError(_("Enter how many miles you drove."), field="miles")
        line.miles = Decimal(journey.miles)
        # A programme's own rate is the same for all, so nothing is kept that was not needed.
        line.vehicle = journey.vehicle if rule.hmrc_rates else ""
        line.passengers = journey.passengers if line.vehicle == Vehicle.CAR else 0
        _price_journey(line, rule, line.miles)
        field = "miles"
    else:
        line.miles, line.amount_pence, line.rate_note, field = None, amount_pence or 0, "", "amount"
    if not line.amount_pence:
        raise ClaimError(_("Enter an amount that is more than nothing."), field=field)
    _enforce_cap(line, claim, rule, details, field)
    _require_prior_approval(line, claim, rule, details.prior_approval_by.strip())


def _enforce_cap(line: ClaimLine, claim: Claim, rule: ExpenseRule, details: ExpenseDetails, field: str) -> None:
    line.nights = details.nights if rule.asks_nights else None
    line.hours_spent = details.hours if rule.asks_hours else None
    if rule.asks_nights and not line.nights:
        raise ClaimError(_("Enter how many nights you stayed."), field="nights")
    if rule.asks_hours and not line.hours_spent:
        raise ClaimError(_("Enter how many hours it was."), field="hours")
    most = calculations.most_repaid(rule.cap, line.nights, line.hours_spent)
    if rule.asks_nights or rule.asks_hours:
        line.rate_note = policy_wording.limit_used(rule, line.nights, line.hours_spent)
    who = claim.programme.contact_name
    if most == 0:
        raise ClaimError(
            _("We pay for meals when you are away for %(hours)s or more.")
            % {"hours": shared_wording.hours_in_words(min(band[0] for band in rule.cap.bands))},
            field="hours",
        )
    if most is not None and line.amount_pence > most:
        raise AboveLimitError(
            _("The most we can pay back for this is %(cap)s. If it cost you more, ask %(who)s.")
            % {"cap": pounds(most), "who": who},
            field=field,
            most_pence=most,
        )


def _require_prior_approval(line: ClaimLine, claim: Claim, rule: ExpenseRule, prior_approval_by: str) -> None:
    line.prior_approval_by = prior_approval_by[:200] if rule.needs_prior_approval else ""
    if policy_queries.needs_prior_approval(rule, claim.person) and not line.prior_approval_by:
        raise ClaimError(policy_wording.agreement_missing(rule), field="prior_approval_by")


def _price_journey(line: ClaimLine, rule: ExpenseRule, miles: Decimal) -> None:
    if not rule.hmrc_rates:
        assert rule.pence_per_mile is not None, "a rule for mileage has its rate"
        line.amount_pence = calculations.mileage(calculations.MileageTerms(rule.pence_per_mile), miles)
        line.rate_note = policy_wording.mileage_used(rule, miles)
        return
    if line.vehicle not in Vehicle.values:
        raise ClaimError(_("Choose what you drove or rode."), field="vehicle")
    rate = MileageRate.objects.effective_on(line.on).get(line.vehicle)
    if rate is None:
        raise ClaimError(_("There is no HMRC rate for that day. Check the day."), field="miles")
    before = journeys.miles_before(line, line.vehicle)
    line.amount_pence = calculations.mileage(rate.terms, miles, before, line.passengers)
    line.rate_note = policy_wording.hmrc_mileage_used(rate, miles, before, line.passengers)


def _reprice_mileage(claim: Claim) -> None:
    """Price the journeys of a locked claim again after one has changed or gone.

    HMRC's bands of a year fill up in the order of the lines, so one journey moves those after it.
    """
    rules_of_kind = claim.terms.expense_rules_for(ExpenseKind.MILEAGE)
    if not any(rule.hmrc_rates for rule in rules_of_kind):
        return
    for line in claim.lines.filter(expense_kind=ExpenseKind.MILEAGE).order_by("pk"):
        line.claim = claim
        assert line.miles is not None, "a journey has its miles"
        _take_best(line, rules_of_kind, partial(_price_journey, miles=line.miles))
        line.save(update_fields=["amount_pence", "rate_note", "by_offer"])
