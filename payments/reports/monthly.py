"""Send reports every month: made on the first working day of a month, about the month before, and sent once."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from payments.reports import catalogue, emails, periods
from payments.reports.models import FINANCE_ONLY, ReportFile, ReportRun, ReportSubscription
from people.jobs import actions as job_actions
from people.messages.telling import tell_many
from people.models import Job
from programmes.models import Membership, Role
from wellbeing.lib.dates import add_working_days

JOB_KIND = "payment_report"


def send_day(month):
    """Return the day on which reports about `month` (its first day, a date) are sent: the next first working day."""
    return add_working_days(month + relativedelta(months=1) - dt.timedelta(days=1), 1)


def make_due(today):
    """Have the reports about last month made that are due on the day `today`, and their messages sent.

    Safe to run again: a report is made once for each month, and sent once to each person. One that failed waits for
    somebody to try again.
    """
    month = periods.month_of(today.replace(day=1) - dt.timedelta(days=1))
    if today < send_day(month.first):
        return
    wanted = _in_force(month.first).order_by().values_list("programme", "kind").distinct()
    for programme, kind in wanted:
        try:
            period = catalogue.KINDS[kind].monthly(month)
        except LookupError:
            continue
        parameters = {"period": period.key} if period else {}
        report, _created = ReportRun.objects.get_or_create(
            programme_id=programme, kind=kind, for_month=month.first, defaults={"parameters": parameters}
        )
        if report.is_made:
            tell(report.pk)
        elif not Job.objects.filter(kind=JOB_KIND, subject_id=report.pk).exists():
            job_actions.start(kind=JOB_KIND, subject_id=report.pk, by=None)


def tell(pk):
    """Write the messages about a monthly report that is made: a link, and the PDF where it names nobody.

    Only to people who are in the programme's finance today. People who asked after the day it was sent wait a month.
    """
    report = ReportRun.objects.select_related("programme").get(pk=pk)
    if report.for_month is None or not report.is_made:
        return
    finance = Membership.objects.effective_on(timezone.localdate()).filter(
        programme=report.programme, role=Role.FINANCE
    )
    wanted = (
        _in_force(report.for_month)
        .filter(programme=report.programme, kind=report.kind, person__in=finance.values("person"))
        .select_related("person")
    )
    parts = []
    if wanted and report.kind not in FINANCE_ONLY:
        file = report.files.get(format=ReportFile.Format.PDF)
        with file.file.open("rb") as source:
            parts = [(catalogue.file_name(report, file.format), "application/pdf", source.read())]
    tell_many(
        emails.monthly_report(
            report, subscription.person, catalogue.period_in_words(report), f"{subscription.pk}", parts
        )
        for subscription in wanted
    )


def _in_force(month):
    """Return the subscriptions to reports about the month that begins on the day `month`."""
    return ReportSubscription.objects.filter(stopped_at=None, set_at__date__lte=send_day(month))
