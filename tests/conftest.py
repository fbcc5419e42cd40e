"""Fixtures every test may use."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings


@pytest.fixture(scope="session", autouse=True)
def data_dir(tmp_path_factory):
    """Where receipts and documents of this run go; what a worker started by a test gets as DATA_DIR."""
    folder = tmp_path_factory.mktemp("data")
    storages = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder / "private")},
        },
    }
    with override_settings(STORAGES=storages):
        yield folder


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
