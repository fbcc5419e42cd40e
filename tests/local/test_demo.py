"""The demo's supervisor: what it refuses, and that it starts again what dies."""

import os
import signal
import socket
import sys
import time

import pytest

from wellbeing.local import __main__ as command_line
from wellbeing.local import demo, places
from wellbeing.local.places import LocalError
from wellbeing.local.processes import Service


@pytest.fixture
def taken_port():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


@pytest.fixture
def handlers():
    """The supervisor takes over the process's signals; give pytest its own back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_taken_port_is_told_before_anything_is_started(taken_port, instance, monkeypatch, handlers):
    monkeypatch.setenv("PORT", str(taken_port))
    monkeypatch.setattr(demo, "Demo", lambda *args: pytest.fail("something was started"))
    with pytest.raises(LocalError, match=f"Port {taken_port} is taken"):
        demo.run()


def test_a_port_that_is_taken_on_every_address_is_taken_too():
    with socket.socket() as holder:
        holder.bind(("0.0.0.0", 0))
        holder.listen()
        with pytest.raises(LocalError, match="is taken"):
            demo.refuse_taken_port(holder.getsockname()[1])


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80 80", "²"])
def test_a_port_that_is_no_port_is_told(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(LocalError, match="PORT must be a number"):
        demo.port_from_environment()


def test_the_port_is_8000_unless_told(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    assert demo.port_from_environment() == 8000


def test_a_second_demo_in_the_same_folder_says_where_the_first_one_is(instance):
    (instance.own_folder / "address").write_text("http://localhost:8123/")
    with (
        instance.lock(),
        pytest.raises(LocalError, match="bin/demo already runs in this folder: http://localhost:8123/"),
    ):
        demo.run()


def test_fresh_never_empties_a_database_that_is_not_ours(monkeypatch, instance):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere.example.org/theirs")
    with pytest.raises(LocalError, match="--fresh"):
        demo.run(fresh=True)


def test_a_local_error_is_one_line_and_exit_status_1(monkeypatch, capsys, instance):
    monkeypatch.setattr(command_line, "PROJECT", instance.own_folder)
    monkeypatch.chdir(instance.own_folder)
    monkeypatch.setenv("PORT", "none")
    assert command_line.main(["demo"]) == 1
    assert capsys.readouterr().err == "PORT must be a number from 1 to 65535, not 'none'.\n"


def test_the_secret_key_is_made_once_and_is_for_its_owner_only(instance, monkeypatch):
    monkeypatch.setattr(demo, "PROJECT", places.PROJECT)
    key = demo.secret_key()
    assert len(key) >= 50
    assert demo.secret_key() == key
    assert (places.PROJECT / ".local" / "secret").stat().st_mode & 0o077 == 0


def test_what_dies_is_started_again_and_the_terminal_is_told(instance, monkeypatch, capsys):
    monkeypatch.setattr(demo, "LOOK_EVERY_SECONDS", 0.02)
    env = os.environ | {"DATABASE_URL": "postgres:///elsewhere", "REDIS_URL": "redis://elsewhere"}
    monkeypatch.setattr(os, "environ", env)
    monkeypatch.setattr(demo, "PROJECT", places.PROJECT)
    run = demo.Demo(instance, 8123)
    assert run.servers == []
    run.programs = [
        Service(instance, name, [sys.executable, "-c", "import time; time.sleep(60)"], env=env)
        for name in ("web", "worker", "beat")
    ]
    for program in run.programs:
        program.start()
    worker = run.programs[1]
    first = worker.process.pid
    worker.process.kill()

    def stop_once_it_is_back(seconds):
        time.sleep(seconds)
        if worker.running() and worker.process.pid != first:
            raise demo.Stop

    monkeypatch.setattr(demo, "time", type("Clock", (), {"sleep": stop_once_it_is_back, "monotonic": time.monotonic}))
    with pytest.raises(demo.Stop):
        run.watch()
    run.stop()
    assert "worker stopped (exit -9); starting it again now." in capsys.readouterr().out
    assert not any(program.running() for program in run.programs)
