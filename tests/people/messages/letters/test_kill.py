"""A worker killed with SIGKILL while it draws letters: the next one goes on, and everybody is in the file once."""

import os
import re
import subprocess
import time

import pikepdf
import pytest
from django.db import connection

from people.jobs import tasks as job_tasks
from people.messages.actions import letters as actions
from people.models import BatchedLetter, Job, LetterBatch, LetterPart
from programmes.models import Role, message_audience
from tests.factories import a_programme, with_role
from tests.helpers import workers
from tests.helpers.letters import a_reader, a_waiting_letter

# Several parts of 25, so that the kill falls between two of them or in the middle of one.
READERS = 80
SILENCE_SECONDS = 2


@pytest.fixture
def start_worker(settings, tmp_path):
    """Starts real workers on this test's database and files; each is killed with all its children."""
    started = []

    def start():
        environment = {
            **os.environ,
            "ENVIRONMENT": "test",
            "DATABASE_URL": re.sub(
                r"/[^/?]*(\?|$)", rf"/{connection.settings_dict['NAME']}\1", os.environ["DATABASE_URL"]
            ),
            "REDIS_PREFIX": settings.REDIS_PREFIX,
            "DATA_DIR": str(tmp_path / "data"),
            "JOB_SILENCE_SECONDS": str(SILENCE_SECONDS),
        }
        log = (tmp_path / f"worker-{len(started)}.log").open("w")
        worker = workers.start(
            [
                "-m",
                "celery",
                "-A",
                "wellbeing",
                "worker",
                "-c",
                "1",
                "-l",
                "INFO",
                "--without-gossip",
                "--without-mingle",
            ],
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


def wait_until(condition, what, within=180, meanwhile=lambda: None):
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"{what} took too long"
        meanwhile()
        time.sleep(0.05)


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_draws_loses_nothing_and_nobody_is_printed_twice(start_worker, settings):
    settings.JOB_SILENCE_SECONDS = SILENCE_SECONDS
    programme = a_programme()
    audience, staff = message_audience(programme.pk), with_role(programme, Role.STAFF)
    names = [f"Invented Reader {number:02d}" for number in range(READERS)]
    for name in names:
        a_waiting_letter(a_reader(programme, name), audience)
    batch = actions.make_batch(audience=audience, by=staff)

    first = start_worker()
    wait_until(LetterPart.objects.exists, "the first part", meanwhile=job_tasks.sweep_jobs)
    workers.kill(first)
    assert not LetterBatch.objects.get().is_made, "it was killed half-way"
    kept = list(LetterPart.objects.values_list("number", "sha256"))

    start_worker()
    looked = [0.0]

    def beat():
        # Beat looks every half minute; here every second, so that the test need not wait.
        if time.monotonic() - looked[0] > 1:
            looked[0] = time.monotonic()
            job_tasks.sweep_jobs.delay()

    wait_until(lambda: LetterBatch.objects.get().is_made, "the file", meanwhile=beat)
    wait_until(lambda: Job.objects.get().status == Job.Status.DONE, "the end of the job")
    assert kept
    assert Job.objects.get().attempts >= 2, "it was taken up again"
    batch.refresh_from_db()
    assert batch.count == READERS
    assert not BatchedLetter.objects.exclude(problem="").exists()
    with pikepdf.open(batch.file.path) as whole, whole.open_outline() as outline:
        assert [item.title for item in outline.root] == names
        assert len(whole.pages) == batch.pages
