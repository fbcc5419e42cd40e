"""Supervise the demo: start everything in order, start again what dies, stop everything in order."""

import contextlib
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request

from . import bytecode, kept_demo, postgres, valkey
from .places import PROJECT, Instance, LocalError, python
from .processes import Service, end_orphans

WEB_SECONDS = 60
READY_SECONDS = 90
LOOK_EVERY_SECONDS = 0.3
LONGEST_PAUSE_SECONDS = 30
# A process that has lived this long starts its next life without a pause.
STEADY_SECONDS = 60
# Production has a worker for each queue, and beat. Here one worker is all three, as each would start Django once more.
# It has no other worker to compare notes with.
ONE_FOR_ALL = [
    "--beat",
    "--queues=celery,receipts",
    "--concurrency=3",
    "--loglevel=INFO",
    "--without-mingle",
    "--without-gossip",
]


class Stop(BaseException):
    """Somebody asked us to stop: Ctrl-C, a closed terminal, or `kill`."""


def say(line=""):
    """Print a line for the person at the terminal. A closed terminal must not keep us from stopping in order."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def port_from_environment():
    """Return the port from PORT, by default 8000. Raises LocalError when it is not a port number."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise LocalError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def refuse_taken_port(port, command="bin/demo"):
    """Raise LocalError when the port cannot be ours."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except PermissionError:
            raise LocalError(
                f"Port {port} needs more rights than you have. Choose another: PORT=8010 {command}"
            ) from None
        except OSError:
            other = port + 10 if port < 65000 else 8010
            raise LocalError(
                f"Port {port} is taken. Stop what uses it, or choose another: PORT={other} {command}"
            ) from None


def secret_key():
    """Return the demo's own secret key, kept where only its owner can read it."""
    path = PROJECT / ".local" / "secret"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(kept_demo.secret())
    return path.read_text()


class Demo:
    """One run of the demo. `start()` and then `watch()`; always `stop()` at the end."""

    name = "demo"
    command = "bin/demo"

    def __init__(self, instance, port):
        self.instance = instance
        self.port = port
        self.address = f"http://localhost:{port}/"
        base = os.environ | {"PYTHONUNBUFFERED": "1"}
        self.env = base | {
            "ENVIRONMENT": "demo",
            "DJANGO_SETTINGS_MODULE": "wellbeing.settings",
            "SECRET_KEY": secret_key(),
            "DATABASE_URL": os.environ.get("DATABASE_URL") or postgres.url(instance),
            "REDIS_URL": os.environ.get("REDIS_URL") or valkey.url(instance),
            "DATA_DIR": str(instance.data),
            "SITE_URL": self.address.rstrip("/"),
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "WEB_BIND": f"127.0.0.1:{port}",
            "WEB_GRACEFUL_SECONDS": "5",
            # Few look at a demo at once, and every further process starts Django once more.
            "WEB_WORKERS": "1",
            # System checks are for who changes the code: `bin/test` does them.
            "CELERY_SKIP_CHECKS": "1",
        }
        self.servers = []
        if not os.environ.get("DATABASE_URL"):
            self.servers.append((postgres, postgres.service(instance, env=base)))
        if not os.environ.get("REDIS_URL"):
            self.servers.append((valkey, valkey.service(instance, env=base)))
        self.programs = self._programs()
        # Where the story is kept for the next clone; nothing when there is data already, or on a server not ours.
        self.kept = None

    def _programs(self):
        """Return the web server and the worker."""
        web = [python(), "-m", "gunicorn", "-c", "python:wellbeing.gunicorn", "wellbeing.wsgi"]
        return [Service(self.instance, "web", web, env=self.env), self._worker()]

    def _worker(self):
        """Return the one worker, which takes the tasks of both kinds of worker and keeps the clock."""
        command = [python(), "-m", "celery", "-A", "wellbeing", "worker", *ONE_FOR_ALL]
        return Service(self.instance, "worker", command, env=self.env)

    def services(self):
        return [service for _, service in self.servers] + self.programs

    def start(self):
        """Start everything. Return load_demo's list of who can sign in. Raises LocalError."""
        for service in self.services():
            if service.log.exists():
                service.log.replace(service.log.with_suffix(".previous.log"))
        if self.is_new():
            self.kept = kept_demo.place(self.env)
            kept_demo.take(self.instance, self.kept)
        if self.servers:
            say(f"Starting {' and '.join(module.NAME for module, _ in self.servers)}.")
        for module, service in self.servers:
            module.start(self.instance, service)
        say("Bringing the database and the demo programme up to date.")
        accounts = self.prepare_and_start()
        self.wait_for_web()
        return accounts

    def prepare_and_start(self):
        """Bring the data up to date and start the programs. Return load_demo's output."""
        accounts = self.prepare()
        if self.kept:
            kept_demo.keep(self.instance, self.kept)
        for service in self.programs:
            service.start()
        return accounts

    def is_new(self):
        """Return whether the data is ours to make and there is none yet."""
        return any(module is postgres for module, _ in self.servers) and not postgres.is_made(self.instance)

    def prepare(self):
        """Collect static files, migrate and load the demo programme. Return load_demo's output."""
        step = Service(
            self.instance,
            "prepare",
            [python(), "-m", "wellbeing.local.prepare"],
            env=self.env,
            output=self.instance.own_folder / "prepared.txt",
        )
        step.log.unlink(missing_ok=True)
        try:
            step.start()
            assert step.process is not None
            if step.process.wait():
                where = os.path.relpath(step.log)
                raise LocalError(f"The demo could not be loaded. The end of {where}:\n{step.last_words()}")
        finally:
            step.stop()
        return step.output.read_text().strip()

    def wait_for_web(self):
        web = self.programs[0]
        deadline = time.monotonic() + WEB_SECONDS
        while True:
            status, _ = self.open("healthz")
            if status == 200:
                return
            if not web.running() or time.monotonic() > deadline:
                where = os.path.relpath(web.log)
                raise LocalError(f"The web server did not start. The end of {where}:\n{web.last_words()}")
            time.sleep(0.1)

    def open(self, path):
        """GET a page of the demo. Return (status, body), status 0 when nobody answers."""
        # An environment's proxy is for the world outside, not for our own address.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://127.0.0.1:{self.port}/{path}", timeout=20) as response:
                return response.status, response.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")
        except OSError:
            return 0, ""

    def check(self):
        """Open the home page and /readyz. Raises LocalError, saying which part failed and why."""
        deadline = time.monotonic() + READY_SECONDS
        while True:
            status, body = self.open("readyz")
            if status == 200:
                break
            if time.monotonic() > deadline:
                raise LocalError(f"/readyz answers {status} after {READY_SECONDS} seconds: {self.failed_parts(body)}")
            time.sleep(0.3)
        status, body = self.open("")
        if status != 200 or "<main" not in body:
            raise LocalError(f"The home page answers {status}. The end of web.log:\n{self.programs[0].last_words()}")

    @staticmethod
    def failed_parts(body):
        try:
            parts = json.loads(body)["parts"]
        except (ValueError, KeyError):
            return "no readable answer"
        return ", ".join(f"{name}: {part['reason']}" for name, part in parts.items() if part["status"] != "ok")

    def look(self):
        """Do what else `watch` does each time it looks.

        Return the services that ended because they were to start anew.
        """
        return set()

    def watch(self):
        """Start again whatever dies, with growing pauses, until Stop."""
        modules = {service.name: module for module, service in self.servers}
        started = {service.name: time.monotonic() for service in self.services()}
        pauses = dict.fromkeys(started, 0)
        due: dict[str, float] = {}
        while True:
            time.sleep(LOOK_EVERY_SECONDS)
            now = time.monotonic()
            anew = self.look()
            for service in self.services():
                name = service.name
                if service.running():
                    continue
                if name in anew:
                    due.pop(name, None)
                    service.end_group()
                    started[name] = now
                    service.start()
                elif name not in due:
                    service.end_group()
                    if now - started[name] > STEADY_SECONDS:
                        pauses[name] = 0
                    pause = pauses[name]
                    due[name] = now + pause
                    pauses[name] = min(max(1, pause * 2), LONGEST_PAUSE_SECONDS)
                    when = f"in {pause} s" if pause else "now"
                    say(f"{name} stopped (exit {service.process.returncode}); starting it again {when}.")
                elif now >= due[name]:
                    del due[name]
                    started[name] = now
                    try:
                        if name in modules:
                            modules[name].start(self.instance, service)
                        else:
                            service.start()
                    except LocalError as error:
                        say(str(error))

    def stop(self):
        """Stop in order: the programs together, then the servers that keep their work and data."""
        for service in self.programs:
            service.ask_to_stop()
        for service in self.programs:
            service.stop()
        for _, service in reversed(self.servers):
            service.stop()


