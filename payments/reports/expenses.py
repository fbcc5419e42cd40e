"""Report expenses by kind: how many, how much, the average and the largest."""

from decimal import Decimal

from django.db.models import Count, F, Max, Sum
from django.db.models.functions import Coalesce, TruncDate, TruncMonth
from django.utils.translation import gettext as _

from payments.claims.models.lines import ClaimLine
from payments.policy.models.kinds import ExpenseKind
from payments.reports import periods, selection
from payments.reports.report import MONEY, NUMBER, Report, ReportColumn, Section
from wellbeing.lib.money import round_pence


def report(programme, period, today):
    """Report the expenses of `programme` repaid in `period` (a Period), by kind and by month."""
    lines = ClaimLine.objects.filter(
        claim__in=selection.settled_claims(period.first, period.last, programme=programme),
        category=ClaimLine.Category.EXPENSE,
        approved_pence__gt=0,
    ).order_by()
    return Report(
        title=_("Expenses by kind"),
        period=str(period),
        expected=len(ExpenseKind) * 2,
        sections=[
            Section(
                _("By kind"),
                [
                    ReportColumn(_("Kind")),
                    ReportColumn(_("Expenses"), NUMBER, summed=True),
                    ReportColumn(_("Total"), MONEY, summed=True),
                    ReportColumn(_("Average"), MONEY),
                    ReportColumn(_("Largest"), MONEY),
                ],
                _by_kind(lines),
            ),
            Section(
                _("By month"),
                [
                    ReportColumn(_("Month paid")),
                    ReportColumn(_("Kind")),
                    ReportColumn(_("Expenses"), NUMBER, summed=True),
                    ReportColumn(_("Total"), MONEY, summed=True),
                ],
                _by_month(lines, period),
            ),
        ],
        notes=[
            _("Amounts are those agreed, on claims paid in this period. The average is rounded to the penny."),
            _("An expense counts in the month its claim was paid, whenever the money was spent."),
        ],
    )


def _by_kind(lines):
    rows = {
        row["expense_kind"]: row
        for row in lines.values("expense_kind").annotate(
            n=Count("pk"), pence=Sum("approved_pence"), largest=Max("approved_pence")
        )
    }
    for kind in ExpenseKind:
        if row := rows.get(kind):
            yield [
                str(kind.label),
                row["n"],
                row["pence"],
                round_pence(Decimal(row["pence"]) / row["n"]),
                row["largest"],
            ]


def _by_month(lines, period):
    settled_on = Coalesce("claim__paid_on", TruncDate("claim__approved_at"))
    rows = lines.values(month=TruncMonth(settled_on), kind=F("expense_kind")).annotate(
        n=Count("pk"), pence=Sum("approved_pence")
    )
    sums_of = {(periods.month_of(row["month"]).key, row["kind"]): [row["n"], row["pence"]] for row in rows}
    for month in periods.months_of(period):
        for kind in ExpenseKind:
            if sums := sums_of.get((month.key, kind)):
                yield [str(month), str(kind.label), *sums]
