"""Run an embedded PostgreSQL that listens on a socket in the instance's own folder and on no network port."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from urllib.parse import quote

import psutil
import psycopg2

from .places import LocalError, give_to_servers, postgres_programs, server_account
from .processes import Service

NAME = "PostgreSQL"
DATABASE = ACCOUNT = "wellbeing"
START_SECONDS = 30
# A test run's data is thrown away: nothing needs to survive a power cut.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}


def url(instance, database=DATABASE):
    """Return DATABASE_URL of the instance's server."""
    return f"postgres://{ACCOUNT}@{quote(str(instance.sockets), safe='')}/{database}"


def folder(instance):
    return instance.folder / "postgres"


def is_made(instance):
    """Return whether the instance has a cluster.

    It has one once initdb has finished; PG_VERSION is written at its beginning.
    """
    return _ready(instance).exists()


def _ready(instance):
    return folder(instance) / "wellbeing-ready"


def service(instance, *, env, throwaway=False):
    """Return the server as a Service; `throwaway` trades safety against power cuts for speed."""
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(instance.sockets),
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "max_connections": "100",
        **({"max_wal_senders": "0", **THROWAWAY} if throwaway else {}),
    }
    command = [str(postgres_programs() / "postgres"), "-D", str(folder(instance))]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return Service(
        instance,
        "postgres",
        command,
        # The person's own PG… variables are for another server.
        env={name: value for name, value in env.items() if not name.startswith("PG")},
        stop_with=signal.SIGINT,
        patience=30,
        account=server_account(),
    )


def prepare(instance, throwaway):
    """Make the cluster if there is none, and clear away what a kill -9 left in its folder.

    Raises LocalError with initdb's own words when the cluster cannot be made.
    """
    data = folder(instance)
    if not is_made(instance):
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(mode=0o700)
        give_to_servers(data)
        account = server_account()
        result = subprocess.run(
            [
                str(postgres_programs() / "initdb"),
                *("-D", str(data), "-U", ACCOUNT, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
                *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *(["--no-sync"] if throwaway else []),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            **({"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}),
        )
        if result.returncode:
            raise LocalError(f"PostgreSQL's initdb failed:\n{result.stdout}{result.stderr}")
        _ready(instance).touch()
    remove_stale_pid_file(data)


def remove_stale_pid_file(data):
    """Remove postmaster.pid unless its process is a PostgreSQL server of this very folder.

    PostgreSQL does this itself, but believes a number that another process of the same account has been given since; in
    containers, where numbers start small each time, that happens often.
    """
    pid_file = data / "postmaster.pid"
    try:
        process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        if "-D" in process.cmdline() and str(data) in process.cmdline():
            return
    except FileNotFoundError:
        return
    except (ValueError, IndexError, psutil.Error):
        pass
    pid_file.unlink(missing_ok=True)


def wait(instance, running):
    """Wait until the server answers and its database exists.

    `running` says whether the server process still lives. Raises LocalError when it died or takes too long.
    """
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with contextlib.closing(psycopg2.connect(url(instance, "postgres"), connect_timeout=2)) as connection:
                connection.autocommit = True
                cursor = connection.cursor()
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f'CREATE DATABASE "{DATABASE}"')
                return
        except psycopg2.OperationalError:
            if not running():
                raise LocalError("PostgreSQL stopped while starting") from None
            if time.monotonic() > deadline:
                raise LocalError(f"PostgreSQL did not answer within {START_SECONDS} seconds") from None
            time.sleep(0.05)


def kept_database(instance, kind, fingerprint, fill):
    """Return the name of a database that `fill(url)` has filled, to copy test databases from.

    It is kept between runs for as long as `fingerprint` stays the same; older ones of its `kind` go. When `fill`
    raises, nothing is kept.
    """
    name = f"{kind}_{fingerprint}"
    with contextlib.closing(psycopg2.connect(url(instance, "postgres"))) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{kind}%"])
        existing = {row[0] for row in cursor.fetchall()}
        if name in existing:
            return name
        for old in existing:
            cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        cursor.execute(f"CREATE DATABASE {kind}")
        fill(url(instance, kind))
        cursor.execute(f'ALTER DATABASE {kind} RENAME TO "{name}"')
    return name


def copy(instance, where):
    """Copy the running cluster to the folder `where`, from which a server can start. Return whether it went well."""
    command = [str(postgres_programs() / "pg_basebackup"), "-D", str(where), "-h", str(instance.sockets), "-U", ACCOUNT]
    result = subprocess.run(
        [*command, "--wal-method=fetch", "--checkpoint=fast", "--no-sync", "--no-manifest"],
        check=False,
        capture_output=True,
        cwd="/",
    )
    return result.returncode == 0


def take_copy(instance, where):
    """Make the instance's cluster from a folder that `copy` made. Raises OSError."""
    data = folder(instance)
    # A cluster is known by a file within it: it must not be found before all of it is there.
    new = data.with_name("postgres-new")
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(where, new)
    for path in (new, *new.rglob("*")):
        give_to_servers(path) if path.is_dir() else _give_file(path)
    new.rename(data)


def _give_file(path):
    if account := server_account():
        os.chown(path, account.pw_uid, account.pw_gid)


def start(instance, service, *, throwaway=False):
    """Start `service` and wait for it, waiting out backends of a killed server that still hold shared memory.

    Raises LocalError with the end of PostgreSQL's log.
    """
    deadline = time.monotonic() + START_SECONDS
    while True:
        prepare(instance, throwaway)
        service.start()
        try:
            wait(instance, service.running)
            return
        except LocalError as error:
            why = service.last_words()
            if "pre-existing shared memory block" not in why or time.monotonic() > deadline:
                service.stop()
                raise LocalError(f"{error}. The end of {os.path.relpath(service.log)}:\n{why}") from None
            time.sleep(0.5)
