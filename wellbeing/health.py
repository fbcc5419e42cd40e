"""Tell whether the installation is well: two addresses for load balancers and people, and the heartbeats they read.

`/healthz` says that this web process answers; `/readyz` asks each part in turn. A live worker and beat each write a key
into Redis that expires after a minute: a key that is there means alive, so no two machines' clocks are compared. A
worker's heartbeat comes from its main process, not from a task, so that a queue full of long documents does not make a
busy worker look dead.
"""

import logging
import shelve
import socket
import time
from contextlib import closing
from functools import cache
from typing import Any

import psycopg2
import redis
from celery import current_app, signals
from celery.beat import PersistentScheduler
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from people import registry
from wellbeing import heartbeat
from wellbeing.lib.breaker import LeftAloneError, breaker_of
from wellbeing.limits import FULL

logger = logging.getLogger(__name__)

ALIVE_SECONDS = 60
BEAT_EVERY_SECONDS = 10
PATIENCE_SECONDS = 2
# The workers an installation needs, and the queue by which each is known. One process may serve several queues.
WORKERS = {"worker": settings.CELERY_TASK_DEFAULT_QUEUE, "receipts": "receipts"}
HEARTS = heartbeat.HEARTS


def _key(part, host=""):
    """Return the key by which `part` shows that it is alive.

    Installations that share a Redis differ by REDIS_PREFIX.
    """
    return heartbeat.key(settings.REDIS_PREFIX, part, host)


