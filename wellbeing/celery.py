"""The Celery application: workers send messages, make documents and open receipts; beat sweeps up what was lost."""

import os
from logging.config import dictConfig

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")

app = Celery("wellbeing")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def log_like_the_web_server(**kwargs):
    """Make workers and beat log as settings.LOGGING says, instead of in Celery's own way."""
    from django.conf import settings

    dictConfig(settings.LOGGING)
