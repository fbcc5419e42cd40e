"""Run the tests: real servers, every check, then pytest."""

import hashlib
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from . import postgres, valkey
from .places import PROJECT, first_free, python
from .processes import end_orphans, mark

FAILED_CHECKS = "WELLBEING_FAILED_CHECKS"


@contextmanager
def servers():
    """Run a PostgreSQL and a Valkey of our own while the block lasts; yield the environment that leads to them.

    DATABASE_URL and REDIS_URL, when set, are used instead.
    """
    instance, lock = first_free("test")
    started = []
    with lock:
        try:
            end_orphans(instance)
            instance.prepare()
            # Marked as services are: whatever a killed test leaves behind is ended below, or by the next run.
            env = os.environ | {
                **mark(instance),
                "ENVIRONMENT": "test",
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "DATA_DIR": str(instance.data),
                "PYTHONPATH": str(PROJECT),
                "PYTEST_PLUGINS": "wellbeing.local.pytest_plugin",
                # Each worker would do Django's system checks again, which `run_checks` does once.
                "CELERY_SKIP_CHECKS": "1",
            }
            for module, variable in ((postgres, "DATABASE_URL"), (valkey, "REDIS_URL")):
                if os.environ.get(variable):
                    continue
                service = module.service(instance, env=dict(os.environ), throwaway=True)
                service.log.unlink(missing_ok=True)
                started.append(service)
                module.start(instance, service, throwaway=True)
                env[variable] = module.url(instance)
            yield env | template(instance, env)
        finally:
            for service in reversed(started):
                service.stop()
            end_orphans(instance)


def fingerprint():
    """Return 16 hex digits that change when a migration, Django or the way to fill a new database does."""
    sources = [
        PROJECT / "requirements" / "app.txt",
        PROJECT / "wellbeing" / "local" / "new_database.py",
        # A migration takes the database's own function from it.
        PROJECT / "wellbeing" / "lib" / "names.py",
        *sorted(PROJECT.glob("*/migrations/*.py")),
    ]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:16]


def template(instance, env):
    """Return TEST_DATABASE_TEMPLATE for tests/settings.py: a database with every table, to copy.

    Empty when the database is not ours. Empty, too, when filling one fails: then the tests migrate for themselves and
    show why it fails.
    """
    if os.environ.get("DATABASE_URL"):
        return {}

    def fill(url):
        print("Making the tables of the test database.", flush=True)
        subprocess.run(
            [python(), "-m", "wellbeing.local.new_database"],
            cwd=PROJECT,
            env=env | {"DATABASE_URL": url},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )

    try:
        return {"TEST_DATABASE_TEMPLATE": postgres.kept_database(instance, "filled", fingerprint(), fill)}
    except subprocess.CalledProcessError:
        return {}


def checks():
    """Return every check that is not a test, as name -> command."""
    manage = [python(), "manage.py"]
    tool = Path(python()).parent
    templates = sorted(str(path.relative_to(PROJECT)) for path in (PROJECT / "templates").rglob("*.html"))
    return {
        "ruff check": [python(), "-m", "ruff", "check", "."],
        "ruff format": [python(), "-m", "ruff", "format", "--check", "."],
        "types": [python(), "-m", "mypy"],
        "import rules": [str(tool / "lint-imports"), "--no-cache"],
        "missing migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "system checks": [*manage, "check", "--fail-level", "WARNING"],
        "templates": [str(tool / "djade"), "--target-version", "5.2", "--check", *templates],
    }


def run_checks(env):
    """Run every check, all at once; print the output of those that failed and return their names."""

    def run(command):
        return subprocess.run(
            command, check=False, cwd=PROJECT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )

    failed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for name, result in zip(checks(), pool.map(run, checks().values()), strict=True):
            print(f"{name:20} {'failed' if result.returncode else 'ok'}", flush=True)
            if result.returncode:
                failed.append(name)
                print(result.stdout + result.stderr, flush=True)
    return failed


def run(arguments):
    """Run every check, then pytest with `arguments`. Returns the exit status: 0 only when all went well.

    pytest runs, and its summary comes last, even when a check has failed.
    """
    with servers() as env:
        failed = run_checks(env)
        env[FAILED_CHECKS] = ", ".join(failed)
        status = call([python(), "-m", "pytest", *side_by_side(arguments), *arguments], env)
    return status or (1 if failed else 0)


def side_by_side(arguments):
    """Return pytest arguments that use every core for the whole suite; a named test starts sooner in one process."""
    if arguments:
        return []
    return ["-n", str(os.cpu_count() or 1), "--dist", "loadfile", "--no-loadscope-reorder", "--cov", "--cov-report="]


def run_command(command):
    """Run one command, for instance `pytest tests/people`, beside fresh servers. Returns its exit status."""
    with servers() as env:
        tool = Path(python()).parent
        return call(command, env | {"PATH": f"{tool}:{env.get('PATH', '')}"})


def call(command, env):
    """Run a command in the foreground; Ctrl-C and SIGTERM are for it, so that our servers still stop."""
    process = subprocess.Popen(command, cwd=PROJECT, env=env)
    handlers = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda number, frame: process.send_signal(number)),
    }
    try:
        return process.wait()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
