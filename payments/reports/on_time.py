"""Report how many claims were paid by the day promised, and how long the money took."""

from statistics import median

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.policy import queries as policy_queries
from payments.reports import periods
from payments.reports.report import DECIMAL, NUMBER, PERCENT, Report, ReportColumn, Section
from wellbeing.lib.dates import short_date, working_days_between


def report(programme, period, today):
    """Report how promptly the claims of `programme` paid in `period` (a Period) were paid, month by month.

    Those promised in `period` for a day before `today` and not paid yet are late, too.
    """
    rows = _counted(programme, period, today)
    return Report(
        title=_("Paid on time"),
        period=str(period),
        expected=3 * len(rows),
        sections=[
            Section(
                _("Paid by the day we promised"),
                [
                    ReportColumn(_("Month")),
                    ReportColumn(_("Claims paid"), NUMBER),
                    ReportColumn(_("Paid on time"), NUMBER),
                    ReportColumn(_("Paid late"), NUMBER),
                    ReportColumn(_("Late and not paid yet"), NUMBER),
                    ReportColumn(_("On time"), PERCENT),
                ],
                (month.on_time_row() for month in rows),
            ),
            Section(
                _("From activity to money"),
                _day_columns(),
                (month.days_row(month.from_activity) for month in rows),
            ),
            Section(
                _("From sending to money"),
                _day_columns(),
                (month.days_row(month.from_sending) for month in rows),
            ),
        ],
        notes=[
            _(
                "A claim counts in the month it was paid. One that was promised and not paid by %(day)s counts as late"
                " in the month for which it was promised."
            )
            % {"day": short_date(today)},
            _("The share on time is of all of them: paid on time, paid late, and late and not paid yet."),
            _("The days are those of claims that were paid."),
            _("A payment the bank sent back does not count as paid."),
            _("The median is the middle one: half of the claims took as long or less."),
        ],
    )


def _counted(programme, period, today):
    """Count the claims of each month of `period`, and of all of it: the _Months, the whole last."""
    closed = frozenset(policy_queries.closed_days(programme))
    months = {month.key: _Month(str(month)) for month in periods.months_of(period)}
    whole = _Month(_("In all"))
    paid = Claim.objects.filter(
        programme=programme, status=Claim.Status.PAID, paid_on__range=(period.first, period.last)
    ).order_by("paid_on", "pk")
    for paid_on, pay_by, activity, sent in paid.values_list(
        "paid_on", "pay_by", "activity_date", "submitted_at"
    ).iterator():
        for month in (months[periods.month_of(paid_on).key], whole):
            month.count(paid_on, pay_by, activity, timezone.localdate(sent), closed)
    unpaid = Claim.objects.filter(programme=programme, pay_by__range=(period.first, period.last)).overdue(today)
    for pay_by in unpaid.values_list("pay_by", flat=True).iterator():
        for month in (months[periods.month_of(pay_by).key], whole):
            month.unpaid += 1
    return [*months.values(), whole]


def _day_columns():
    return [
        ReportColumn(_("Month paid")),
        ReportColumn(_("Working days, median"), DECIMAL),
        ReportColumn(_("Working days, longest"), NUMBER),
        ReportColumn(_("Days, median"), DECIMAL),
        ReportColumn(_("Days, longest"), NUMBER),
    ]


class _Month:
    """The counts of one month: claims paid, those in time, those late and unpaid, and the days each claim took."""

    def __init__(self, label):
        self.label = label
        self.paid = self.in_time = self.unpaid = 0
        self.from_activity, self.from_sending = [], []

    def count(self, paid_on, pay_by, activity, sent, closed):
        self.paid += 1
        self.in_time += paid_on <= pay_by
        self.from_activity.append((working_days_between(activity, paid_on, closed), max((paid_on - activity).days, 0)))
        self.from_sending.append((working_days_between(sent, paid_on, closed), max((paid_on - sent).days, 0)))

    def on_time_row(self):
        counted = self.paid + self.unpaid
        share = self.in_time * 100 / counted if counted else None
        return [self.label, self.paid, self.in_time, self.paid - self.in_time, self.unpaid, share]

    def days_row(self, days):
        if not days:
            return [self.label, None, None, None, None]
        working, calendar = [number for number, _days in days], [number for _days, number in days]
        return [self.label, median(working), max(working), median(calendar), max(calendar)]
