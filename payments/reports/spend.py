"""Report spend against budget: the cost of activities so far, and the amounts still to be decided and paid."""

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from payments.budgets import forecast
from payments.budgets.models import COST, DONE, OWED, WAITING, BudgetLine
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.policy.models.kinds import Activity
from payments.reports import periods
from payments.reports.report import DATE, MONEY, NUMBER, Report, ReportColumn, Section


def report(programme, period, today):
    """Report the cost of the activities of `programme` in `period` (a Period), by kind of activity and by month."""
    months = periods.months_of(period)
    return Report(
        title=_("Spend against budget"),
        period=str(period),
        expected=len(Activity) + len(months),
        sections=[
            Section(
                _("By budget line"),
                [
                    ReportColumn(_("Budget line")),
                    ReportColumn(_("Cost code")),
                    ReportColumn(_("Funder")),
                    ReportColumn(_("From"), DATE),
                    ReportColumn(_("To"), DATE),
                    ReportColumn(_("Budget"), MONEY, summed=True),
                    ReportColumn(_("Being checked"), MONEY, summed=True),
                    ReportColumn(_("Approved, to be paid"), MONEY, summed=True),
                    ReportColumn(_("Paid"), MONEY, summed=True),
                    ReportColumn(_("Left"), MONEY, summed=True),
                    ReportColumn(_("Events to come"), MONEY, summed=True),
                ],
                _by_budget_line(programme, period),
            ),
            Section(_("By activity"), [ReportColumn(_("Activity")), *_columns()], _by_activity(programme, period)),
            Section(
                _("By month"),
                [ReportColumn(_("Month of the activity")), *_columns()],
                _by_month(programme, period, months),
            ),
        ],
        notes=[
            _(
                "Budget lines are those for this period, each with all of its year as it was when this was"
                " made. Events to come are an estimate and not taken off what is left."
            ),
            _("By activity and by month, a claim counts in the month of its activity, whenever it is paid."),
            _("Payments people turned down are not included. Gifts to charity, vouchers and payroll are."),
            _("Being checked is what was asked for. Claims not sent, withdrawn or not approved are not in it."),
        ],
    )


def _columns():
    return [
        ReportColumn(_("Claims"), NUMBER, summed=True),
        ReportColumn(_("Being checked"), MONEY, summed=True),
        ReportColumn(_("Approved, to be paid"), MONEY, summed=True),
        ReportColumn(_("Paid"), MONEY, summed=True),
        ReportColumn(_("In all"), MONEY, summed=True),
    ]


def _by_budget_line(programme, period):
    expected = forecast.pence_by_line(forecast.forecast(programme))
    lines = BudgetLine.objects.filter(programme=programme, starts_on__lte=period.last, ends_on__gte=period.first)
    for line in lines.with_figures().order_by("starts_on", "cost_code", "pk"):
        yield [
            line.name,
            line.cost_code,
            line.funder,
            line.starts_on,
            line.ends_on,
            line.amount_pence,
            line.pending_pence,
            line.committed_pence,
            line.paid_pence,
            line.left_pence,
            expected.get(line.pk, 0),
        ]


def _by_activity(programme, period):
    sums = _sums(programme, period, F("activity"), F("claim__activity"))
    labels = dict(Activity.choices)
    for activity in [*labels, *sorted(set(sums) - set(labels))]:
        if activity in sums:
            yield [str(labels.get(activity, activity)), *sums[activity]]


def _by_month(programme, period, months):
    sums_of = _sums(programme, period, TruncMonth("activity_date"), TruncMonth("claim__activity_date"))
    for month in months:
        if sums := sums_of.get(periods.month_of(month.first).first):
            yield [str(month), *sums]


def _sums(programme, period, of_claim, of_line):
    """Add up [claims, asked for, approved, paid, in all] by the group `of_claim`, which is `of_line` for lines."""
    claims = Claim.objects.filter(programme=programme, activity_date__range=(period.first, period.last)).order_by()
    agreed = claims.filter(OWED | DONE | Q(status__in=WAITING))
    rows = agreed.values(group=of_claim).annotate(
        n=Count("pk"),
        approved=Sum(COST, filter=OWED, default=0),
        paid=Sum(COST, filter=DONE, default=0),
    )
    pending = dict(
        ClaimLine.objects.filter(claim__in=claims.filter(status__in=WAITING))
        .order_by()
        .values_list(of_line)
        .annotate(Sum("amount_pence"))
    )
    sums = {}
    for row in rows:
        checking = pending.get(row["group"], 0)
        whole = checking + row["approved"] + row["paid"]
        sums[row["group"]] = [row["n"], checking, row["approved"], row["paid"], whole]
    return sums
