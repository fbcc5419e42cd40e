"""Reports of errors say where something failed, and hold nothing that a person typed, is called or is reached by."""

import os
import subprocess
import sys

import pytest

from tests.helpers.tracker import Tracker

PERSONAL = {
    "name": "Wendeline Ottershaw",
    "account": "70872490",
    "address": "personal-link-of-wendeline",
    "cookie": "session-of-wendeline",
    "email": "wendeline@example.org",
    "header": "agent-of-wendeline",
}
SCRIPT = """
import os, django
django.setup()
from django.test import Client
import sentry_sdk
from tests.helpers.failing_urls import failing_task
personal = dict(item.split("=") for item in os.environ["PERSONAL"].split("|"))
client = Client(raise_request_exception=False, SERVER_NAME="localhost")
client.cookies["sessionid"] = personal["cookie"]
answer = client.post(
    f"/r/{personal['address']}/?email={personal['email']}",
    {"name": personal["name"], "account": personal["account"]},
    headers={"User-Agent": personal["header"], "X-Request-ID": "request-4711"},
)
assert answer.status_code == 500, answer.status_code
failing_task.apply(args=[personal["name"]])
sentry_sdk.flush(10)
"""


@pytest.fixture(scope="module")
def reports():
    """Return all that a process with SENTRY_DSN sent about a page, a line of the log and a task that failed."""
    with Tracker() as tracker:
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            check=True,
            env={
                **os.environ,
                "SENTRY_DSN": tracker.dsn,
                "WELLBEING_VERSION": "1.2.3",
                "DJANGO_SETTINGS_MODULE": "tests.failing_settings",
                "PERSONAL": "|".join(f"{key}={value}" for key, value in PERSONAL.items()),
            },
            timeout=120,
        )
        return tracker.received


def test_a_failed_page_is_reported_with_its_place_and_the_request_id_of_the_log(reports):
    (page,) = [report for report in reports if "RuntimeError" in report]
    assert "tests/helpers/failing_urls.py" in page
    assert "ValueError" in page, "what it came from is told, too"
    assert '"request_id":"request-4711"' in page
    assert '"transaction":"tests.helpers.failing_urls.fail"' in page
    assert '"release":"1.2.3"' in page


def test_a_failed_task_and_an_error_of_the_log_are_reported(reports):
    assert [report for report in reports if "LookupError" in report and "failing_task" in report]
    assert [report for report in reports if "%s of %s was not found" in report]


def test_no_report_holds_anything_personal(reports):
    everything = "".join(reports)
    found = {kind: value for kind, value in PERSONAL.items() if value in everything}
    assert not found
    assert "127.0.0.1" not in everything.replace("Host: 127.0.0.1", "")
    assert os.uname().nodename not in everything
