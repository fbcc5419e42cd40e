"""Processes of an instance: found again after a kill -9, ended in order, and never mistaken for a stranger's."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from wellbeing.local import postgres, processes
from wellbeing.local.processes import Service, end_orphans, mark, orphans

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


@pytest.fixture
def stranger():
    """A process that has nothing to do with us."""
    process = subprocess.Popen(SLEEP, stdout=subprocess.DEVNULL)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def left_over(instance):
    """Start a process as an earlier supervisor would have, and forget it."""
    started = []

    def start(command):
        process = subprocess.Popen(
            command, env=os.environ | mark(instance), stdout=subprocess.PIPE, start_new_session=True
        )
        assert process.stdout.readline() == b"up\n"
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_process_left_behind_is_found_and_ended_and_a_stranger_is_not(instance, left_over, stranger):
    process = left_over(SLEEP)
    assert [each.pid for each in orphans(instance)] == [process.pid]
    assert end_orphans(instance) == 1
    assert not psutil.pid_exists(process.pid)
    assert stranger.poll() is None


def test_a_process_that_does_not_listen_is_killed(instance, left_over):
    process = left_over(STUBBORN)
    assert end_orphans(instance, patience=0.3) == 1
    assert not psutil.pid_exists(process.pid)


def test_a_process_that_only_names_our_folder_is_not_ours(instance):
    process = subprocess.Popen([*SLEEP, str(instance.own_folder)], stdout=subprocess.DEVNULL)
    try:
        assert orphans(instance) == []
    finally:
        process.kill()
        process.wait()


def test_a_postgres_of_our_folder_is_ours_even_when_its_environment_may_not_be_read(instance, monkeypatch, stranger):
    process = psutil.Process(stranger.pid)

    def denied(self):
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil.Process, "environ", denied)
    assert not processes.is_ours(process, instance)
    command = ["/somewhere/bin/postgres", "-D", str(postgres.folder(instance)), "-c", "port=5432"]
    monkeypatch.setattr(psutil.Process, "cmdline", lambda self: command)
    assert processes.is_ours(process, instance)


def test_a_service_takes_its_children_with_it_when_it_is_killed(instance):
    parent = (
        "import subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    service = Service(instance, "parent", [sys.executable, "-c", parent], env=dict(os.environ))
    service.start()
    wait_for(lambda: service.last_words().strip())
    child = psutil.Process(int(service.last_words()))
    service.process.kill()
    service.process.wait()
    service.end_group()
    wait_for(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_a_service_that_does_not_finish_in_time_is_killed(instance):
    service = Service(instance, "stubborn", STUBBORN, env=dict(os.environ), patience=0.3)
    service.start()
    wait_for(service.last_words)
    service.stop()
    assert service.process.returncode == -signal.SIGKILL


class TestStalePidFile:
    """postmaster.pid after a kill -9: believed only when its process is a server of this folder."""

    @pytest.fixture
    def pid_file(self, instance):
        postgres.folder(instance).mkdir()
        return postgres.folder(instance) / "postmaster.pid"

    def test_one_of_a_process_that_is_gone_is_removed(self, pid_file):
        gone = subprocess.Popen(["true"])
        gone.wait()
        pid_file.write_text(f"{gone.pid}\n")
        postgres.remove_stale_pid_file(pid_file.parent)
        assert not pid_file.exists()

    def test_one_whose_number_another_program_has_now_is_removed_and_the_program_stays(self, pid_file, stranger):
        pid_file.write_text(f"{stranger.pid}\n")
        postgres.remove_stale_pid_file(pid_file.parent)
        assert not pid_file.exists()
        assert stranger.poll() is None

    @pytest.mark.parametrize("content", ["", "not a number\n"])
    def test_one_that_was_cut_short_is_removed(self, pid_file, content):
        pid_file.write_text(content)
        postgres.remove_stale_pid_file(pid_file.parent)
        assert not pid_file.exists()

    def test_one_of_a_living_server_of_this_folder_stays(self, pid_file, stranger, monkeypatch):
        command = ["postgres", "-D", str(pid_file.parent)]
        monkeypatch.setattr(psutil.Process, "cmdline", lambda self: command)
        pid_file.write_text(f"{stranger.pid}\n")
        postgres.remove_stale_pid_file(pid_file.parent)
        assert pid_file.exists()