def _raise_stop(number, _frame):
    for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop_signal, signal.SIG_IGN)
    raise Stop(number)


def run(*, fresh=False, check=False, kind=Demo):
    """Run the demo until it is stopped, or with `check` until it has shown that it works.

    `kind` is Demo or a class made from it; `fresh` drops its data first. Returns the exit status. Raises LocalError.
    """
    # Set by bin/demo and bin/dev, so that the time told includes the set-up.
    began = float(os.environ.pop("WELLBEING_BEGAN", "") or time.time())
    port = port_from_environment()
    if fresh and os.environ.get("DATABASE_URL"):
        raise LocalError("--fresh drops the embedded database, but DATABASE_URL is set. Empty that one yourself.")
    instance = Instance(kind.name)
    address_file = instance.own_folder / "address"
    lock = instance.lock()
    if lock is None:
        address = address_file.read_text() if address_file.exists() else "its address"
        raise LocalError(
            f"{kind.command} already runs in this folder: {address} (stop it with Ctrl-C where it was started)."
        )
    with lock:
        for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop_signal, _raise_stop)
        demo = None
        try:
            _make_room(instance, port, kind, fresh=fresh)
            demo = kind(instance, port)
            address_file.write_text(demo.address)
            accounts = demo.start()
            if check:
                demo.check()
            bytecode.keep()
            if check:
                say(f"OK in {time.time() - began:.0f} s")
                return 0
            say(f"\nReady in {time.time() - began:.0f} s:  {demo.address}\n")
            say(accounts)
            say(f"\nLogs: {os.path.relpath(instance.logs)}/   Stop: Ctrl-C   Start anew: {kind.command} --fresh")
            demo.watch()
        except Stop as stop:
            say("\nStopping.")
            return 0 if not check else 128 + stop.args[0]
        finally:
            for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(stop_signal, signal.SIG_IGN)
            if demo:
                demo.stop()
            address_file.unlink(missing_ok=True)
            sys.stdout.flush()


def _make_room(instance, port, kind, *, fresh):
    left_over = end_orphans(instance)
    if left_over:
        say(f"Stopped {left_over} processes that an earlier run had left behind.")
    refuse_taken_port(port, kind.command)
    if fresh:
        instance.drop()
    instance.prepare()
