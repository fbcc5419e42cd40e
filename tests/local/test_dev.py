"""bin/dev follows changes: a saved template and module are served, the worker starts anew, styles are built."""

import os
import shutil
import subprocess
import threading
import time

import pytest
from django.db import connection

from wellbeing.local import demo, dev, places
from wellbeing.local.dev import Dev
from wellbeing.local.places import Instance
from wellbeing.local.processes import free_port

BUILD = "#!/bin/sh\ncat static/css/site.scss > built\n"


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.2)


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the project's own files, which a test may change."""
    listed = subprocess.run(
        ["git", "ls-files", *dev.CODE, "manage.py", "static/css"],
        cwd=places.PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    folder = tmp_path / "project"
    for name in listed.stdout.split():
        source = places.PROJECT / name
        if source.exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    (folder / "bin").mkdir()
    (folder / "bin" / "build-css").write_text(BUILD)
    (folder / "bin" / "build-css").chmod(0o755)
    for module in (places, dev, demo):
        monkeypatch.setattr(module, "PROJECT", folder)
    monkeypatch.setattr(places, "home", lambda: folder / ".local")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    return folder


@pytest.fixture
def running(copy, monkeypatch, db):
    """Web server and worker of bin/dev in the copy, beside the test run's own PostgreSQL and Valkey."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    monkeypatch.setenv("DATABASE_URL", f"{server}/{connection.settings_dict['NAME']}")
    instance = Instance("dev")
    instance.prepare()
    run = Dev(instance, free_port())
    ended = threading.Event()

    def sleep(seconds):
        time.sleep(seconds)
        if ended.is_set():
            raise demo.Stop

    def watch():
        with pytest.raises(demo.Stop):
            run.watch()

    monkeypatch.setattr(demo, "time", type("Clock", (), {"sleep": sleep, "monotonic": time.monotonic}))
    for service in run.programs:
        service.start()
    watcher = threading.Thread(target=watch)
    try:
        wait_for(lambda: run.open("healthz")[0] == 200)
        watcher.start()
        yield run
    finally:
        ended.set()
        if watcher.ident:
            watcher.join()
        run.stop()


def change(path, before, after):
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_what_is_saved_is_followed(running, copy):
    worker = running.programs[1]
    first = worker.process.pid
    status, page = running.open("accounts/login/")
    assert status == 200 and "Changed while running" not in page

    template = copy / "templates" / "account" / "login.html"
    change(template, "{% block content %}", "{% block content %}Changed while running")

    def served():
        # Saved again, in case Django had not looked at the files for the first time yet.
        template.touch()
        return "Changed while running" in running.open("accounts/login/")[1]

    wait_for(served)

    change(copy / "wellbeing" / "health.py", 'JsonResponse({"status": "ok"})', 'JsonResponse({"status": "changed"})')
    wait_for(lambda: "changed" in running.open("healthz")[1])
    wait_for(lambda: worker.running() and worker.process.pid != first)

    change(copy / "static" / "css" / "site.scss", "@", "/* changed */ @")
    wait_for(lambda: (copy / "built").exists() and "changed" in (copy / "built").read_text())


def test_nothing_is_left_running(running):
    processes = [service.process for service in running.programs]
    running.stop()
    assert all(process.poll() is not None for process in processes)
