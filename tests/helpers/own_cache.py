"""Empty the cache of one process of the tests."""

from django.conf import settings
from django.core.cache import cache


def empty():
    """Delete its own keys: clearing the cache would empty the whole Redis, with the queues of tests beside it."""
    redis = cache._cache.get_client(write=True)
    keys = list(redis.scan_iter(match=f"{settings.REDIS_PREFIX}:*"))
    if keys:
        redis.delete(*keys)
