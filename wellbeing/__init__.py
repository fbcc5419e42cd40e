"""Project package: settings, addresses, workers and the ground floor (`wellbeing.lib`) every app stands on."""

from .celery import app as celery_app

__all__ = ["celery_app"]
