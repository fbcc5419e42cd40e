"""Check a container's health: `python -m wellbeing.probe web|worker|beat|receipts`; exit 0 when that part is well here.

Exit 1 and a line on stderr when it is not, 2 when there is no such part. Asks neither the database nor the settings, so
that asking every half minute costs little.
"""

import os
import socket
import sys
import urllib.request

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from wellbeing import heartbeat

# Less than the patience of the container's health check, also when connecting and reading both take this long.
PATIENCE_SECONDS = 4


def web():
    """Return whether the web server on this host answers /healthz."""
    port = os.environ.get("WEB_BIND", ":8000").rpartition(":")[2]
    # The server answers to its public names only.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=PATIENCE_SECONDS) as response:
        return response.status == 200


def heart(part):
    """Return whether `part` on this host has lately shown a sign of life: see wellbeing/health.py."""
    client = redis.Redis.from_url(
        os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"),
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    return bool(client.exists(heartbeat.key(os.environ.get("REDIS_PREFIX", "wellbeing"), part, socket.gethostname())))


def main(part):
    """Check `part`. Return the exit status: 0 well, 1 not well, 2 no such part."""
    if part != "web" and part not in heartbeat.HEARTS:
        print(f"There is no part {part!r}: say web, {', '.join(heartbeat.HEARTS)}.", file=sys.stderr)  # noqa: T201
        return 2
    try:
        well, why = (web() if part == "web" else heart(part)), "no sign of life"
    except (OSError, redis.RedisError) as error:
        well, why = False, str(error)
    if not well:
        print(f"{part}: {why}", file=sys.stderr)  # noqa: T201
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
