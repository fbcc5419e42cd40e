"""The money of a programme on its steering group's dashboard: no names, no number with few people behind it."""

import datetime as dt
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.budgets import rules as budget_rules
from payments.budgets.models import AGREED, COST, BudgetLine
from payments.claims.models.claim import Claim
from payments.claims.rules import can_see_claims
from payments.reports import periods, recognition
from payments.reports import rules as report_rules
from payments.reports.models import ReportKind, SmallNumberRule
from people.models import User
from programmes.models import FewestShown, Programme
from programmes.registry import Bar, Chart, DashboardPart, Figure, Shown
from wellbeing.lib.money import pounds
from wellbeing.lib.prepared import prepared
from wellbeing.lib.suppression import may_show
from wellbeing.lib.types import Pence


def money(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show budget against spent, paid on time and late, and how many claims were declined or donated."""
    least = fewest(on)
    chart = _budget(user, programme, on, least)
    figures = [*_on_time(user, programme, on, least), *_recognition(programme, on)]
    if chart is None and not figures:
        return Shown(nothing=_("No money has been paid yet, and there is no budget."))
    if user is None or budget_rules.can_see_budget(user, programme):
        note = ""
    else:
        note = _("Programme staff and finance can open the payments behind these numbers, as they name people.")
    return Shown(figures=figures, chart=chart, note=note)


def fewest(on: dt.date) -> int:
    """Return the smallest count shown on the day `on`: the stricter of the rule for reports and that for members."""
    members = FewestShown.objects.effective_on(on, FewestShown.Readers.MEMBERS)
    return max(members, SmallNumberRule.objects.effective_on(on))


def _budget(user: User | None, programme: Programme, on: dt.date, least: int) -> Chart | None:
    """Return the budget lines of the year that `on` is in; what is spent stands only beside those many people share.

    Paid and approved amounts are one number: the second may be one person's.
    """
    lines = _lines(programme.pk, on)
    if not lines:
        return None
    agreed = {line: (people, Pence(spent or 0)) for line, people, spent in _agreed(programme.pk, on)}
    opens = user is not None and bool(budget_rules.can_see_budget(user, programme))
    return Chart(
        caption=_("Budget, and what is spent or approved of it"),
        first=_("Budget line"),
        columns=[_("Budget"), _("Spent or approved")],
        bars=[
            _bar(
                name,
                amount,
                *agreed.get(line, (0, Pence(0))),
                least,
                reverse("budget_line", args=[programme.slug, line]) if opens else "",
            )
            for line, name, amount in lines
        ],
        legend=[],
    )


@prepared
def _lines(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    lines = BudgetLine.objects.filter(programme=programme).effective_on(on).order_by("cost_code")
    return lines.values_list("pk", "name", "amount_pence")


@prepared
def _agreed(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    """Of each line: how many people it pays, and what is paid or committed of it, which are one sum here."""
    lines = BudgetLine.objects.filter(programme=programme).effective_on(on)
    claims = Claim.objects.filter(budget_line__in=lines, status__in=AGREED).order_by().values_list("budget_line")
    return claims.annotate(people=Count("person", distinct=True), spent=Sum(COST))


def _bar(name: str, amount: Pence, people: int, spent: Pence, least: int, url: str) -> Bar:
    budget = pounds(amount)
    if not may_show(people, least):
        text = _("%(budget)s, spent: too few people to show") % {"budget": budget}
        return Bar(name, text, [], 0, [budget, _("too few to show")], url)
    text = _("%(spent)s of %(budget)s") % {"spent": pounds(spent), "budget": budget}
    parts: list[tuple[str, int]] = [("paid", spent)] if spent > 0 else []
    return Bar(name, text, parts, max(amount, spent, 1), [budget, pounds(spent)], url)


@prepared
def _paid_in(programme: int, first: dt.date, last: dt.date) -> QuerySet[Any, Any]:
    claims = Claim.objects.filter(programme=programme, status=Claim.Status.PAID, paid_on__range=(first, last))
    return (
        claims.order_by()
        .values_list("programme")
        .annotate(
            number=Count("pk"),
            in_time=Count("pk", filter=Q(paid_on__lte=F("pay_by"))),
            people=Count("person", distinct=True),
        )
    )


@prepared
def _overdue_in(programme: int, first: dt.date, last: dt.date, on: dt.date) -> QuerySet[Any, Any]:
    claims = Claim.objects.filter(programme=programme).overdue(on).filter(pay_by__range=(first, last))
    counted = claims.order_by().values_list("programme")
    return counted.annotate(number=Count("pk"), people=Count("person", distinct=True))


def _on_time(user: User | None, programme: Programme, on: dt.date, least: int) -> list[Figure]:
    """Return the share of this year's claims that were paid in time, and how many are late; none before any was paid.

    The share is a whole per cent and its total is not shown, so that one late claim is not found by it.
    """
    year = periods.grant_year_of(min(on, programme.ends_on), programme)
    paid, in_time, paid_people = next((row[1:] for row in _paid_in(programme.pk, year.first, year.last)), (0, 0, 0))
    late = _overdue_in(programme.pk, year.first, year.last, on)
    overdue, overdue_people = next((row[1:] for row in late), (0, 0))
    number = paid + overdue
    if not number:
        return []
    sees_reports = user is not None and report_rules.can_see_reports(user, programme)
    sees_claims = user is not None and can_see_claims(user, programme)
    overdue_is_shown = may_show(overdue_people, least) and may_show(overdue, least)
    return [
        Figure(
            gettext_lazy("paid on time this year"),
            f"{in_time * 100 // number}%" if paid_people >= least else None,
            reverse("report_new", args=[programme.slug, ReportKind.ON_TIME]) if sees_reports else "",
        ),
        Figure(
            gettext_lazy("late and not paid yet"),
            str(overdue) if overdue_is_shown else None,
            f"{reverse('claims', args=[programme.slug])}?overdue=yes" if sees_claims and overdue else "",
            attention=bool(overdue),
        ),
    ]


def _recognition(programme: Programme, on: dt.date) -> list[Figure]:
    """Return how many claims of the last whole quarter were declined or donated, as the report about it shows them."""
    quarter = periods.offered(periods.QUARTER, on, programme, ended=True)[:1]
    if not quarter:
        return []
    counted = list(recognition.report(programme, quarter[0], on).sections[0].rows)
    if counted[-1][1] == 0:
        return []
    rows = {row[0]: row[1] for row in counted}
    wanted = {
        Claim.Recognition.NONE: _("declined payment, %(quarter)s"),
        Claim.Recognition.CHARITY: _("gave it to charity, %(quarter)s"),
    }
    return [
        Figure(label % {"quarter": quarter[0]}, str(number) if isinstance(number, int) else None)
        for kind, label in wanted.items()
        if (number := rows.get(str(kind.label))) is not None
    ]


MONEY = DashboardPart("money", gettext_lazy("Money"), 80, money)
