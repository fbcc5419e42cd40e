"""A container's health check: `python -m wellbeing.probe web|worker|beat`; exit 0 when that part is well on this host.

Asks neither the database nor the settings, so that asking every half minute costs little.
"""

import os
import socket
import sys
import urllib.request

import redis

PATIENCE_SECONDS = 5


def web():
    """Whether the web server on this host answers /healthz."""
    port = os.environ.get("WEB_BIND", ":8000").rpartition(":")[2]
    # The server answers to its public names only.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=PATIENCE_SECONDS) as response:
        return response.status == 200


def heart(part):
    """Whether a worker, or beat, on this host has lately shown a sign of life: see wellbeing/health.py."""
    from wellbeing.health import KEY

    client = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=PATIENCE_SECONDS)
    return bool(client.exists(KEY.format(part=f"{part}:{socket.gethostname()}")))


def main(part):
    """Exit status for `part`: 0 well, 1 not well."""
    try:
        return 0 if (web() if part == "web" else heart(part)) else 1
    except (OSError, redis.RedisError) as error:
        print(f"{part}: {error}", file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
