"""Helpers of tests that kill a Celery worker in the middle of its work."""

import time
from contextlib import contextmanager

from django.db import connection

from tests.helpers import workers


@contextmanager
def celery_workers(settings, folder):
    """`with celery_workers(settings, folder) as start`: `start(**environment)` returns a worker of this test.

    It is on the test's queue and database; what it says goes into `folder`. All are killed at the end.
    """
    started = []

    def start(**environment):
        log = (folder / f"worker-{len(started)}.log").open("w")
        database = connection.settings_dict["NAME"]
        started.append(workers.start_celery(folder, database, settings.REDIS_PREFIX, log, **environment))
        return started[-1]

    yield start
    for worker in started:
        workers.kill(worker)


def wait_until(condition, within, meanwhile=lambda: None):
    """Call `meanwhile` until `condition()` is true. Fails after `within` seconds."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        meanwhile()
        time.sleep(0.005)


def every_second(sweep):
    """Return a function that calls `sweep` once a second: beat does so every half minute, and a test need not wait."""
    looked = [0.0]

    def beat():
        if time.monotonic() - looked[0] > 1:
            looked[0] = time.monotonic()
            sweep()

    return beat
