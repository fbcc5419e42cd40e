"""Fixtures every test may use."""

import gc
import os
from collections import Counter

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler.loadfile import LoadFileScheduling

from tests.helpers import client, clock, own_cache
from tests.helpers.proof import prove
from tests.helpers.shared import Shared
from wellbeing.lib.breaker import breaker_of
from wellbeing.local.browsers import chromium

# Chromium's own errands are refused on a closed network, many at a time, and slow it down.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A busy machine is no mistake of a property: nothing is held against the clock.
hypothesis_settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("busy")


def pytest_collection_modifyitems(items):
    """Start the journeys, then the files with the most tests: one long journey at the end would leave a core idle."""
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: ("journeys" not in item.path.parts, -sizes[item.path], str(item.path)))


class TogetherWhatSharesItsSetUp(LoadFileScheduling):
    """Give a file to one process, and the whole folder of the demo, which is loaded once for it."""

    def _split_scope(self, nodeid):
        """Return the name of the group that a test goes with."""
        file = super()._split_scope(nodeid)
        return "tests/demo" if file.startswith("tests/demo/") else file


def pytest_xdist_make_scheduler(config, log):
    """Spread the tests over processes by our own groups."""
    return TogetherWhatSharesItsSetUp(config, log)


def pytest_collection_finish():
    """Leave what is there for good, the code and the tests, out of every search for garbage, and search less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def pytest_configure(config):
    """Name the marker of tests that need the real time."""
    config.addinivalue_line(
        "markers", "real_clock: the test runs by the real clock, as a program beside it or the database does"
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Put the clock to Monday while the files are read: some of their tables are made of days."""
    with clock.monday():
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Put the clock to Monday, and open the world the test works in before its own transaction begins."""
    clock.start(item)
    Shared.begin(item)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item):
    """Put the clock right once everything of the test is taken back."""
    try:
        return (yield)
    finally:
        clock.stop(item)


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


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's Chromium, kept to what it is asked."""
    return {**browser_type_launch_args, "executable_path": chromium(), "args": QUIET}


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright():
    """Playwright's sync calls run inside an event loop, which Django would otherwise take for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def playwright(playwright):
    """Playwright, beside whose event loop Django keeps a database connection apart: it goes when Playwright does."""
    yield playwright
    connections.close_all()


@pytest.fixture
def world(every_address, db, settings):
    """The world of `tests.world` for one test: one factor is enough, and no worker ever showed that it is alive."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.REDIS_PREFIX = "nobody"
    return every_address.copy()


@pytest.fixture(scope="session")
def every_address(django_db_setup, django_db_blocker):
    """The world of `tests.world`, shared: `every_address.copy()`."""
    from tests.world import World

    yield from Shared.for_session("every_address", World, django_db_blocker)


@pytest.fixture(autouse=True)
def _no_server_is_left_alone():
    """A Redis that one test stopped or closed is asked again in the next."""
    breaker_of.cache_clear()


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits of one test never reach the next."""
    own_cache.empty()


@pytest.fixture(autouse=True)
def _signed_in_means_proved(monkeypatch):
    """A client signed in by `force_login` has just proved who it is; see `helpers.proof.make_stale`."""
    force_login = Client.force_login

    def log_in(browser, user, backend=None):
        force_login(browser, user, backend)
        prove(browser, user)

    monkeypatch.setattr(Client, "force_login", log_in)


@pytest.fixture
def signed_in():
    """fn(user) -> a new client, signed in as them without a second factor."""
    return client.signed_in


@pytest.fixture
def with_second_factor():
    """fn(user) -> a new client, signed in as them with a second factor."""
    return client.with_second_factor


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
