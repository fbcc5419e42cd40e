"""Work that beat starts on accounts."""

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task(name="people.tasks.purge_sessions")
def purge_sessions():
    """Delete the sessions that are long over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
