"""Long work: started once, watched, failed in words, started again after its worker died."""

import pytest
from django.test import Client
from django.utils import timezone

from people import registry
from people.jobs import actions as job_actions
from people.jobs import running
from people.jobs import tasks as job_tasks
from people.models import Job
from tests.factories import a_user
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """Registers a kind of work, "counting", that does what `kind.run` says; only its starter may watch."""

    class Kind:
        runs = 0

        def run(self, job):
            for step in range(1, 4):
                running.progress(job, step, 3)

    made = Kind()

    def run(job):
        made.runs += 1
        made.run(job)

    monkeypatch.setitem(
        registry.job_kinds,
        "counting",
        registry.JobKind(
            run=run,
            can_see=lambda user, job: job.started_by_id == user.person.pk,
            title="Counting to three",
            url=lambda job: f"/somewhere/{job.subject_id}/",
        ),
    )
    return made


def begin(user, subject=7):
    return job_actions.start(kind="counting", subject_id=subject, by=user)


def silent(job):
    """As if nobody had touched the job for longer than the silence allowed."""
    Job.objects.filter(pk=job.pk).update(touched_at=timezone.now() - Job.silence() - timezone.timedelta(seconds=1))


def test_work_runs_after_commit_and_says_how_far_it_came(kind, worker):
    with worker():
        job = begin(a_user())
        assert kind.runs == 0
    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.percent) == ("done", 3, 3, 100)
    assert job.finished_at


def test_pressing_twice_starts_one_and_a_finished_one_makes_room_for_the_next(kind, worker):
    user = a_user()
    with worker():
        assert begin(user).pk == begin(user).pk
        assert begin(user, subject=8).pk != begin(user).pk
    assert Job.objects.count() == 2
    with worker():
        begin(user)
    assert Job.objects.count() == 3


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (ActionError("Two people have no address."), "Two people have no address."),
        (RuntimeError("x"), "did not expect"),
    ],
)
def test_what_stops_the_work_is_said_in_words_and_it_can_be_tried_again(kind, worker, problem, words):
    def stop(job):
        raise problem

    user, kind.run = a_user(), stop
    with worker():
        job = begin(user)
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert words in job.problem
    assert job.text == job.problem
    kind.run = lambda job: running.progress(job, 1, 1)
    with worker():
        job_actions.try_again(job=job, by=user)
    job.refresh_from_db()
    assert (job.status, job.problem) == ("done", "")


@pytest.mark.parametrize("status", [Job.Status.WAITING, Job.Status.RUNNING, Job.Status.DONE])
def test_only_failed_work_can_be_tried_again(kind, status):
    job = begin(a_user())
    Job.objects.update(status=status)
    with pytest.raises(ActionError):
        job_actions.try_again(job=job, by=a_user())


def test_trying_again_while_another_is_under_way_gives_that_one(kind):
    user = a_user()
    failed = begin(user)
    Job.objects.update(status=Job.Status.FAILED)
    other = begin(user)
    assert job_actions.try_again(job=failed, by=user).pk == other.pk


def test_work_whose_worker_died_starts_again_and_the_old_worker_stops_at_its_next_step(kind, worker):
    job = begin(a_user())
    first = running._take(job.pk)
    assert running._take(job.pk) is None, "two workers never have it at once"
    with worker():
        job_tasks.sweep_jobs.delay()
    assert Job.objects.get().status == Job.Status.RUNNING, "it is not silent yet"
    silent(job)
    with worker():
        job_tasks.sweep_jobs.delay()
    assert (Job.objects.get().status, kind.runs) == (Job.Status.DONE, 1)
    with pytest.raises(running.TakenOverError):
        running.progress(first, 1, 3)
    running._finish(first, Job.Status.FAILED, "late")
    assert Job.objects.get().status == Job.Status.DONE


def test_work_the_broker_lost_is_started_by_the_sweep(kind, worker):
    silent(begin(a_user()))
    with worker():
        job_tasks.sweep_jobs.delay()
    assert Job.objects.get().status == Job.Status.DONE


def test_work_that_keeps_killing_its_worker_is_given_up_until_somebody_tries_again(kind, worker):
    job = begin(a_user())
    for _time in range(Job.MAX_ATTEMPTS):
        running._take(job.pk)
        silent(job)
        again = running.put_stalled_back(Job.objects.stalled(timezone.now()))
    assert again == []
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert "5 times" in job.problem
    with worker():
        job_actions.try_again(job=job, by=a_user())
    job.refresh_from_db()
    assert job.status == Job.Status.DONE


def test_progress_is_written_at_most_once_a_second(kind, django_assert_max_num_queries):
    job = running._take(begin(a_user()).pk)
    with django_assert_max_num_queries(3):
        for step in range(100):
            running.progress(job, step, 100)


def test_the_page_shows_progress_and_the_json_what_the_script_needs(kind, with_second_factor):
    user = a_user()
    job = begin(user)
    Job.objects.update(status=Job.Status.RUNNING, done=1, total=4)
    client = with_second_factor(user)
    page = client.get(f"/jobs/{job.pk}/")
    assert page.status_code == 200
    assert "Counting to three" in page.text
    assert f'data-progress-url="/jobs/{job.pk}/"' in page.text
    assert "no-store" in page["Cache-Control"]
    news = client.get(f"/jobs/{job.pk}/", headers={"accept": "application/json"}).json()
    assert news["percent"] == 25
    assert (news["status"], news["state"], news["finished"], news["next_url"]) == ("running", "running", False, "")
    Job.objects.update(status=Job.Status.DONE)
    assert client.get(f"/jobs/{job.pk}/", headers={"accept": "application/json"}).json()["next_url"] == "/somewhere/7/"


def test_failed_work_offers_try_again_to_whoever_may_see_it(kind, with_second_factor, worker):
    user = a_user()
    job = begin(user)
    Job.objects.update(status=Job.Status.FAILED, problem="Two people have no address.", finished_at=timezone.now())
    client = with_second_factor(user)
    page = client.get(f"/jobs/{job.pk}/")
    assert "Two people have no address." in page.text
    assert f'action="/jobs/{job.pk}/try-again/"' in page.text
    with worker():
        assert client.post(f"/jobs/{job.pk}/try-again/").url == f"/jobs/{job.pk}/"
    assert Job.objects.get().status == Job.Status.DONE
    assert "has not failed" in client.post(f"/jobs/{job.pk}/try-again/", follow=True).text


def test_nobody_else_sees_the_work(kind, with_second_factor):
    job = begin(a_user())
    assert with_second_factor(a_user()).get(f"/jobs/{job.pk}/").status_code == 404
    assert with_second_factor(a_user()).post(f"/jobs/{job.pk}/try-again/").status_code == 404
    assert Client().get(f"/jobs/{job.pk}/").status_code == 302
    assert with_second_factor(a_user()).get(f"/jobs/{job.pk}/try-again/")["Location"] == f"/jobs/{job.pk}/"


def test_history_names_the_task_that_made_the_change(kind, worker):
    with worker():
        job = begin(a_user())
    contexts = [row.pgh_context.metadata for row in job.history.select_related("pgh_context") if row.pgh_context]
    assert contexts[-1]["task"] == "people.tasks.run_job"
