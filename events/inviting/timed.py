"""Work of the workers on invitations, by the clock."""

from celery import shared_task
from django.utils import timezone

from events.inviting import queries
from events.inviting.actions import details


@shared_task(name="events.tasks.send_joining_details")
def send_joining_details():
    """Tell everybody who comes to an event of the next days how to get there or join.

    Safe to run twice: nobody is told twice. What a worker that was stopped has left out comes with the next run.
    """
    for event_id in queries.events_with_details_due(timezone.now()).values_list("pk", flat=True):
        last = details.send(event_id=event_id, by=None)
        while last:
            last = details.send(event_id=event_id, by=None, after=last)
