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
import time
from tests.helpers import workers
print(workers.start(["-c", {SLEEP!r}]).pid, flush=True)
time.sleep(60)
"""


def is_gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize("code", [SLEEP, STUBBORN], ids=["willing", "stubborn"])
def test_a_worker_ends_when_it_is_asked_or_else_is_killed(code):
    with workers.start(["-c", code], stdout=subprocess.PIPE) as worker:
        assert worker.stdout.readline() == b"up\n"
        workers.end([worker], patience=0.5)
        assert worker.poll() is not None


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels tell no child that its parent died")
def test_a_worker_ends_when_the_process_of_its_test_is_killed():
    with subprocess.Popen([sys.executable, "-c", TESTS], cwd=PROJECT, stdout=subprocess.PIPE) as tests:
        worker = int(tests.stdout.readline())
        assert not is_gone(worker)
        tests.kill()
    deadline = time.monotonic() + 20
    while not is_gone(worker):
        assert time.monotonic() < deadline, "it goes on"
        time.sleep(0.02)
