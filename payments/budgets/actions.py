"""Set budget lines, send claims to them, and let a claim go over."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.budgets import queries, rules
from payments.budgets.charging import BudgetError, charge_to_line, closed_line, lock_line
from payments.budgets.models import WAITING, BudgetLine, BudgetOverride, BudgetRule
from payments.budgets.wording import activity_label
from payments.claims.models.claim import Claim, ClaimQuerySet
from people.models import User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.types import Pence

# The lines


@action
def add_line(
    *,
    programme: Programme,
    by: User,
    cost_code: str,
    name: str,
    funder: str,
    starts_on: dt.date,
    ends_on: dt.date,
    amount_pence: Pence,
    activities: Collection[str] = (),
) -> BudgetLine:
    """Add a budget line of `amount_pence` for the days from `starts_on` to `ends_on`. Returns the BudgetLine.

    Claims for `activities` (Activity values, "" for every activity without a rule) go to it; those that wait to be
    checked on no line go there now. Raises BudgetError, with the field, when another line has the cost code, or one of
    the activities, on any of these days. Locks the programme.
    """
    programme = _lock_programme(programme)
    rules.can_set_budget(by, programme).insist(BudgetError)
    line = BudgetLine(
        programme=programme,
        cost_code=cost_code.strip(),
        name=name.strip(),
        funder=funder.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        amount_pence=amount_pence,
        amount_reason=_("The first amount"),
        amount_set_by=by.person,
    )
    _must_fit(line)
    line.save()
    _send_claims_to(line, activities)
    return line


@action
def change_line(
    *,
    line: BudgetLine,
    by: User,
    cost_code: str,
    name: str,
    funder: str,
    starts_on: dt.date,
    ends_on: dt.date,
    amount_pence: Pence,
    reason: str = "",
    activities: Collection[str] = (),
    closed: bool = False,
) -> BudgetLine:
    """Change a budget line. A new amount needs a `reason`, which is kept with it. Returns the BudgetLine.

    A closed line takes no more claims, so none are sent to it. The cost code and the year stay once a payment run has
    taken a claim of the line. Raises BudgetError, with the field, for that, without a needed reason, and for what
    `add_line` refuses. Locks the programme, the waiting claims and the line.
    """
    programme = _lock_programme(line.programme)
    rules.can_set_budget(by, programme).insist(BudgetError)
    # Claims before lines: the order in which several claims are approved.
    list(_waiting_on_no_line(programme).select_for_update(of=("self",), no_key=True).order_by("pk"))
    line = lock_line(line.pk)
    year = (cost_code.strip(), starts_on, ends_on)
    if year != (line.cost_code, line.starts_on, line.ends_on) and line.claims.filter(status__in=IN_A_RUN).exists():
        raise BudgetError(
            _("Claims on this line are in payment runs, so its cost code and its year stay. Close it and add another."),
            field="cost_code",
        )
    if amount_pence != line.amount_pence:
        if not reason.strip():
            raise BudgetError(_("Say why the amount changes."), field="reason")
        line.amount_pence, line.amount_reason = amount_pence, reason.strip()
        line.amount_set_by, line.amount_set_at = by.person, timezone.now()
    line.cost_code, line.starts_on, line.ends_on = year
    line.name, line.funder, line.closed = name.strip(), funder.strip(), closed
    _must_fit(line)
    line.rules.all().delete()
    line.save()
    _send_claims_to(line, () if closed else activities)
    return line


# The statuses of claims that are in a payment run, and so in the accounts.
IN_A_RUN = (Claim.Status.IN_RUN, Claim.Status.PAID, Claim.Status.PAYMENT_FAILED)


def _must_fit(line: BudgetLine) -> None:
    if line.ends_on < line.starts_on:
        raise BudgetError(_("The last day must not lie before the first."), field="ends_on")
    others = BudgetLine.objects.filter(programme=line.programme, cost_code__iexact=line.cost_code).exclude(pk=line.pk)
    other = others.filter(starts_on__lte=line.ends_on, ends_on__gte=line.starts_on).first()
    if other:
        raise BudgetError(
            _("The line “%(name)s” has this cost code in the same year. Use another code or another year.")
            % {"name": other.name},
            field="cost_code",
        )


def _send_claims_to(line: BudgetLine, activities: Collection[str]) -> None:
    """Make the rules of a line that has none, and put the claims they name that wait on no line on it."""
    taken = (
        BudgetRule.objects.filter(programme=line.programme, activity__in=activities)
        .filter(budget_line__starts_on__lte=line.ends_on, budget_line__ends_on__gte=line.starts_on)
        .select_related("budget_line")
        .first()
    )
    if taken:
        raise BudgetError(
            _("Claims for “%(activity)s” go to the line “%(name)s” already. Take that away there first.")
            % {"activity": activity_label(taken.activity), "name": taken.budget_line.name},
            field="activities",
        )
    for activity in activities:
        BudgetRule.objects.create(programme=line.programme, activity=activity, budget_line=line)
    if activities:
        _take_waiting_claims(line)


def _take_waiting_claims(line: BudgetLine) -> None:
    waiting = _waiting_on_no_line(line.programme).filter(activity_date__range=(line.starts_on, line.ends_on))
    for claim in waiting.order_by("pk"):
        if queries.line_for(claim) == line:
            waiting.filter(pk=claim.pk).update(budget_line=line)


def _waiting_on_no_line(programme: Programme) -> ClaimQuerySet:
    return Claim.objects.filter(programme=programme, budget_line=None, status__in=WAITING)


# The line of a claim


@action
def choose_line(*, claim: Claim, line: BudgetLine, by: User) -> Claim:
    """Put a sent claim on another budget line of its programme. Returns the claim.

    An approved claim must fit what the new line has left. Raises BudgetError when it does not, when the line is closed,
    or once a payment run has taken the claim. Locks the claim, and the line of an approved one.
    """
    claim = Claim.objects.select_for_update(of=("self",)).select_related("programme", "person").get(pk=claim.pk)
    rules.can_choose_budget_line(by, claim).insist(BudgetError)
    chosen = BudgetLine.objects.filter(programme=claim.programme_id, pk=line.pk).first()
    if chosen is None:
        raise BudgetError(_("This budget line belongs to another programme."), field="budget_line")
    if chosen.closed:
        raise BudgetError(closed_line(chosen), field="budget_line")
    if chosen.pk == claim.budget_line_id:
        return claim
    claim.budget_line = chosen
    if claim.cost_pence is not None:
        charge_to_line(claim=claim, pence=claim.cost_pence, by=by)
    claim.save(update_fields=["budget_line"])
    return claim


@action
def allow_over(*, claim: Claim, by: User, reason: str, up_to_pence: Pence) -> BudgetOverride:
    """Let one claim take its budget line over its amount, by `up_to_pence` at most. Returns the BudgetOverride.

    It is used when somebody else approves the claim. Raises BudgetError for one's own claim, for one that is on no
    line, or without a reason. Locks the claim.
    """
    claim = Claim.objects.select_for_update(of=("self",)).select_related("programme", "person").get(pk=claim.pk)
    rules.can_override_budget(by, claim).insist(BudgetError)
    assert claim.budget_line is not None, "the rule asks for a line"
    if not reason.strip():
        raise BudgetError(_("Say why this claim may go over budget."), field="reason")
    if up_to_pence <= 0:
        raise BudgetError(_("Enter an amount that is more than nothing."), field="up_to")
    return BudgetOverride.objects.create(
        claim=claim, line=claim.budget_line, by=by.person, reason=reason.strip(), up_to_pence=up_to_pence
    )


def _lock_programme(programme: Programme) -> Programme:
    # The programme's row stands for its list of lines and rules: of two people changing it, one waits.
    return Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
