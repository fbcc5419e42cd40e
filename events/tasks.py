"""Tasks of the events app, gathered from its wings: Celery looks for them here, by these names."""

from events.access.timed import gather_needs
from events.feedback.timed import follow_events
from events.meetings.tasks import clean_paper, sweep_papers

__all__ = ["clean_paper", "follow_events", "gather_needs", "sweep_papers"]
