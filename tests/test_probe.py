"""The health checks of the containers: each is run as a process of its own, and seen to pass and to fail."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from wellbeing import health, heartbeat

COMPOSE = (settings.BASE_DIR / "docker-compose.yml").read_text()
DOCKERFILE = (settings.BASE_DIR / "Dockerfile").read_text()
# What runs in a container of ours, as Compose starts it; the web server is what the image starts by itself.
COMMANDS = dict(re.findall(r"^  (\w+):\n(?:    .*\n)*?    command: (\[\"celery\"[^\]]*\])$", COMPOSE, re.MULTILINE))
CHECKS = dict(re.findall(r"^  (\w+):\n(?:    .*\n)*?    healthcheck:\n      test: (\[.*\])$", COMPOSE, re.MULTILINE))
CHECKS["web"] = re.search(r"^HEALTHCHECK .*CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[1]
# Whatever a container of ours runs has a check; servers that are not ours have their own.
OURS = {name: json.loads(check) for name, check in CHECKS.items() if "wellbeing.probe" in check}


def environment(**more):
    return {**os.environ, "REDIS_PREFIX": settings.REDIS_PREFIX, "REDIS_URL": settings.REDIS_URL, **more}


def probe(part, **more):
    """The exit status of the health check that the containers run for `part`, and what it says."""
    check = OURS.get(part) or ["python", "-m", "wellbeing.probe", part]
    command = check[1:] if check[0] == "CMD" else check
    assert command[0] == "python"
    done = subprocess.run(
        [sys.executable, *command[1:]],
        check=False,
        cwd=settings.BASE_DIR,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


@pytest.fixture
def forgotten():
    """No part has shown a sign of life, before and after."""

    def forget():
        for part in heartbeat.HEARTS:
            health._redis().delete(health._key(part), health._key(part, socket.gethostname()))

    forget()
    yield
    forget()


def test_every_container_of_ours_has_a_health_check_and_each_names_a_part_there_is():
    assert {"web", *COMMANDS} == set(OURS)
    for name, check in OURS.items():
        assert check[-4:] == ["python", "-m", "wellbeing.probe", name]
        assert name == "web" or name in heartbeat.HEARTS


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("part", heartbeat.HEARTS)
def test_the_probe_of_a_part_passes_after_its_sign_of_life_and_fails_without(part):
    assert probe(part) == (1, f"{part}: no sign of life\n")
    health._Heart(part).beat()
    assert probe(part) == (0, "")


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("part", heartbeat.HEARTS)
def test_the_probe_of_a_part_on_another_host_says_nothing_about_this_one(part):
    health._redis().set(health._key(part, "another-host"), 1, ex=60)
    health._redis().set(health._key(part), 1, ex=60)
    try:
        assert probe(part)[0] == 1
    finally:
        health._redis().delete(health._key(part, "another-host"))


@pytest.mark.parametrize("part", heartbeat.HEARTS)
def test_the_probe_fails_without_redis(part):
    status, words = probe(part, REDIS_URL="redis://127.0.0.1:1/0")
    assert status == 1
    assert words.startswith(f"{part}: ")


def test_a_probe_of_a_part_there_is_not_says_which_there_are():
    status, words = probe("wroker")
    assert status == 2
    assert "web, worker, beat" in words


@pytest.mark.real_clock
@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("part", ["worker", "beat"])
def test_a_real_worker_and_a_real_beat_become_healthy(part, tmp_path):
    command = [word.replace("${WORKER_PROCESSES:-2}", "1") for word in json.loads(COMMANDS[part])]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=settings.BASE_DIR,
            env=environment(DATA_DIR=str(tmp_path), DATABASE_URL="postgres://127.0.0.1:1/none"),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + 120
            while probe(part)[0]:
                assert time.monotonic() < deadline, (tmp_path / "log").read_text()
                assert process.poll() is None, (tmp_path / "log").read_text()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_the_probe_of_the_web_server_passes_while_it_answers_and_fails_once_it_is_gone(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    more = {"WEB_BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1", "ENVIRONMENT": "test"}
    assert probe("web", **more)[0] == 1
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:wellbeing.gunicorn", "wellbeing.wsgi"],
            cwd=settings.BASE_DIR,
            env=environment(**more),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + 120
            while probe("web", **more)[0]:
                assert time.monotonic() < deadline, (tmp_path / "log").read_text()
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    assert probe("web", **more)[0] == 1
