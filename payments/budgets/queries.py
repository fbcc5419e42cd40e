"""Questions about budgets: lines, their claims and amounts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Exists, OuterRef, QuerySet

from payments.budgets.models import AGREED, WAITING, BudgetLine, BudgetLineQuerySet, BudgetOverride, BudgetRule
from payments.claims.models.claim import Claim, ClaimQuerySet
from people.models import User
from programmes.models import Programme
from wellbeing.lib.types import Pence, ProgrammeId

# The statuses in which money is asked for, owed or paid.
COUNTED = (*WAITING, *AGREED)


def lines_of_programme(user: User, programme: Programme) -> BudgetLineQuerySet:
    """Return the budget lines of `programme` that `user` may see, with their figures, the latest year first."""
    return BudgetLine.objects.visible_to(user).filter(programme=programme).with_figures()


def has_budget(programme: Programme | ProgrammeId) -> bool:
    """Whether `programme` has any budget line, so that each claim needs one."""
    return BudgetLine.objects.filter(programme=programme).exists()


def open_lines(programme: Programme) -> BudgetLineQuerySet:
    """Return the lines of `programme` that claims can still be paid from, the latest year first."""
    return BudgetLine.objects.filter(programme=programme, closed=False).order_by("-starts_on", "name", "pk")


def line_for(claim: Claim) -> BudgetLine | None:
    """Return the budget line for a claim's activity and day, or None."""
    lines = BudgetLine.objects.filter(closed=False).effective_on(claim.activity_date)
    rules = (
        BudgetRule.objects.filter(
            programme=claim.programme_id, activity__in=[claim.activity, ""], budget_line__in=lines.values("pk")
        )
        # The rule for every other activity is blank, and comes last.
        .order_by("-activity")
        .select_related("budget_line")
    )
    rule = rules.first()
    return rule.budget_line if rule else None


def claims_of_line(user: User, line: BudgetLine) -> ClaimQuerySet:
    """Return the claims on a budget line that `user` may see, with person and totals."""
    return (
        Claim.objects.visible_to(user)
        .filter(budget_line=line)
        .exclude(status=Claim.Status.DRAFT)
        .select_related("person", "event")
        .with_totals()
    )


def claims_without_line(user: User, programme: Programme) -> ClaimQuerySet:
    """Return sent claims without a budget line that `user` may see, for days in the year of a line of `programme`."""
    covered = BudgetLine.objects.filter(programme=programme).effective_on(OuterRef("activity_date"))
    return (
        Claim.objects.visible_to(user)
        .filter(Exists(covered), programme=programme, budget_line=None, status__in=COUNTED)
        .select_related("person", "event")
        .with_totals()
    )


def overrides_of_line(line: BudgetLine) -> QuerySet[BudgetOverride]:
    """Return the overrides of a budget line, the latest first."""
    return BudgetOverride.objects.filter(line=line).select_related("claim__person", "by")


@dataclass(frozen=True)
class LineAmount:
    """An amount that a budget line had: why, since when, and the name of who set it."""

    amount_pence: Pence
    reason: str
    at: dt.datetime
    by: str


def amounts_of_line(line: BudgetLine) -> list[LineAmount]:
    """Return the amounts a budget line has had, the latest first."""
    rows, seen = [], None
    # The history's rows, which pghistory adds.
    history = cast(Any, line).history
    for row in history.select_related("amount_set_by").order_by("pgh_id"):
        if row.amount_set_at != seen:
            rows.append(LineAmount(row.amount_pence, row.amount_reason, row.amount_set_at, row.amount_set_by.full_name))
        seen = row.amount_set_at
    return rows[::-1]


def lines_asked_for_too_much(programmes: Iterable[ProgrammeId]) -> BudgetLineQuerySet:
    """Return the open lines of `programmes` on which waiting claims ask for more than may still be approved."""
    return (
        BudgetLine.objects.filter(programme__in=programmes, closed=False)
        .with_figures()
        .filter(pending_pence__gt=0, left_pence__lt=0)
        .select_related("programme")
        .order_by("programme", "cost_code")
    )


# Reports


def year_of(programme: Programme, on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the funding year of `programme` in which the day `on` lies.

    Years are counted from the programme's first day; the last one may end earlier with the programme.
    """
    first = programme.starts_on
    years = max(0, on.year - first.year - ((on.month, on.day) < (first.month, first.day)))
    start, following = _years_later(first, years), _years_later(first, years + 1)
    return start, min(following - dt.timedelta(days=1), max(programme.ends_on, start))


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # 29 February.
        return day.replace(year=day.year + years, day=28)
