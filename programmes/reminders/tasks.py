"""Work of the workers on reminders."""

from celery import shared_task

from programmes.reminders import sending
from wellbeing.lib.dates import today


@shared_task(name="programmes.tasks.send_reminders")
def send_reminders():
    """Remind people of what is due today by London's calendar: once a day, safe to run twice."""
    sending.send_due(today())
