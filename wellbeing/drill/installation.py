"""An installation of the drill's own: servers and programs as in docker-compose.yml, to be killed, stopped and started.

Everything is of one Instance ("drill"), so that whatever a killed drill leaves behind is ended by the next one.
"""

import base64
import contextlib
import http.client
import json
import os
import secrets
import signal
import subprocess
import threading
import time

import psutil

from wellbeing.local import kept_demo, postgres, valkey
from wellbeing.local.places import Instance, LocalError, python
from wellbeing.local.processes import Service, end_orphans, free_port

SITE = "https://drill.example.org"
# Starting five processes of Django takes ten seconds, and minutes on a machine that does much else.
START_SECONDS = 240
LOOK_EVERY_SECONDS = 0.2
# The disk of the drill's files: the demo's fit in, and a hundred receipts more.
DISK = "48m"
SERVERS = {"postgres": postgres, "valkey": valkey}
# As docker-compose.yml starts them.
PROGRAMS = {
    "web": ["gunicorn", "-c", "python:wellbeing.gunicorn", "wellbeing.wsgi"],
    "worker": ["celery", "-A", "wellbeing", "worker", "--loglevel=INFO", "--concurrency=2"],
    "receipts": [
        *("celery", "-A", "wellbeing", "worker", "--loglevel=INFO", "--queues=receipts"),
        *("--hostname=receipts@%h", "--concurrency=1"),
    ],
    "beat": ["celery", "-A", "wellbeing", "beat", "--loglevel=INFO", "--pidfile="],
}


def environment(instance, port, mail_port):
    """Return the environment of the programs: that of production, but for addresses on this machine."""
    return {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "ENVIRONMENT": "production",
        "DJANGO_SETTINGS_MODULE": "wellbeing.settings",
        **_keys(instance),
        "DATABASE_URL": postgres.url(instance),
        "REDIS_URL": valkey.url(instance),
        "DATA_DIR": str(instance.data),
        "SITE_URL": SITE,
        "ALLOWED_HOSTS": "127.0.0.1,drill.example.org",
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_GRACEFUL_SECONDS": "5",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_port),
        "DEFAULT_FROM_EMAIL": "Wellbeing Together <hello@example.org>",
        # Those who signed in at the beginning still sign off a run at the end of the drill.
        "PROOF_MINUTES": "120",
        # System checks are for who changes the code: `bin/test` does them.
        "CELERY_SKIP_CHECKS": "1",
    }


def _keys(instance):
    """Return the keys of this folder's drills, made once: a kept programme can be read by the next."""
    path = instance.own_folder / "keys.json"
    if not path.exists():
        keys = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "FIELD_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(keys, file)
    return json.loads(path.read_text())


