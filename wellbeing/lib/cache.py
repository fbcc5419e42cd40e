"""The cache: Redis, and this process's own memory while Redis is away, so that people can still sign in.

Only limits and codes already used are kept in it. Counted in memory they hold for each process by itself, which is
weaker than for all together, and far better than no sign-in or no limit.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from .breaker import LeftAloneError, breaker_of


def _or_from_memory(name: str) -> Callable[..., Any]:
    def method(self: "RedisOrMemoryCache", *args: Any, **kwargs: Any) -> Any:
        ask = getattr(super(RedisOrMemoryCache, self), name)
        try:
            return breaker_of(self.address, settings.REDIS_REST_SECONDS).call(lambda: ask(*args, **kwargs), RedisError)
        except (LeftAloneError, RedisError):
            return getattr(self.memory, name)(*args, **kwargs)

    method.__name__ = name
    method.__doc__ = f"RedisCache.{name}; from memory while Redis does not answer."
    return method


class RedisOrMemoryCache(RedisCache):
    """Django's Redis cache, which answers from memory while Redis is away. Only one reader waits for Redis, once."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        patience = settings.REDIS_PATIENCE_SECONDS
        # Connecting and reading have half of it each; trying again would make the reader wait twice.
        connection_options = {
            "socket_connect_timeout": patience / 2,
            "socket_timeout": patience / 2,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(server, {**params, "OPTIONS": {**connection_options, **params.get("OPTIONS", {})}})
        self.address = server
        self.memory = LocMemCache("while-redis-is-away", {key: params[key] for key in params if key != "OPTIONS"})

    add = _or_from_memory("add")
    get = _or_from_memory("get")
    set = _or_from_memory("set")
    touch = _or_from_memory("touch")
    delete = _or_from_memory("delete")
    get_many = _or_from_memory("get_many")
    set_many = _or_from_memory("set_many")
    delete_many = _or_from_memory("delete_many")
    has_key = _or_from_memory("has_key")
    incr = _or_from_memory("incr")
