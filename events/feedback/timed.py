"""Work of the workers on what follows an event, by the clock."""

from celery import shared_task

from events.feedback import queries
from events.feedback.actions import thanking
from events.feedback.models import FeedbackRound
from wellbeing.lib.dates import today


@shared_task(name="events.tasks.follow_events")
def follow_events():
    """Close feedback whose last day has gone, and thank who came to the events whose day for it has come.

    Once a day, safe to run twice: nobody is thanked a second time.
    """
    for round in FeedbackRound.objects.past_their_day(today()).order_by("pk"):
        thanking.close(round=round, by=None)
    for event in queries.events_to_thank_for(today()):
        thanking.thank(event=event, by=None)
