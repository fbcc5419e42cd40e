"""/healthz and /readyz: each part that fails is named, nothing inside is told, nobody waits long."""

import datetime as dt
import resource
import socket
from contextlib import suppress
from functools import cached_property

import psycopg2
import pytest
import redis
from celery.schedules import schedule
from django.db import connection
from django.utils import timezone

from payments.models import Receipt
from people import registry
from people.models import Job, Message
from programmes.models import EvidenceFile
from tests import factories
from tests.factories.heard import a_contribution, a_file, an_outcome
from tests.helpers.messages import a_message
from wellbeing import health
from wellbeing.celery import app

DUE = {"messages_due", "jobs_due", "receipts_due", "documents_due", "evidence_due", "papers_due"} | {
    "welcome_copies_due",
    "files_due",
}
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def redis_at(settings):
    """Points the health checks at another Redis, and back afterwards."""

    def point(url):
        settings.REDIS_URL = url
        health._redis.cache_clear()

    yield point
    health._redis.cache_clear()


class SilentServer:
    """A server that takes connections and never says a word."""

    def __init__(self, listening):
        self.listening, self.port = listening, listening.getsockname()[1]
        listening.setblocking(False)

    @cached_property
    def waiting(self):
        """Every connection that was made."""
        made = []
        with suppress(BlockingIOError):
            while True:
                made.append(self.listening.accept()[0])
        for each in made:
            each.close()
        return made


