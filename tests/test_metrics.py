"""Numbers for Prometheus: from a real web server of two processes, to who has the token, with nothing of anybody."""

import datetime as dt
import re
import socket
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from people.models import Job
from tests.helpers import workers
from tests.helpers.messages import a_message

TOKEN = "a-token-that-only-these-tests-know"


@pytest.fixture
def token(settings):
    """Switch on /metrics."""
    settings.METRICS_TOKEN = TOKEN


def ask(client):
    """Return the numbers as {name with labels: number}."""
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    return numbers(answer.content.decode())


def numbers(text):
    """Return the lines of an answer as {name with labels: number}."""
    return {name: float(value) for name, value in re.findall(r"^(\w+(?:\{[^}]*\})?) (\S+)$", text, re.MULTILINE)}


@pytest.mark.django_db
def test_without_a_token_there_is_no_such_page_and_with_another_it_is_refused(client, settings):
    header = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/metrics", headers=header).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": TOKEN}, {"Authorization": "é"}):
        assert client.get("/metrics", headers=headers).status_code == 403
    assert client.post("/metrics", headers=header).status_code == 405


@pytest.mark.django_db
def test_what_waits_and_what_failed_is_counted(client, token):
    now = timezone.now()
    a_message(next_try_at=now - dt.timedelta(minutes=5))
    job = Job.objects.create(kind="payment_documents", subject_id=1, touched_at=now)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.FAILED, finished_at=now)
    told = ask(client)
    assert told['wellbeing_work_waiting{work="messages_due"}'] == 1
    assert 300 <= told['wellbeing_work_oldest_seconds{work="messages_due"}'] < 400
    assert told['wellbeing_work_failed{work="jobs_due"}'] == 1
    assert told['wellbeing_work_oldest_seconds{work="jobs_due"}'] == 0
    assert told['wellbeing_queue_tasks{queue="receipts"}'] == 0
    assert told['wellbeing_part_alive{part="postgres"}'] == 1
    assert told['wellbeing_part_alive{part="worker"}'] == 0


@pytest.mark.django_db
def test_numbers_that_cannot_be_known_are_left_out(client, token, settings, monkeypatch):
    monkeypatch.setattr("wellbeing.health.postgres_problem", lambda: "no answer")
    told = ask(client)
    assert told['wellbeing_part_alive{part="postgres"}'] == 0
    assert not [name for name in told if name.startswith("wellbeing_work")]


@pytest.fixture
def web(tmp_path, transactional_db):
    """fn(path) -> the answer of a web server of two processes that counts its pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    more = {"WEB_BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "2", "METRICS_TOKEN": TOKEN, "TMPDIR": str(tmp_path)}
    with (tmp_path / "log").open("w") as log:
        server = workers.start_web(tmp_path, connection.settings_dict["NAME"], settings.REDIS_PREFIX, log, **more)

        def get(path):
            request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
            request.add_header("Authorization", f"Bearer {TOKEN}")
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read().decode()

        deadline = time.monotonic() + 120
        while True:
            try:
                get("/healthz")
                break
            except (urllib.error.URLError, ConnectionError):
                assert time.monotonic() < deadline, (tmp_path / "log").read_text()
                time.sleep(0.2)
        yield get
        workers.kill(server)


def test_the_pages_of_all_processes_are_counted_together_by_view_and_not_by_address(web, tmp_path):
    counted = 'django_http_requests_total_by_view_transport_method_total{method="GET",transport="http",view="healthz"}'
    before = numbers(web("/metrics"))[counted]
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(web, ["/healthz"] * 40))
        with pytest.raises(urllib.error.HTTPError):
            web("/r/a-key-that-is-secret/")
    for _each in range(6):
        told = web("/metrics")
        assert numbers(told)[counted] == before + 40
    assert "a-key-that-is-secret" not in told
    (folder,) = tmp_path.glob("wellbeing-metrics-*")
    places = {f"{kind}_{number}.db" for kind in ("counter", "histogram") for number in (0, 1)}
    assert {path.name for path in folder.iterdir()} <= places
