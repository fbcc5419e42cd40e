"""Work of the workers on monthly reports."""

from celery import shared_task
from django.utils import timezone

from payments.reports import monthly


@shared_task(name="payments.tasks.make_monthly_reports")
def make_monthly_reports():
    """Have last month's reports made and sent, once the first working day of the month has come."""
    monthly.make_due(timezone.localdate())
