"""Workers beside a test end with it: when asked, when they will not, and when the tests themselves are killed."""

import subprocess
import sys
import time

import psutil
import pytest

from tests.helpers import workers
from wellbeing.local.places import PROJECT

SLEEP = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
TESTS = f"""
import subprocess
import time
from tests.helpers import workers
worker = workers.start(["-c", {SLEEP!r}], kernel_tells=KERNEL_TELLS, stdout=subprocess.PIPE)
worker.stdout.readline()
print(worker.pid, flush=True)
time.sleep(60)
"""
# Watching works everywhere; being told works on Linux.
WAYS = sorted({False, workers.KERNEL_TELLS})


def is_gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_until_gone(pids):
    """Wait until no process with one of these numbers runs; fails after 20 seconds."""
    deadline = time.monotonic() + 20
    while not all(is_gone(pid) for pid in pids):
        assert time.monotonic() < deadline, "it goes on"
        time.sleep(0.02)


@pytest.mark.parametrize("kernel_tells", WAYS)
@pytest.mark.parametrize("code", [SLEEP, STUBBORN], ids=["willing", "stubborn"])
def test_a_worker_ends_when_it_is_asked_or_else_is_killed(code, kernel_tells):
    with workers.start(["-c", code], kernel_tells=kernel_tells, stdout=subprocess.PIPE) as worker:
        assert worker.stdout.readline() == b"up\n"
        children = psutil.Process(worker.pid).children()
        workers.end([worker], patience=0.5)
        assert worker.poll() is not None
        wait_until_gone([child.pid for child in children])


@pytest.mark.parametrize("kernel_tells", WAYS)
def test_a_worker_ends_when_the_process_of_its_test_is_killed(kernel_tells):
    code = TESTS.replace("KERNEL_TELLS", str(kernel_tells))
    with subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE) as tests:
        worker = int(tests.stdout.readline())
        assert not is_gone(worker)
        children = [child.pid for child in psutil.Process(worker).children()]
        tests.kill()
    wait_until_gone([worker, *children])
