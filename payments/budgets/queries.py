"""Questions about budgets: lines, their claims and amounts."""

import datetime as dt

from django.db.models import Exists, OuterRef

from payments.budgets.models import AGREED, WAITING, BudgetLine, BudgetOverride, BudgetRule
from payments.claims.models.claim import Claim

# Claims whose money is asked for, owed or paid.
COUNTED = (*WAITING, *AGREED)


def lines_of_programme(user, programme):
    """The budget lines of `programme` that `user` may see, with their figures, the latest year first."""
    return BudgetLine.objects.visible_to(user).filter(programme=programme).with_figures()


def has_budget(programme):
    """Whether `programme` (a Programme or its id) has any budget line, so that each claim needs one."""
    return BudgetLine.objects.filter(programme=programme).exists()


def open_lines(programme):
    """The lines of `programme` that claims can still be paid from, the latest year first."""
    return BudgetLine.objects.filter(programme=programme, closed=False).order_by("-starts_on", "name", "pk")


def line_for(claim):
    """The BudgetLine that the rules name for a claim's activity and day, or None."""
    held = BudgetLine.objects.filter(closed=False).effective_on(claim.activity_date)
    rules = (
        BudgetRule.objects.filter(
            programme=claim.programme_id, activity__in=[claim.activity, ""], budget_line__in=held.values("pk")
        )
        # The rule for every other activity is blank, and comes last.
        .order_by("-activity")
        .select_related("budget_line")
    )
    rule = rules.first()
    return rule.budget_line if rule else None


def claims_of_line(user, line):
    """The claims on a budget line that `user` may see, with person and totals."""
    return (
        Claim.objects.visible_to(user)
        .filter(budget_line=line)
        .exclude(status=Claim.Status.DRAFT)
        .select_related("person", "event")
        .with_totals()
    )


def claims_without_line(user, programme):
    """Sent claims of days that some budget line of `programme` covers, on none of them, as far as `user` may see."""
    covered = BudgetLine.objects.filter(programme=programme).effective_on(OuterRef("activity_date"))
    return (
        Claim.objects.visible_to(user)
        .filter(Exists(covered), programme=programme, budget_line=None, status__in=COUNTED)
        .select_related("person", "event")
        .with_totals()
    )


def overrides_of_line(line):
    """What was allowed to go over a budget line, the latest first."""
    return BudgetOverride.objects.filter(line=line).select_related("claim__person", "by")


def amounts_of_line(line):
    """The amounts a budget line has had, the latest first: rows with amount_pence, reason, at and by (a name)."""
    rows, seen = [], None
    for row in line.history.select_related("amount_set_by").order_by("pgh_id"):
        if row.amount_set_at != seen:
            rows.append(
                {
                    "amount_pence": row.amount_pence,
                    "reason": row.amount_reason,
                    "at": row.amount_set_at,
                    "by": row.amount_set_by.full_name,
                }
            )
        seen = row.amount_set_at
    return rows[::-1]


def lines_asked_for_too_much(programmes):
    """Open lines of `programmes` (ids) on which claims wait that ask for more than may still be approved."""
    return (
        BudgetLine.objects.filter(programme__in=programmes, closed=False)
        .with_figures()
        .filter(pending_pence__gt=0, left_pence__lt=0)
        .select_related("programme")
        .order_by("programme", "cost_code")
    )


# Reports


def year_of(programme, on):
    """The first and last day (dates) of the funding year of `programme` that the date `on` lies in.

    Years are counted from the programme's first day; the last one may end earlier with the programme.
    """
    first = programme.starts_on
    years = max(0, on.year - first.year - ((on.month, on.day) < (first.month, first.day)))
    start, following = _years_later(first, years), _years_later(first, years + 1)
    return start, min(following - dt.timedelta(days=1), max(programme.ends_on, start))


def _years_later(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # 29 February.
        return day.replace(year=day.year + years, day=28)
