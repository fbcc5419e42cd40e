"""Work of the workers on access at events, by the clock."""

from celery import shared_task
from django.utils import timezone

from events.access.actions import gathering
from events.planning.models import Event


@shared_task(name="events.tasks.gather_needs")
def gather_needs():
    """Arrange for what people need at every event to come, also what was said before needs were gathered.

    Safe to run twice: what is gathered already stays as it is.
    """
    for event in Event.objects.filter(status=Event.Status.PLANNED, starts_at__gt=timezone.now()).order_by("pk"):
        gathering.gather(event=event, by=None)
