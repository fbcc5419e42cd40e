"""/healthz and /readyz: each part that fails is named, nothing inside is told, nobody waits long."""

import socket
from contextlib import suppress
from functools import cached_property

import psycopg2
import pytest
import redis
from django.db import connection

from wellbeing import health
from wellbeing.celery import app

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
    """A worker and beat that have just shown a sign of life."""
    health._Heart("worker").beat()
    health._Heart("beat").beat()
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
    assert response.json() == {
        "status": "ok",
        "parts": {part: {"status": "ok"} for part in ("postgres", "redis", "worker", "beat")},
    }


@pytest.mark.parametrize("part", ["worker", "beat"])
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
    assert failed(response) == {"redis", "worker", "beat"}
    assert "127.0.0.1" not in response.text


def test_readyz_names_postgres_and_tells_nothing_about_where_it_is(client, everything_alive, monkeypatch):
    monkeypatch.setattr(
        connection, "get_connection_params", lambda: {"host": "127.0.0.1", "port": 1, "dbname": "secret"}
    )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert failed(response) == {"postgres"}
    assert "secret" not in response.text


@pytest.mark.django_db
def test_readyz_gives_up_on_a_redis_that_never_answers(client, redis_at, silent_server, settings):
    redis_at(f"redis://127.0.0.1:{silent_server.port}/0")
    assert failed(client.get("/readyz")) == {"redis", "worker", "beat"}
    # How long is asked for, not how long it took: a busy machine takes what it takes.
    asked = health._redis().connection_pool.connection_kwargs
    assert asked["socket_timeout"] + asked["socket_connect_timeout"] <= settings.REDIS_PATIENCE_SECONDS
    assert len(silent_server.waiting) == 1, "it did not try again"


def test_readyz_gives_up_on_a_postgres_that_never_answers(client, everything_alive, silent_server, monkeypatch):
    monkeypatch.setattr(
        connection, "get_connection_params", lambda: {"host": "127.0.0.1", "port": silent_server.port, "dbname": "x"}
    )
    asked, connect = [], psycopg2.connect
    monkeypatch.setattr(psycopg2, "connect", lambda **terms: asked.append(terms) or connect(**terms))
    assert failed(client.get("/readyz")) == {"postgres"}
    [terms] = asked
    assert terms["connect_timeout"] == health.PATIENCE_SECONDS
    assert terms["options"] == f"-c statement_timeout={health.PATIENCE_SECONDS * 1000}"
    assert len(silent_server.waiting) == 1, "it did not try again"


def test_a_sign_of_life_fades_within_a_minute(everything_alive):
    for part in ("worker", "beat"):
        assert 0 < health._redis().ttl(health._key(part)) <= health.ALIVE_SECONDS


def test_a_heart_that_cannot_reach_redis_does_not_stop_the_worker(redis_at):
    redis_at(NOWHERE)
    health._Heart("worker").beat()


def test_a_heart_asked_often_writes_seldom(everything_alive):
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


def test_the_client_does_not_try_again():
    assert isinstance(health._redis(), redis.Redis)
    assert health._redis().get_retry().get_retries() == 0
