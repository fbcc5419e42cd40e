"""Fixtures every test may use."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    """Receipts and documents of a test go to its own folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits of one test never reach the next."""
    cache.clear()


@pytest.fixture
def worker(settings, django_capture_on_commit_callbacks):
    """Runs what a test's block hands to the workers: `with worker(): claims.submit(…)` runs its tasks at the end."""
    settings.CELERY_TASK_ALWAYS_EAGER = True
    from wellbeing.celery import app

    app.conf.task_always_eager = True
    app.conf.task_eager_propagates = True
    yield lambda: django_capture_on_commit_callbacks(execute=True)
    app.conf.task_always_eager = False
    app.conf.task_eager_propagates = False