class Installation:
    """The servers and programs. `start()`, then faults, then always `stop()`.

    A watcher starts again what died, as a container's restart policy does, unless a fault holds it down.
    """

    def __init__(self, mail_port):
        self.instance = Instance("drill")
        self.port = free_port()
        self.env = environment(self.instance, self.port, mail_port)
        self.services: dict[str, Service] = {}
        self.disk_is_small = False
        # How long the programs took from their start to the first page.
        self.boot_seconds = 0.0
        # The argument of wellbeing.drill.clocked while the programs run under another clock.
        self.clock = ""
        # By name: why each process ended that no fault killed, for the report.
        self.died: list[str] = []
        self._held: set[str] = set()
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def make(self):
        """End what an earlier drill left, and make the folders anew. Raises LocalError."""
        end_orphans(self.instance)
        self._free_the_disk()
        self.instance.drop()
        self.instance.prepare()
        for log in self.instance.logs.glob("*.log"):
            log.unlink()
        self._make_the_disk_small()
        kept_demo.take(self.instance, self._kept())
        base = dict(os.environ)
        for name, module in SERVERS.items():
            self.services[name] = module.service(self.instance, env=base)
        for name, command in PROGRAMS.items():
            self.services[name] = Service(self.instance, name, [python(), "-m", *command], env=self.env)

    def _kept(self):
        return kept_demo.place(self.env, folder=self.instance.own_folder)

    def load(self):
        """Start the servers, and load the demo's programme or take the kept one. Return who and what there is."""
        for name, module in SERVERS.items():
            module.start(self.instance, self.services[name])
        demo = self.env | {"ENVIRONMENT": "demo"}
        self.run("wellbeing.local.prepare", env=demo)
        kept_demo.keep(self.instance, self._kept())
        cast = self.instance.own_folder / "cast.json"
        self.run("wellbeing.drill.prepare", str(cast), env=demo)
        return json.loads(cast.read_text())

    def start_programs(self):
        """Start all programs, wait until pages come, and watch over them from now on. Raises LocalError."""
        began = time.monotonic()
        for name in PROGRAMS:
            self.services[name].start()
        self.wait_for_web()
        self.boot_seconds = time.monotonic() - began
        if not self._watcher.is_alive():
            self._watcher.start()

    def run(self, *arguments, env=None, may_fail=False):
        """Run a module to its end as a process of this installation, its output in a log. Return its exit status.

        Raises LocalError unless it `may_fail`.
        """
        step = Service(self.instance, "steps", [python(), "-m", *arguments], env=env or self.env)
        try:
            step.start()
            assert step.process is not None
            status = step.process.wait()
            if status and not may_fail:
                raise LocalError(f"{arguments[0]} failed. The end of {step.log}:\n{step.last_words(30)}")
            return status
        finally:
            step.stop()

    def wait_for_web(self, seconds=START_SECONDS):
        """Wait until pages come again. Raises LocalError when none does in time."""
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                raise LocalError(f"The web server did not start:\n{self.services['web'].last_words()}")
            self.pause(0.2)
            if self.is_ending:
                return

    def answers(self):
        """Return whether the web server answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": "127.0.0.1"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    @property
    def is_ending(self):
        return self._ended.is_set()

    # Faults

    def tree(self, name):
        """Return the processes of a service, its own first."""
        process = self.services[name].process
        if process is None or process.poll() is not None:
            return []
        try:
            own = psutil.Process(process.pid)
            return [own, *own.children(recursive=True)]
        except psutil.Error:
            return []

    def kill(self, name, down_seconds):
        """SIGKILL all processes of a service at once, and start it again after some seconds."""
        with self._lock:
            self._held.add(name)
            for process in self.tree(name):
                with contextlib.suppress(psutil.Error):
                    process.kill()
        self.pause(down_seconds)
        self._start_again(name)

    def kill_one(self, name, choose):
        """SIGKILL one child of a service, which its parent replaces: a web process or a worker's."""
        children = self.tree(name)[1:]
        if children:
            with contextlib.suppress(psutil.Error):
                choose(children).kill()

    def hang(self, name, seconds):
        """SIGSTOP all processes of a service: it takes connections and says nothing. Let them go on afterwards."""
        stopped = []
        try:
            for process in self.tree(name):
                with contextlib.suppress(psutil.Error):
                    process.send_signal(signal.SIGSTOP)
                    stopped.append(process)
            self.pause(seconds)
        finally:
            for process in stopped:
                with contextlib.suppress(psutil.Error):
                    process.send_signal(signal.SIGCONT)

    def fill_disk(self, seconds):
        """Leave no room for files, for some seconds: a full file system, or none of its own, a limit on each file."""
        if self.disk_is_small:
            self._with_balloon(seconds)
        else:
            self._with_limit(seconds)

    def _with_balloon(self, seconds):
        balloon = self.instance.data / "balloon"
        deadline = time.monotonic() + seconds
        try:
            with balloon.open("ab", buffering=0) as file:
                # Again and again, as room comes free when files go.
                while time.monotonic() < deadline and not self._ended.is_set():
                    with contextlib.suppress(OSError):
                        while file.write(bytes(4096)) == 4096:
                            pass
                    time.sleep(0.02)
        finally:
            balloon.unlink(missing_ok=True)

    def _with_limit(self, seconds):
        import resource

        limited = []
        try:
            for name in ("web", "worker", "receipts"):
                for process in self.tree(name):
                    with contextlib.suppress(OSError):
                        before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
                        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
                        limited.append((process.pid, before))
            self.pause(seconds)
        finally:
            for pid, before in limited:
                with contextlib.suppress(OSError):
                    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)

    def pause(self, seconds):
        """Wait, unless the drill is to end."""
        self._ended.wait(seconds)

    def set_clock(self, moment):
        """Start the programs anew under a clock that shows `moment` (in seconds since 1970) when they start.

        Return how many seconds it is ahead.
        """
        self.hold(*PROGRAMS)
        now = time.time()
        self.clock = f"{moment}@{now}"
        for name, command in PROGRAMS.items():
            words = [python(), "-m", "wellbeing.drill.clocked", self.clock, "-m", *command]
            self.services[name] = Service(self.instance, name, words, env=self.env)
        self.let_go(*PROGRAMS)
        return moment - now

    def hold(self, *names):
        """Stop some services in order, together, and keep the watcher from starting them again."""
        with self._lock:
            self._held |= set(names)
        for name in names:
            self.services[name].ask_to_stop()
        for name in names:
            self.services[name].stop()

    def let_go(self, *names):
        """Start services that were held."""
        for name in names:
            self.services[name].start()
        with self._lock:
            self._held -= set(names)

    # Watching and stopping

    def _watch(self):
        while not self._ended.wait(LOOK_EVERY_SECONDS):
            for name in self.services:
                with self._lock:
                    if name in self._held or self.services[name].running():
                        continue
                    self._held.add(name)
                process = self.services[name].process
                self.died.append(f"{name} (exit {process.returncode if process else '?'})")
                self.pause(1)
                self._start_again(name)

    def _start_again(self, name):
        """Start a service that was killed or died, and let the watcher care for it again."""
        service = self.services[name]
        if service.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                service.process.wait(5)
            service.end_group()
        try:
            if self._ended.is_set():
                return
            if name in SERVERS:
                SERVERS[name].start(self.instance, service)
            else:
                service.start()
        except LocalError as error:
            self.died.append(f"{name} did not start at once: {str(error).splitlines()[0]}")
        finally:
            with self._lock:
                self._held.discard(name)

    def stop(self):
        """End everything, in order, whatever state it is in. Safe to call twice."""
        self._ended.set()
        if self._watcher.is_alive():
            self._watcher.join(10)
        for name in self.services:
            for process in self.tree(name):
                with contextlib.suppress(psutil.Error):
                    process.send_signal(signal.SIGCONT)
        self.hold(*(name for name in PROGRAMS if name in self.services))
        for name in reversed(SERVERS):
            if name in self.services:
                self.services[name].stop()
        end_orphans(self.instance)
        self._free_the_disk()

    # A small file system, where we may mount one

    def _make_the_disk_small(self):
        if os.geteuid() != 0:
            return
        options = f"size={DISK},mode=0700"
        command = ["mount", "-t", "tmpfs", "-o", options, "drill", str(self.instance.data)]
        result = subprocess.run(command, check=False, capture_output=True)
        self.disk_is_small = result.returncode == 0

    def _free_the_disk(self):
        if os.path.ismount(self.instance.data):
            subprocess.run(["umount", str(self.instance.data)], check=False, capture_output=True)

    @property
    def disk_words(self):
        """Say how the disk is made full."""
        if self.disk_is_small:
            return f"DATA_DIR is a file system of {DISK} of its own, filled to its last byte (ENOSPC)"
        return (
            "no file system could be mounted without root, so each file of web server and workers is limited to no byte"
            " (RLIMIT_FSIZE: EFBIG instead of ENOSPC)"
        )
