"""Workers killed with SIGKILL while they make the papers of 300 payments: the pack completes, each letter once."""

import io
import os
import re
import subprocess
import time

import pikepdf
import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from payments.models import Document
from payments.runs import documents as run_documents
from payments.runs import queries as run_queries
from payments.runs.actions import runs
from people.jobs import running
from people.jobs import tasks as job_tasks
from people.models import Job
from programmes.models import Role
from tests import factories
from tests.helpers import workers
from tests.helpers.runs_in_bulk import approved_claims, signed_run

PAYMENTS = 300


@pytest.fixture
def start_worker(settings, tmp_path):
    """Starts real workers, two processes each, on this test's database; each is killed with all its children."""
    started = []

    def start():
        environment = {
            **os.environ,
            "ENVIRONMENT": "test",
            "DATABASE_URL": re.sub(
                r"/[^/?]*(\?|$)", rf"/{connection.settings_dict['NAME']}\1", os.environ["DATABASE_URL"]
            ),
            "REDIS_PREFIX": settings.REDIS_PREFIX,
            "DATA_DIR": str(tmp_path),
        }
        command = ["-m", "celery", "-A", "wellbeing", "worker", "-c", "2", "-l", "WARNING"]
        log = (tmp_path / f"worker-{len(started)}.log").open("w")
        worker = workers.start(
            [*command, "--without-gossip", "--without-mingle"],
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


def wait_until(condition, within):
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_workers_killed_while_making_300_letters_leave_a_pack_that_completes_with_each_letter_once(
    start_worker, settings, tmp_path
):
    programme = factories.a_programme("Many People")
    policy = factories.a_policy(programme)
    maker, signer = (factories.with_role(programme, Role.FINANCE) for _n in range(2))
    claims = approved_claims(programme, policy, PAYMENTS, pence=lambda number: 1000 + number)
    run = signed_run(programme, claims, maker, signer)
    letters = run.documents.filter(kind=Document.Kind.REMITTANCE)
    job = runs.make_documents(run=run, by=maker)

    first = start_worker()
    wait_until(lambda: letters.count() >= 60, within=120)
    workers.kill(first)
    before = dict(letters.values_list("payment", "sha256"))
    assert 60 <= len(before) < PAYMENTS, "they were killed half-way"

    # What the sweep does once the work has been silent for long enough, without the wait.
    later = timezone.now() + 2 * Job.silence()
    for pk in running.put_stalled_back(Job.objects.filter(pk=job.pk).stalled(later)):
        job_tasks.run_job.delay(pk)
    start_worker()
    wait_until(lambda: Job.objects.get(pk=job.pk).is_finished, within=300)

    job.refresh_from_db()
    assert (job.status, job.attempts, job.done) == (Job.Status.DONE, 2, PAYMENTS + 2)
    made = dict(letters.values_list("payment", "sha256"))
    assert letters.count() == len(made) == PAYMENTS, "each letter exactly once"
    assert before.items() <= made.items(), "what was there was not made again"
    assert run_queries.papers_are_ready(run)
    # The workers kept their files below their own folder.
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}}
    with override_settings(STORAGES={**settings.STORAGES, "default": private}):
        titles = [title_of(letter) for letter in run_queries.letters(run)]
        pack = stored(Document.objects.get(run=run, kind=Document.Kind.PACK))
        with pikepdf.open(io.BytesIO(run_documents.read(pack))) as whole, whole.open_outline() as outline:
            bookmarks = [item.title for item in outline.root]
            assert len(whole.pages) >= PAYMENTS + 1
    paid = [int(re.search(r"£(\d+)\.(\d\d)", title).expand(r"\1\2")) for title in titles]
    assert sorted(paid) == list(range(1000, 1000 + PAYMENTS))
    assert sum(paid) == sum(run.payments.values_list("amount_pence", flat=True)) == run_queries.run_sums(run).total
    people = run.payments.order_by("person__full_name").values_list("person__full_name", "reference")
    assert bookmarks == [run.reference, *(f"{name}, {reference}" for name, reference in people)]


def stored(document):
    """The document with the storage that is in force now."""
    document.file.storage = storages["default"]
    return document


def title_of(letter):
    """The title of a stored letter, which names the sum; read only when its bytes are those that were made."""
    with pikepdf.open(io.BytesIO(run_documents.read(stored(letter)))) as paper:
        return str(paper.docinfo["/Title"])
