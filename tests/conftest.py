"""Fixtures every test may use."""

import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings


def pytest_sessionfinish(session, exitstatus):
    """With CI=true nothing may be skipped: a skipped test fails the run, and is named."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") == "true" and skipped:
        for report in skipped:
            reporter.write_line(f"skipped, which CI does not allow: {report.nodeid}", red=True)
        session.exitstatus = exitstatus or pytest.ExitCode.TESTS_FAILED


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
    """Rate limits of one test never reach the next.

    Only this process's own keys go: clearing the cache would empty the whole Redis, with the queues of tests beside it.
    """
    redis = cache._cache.get_client(write=True)
    keys = list(redis.scan_iter(match=f"{settings.REDIS_PREFIX}:*"))
    if keys:
        redis.delete(*keys)


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
