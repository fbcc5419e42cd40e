"""Handing work to the workers after commit, where a broker that is down is no error: a sweep hands it out later."""

import logging

from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def hand_over(task, *arguments):
    """Enqueue the Celery `task`. Returns whether the broker took it; the log says so when it did not."""
    try:
        task.delay(*arguments)
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); %s%s waits for its sweep.", error, task.name, arguments)
        return False
    return True
