"""The cache: Redis, and this process's own memory while Redis is away, so that people can still sign in.

Only limits and codes already used are kept in it. Counted in memory they hold for each process by itself, which is
weaker than for all together, and far better than no sign-in or no limit.
"""

import logging

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

logger = logging.getLogger(__name__)


def _or_from_memory(name):
    def method(self, *args, **kwargs):
        try:
            return getattr(super(RedisOrMemoryCache, self), name)(*args, **kwargs)
        except RedisError as error:
            logger.error("Redis is away (%s): limits are counted in each process.", type(error).__name__)
            return getattr(self.memory, name)(*args, **kwargs)

    method.__name__ = name
    method.__doc__ = f"As RedisCache.{name}; from memory while Redis does not answer."
    return method


class RedisOrMemoryCache(RedisCache):
    """Django's Redis cache, which never breaks a page because Redis is away."""

    def __init__(self, server, params):
        super().__init__(server, params)
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
