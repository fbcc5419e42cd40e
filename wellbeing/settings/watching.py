"""Watch over an installation, each by a setting: numbers for Prometheus, reports of errors."""

import os

from django.core.exceptions import ImproperlyConfigured

from .environment import ENVIRONMENT

# Shown by the program that asks for /metrics; empty: there is no such page.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
METRICS_MIN_LENGTH = 24
if METRICS_TOKEN and len(METRICS_TOKEN) < METRICS_MIN_LENGTH:
    raise ImproperlyConfigured(f"METRICS_TOKEN needs {METRICS_MIN_LENGTH} letters or more, made by chance.")
# Where the processes of one web server count their pages: made by gunicorn (wellbeing/gunicorn.py).
METRICS_DIR = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")

# Where errors are reported, as the tracker gives it; empty: nowhere but in the log.
SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
if SENTRY_DSN:
    from wellbeing import error_reports

    error_reports.start(SENTRY_DSN, ENVIRONMENT, os.environ.get("WELLBEING_VERSION", ""))
