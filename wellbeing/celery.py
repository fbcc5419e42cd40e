"""The Celery application: workers send messages, make documents and open receipts; beat sweeps up what was lost."""

import os
from logging.config import dictConfig

from celery import Celery, signals
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")

app = Celery("wellbeing")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def log_like_the_web_server(**kwargs):
    """Make workers and beat log as settings.LOGGING says, instead of in Celery's own way."""
    from django.conf import settings

    dictConfig(settings.LOGGING)


@signals.task_prerun.connect
@signals.task_postrun.connect
def close_connections_that_are_old_or_broken(sender, **kwargs):
    """Let a worker keep its connection to the database from task to task, as a web server does between requests.

    Celery itself would close it before and after each task (see CELERY_DB_REUSE_MAX).
    """
    if not sender.request.is_eager:
        close_old_connections()
