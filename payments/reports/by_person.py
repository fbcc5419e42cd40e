"""Report payments by person for a tax year: the parts each was given, apart from those they did not take."""

import datetime as dt

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from payments.claims.models.lines import ClaimLine
from payments.reports import selection
from payments.reports.report import MONEY, NUMBER, Report, ReportColumn, Section

SHARES = (
    "approved_pence",
    "money_pence",
    "payroll_pence",
    "voucher_pence",
    "donation_pence",
    "waived_pence",
    "advance_recovered_pence",
)


def report(programme, period, today):
    """Report the payments of `programme` to each person in `period` (a Period), by name."""
    return Report(
        title=_("Payments by person"),
        period=str(period),
        expected=_claims(programme, period).values("person").distinct().count,
        sections=[
            Section(
                _("People paid, by name"),
                [
                    ReportColumn(_("Person")),
                    ReportColumn(_("Claims"), NUMBER, summed=True),
                    ReportColumn(_("For time, as money"), MONEY, summed=True),
                    ReportColumn(_("Expenses"), MONEY, summed=True),
                    ReportColumn(_("Less advances"), MONEY, summed=True),
                    ReportColumn(_("Money paid"), MONEY, summed=True),
                    ReportColumn(_("Through payroll"), MONEY, summed=True),
                    ReportColumn(_("Vouchers"), MONEY, summed=True),
                    ReportColumn(_("Given to charity"), MONEY, summed=True),
                    ReportColumn(_("Not taken"), MONEY, summed=True),
                ],
                _rows(programme, period),
            )
        ],
        notes=[
            _("Money paid is the payment for time taken as money and the expenses, less what was paid before."),
            _("A claim counts on the day it was paid. A payment the bank sent back does not count as paid."),
            _(
                "Where nothing was to be paid, as the person took nothing or had it before, the claim counts on the day"
                " it was approved."
            ),
        ],
    )


def _claims(programme, period):
    return selection.settled_claims(period.first, period.last, programme=programme)


def _rows(programme, period):
    claims = _claims(programme, period)
    expenses = dict(
        ClaimLine.objects.filter(claim__in=claims, category=ClaimLine.Category.EXPENSE)
        .order_by()
        .values_list("claim__person")
        .annotate(Sum("approved_pence"))
    )
    sums = (
        claims.values("person", "person__full_name")
        .annotate(n=Count("pk"), **{f"sum_{name}": Sum(name) for name in SHARES})
        .order_by("person__sort_key", "person")
    )
    for row in sums.iterator():
        amounts = {name: row[f"sum_{name}"] for name in SHARES}
        spent = expenses.get(row["person"], 0)
        yield [
            row["person__full_name"],
            row["n"],
            fee_as_money(amounts, spent),
            spent,
            -amounts["advance_recovered_pence"],
            amounts["money_pence"],
            amounts["payroll_pence"],
            amounts["voucher_pence"],
            amounts["donation_pence"],
            amounts["waived_pence"],
        ]


def fee_as_money(amounts, expenses_pence):
    """Return the pence of the fee taken as money. `amounts` are the SHARES of one claim, or of several added up."""
    elsewhere = sum(amounts[name] for name in ("payroll_pence", "voucher_pence", "donation_pence", "waived_pence"))
    return amounts["approved_pence"] - expenses_pence - elsewhere


def claims_of(person, programme=None, period=None):
    """Return the settled claims of a person with `settled_on` and `expenses_agreed`, by day.

    Only those of `programme`, and only those in `period` (a Period), when given.
    """
    where = {"person": person} if programme is None else {"person": person, "programme": programme}
    first, last = (period.first, period.last) if period else (dt.date.min, dt.date.max)
    return (
        selection.settled_claims(first, last, **where)
        .select_related("programme")
        .annotate(
            expenses_agreed=Sum(
                "lines__approved_pence", filter=Q(lines__category=ClaimLine.Category.EXPENSE), default=0
            )
        )
        .order_by("settled_on", "pk")
    )
