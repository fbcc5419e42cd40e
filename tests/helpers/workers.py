"""Real workers beside a test. They end with it, also when the process of the tests is killed.

Run as a program, with a command as its arguments: asks the kernel for SIGTERM when its parent dies and becomes the
command. Where the kernel tells no child that its parent died (Linux alone does), stays beside the command and watches.
"""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
KERNEL_TELLS = sys.platform == "linux"


def start(command, kernel_tells=KERNEL_TELLS, **options):
    """Start `command` (the arguments of Python) in a session of its own. `options` are those of subprocess.Popen."""
    way = "become" if kernel_tells else "watch"
    words = [sys.executable, __file__, way, str(os.getpid()), sys.executable, *command]
    return subprocess.Popen(words, start_new_session=True, **options)


def start_celery(folder, database, redis_prefix, log, **environment):
    """Start a Celery worker of one process on the `database` and queue of a test, with more of an `environment`.

    Its data go into `folder`, its output into the file `log`. Its connections to the database are named like
    the folder.
    """
    words = "-m celery -A wellbeing worker -c 1 -l WARNING --without-gossip --without-mingle"
    return _start_of_ours(words.split(), folder, database, redis_prefix, log, environment)


def start_web(folder, database, redis_prefix, log, **environment):
    """Start a web server on the `database` of a test, as `start_celery` starts a worker. WEB_BIND says where."""
    words = "-m gunicorn -c python:wellbeing.gunicorn wellbeing.wsgi"
    return _start_of_ours(words.split(), folder, database, redis_prefix, log, environment)


def database_url(name):
    """Return the address of the database `name` on the server of the tests."""
    return re.sub(r"/[^/?]*(\?|$)", rf"/{name}\1", os.environ["DATABASE_URL"])


def _start_of_ours(command, folder, database, redis_prefix, log, environment):
    env = {
        **os.environ,
        "ENVIRONMENT": "test",
        "DATABASE_URL": database_url(database),
        "REDIS_PREFIX": redis_prefix,
        "DATA_DIR": str(folder),
        "PGAPPNAME": folder.name,
        **environment,
    }
    return start(command, env=env, stdout=log, stderr=subprocess.STDOUT)


def end(processes, patience=60):
    """Ask what `start` returned to finish what it is at; kill, with all its children, what has not after a while."""
    try:
        for process in processes:
            process.terminate()
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=patience)
    finally:
        for process in processes:
            kill(process)


def kill(process):
    """SIGKILL for what `start` returned and its children at once, as when a machine loses power."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def become(parent, command):
    """Replace this process with `command`, which ends when the process numbered `parent` does."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # It may have died before it could be asked for.
    if os.getppid() == parent:
        os.execv(command[0], command)


def watch(parent, command):
    """Run `command` until it ends, and end it when the process numbered `parent` has gone. Exits as it did."""
    worker = subprocess.Popen(command)
    signal.signal(signal.SIGTERM, lambda *_signal: worker.terminate())
    while worker.poll() is None:
        if os.getppid() != parent:
            worker.terminate()
        time.sleep(0.1)
    sys.exit(worker.returncode)


if __name__ == "__main__":
    {"become": become, "watch": watch}[sys.argv[1]](int(sys.argv[2]), sys.argv[3:])
