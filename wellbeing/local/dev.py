"""Run the demo for developing: pages, workers and styles follow every file as it is saved."""

import subprocess
from collections import namedtuple

from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from . import postgres
from .demo import Demo, say
from .places import PROJECT, python
from .processes import Service

# Django's autoreload ends the web server with this status when it is to be started anew.
RELOAD = 3
CODE = ("wellbeing", "people", "programmes", "events", "payments", "templates")
KINDS = {".py", ".html", ".txt"}

Files = namedtuple("Files", "code styles")


def files():
    """Return when each file of code and each stylesheet changed last: Files of two {path: time}."""
    code = (path for folder in CODE for path in (PROJECT / folder).rglob("*") if path.suffix in KINDS)
    styles = (PROJECT / "static" / "css").glob("*.scss")
    return Files(_times(code), _times(styles))


def _times(paths):
    times = {}
    for path in paths:
        try:
            times[path] = path.stat().st_mtime_ns
        except FileNotFoundError:
            # Editors replace a file by another of its name.
            continue
    return times


class Dev(Demo):
    """A Demo with Django's own web server."""

    name = "dev"
    command = "bin/dev"

    def __init__(self, instance, port):
        super().__init__(instance, port)
        self.env |= {"ENVIRONMENT": "development", "DEMO_MODE": "true"}
        # Told that it is the process to be reloaded, Django leaves starting it anew to us, and starts once, not twice.
        web = [python(), "manage.py", "runserver", "--skip-checks", f"127.0.0.1:{port}"]
        self.programs = [
            Service(instance, "web", web, env=self.env | {DJANGO_AUTORELOAD_ENV: "true"}),
            self._worker(),
        ]
        # Pages can be served while data that is there is brought up to date; that of a new database comes first.
        self.has_data = postgres.is_made(instance) and bool(self.servers)
        self.seen = files()

    def prepare_and_start(self):
        """Start the programs, before or after the data is brought up to date. Return load_demo's output."""
        if not self.has_data:
            return super().prepare_and_start()
        for service in self.programs:
            service.start()
        return self.prepare()

    def look(self):
        """Follow changed files. Return the names of programs that ended because they are to start anew."""
        web, worker = self.programs
        before, self.seen = self.seen, files()
        anew = set()
        if web.process is not None and web.process.returncode == RELOAD:
            anew.add(web.name)
        if self.seen.styles != before.styles:
            build_styles()
        if self.seen.code != before.code:
            say("Starting the worker anew.")
            worker.ask_to_stop()
        if worker.asked or self.seen.code != before.code:
            anew.add(worker.name)
        return anew


def build_styles():
    """Build the stylesheet; tell the person at the terminal how that went."""
    result = subprocess.run(
        ["bin/build-css"], check=False, cwd=PROJECT, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    say(result.stderr.strip() if result.returncode else "Built the styles.")
