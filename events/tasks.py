"""Tasks of the events app, gathered from its wings: Celery looks for them here, by these names."""

from events.access.timed import gather_needs

__all__ = ["gather_needs"]
