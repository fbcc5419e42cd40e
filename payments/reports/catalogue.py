"""List every report: what it is about, the periods it can be made for, and the function that builds it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from payments.reports import ageing, audit, by_person, expenses, on_time, periods, recognition, spend
from payments.reports.models import FINANCE_ONLY, ReportKind
from payments.reports.report import Report
from wellbeing.lib.dates import short_date

# The kinds of period for a report that names none of its own.
ANY = (
    periods.MONTH,
    periods.QUARTER,
    periods.GRANT_YEAR,
    periods.FINANCIAL_YEAR,
    periods.YEAR,
    periods.TAX_YEAR,
    periods.SPAN,
)


@dataclass(frozen=True)
class Kind:
    """A report that can be made.

    `build(programme, period, today)` returns its Report. `units` are the kinds of period it can be made for, none for a
    report about today; with `ended` only periods that are over.
    """

    key: ReportKind
    about: Any
    build: Callable[..., Report]
    units: tuple[str, ...] = ANY
    ended: bool = False

    @property
    def label(self):
        return self.key.label

    @property
    def finance_only(self):
        return self.key in FINANCE_ONLY

    @property
    def takes_any_days(self):
        return periods.SPAN in self.units

    def offered(self, today, programme):
        """List the periods to choose from on the day `today`, back to the start of `programme`, by unit."""
        listed = [unit for unit in self.units if unit != periods.SPAN]
        by_unit = [(unit, periods.offered(unit, today, programme, self.ended)) for unit in listed]
        return [(unit, choices) for unit, choices in by_unit if choices]

    def takes(self, key, today, programme):
        """Return whether the report can be made for the period kept as `key`, "" for none, on the day `today`."""
        if not self.units:
            return key == ""
        if key in {choice.key for _unit, choices in self.offered(today, programme) for choice in choices}:
            return True
        try:
            return self.takes_any_days and periods.period(key).unit == periods.SPAN
        except ValueError:
            return False

    def monthly(self, month):
        """Return the Period of the report sent after `month` (a Period), None for a report about today.

        Raises LookupError when there is nothing new to send that month.
        """
        if not self.units:
            return None
        if periods.MONTH in self.units:
            return month
        if periods.TAX_YEAR in self.units:
            return periods.tax_year_of(month.last)
        quarter = periods.quarter_of(month.last)
        if quarter.last != month.last:
            raise LookupError(month.key)
        return quarter


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            ReportKind.SPEND,
            _("What each budget line has left, and what activities cost: being checked, approved and paid."),
            spend.report,
        ),
        Kind(
            ReportKind.AGEING,
            _("The status of every claim today, and which have waited longest."),
            ageing.report,
            units=(),
        ),
        Kind(
            ReportKind.ON_TIME,
            _("How many claims were paid by the day promised, and how long the money took."),
            on_time.report,
        ),
        Kind(
            ReportKind.EXPENSES,
            _("How many of each kind, how much in all, the average and the largest."),
            expenses.report,
        ),
        Kind(
            ReportKind.RECOGNITION,
            _(
                "The number of claims where people took all, part or none of their payment, or gave it to charity."
                " No names, no amounts; very small numbers are hidden."
            ),
            recognition.report,
            units=(periods.QUARTER, periods.YEAR),
            ended=True,
        ),
        Kind(
            ReportKind.BY_PERSON,
            _("What each person was paid in a tax year. Money they did not take is shown separately."),
            by_person.report,
            units=(periods.TAX_YEAR,),
        ),
        Kind(
            ReportKind.AUDIT,
            _("Every money event: who, when, before and after."),
            audit.report,
        ),
    )
}


def build(report, today):
    """Build the Report of a ReportRun, its rows not read yet. Raises ValueError when its period is none."""
    key = report.parameters.get("period")
    return KINDS[report.kind].build(report.programme, periods.period(key) if key else None, today)


def period_in_words(report):
    """Name the period of a ReportRun for its reader."""
    key = report.parameters.get("period")
    if key:
        return str(periods.period(key))
    return str(_("As it stood on %(day)s") % {"day": short_date(report.made_at or report.asked_at)})


def file_name(report, form):
    """Return the name a file of a ReportRun gets on its reader's machine."""
    name = f"{report.get_kind_display()}, {period_in_words(report)}, {report.programme.name}"
    return f"{name.replace('/', ' ')}.{form}"
