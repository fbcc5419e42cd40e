"""Tasks of the events app, gathered from its wings: Celery looks for them here, by these names."""

from events.access.timed import gather_needs
from events.feedback.timed import follow_events
from events.inviting.timed import send_joining_details
from events.papers.tasks import clean_paper, sweep_papers
from events.places.timed import keep_up_waiting_lists

__all__ = [
    "clean_paper",
    "follow_events",
    "gather_needs",
    "keep_up_waiting_lists",
    "send_joining_details",
    "sweep_papers",
]
