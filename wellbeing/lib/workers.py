"""Hand work to the workers after commit. A broker that is down is no error: a sweep hands the work out later."""

import logging
from typing import Any

from celery import Task, current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from kombu.pools import producers

from .breaker import LeftAloneError, breaker_of

logger = logging.getLogger(__name__)


def send_to_worker(task: Task, *arguments: Any) -> bool:
    """Enqueue the Celery `task`. Return whether the broker took it; if it did not, log a warning.

    Waits at most REDIS_PATIENCE_SECONDS for a broker that takes the connection and says nothing, and not at all while
    the broker is left alone: see wellbeing/lib/breaker.py.
    """
    if current_app.conf.task_always_eager:
        task.delay(*arguments)
        return True
    # Celery has its own word for a Redis on a socket; the cache on the same server shares the breaker.
    address = current_app.conf.broker_write_url.replace("redis+socket://", "unix://", 1)
    breaker = breaker_of(address, settings.REDIS_REST_SECONDS)
    try:
        breaker.call(lambda: _publish(task, arguments), (OperationalError, OSError))
    except LeftAloneError:
        return False
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); %s%s waits for its sweep.", error, task.name, arguments)
        return False
    return True


def _publish(task: Task, arguments: tuple[Any, ...]) -> None:
    """Publish once, with a shorter wait than the workers' connections, as a reader waits for the page."""
    patience = settings.REDIS_PATIENCE_SECONDS
    connection = current_app.connection_for_write(
        transport_options={
            **current_app.conf.broker_transport_options,
            "socket_connect_timeout": patience / 2,
            "socket_timeout": patience / 2,
            "max_retries": 0,
        }
    )
    with producers[connection].acquire(block=True, timeout=patience) as producer:
        task.apply_async(arguments, producer=producer, retry=False)
