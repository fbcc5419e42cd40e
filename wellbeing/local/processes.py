"""Start, watch and end the processes of an instance, including those a killed supervisor left behind.

Every process is started with an environment variable that names its instance. After a kill -9 that mark, not a process
number, tells which processes are ours: numbers are used again, and ending a stranger's process is the one mistake that
must not happen.
"""

import contextlib
import os
import signal
import socket
import subprocess
import time

import psutil

MARK = "WELLBEING_INSTANCE"
KILL_GROUP_SECONDS = 5


def free_port():
    """Return a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def mark(instance):
    """Return the environment variable that marks processes of `instance`, as a dictionary."""
    return {MARK: str(instance.own_folder)}


def is_ours(process, instance):
    """Return whether the psutil process `process` belongs to `instance`.

    PostgreSQL is known by its command line: it may run as another account, and in a container even root may not read
    that account's environments.
    """
    try:
        command = process.cmdline()
        if command[1:3] == ["-D", str(instance.folder / "postgres")] and command[0].endswith("/postgres"):
            return True
        return process.environ().get(MARK) == str(instance.own_folder)
    except psutil.Error:
        return False


def orphans(instance):
    """Return processes of `instance` that are still running, oldest first. Only for the holder of its lock."""
    processes = [
        process
        for process in psutil.process_iter(["create_time"])
        if process.pid != os.getpid() and is_ours(process, instance)
    ]
    return sorted(processes, key=lambda process: process.info["create_time"])


def end_orphans(instance, patience=15):
    """End the processes a killed supervisor left behind: asked kindly first, killed after `patience` seconds.

    Returns how many there were. A half-done task goes back to the queue, and PostgreSQL and Valkey recover by
    themselves.
    """
    left = orphans(instance)
    count = len(left)
    for process in left:
        # SIGINT is PostgreSQL's "fast" shutdown; its SIGTERM would wait for every connection to go.
        how = signal.SIGINT if _name(process) == "postgres" else signal.SIGTERM
        _send(process, how)
    _, alive = psutil.wait_procs(left, timeout=patience)
    # Processes the orphans have started since, such as those of a pool, carry the mark as well.
    for process in {*alive, *orphans(instance)}:
        _send(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=KILL_GROUP_SECONDS)
    return count


def _name(process):
    try:
        return process.name()
    except psutil.Error:
        return ""


def _send(process, number):
    with contextlib.suppress(psutil.Error):
        process.send_signal(number)


class Service:
    """One process of an instance.

    name        what the person at the terminal knows it by; also the log's file name
    command     list of arguments
    stop_with   the signal that asks it to finish in order
    patience    seconds it gets for that before it is killed
    account     the pwd entry of the account it runs as, when not ours
    output      a file for its standard output, when that does not belong in the log
    """

    def __init__(
        self, instance, name, command, *, env, stop_with=signal.SIGTERM, patience=10, account=None, output=None
    ):
        self.instance = instance
        self.name = name
        self.command = command
        self.env = env | mark(instance)
        self.stop_with = stop_with
        self.patience = patience
        self.account = account
        self.output = output
        self.process: subprocess.Popen[bytes] | None = None
        self.asked = False

    @property
    def log(self):
        return self.instance.logs / f"{self.name}.log"

    def start(self):
        """Start it in a session of its own, so that Ctrl-C reaches the supervisor only, which stops all."""
        self.asked = False
        account = {}
        if self.account:
            account = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        with contextlib.ExitStack() as files:
            log = files.enter_context(self.log.open("ab"))
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=files.enter_context(self.output.open("wb")) if self.output else log,
                stderr=log,
                env=self.env,
                cwd="/" if self.account else None,
                start_new_session=True,
                **account,
            )

    def running(self):
        return self.process is not None and self.process.poll() is None

    def last_words(self, lines=15):
        """Return the end of its log, for a message that says why it died."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def ask_to_stop(self):
        """Ask it to finish; `stop` then waits. Several that need not wait for one another are asked at once."""
        if self.process is not None and self.running() and not self.asked:
            # Asked twice, Celery drops the task it is at instead of finishing it.
            self.asked = True
            self.process.send_signal(self.stop_with)

    def stop(self):
        """Ask it to finish, wait, then kill what remains of it."""
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.end_group()

    def end_group(self):
        """Kill the children of a process that has died, so that they do not hold its port, queue or files."""
        assert self.process is not None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + KILL_GROUP_SECONDS
        while time.monotonic() < deadline:
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.05)
