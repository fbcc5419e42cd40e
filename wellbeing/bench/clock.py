"""Count processor time, so that what else the machine does at the moment says nothing about a ratio."""

import time

import psutil
from django.db import connection


def processor_seconds(work, *, beside=None):
    """Return the processor time that `work()` takes: of this process, of its database server, of a server `beside`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        servers = [psutil.Process(cursor.fetchone()[0])]
    if beside:
        servers.append(psutil.Process(beside.pid))
    began = _now(servers)
    work()
    return _now(servers) - began


def _now(servers):
    return time.process_time() + sum(sum(server.cpu_times()[:2]) for server in servers)
