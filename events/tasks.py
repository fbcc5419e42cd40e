"""Tasks of the events app, gathered from its wings: Celery looks for them here, by these names."""

from events.meetings.tasks import clean_paper, sweep_papers

__all__ = ["clean_paper", "sweep_papers"]