@cache
def _redis():
    """Return a Redis client that gives up after REDIS_PATIENCE_SECONDS and does not try again."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=settings.REDIS_PATIENCE_SECONDS / 2,
        socket_connect_timeout=settings.REDIS_PATIENCE_SECONDS / 2,
        retry=Retry(NoBackoff(), 0),
    )


class _Heart:
    """Says "I am alive" for one part, at most every BEAT_EVERY_SECONDS even if it is called more often."""

    def __init__(self, part):
        self.part = part
        self.next_at = 0.0

    def beat(self):
        """Write two keys: one for the whole installation, one for this host (a container's health check)."""
        if time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + BEAT_EVERY_SECONDS
        try:
            pipeline = _redis().pipeline(transaction=False)
            for key in (_key(self.part), _key(self.part, socket.gethostname())):
                pipeline.set(key, int(time.time()), ex=ALIVE_SECONDS)
            pipeline.execute()
        except redis.RedisError as error:
            # The part goes on working and tries again; /readyz tells the world.
            logger.warning("Heartbeat of %s could not be written: %s", self.part, error)


def forget_signs_of_life():
    """Delete the signs of life, so that workers and beat show anew that they are alive. Raises redis.RedisError."""
    _redis().delete(*(_key(part) for part in HEARTS))


_worker_hearts = {part: _Heart(part) for part in WORKERS}


@signals.heartbeat_sent.connect
def worker_is_alive(**kwargs):
    """Note that a worker's main process has just sent its own heartbeat over the broker (every two seconds).

    It speaks for the queues it takes tasks from: one for messages does not make the receipts' worker look alive.
    """
    queues = current_app.amqp.queues.consume_from
    for part, queue in WORKERS.items():
        if queue in queues:
            _worker_hearts[part].beat()


class HeartbeatScheduler(PersistentScheduler):
    """Celery's own scheduler, which leaves a sign of life each time it looks at the clock, and outlives a full disk.

    When it ran what last is in a file. Without room for it that is known in memory alone, until beat starts again.
    """

    # Celery sleeps until the next task is due, at most this long: never longer than a sign of life lasts.
    max_interval = BEAT_EVERY_SECONDS

    def __init__(self, *args, **kwargs):
        self.heart = _Heart("beat")
        self.in_memory = False
        kwargs["max_interval"] = min(kwargs.get("max_interval") or self.max_interval, self.max_interval)
        super().__init__(*args, **kwargs)

    def setup_schedule(self):
        """Read when it ran what last, or begin anew in memory where there is no room."""
        try:
            super().setup_schedule()
        except OSError as error:
            self._note_full(error)
            self.in_memory = True
            super().setup_schedule()

    def _open_schedule(self):
        # An error here would make Celery take the file for a broken one, and remove it.
        if not self.in_memory:
            try:
                return super()._open_schedule()
            except OSError as error:
                self._note_full(error)
        return shelve.Shelf({}, writeback=True)

    @staticmethod
    def _note_full(error):
        """Write to the log that there is no room. Raises the error again where it is another one."""
        if error.errno not in FULL:
            raise error
        logger.error("There is no room for beat's schedule: %s", error)

    def sync(self):
        """Write down when it ran what last; without room for that, try again the next time."""
        try:
            super().sync()
        except OSError as error:
            self._note_full(error)
            # Half-way through it the store has stopped to keep what changes.
            self._store.writeback = True

    def tick(self, *args, **kwargs):
        """Run what is due, then show that beat is alive. Return the seconds until the next tick is wanted."""
        seconds = super().tick(*args, **kwargs)
        self.heart.beat()
        return seconds


@require_safe
@never_cache
def healthz(request):
    """Answer 200 while this process runs; ask nothing of anything else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request):
    """Answer 200 when PostgreSQL, Redis, workers and beat are there and do their work, otherwise 503.

    The body names all. Body: {"status": "ok" | "failed", "parts": {part: {"status": …, "reason": … when failed}},
    "notes": [sentence, …]}: a note is something to know that stops nothing. Work that waits for workers has also how
    much of it is "waiting", since when the "oldest" is due and how much "failed"; redis has the lengths of "queues".
    Reasons are fixed sentences; the log has the error itself. Waits at most PATIENCE_SECONDS for PostgreSQL and
    REDIS_PATIENCE_SECONDS for Redis.
    """
    reasons = {"postgres": postgres_problem(), **redis_problems()}
    work, states = late_work(reasons["postgres"])
    reasons |= work
    parts: dict[str, dict[str, Any]] = {
        part: {"status": "failed", "reason": reason} if reason else {"status": "ok"} for part, reason in reasons.items()
    }
    for key, state in states.items():
        parts[key] |= {"waiting": state.waiting, "oldest": state.oldest, "failed": state.failed}
    if not reasons["redis"]:
        parts["redis"]["queues"] = queue_lengths()
    failed = any(reasons.values())
    notes = [str(note) for say in registry.installation_notes for note in say()]
    body = {"status": "failed" if failed else "ok", "parts": parts, "notes": notes}
    return JsonResponse(body, status=503 if failed else 200)


def postgres_problem():
    """Return None when PostgreSQL answers a query on a fresh connection within PATIENCE_SECONDS, else the reason."""
    patience_ms = PATIENCE_SECONDS * 1000
    parameters = connection.get_connection_params()
    for ours in ("cursor_factory", "context", "options"):
        parameters.pop(ours, None)
    try:
        with closing(
            psycopg2.connect(
                **parameters
                | {
                    "connect_timeout": PATIENCE_SECONDS,
                    "tcp_user_timeout": patience_ms,
                    "options": f"-c statement_timeout={patience_ms}",
                }
            )
        ) as fresh:
            fresh.cursor().execute("SELECT 1")
    except psycopg2.Error as error:
        logger.error("PostgreSQL is not ready: %s", error)
        return "no answer"
    return None


def redis_problems():
    """Return the reasons for redis, each worker and beat (None when well), asked in one round trip.

    A Redis that has not answered another page lately is not asked: see wellbeing/lib/breaker.py.
    """
    try:
        pipeline = _redis().pipeline(transaction=False)
        for part in HEARTS:
            pipeline.exists(_key(part))
        alive = _answers(pipeline)
    except (LeftAloneError, redis.RedisError) as error:
        logger.error("Redis is not ready: %s", error)
        return {"redis": "no answer", **dict.fromkeys(HEARTS, "cannot be known without Redis")}
    silent = f"no sign of life in the last {ALIVE_SECONDS} seconds"
    return {"redis": None, **{part: None if beats else silent for part, beats in zip(HEARTS, alive, strict=True)}}


def _answers(pipeline):
    """Return what Redis answers. Raises LeftAloneError or redis.RedisError."""
    breaker = breaker_of(settings.REDIS_URL, settings.REDIS_REST_SECONDS)
    return breaker.call(pipeline.execute, redis.RedisError)


def queue_lengths():
    """Return how many tasks wait in each queue of the workers; None for those that cannot be asked."""
    try:
        pipeline = _redis().pipeline(transaction=False)
        for queue in WORKERS.values():
            pipeline.llen(f"{settings.REDIS_PREFIX}:{queue}")
        lengths = _answers(pipeline)
    except (LeftAloneError, redis.RedisError) as error:
        logger.error("Redis does not say how long the queues are: %s", error)
        lengths = [None] * len(WORKERS)
    return dict(zip(WORKERS.values(), lengths, strict=True))


def late_work(postgres_problem):
    """Return the reasons for each kind of due work, None when none is late, and the WorkState of each, where known.

    A live worker may still get nothing done.
    """
    if postgres_problem:
        return {work.key: "cannot be known without PostgreSQL" for work in registry.due_work}, {}
    try:
        states = work_states()
    except DatabaseError as error:
        logger.error("PostgreSQL does not say which work is due: %s", error)
        return {work.key: "no answer" for work in registry.due_work}, {}
    reasons = {
        work.key: f"the oldest has been due for more than {work.minutes} minutes" if states[work.key].is_late else None
        for work in registry.due_work
    }
    return reasons, states


def work_states():
    """Return the WorkState of each kind of due work, by its key.

    Raises DatabaseError where one is not counted in PATIENCE_SECONDS.
    """
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [PATIENCE_SECONDS * 1000])
        return {work.key: work.state(now) for work in registry.due_work}
