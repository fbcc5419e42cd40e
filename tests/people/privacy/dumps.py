"""Everything that is stored, as text: every table, every file, everything in Redis."""

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from redis import Redis

from people.privacy.sweeping import said_in
from wellbeing.lib import crypto
from wellbeing.whose_rows import ACCOUNTS, WHOSE_ROWS


def accounts_tables():
    """Return the tables of records of accounts and of their history."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        about = getattr(model, "pgh_tracked_model", None) or model
        whose = WHOSE_ROWS.get(about._meta.label)
        if whose and whose.at_erasure == ACCOUNTS:
            found.add(model._meta.db_table)
    return found


def tables():
    """Yield (table, row as text) of every table there is, with encrypted columns read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            for row in cursor.fetchall():
                yield name, "\n".join(_text(value) for value in row if value is not None)


def _text(value):
    if isinstance(value, memoryview | bytes):
        return said_in(bytes(value))
    text = str(value)
    if text.startswith("gAAAA"):
        return crypto.decrypt(text)
    return text


def files(folder=""):
    """Yield (name, words) of every stored file."""
    folders, names = default_storage.listdir(folder)
    for name in names:
        path = f"{folder}/{name}".lstrip("/")
        with default_storage.open(path, "rb") as file:
            yield path, said_in(file.read())
    for inner in folders:
        yield from files(f"{folder}/{inner}".lstrip("/"))


def in_redis():
    """Yield (key, value) of everything in Redis, as text."""
    redis = Redis.from_url(settings.REDIS_URL)
    for key in redis.scan_iter("*"):
        kind = redis.type(key)
        value = {
            b"string": redis.get,
            b"list": lambda key: redis.lrange(key, 0, -1),
            b"set": redis.smembers,
            b"zset": lambda key: redis.zrange(key, 0, -1),
            b"hash": redis.hgetall,
        }.get(kind, lambda key: b"")(key)
        yield key.decode("utf-8", "replace"), str(value)
