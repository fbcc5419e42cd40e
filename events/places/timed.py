"""Work of the workers on waiting lists, by the clock."""

import logging

from celery import shared_task

from events.places import queries
from events.places.actions import offers

logger = logging.getLogger(__name__)


@shared_task(name="events.tasks.keep_up_waiting_lists")
def keep_up_waiting_lists():
    """Pass on offers that nobody answered in time, and offer places that came free, event by event.

    Safe to run twice, and to be killed half-way: each event is one transaction. What fails at one event is tried again
    the next time, and holds up no other.
    """
    for event in queries.events_to_keep_up():
        try:
            offers.keep_up(event=event, by=None)
        except Exception:
            logger.exception("The waiting list of event %s could not be kept up", event.pk)
