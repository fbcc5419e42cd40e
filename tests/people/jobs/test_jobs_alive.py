"""A job belongs to its worker while that lives, however long a step takes, and to another soon after it was killed."""

import os
import re
import subprocess
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from people.jobs import running
from people.jobs import tasks as job_tasks
from people.models import Job
from tests.factories import a_person
from tests.helpers import workers

# What the worker runs: a kind of work with one long step that says nothing of itself. It waits for a file.
SLOW_WORK = """
import os, time
from people import registry
def run(job):
    open(os.environ["SLOW_WORK"] + f".begun-{job.attempts}", "w").close()
    while not os.path.exists(os.environ["SLOW_WORK"] + ".done"):
        time.sleep(0.05)
kind = registry.JobKind(run=run, can_see=lambda user, job: False, title="Slow", url=lambda job: "/")
registry.job_kinds["slow"] = kind
from wellbeing.celery import app
app.worker_main(["worker", "-c", "1", "-l", "WARNING", "--without-gossip", "--without-mingle"])
"""
SILENCE = 3


@pytest.fixture
def start_worker(settings, tmp_path):
    """Starts real workers that know the slow work and count SILENCE seconds as silence; ends them in the end."""
    settings.JOB_SILENCE_SECONDS = SILENCE
    started = []

    def start():
        database = connection.settings_dict["NAME"]
        environment = {
            **os.environ,
            "ENVIRONMENT": "test",
            "DATABASE_URL": re.sub(r"/[^/?]*(\?|$)", rf"/{database}\1", os.environ["DATABASE_URL"]),
            "REDIS_PREFIX": settings.REDIS_PREFIX,
            "DATA_DIR": str(tmp_path),
            "JOB_SILENCE_SECONDS": str(SILENCE),
            "SLOW_WORK": str(tmp_path / "slow"),
        }
        code = (
            "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'wellbeing.settings'; django.setup()" + SLOW_WORK
        )
        with (tmp_path / "worker.log").open("a") as log:
            worker = workers.start(
                ["-c", code],
                env=environment,
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        workers.kill(worker)


def wait_until(condition, what):
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def sweep(job):
    """Do what the sweep of beat does. Returns whether the job was given away."""
    again = running.put_stalled_back(Job.objects.filter(pk=job.pk).stalled(timezone.now()))
    for pk in again:
        job_tasks.run_job.delay(pk)
    return bool(again)


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_a_long_silent_step_keeps_its_job_while_the_worker_lives_and_loses_it_when_it_is_killed(start_worker, tmp_path):
    job = Job.objects.create(kind="slow", subject_id=1, started_by=a_person("Ann Invented"))
    worker = start_worker()
    job_tasks.run_job.delay(job.pk)
    wait_until((tmp_path / "slow.begun-1").exists, "the worker did not begin")
    # It lives through several silences, and shows it each time.
    signs = set()

    def shown(times):
        def look():
            assert not sweep(job), "given away while its worker lives"
            signs.add(Job.objects.get(pk=job.pk).touched_at)
            return len(signs) >= times

        return look

    wait_until(shown(times=10), "no signs of life")
    assert max(signs) - min(signs) > Job.silence()
    workers.kill(worker)
    wait_until(lambda: sweep(job), "not given away after its worker was killed")
    start_worker()
    wait_until((tmp_path / "slow.begun-2").exists, "no other worker took it")
    (tmp_path / "slow.done").touch()
    wait_until(lambda: Job.objects.get(pk=job.pk).status == Job.Status.DONE, "it did not end")
    assert Job.objects.get(pk=job.pk).attempts == 2


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_left_behind_by_the_signs_of_life(settings):
    settings.JOB_SILENCE_SECONDS = 0.3
    job = Job.objects.create(kind="slow", subject_id=1)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, attempts=1)
    job.refresh_from_db()
    before = job.touched_at

    def connections():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            return {pid for (pid,) in cursor.fetchall()}

    # The server of the journeys, in the same process, may have connections of its own.
    others = connections()
    with running._signs_of_life(job):
        wait_until(lambda: Job.objects.get(pk=job.pk).touched_at > before, "no sign of life")
        assert connections() - others

    # PostgreSQL notices a moment later.
    wait_until(lambda: connections() <= others, "a connection is left")


@pytest.mark.django_db(transaction=True)
def test_signs_of_life_end_when_another_worker_has_the_job(settings):
    settings.JOB_SILENCE_SECONDS = 0.3
    job = Job.objects.create(kind="slow", subject_id=1)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, attempts=1)
    job.refresh_from_db()
    Job.objects.filter(pk=job.pk).update(attempts=2)
    taken = Job.objects.get(pk=job.pk).touched_at
    with running._signs_of_life(job):
        wait_until(lambda: f"job-{job.pk}" not in {each.name for each in threading.enumerate()}, "it goes on")
    assert Job.objects.get(pk=job.pk).touched_at == taken
