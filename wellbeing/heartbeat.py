"""Name the keys by which each part of the installation shows that it is alive: one a part, and one a part and host.

Imports neither Django nor the settings, so that a container's health check (wellbeing/probe.py) starts at once.
"""

# The parts that show signs of life; the web server is asked itself. A new kind of worker is added here.
HEARTS = ("worker", "beat", "receipts")


def key(prefix, part, host=""):
    """Return the key of `part`, in the whole installation or on one `host`.

    `prefix` is the installation's REDIS_PREFIX.
    """
    return f"{prefix}:alive:{part}:{host}" if host else f"{prefix}:alive:{part}"
