"""Leave a server that has not answered alone for some seconds, so that only one reader waits, once: a circuit breaker.

The cache, the rate limits, handing work to the workers and /readyz all use the same Redis. They share one breaker for
each address and process.
"""

import logging
import time
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import TypeVar

R = TypeVar("R")

logger = logging.getLogger(__name__)


class LeftAloneError(Exception):
    """The server has not answered lately, so it was not asked."""


class Breaker:
    """Lets calls to one server through until one fails, then refuses them for `rest_seconds`.

    After that the next call tries the server, alone: calls beside it are refused until it has its answer. The log says
    when the server is left alone, once, and when it answers again.
    """

    def __init__(self, name: str, rest_seconds: float) -> None:
        self.name, self.rest_seconds = name, rest_seconds
        self._lock, self._closed, self._try_again_at = Lock(), True, 0.0

    def call(self, function: Callable[[], R], errors: type[Exception] | tuple[type[Exception], ...]) -> R:
        """Call `function` and return its answer. Raises LeftAloneError instead while the server is left alone.

        An error of one of the classes `errors` opens the breaker and is raised again.
        """
        if not self._may_ask():
            raise LeftAloneError(f"{self.name} is left alone for a moment")
        try:
            answer = function()
        except errors as error:
            self._failed(error)
            raise
        self._answered()
        return answer

    def reset(self) -> None:
        """Forget earlier failures: the next call asks the server."""
        with self._lock:
            self._closed, self._try_again_at = True, 0.0

    def _may_ask(self) -> bool:
        with self._lock:
            if self._closed:
                return True
            if time.monotonic() < self._try_again_at:
                return False
            # This call tries; those beside it do not wait with it.
            self._try_again_at = time.monotonic() + self.rest_seconds
            return True

    def _failed(self, error: Exception) -> None:
        with self._lock:
            first, self._closed = self._closed, False
            self._try_again_at = time.monotonic() + self.rest_seconds
        if first:
            logger.error(
                "%s does not answer (%s). It is left alone and tried again every %s seconds.",
                self.name,
                type(error).__name__,
                self.rest_seconds,
            )

    def _answered(self) -> None:
        if self._closed:
            return
        self.reset()
        logger.warning("%s answers again.", self.name)


@cache
def breaker_of(address: str, rest_seconds: float) -> Breaker:  # noqa: ARG001  (the address is the key of the cache)
    """Return the breaker that everything in this process shares for the Redis at `address`."""
    return Breaker("Redis", rest_seconds)