@pytest.fixture
def silent_server():
    """A SilentServer."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield SilentServer(listening)


@pytest.fixture
def everything_alive():
    """Workers and beat that have just shown a sign of life."""
    for part in health.HEARTS:
        health._Heart(part).beat()
    yield
    health.forget_signs_of_life()


def failed(response):
    return {name for name, part in response.json()["parts"].items() if part["status"] == "failed"}


def test_healthz_says_the_process_is_up_even_with_everything_else_down(client, redis_at):
    redis_at(NOWHERE)
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readyz_is_ok_when_every_part_is_there(client, everything_alive):
    response = client.get("/readyz")
    assert response.status_code == 200
    nothing = {"waiting": 0, "oldest": None, "failed": 0}
    assert response.json() == {
        "status": "ok",
        "parts": {
            **{part: {"status": "ok"} for part in ("postgres", *health.HEARTS)},
            "redis": {"status": "ok", "queues": {"celery": 0, "receipts": 0}},
            **{part: {"status": "ok", **nothing} for part in DUE},
        },
        "notes": [str(note) for say in registry.installation_notes for note in say()],
    }


@pytest.mark.parametrize("part", health.HEARTS)
@pytest.mark.django_db
def test_readyz_names_the_one_part_that_shows_no_sign_of_life(client, everything_alive, part):
    health._redis().delete(health._key(part))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert failed(response) == {part}


@pytest.mark.django_db
def test_readyz_names_redis_and_what_cannot_be_known_without_it(client, redis_at):
    redis_at(NOWHERE)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert failed(response) == {"redis", *health.HEARTS}
    assert "127.0.0.1" not in response.text


def test_readyz_names_postgres_and_tells_nothing_about_where_it_is(client, everything_alive, monkeypatch):
    monkeypatch.setattr(
        connection, "get_connection_params", lambda: {"host": "127.0.0.1", "port": 1, "dbname": "secret"}
    )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert failed(response) == {"postgres", *DUE}
    assert "secret" not in response.text


@pytest.mark.django_db
def test_readyz_gives_up_on_a_redis_that_never_answers(client, redis_at, silent_server, settings):
    redis_at(f"redis://127.0.0.1:{silent_server.port}/0")
    assert failed(client.get("/readyz")) == {"redis", *health.HEARTS}
    # How long is asked for, not how long it took: a busy machine takes what it takes.
    asked = health._redis().connection_pool.connection_kwargs
    assert asked["socket_timeout"] + asked["socket_connect_timeout"] <= settings.REDIS_PATIENCE_SECONDS
    assert len(silent_server.waiting) == 1, "it did not try again"


def test_readyz_gives_up_on_a_postgres_that_never_answers(client, everything_alive, silent_server, monkeypatch):
    monkeypatch.setattr(
        connection, "get_connection_params", lambda: {"host": "127.0.0.1", "port": silent_server.port, "dbname": "x"}
    )
    asked, connect = [], psycopg2.connect

    def connect_and_note(**terms):
        asked.append(terms)
        return connect(**terms)

    monkeypatch.setattr(psycopg2, "connect", connect_and_note)
    assert failed(client.get("/readyz")) == {"postgres", *DUE}
    [terms] = asked
    assert terms["connect_timeout"] == health.PATIENCE_SECONDS
    assert terms["options"] == f"-c statement_timeout={health.PATIENCE_SECONDS * 1000}"
    assert len(silent_server.waiting) == 1, "it did not try again"


def test_a_sign_of_life_fades_within_a_minute(everything_alive):
    for part in health.HEARTS:
        assert 0 < health._redis().ttl(health._key(part)) <= health.ALIVE_SECONDS


@pytest.mark.parametrize(
    ("queues", "parts"),
    [({"celery"}, {"worker"}), ({"receipts"}, {"receipts"}), ({"celery", "receipts"}, {"worker", "receipts"})],
)
def test_a_worker_shows_a_sign_of_life_for_the_queues_it_takes_tasks_from(queues, parts, monkeypatch):
    health.forget_signs_of_life()
    monkeypatch.setattr(health, "_worker_hearts", {part: health._Heart(part) for part in health.WORKERS})
    before = app.amqp.queues._consume_from
    app.amqp.queues.select(queues)
    try:
        health.worker_is_alive()
    finally:
        app.amqp.queues._consume_from = before
    assert {part for part in health.WORKERS if health._redis().exists(health._key(part))} == parts
    health.forget_signs_of_life()


def test_files_people_send_are_never_opened_by_the_worker_that_sends_messages():
    opened = ("receipt", "evidence", "welcome_cop", "events.tasks.clean", "events.tasks.sweep")
    routes = {
        name: app.amqp.router.route({}, name)["queue"].name
        for name in app.tasks
        if any(word in name for word in opened)
    }
    assert routes == {
        "events.tasks.clean_paper": "receipts",
        "events.tasks.sweep_papers": "receipts",
        "payments.tasks.clean_receipt": "receipts",
        "payments.tasks.sweep_receipts": "receipts",
        "programmes.tasks.clean_evidence": "receipts",
        "programmes.tasks.clean_welcome_copy": "receipts",
        "programmes.tasks.sweep_welcome_copies": "receipts",
        "programmes.tasks.sweep_evidence": "receipts",
    }
    assert set(app.amqp.queues.consume_from) == {"celery"}, "a worker started without --queues takes none of them"


# Work that is due


def waiting_message(late):
    return a_message(next_try_at=ago(late))


def held_message(late):
    message = waiting_message(late)
    Message.objects.filter(pk=message.pk).update(status="sending", taken_at=ago(late))


def waiting_job(late):
    job = Job.objects.create(kind="payment_documents", subject_id=1, touched_at=timezone.now())
    Job.objects.filter(pk=job.pk).update(created_at=ago(late))
    return job


def silent_job(late):
    Job.objects.create(kind="payment_documents", subject_id=1, status="running", attempts=1, touched_at=ago(late))


def receipt_to_check(late):
    programme = factories.a_programme()
    person = factories.a_user().person
    Receipt.objects.create(
        claim=factories.a_claim(programme, person),
        file="x.jpg",
        original_name="x.jpg",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        added_by=person,
        added_at=ago(late),
    )


def evidence_to_check(late):
    outcome = an_outcome(a_contribution(factories.a_programme()))
    row = a_file(outcome)
    EvidenceFile.objects.create(
        outcome=outcome,
        file=row.file,
        original_name="x.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        added_by=outcome.answered_by,
        added_at=ago(late),
    )


def ago(minutes):
    return timezone.now() - dt.timedelta(minutes=minutes)


LATE_WORK = {
    waiting_message: "messages_due",
    held_message: "messages_due",
    waiting_job: "jobs_due",
    silent_job: "jobs_due",
    receipt_to_check: "receipts_due",
    evidence_to_check: "evidence_due",
}


@pytest.mark.parametrize(("make", "part"), LATE_WORK.items(), ids=lambda value: getattr(value, "__name__", value))
@pytest.mark.django_db
def test_readyz_names_work_that_has_been_due_for_more_than_ten_minutes(client, everything_alive, make, part):
    make(11)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert failed(response) == {part}
    told = response.json()["parts"][part]
    assert told["reason"] == "the oldest has been due for more than 10 minutes"
    assert told["waiting"] == 1
    assert dt.datetime.fromisoformat(told["oldest"]) == pytest.approx(ago(11), abs=dt.timedelta(minutes=1))


@pytest.mark.parametrize("make", LATE_WORK, ids=lambda value: value.__name__)
@pytest.mark.django_db
def test_readyz_is_patient_with_work_that_has_just_become_due(client, everything_alive, make):
    make(5)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_counts_failed_work_and_tasks_in_the_queues_and_stays_well(client, everything_alive, settings):
    message, job = waiting_message(-30), waiting_job(0)
    Message.objects.filter(pk=message.pk).update(status=Message.Status.FAILED)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.FAILED, finished_at=timezone.now())
    queue = f"{settings.REDIS_PREFIX}:receipts"
    health._redis().rpush(queue, "a task", "another")
    response = client.get("/readyz")
    health._redis().delete(queue)
    parts = response.json()["parts"]
    assert response.status_code == 200
    assert parts["redis"]["queues"] == {"celery": 0, "receipts": 2}
    assert [parts[name]["failed"] for name in ("messages_due", "jobs_due")] == [1, 1]
    assert parts["jobs_due"]["waiting"] == 0


@pytest.mark.django_db
def test_a_message_that_waits_for_its_next_try_is_not_due(client, everything_alive):
    waiting_message(-30)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_administrators_see_at_home_since_when_the_oldest_work_waits(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    receipt_to_check(25)
    client.force_login(factories.an_administrator())
    page = client.get("/").text
    assert "Waiting to be done by the server" in page
    assert "25\xa0minutes" in page
    assert page.count("Nothing is waiting") >= 2
    assert "Waiting for more than 10 minutes: Receipts to check" in page


@pytest.mark.django_db
def test_nobody_else_sees_the_work_of_the_server(client):
    receipt_to_check(25)
    client.force_login(factories.a_user())
    page = client.get("/").text
    assert "Waiting for you" in page
    assert "by the server" not in page


def test_a_worker_goes_on_when_its_sign_of_life_cannot_reach_redis(redis_at):
    redis_at(NOWHERE)
    health._Heart("worker").beat()


def test_a_sign_of_life_is_written_at_most_once_in_a_while(everything_alive):
    heart = health._Heart("worker")
    heart.beat()
    health.forget_signs_of_life()
    heart.beat()
    assert not health._redis().exists(health._key("worker"))


def test_beat_shows_a_sign_of_life_at_every_tick_and_never_sleeps_past_one(tmp_path):
    health.forget_signs_of_life()
    scheduler = health.HeartbeatScheduler(app=app, schedule_filename=str(tmp_path / "beat"), lazy=True)
    app.conf.beat_schedule, before = {}, app.conf.beat_schedule
    try:
        scheduler.setup_schedule()
        seconds = scheduler.tick()
    finally:
        app.conf.beat_schedule = before
        scheduler.close()
    assert seconds <= health.BEAT_EVERY_SECONDS < health.ALIVE_SECONDS
    assert health._redis().exists(health._key("beat"))
    health.forget_signs_of_life()


def test_beat_goes_on_when_its_disk_is_full_and_writes_again_when_there_is_room(tmp_path):
    def a_scheduler(name="beat"):
        return health.HeartbeatScheduler(app=app, schedule_filename=str(tmp_path / name))

    def last_run(scheduler):
        return scheduler.schedule["sweep"].last_run_at

    app.conf.beat_schedule, before = {"sweep": {"task": "none", "schedule": schedule(3600)}}, app.conf.beat_schedule
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        first = a_scheduler()
        first.schedule["sweep"] = first.reserve(first.schedule["sweep"])
        ran = last_run(first)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, limit[1]))
        first.sync()
        assert last_run(first) == ran
        # One that starts meanwhile has no file, and keeps what it does in memory.
        beside = a_scheduler("beside")
        assert beside.schedule["sweep"].task == "none"
        beside.sync()
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        first.close()
        second = a_scheduler()
        assert last_run(second) == ran
        second.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        app.conf.beat_schedule = before


def test_the_client_does_not_try_again():
    assert isinstance(health._redis(), redis.Redis)
    assert health._redis().get_retry().get_retries() == 0
