"""Many people at once, who send claims, reply and check in, beside one request after another. Ends by itself."""

import datetime as dt
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from events.models import Invitation
from payments.models import Claim, ClaimLine, PolicyVersion
from people.models import Person, User
from wellbeing.local.processes import free_port

from .door import start_web
from .mails import new_event

USERS, WORKERS = 50, 2
LONE_SECONDS = 30
# Of what so many workers could do, one request after another each: asked of the server, and the least it must keep up.
ASKED, SHARE = 0.85, 0.8
# The 95th percentile may be so many times the lone request's mean.
BOUND = 5


def measure(scene, seconds):
    """Print what USERS do in `seconds` beside one client alone. Return whether all bounds hold, without an error.

    Locust runs in a process of its own, on the same processors as the web server, PostgreSQL and Valkey. The people
    come at a pace of ASKED of what WORKERS processes can do, so that what is measured is work and not a queue that
    only grows.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        plan = _plan(scene, Path(folder), actions=60 * (LONE_SECONDS + seconds))
        os.environ["WEB_WORKERS"] = str(WORKERS)
        web = start_web(port)
        try:
            _wait_for_workers(port)
            lone = _run(plan, port, users=1, seconds=LONE_SECONDS, rate=0)
            can = min(WORKERS, psutil.cpu_count() or 1) * lone.actions_a_second
            many = _run(plan, port, users=USERS, seconds=seconds, rate=ASKED * can, skip=lone.count)
        finally:
            web.send_signal(signal.SIGTERM)
            web.wait(timeout=60)
    print(f"\nLoad: {USERS} people at once for {seconds} s, {WORKERS} processes of the web server")
    print(f"{'':26}{'requests':>9}{'a second':>10}{'mean ms':>9}{'95 % ms':>9}{'errors':>8}")
    for name, one in (("one after another", lone), (f"{USERS} at once", many)):
        print(f"{name:26}{one.count:>9}{one.rate:>10.1f}{one.mean:>9.1f}{one.late:>9.1f}{one.errors:>8}")
    share, ratio = many.rate / (can * lone.rate / lone.actions_a_second), many.late / lone.mean
    print(f"share of what {WORKERS} lone clients would do {share:.2f} (at least {SHARE})")
    print(f"95th percentile beside the lone mean {ratio:.2f} (at most {BOUND})")
    return share >= SHARE and ratio <= BOUND and not many.errors and not lone.errors


def _wait_for_workers(port):
    """Wait until pages are answered: the port is open before the first worker has read the code."""
    for _each in range(4 * WORKERS):
        waiting = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
        waiting.request("GET", "/healthz")
        assert waiting.getresponse().status == 200
        waiting.close()


class Outcome:
    """The figures of locust over all requests: their number, rate, mean and 95th percentile (ms), and the errors."""

    def __init__(self, rows, seconds):
        self.count = sum(row["num_requests"] for row in rows)
        self.rate, self.errors = self.count / seconds, sum(row["num_failures"] for row in rows)
        # A claim is two requests and one action.
        receipts = sum(row["num_requests"] for row in rows if row["name"] == "receipt")
        self.actions_a_second = (self.count - receipts) / seconds
        self.mean = sum(row["total_response_time"] for row in rows) / max(1, self.count)
        times = sorted((float(ms), number) for row in rows for ms, number in row["response_times"].items())
        self.late, left = 0.0, 0.95 * self.count
        for ms, number in times:
            self.late, left = ms, left - number
            if left <= 0:
                break


def _run(plan, port, *, users, seconds, rate, skip=0):
    """Let locust run for `seconds`. Return the Outcome. The first `skip` things that can be done once are done."""
    actions = json.loads(plan.read_text())
    actions |= {"users": users, "claims": actions["claims"][skip:], "replies": actions["replies"][skip:]}
    # Each run takes from the end of its own file.
    mine = plan.with_name(f"plan-{users}.json")
    mine.write_text(json.dumps({**actions, "claims": actions["claims"][::-1], "replies": actions["replies"][::-1]}))
    command = [sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("load_users.py"))]
    command += ["--headless", "--json", "--only-summary", "--loglevel", "ERROR", "--exit-code-on-error", "0"]
    # They come one by one, at the pace of all: each begins with an action.
    command += ["-u", str(users), "-r", str(max(rate, 1)), "-t", f"{seconds}s", "--host", f"http://127.0.0.1:{port}"]
    env = os.environ | {"LOAD_PLAN": str(mine), "LOAD_RATE": str(rate)}
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
    outcome = Outcome(json.loads(done.stdout or "[]"), seconds)
    if outcome.errors or not outcome.count:
        print(done.stderr)
    return outcome


def _plan(scene, folder, *, actions):
    """Write what can be done: claims to send, invitations to reply to, people to check in. Return the file."""
    receipt = folder / "receipt.jpg"
    Image.effect_noise((900, 1200), 60).convert("RGB").save(receipt, quality=60)
    door = reverse("event_door_now", args=[scene.large.pk])
    client = scene.client()
    token = client.get(door).json()["token"]
    plan = {
        "receipt": str(receipt),
        "door": {"url": door, "people": scene.people, "cookie": _cookies(client), "token": token},
        "replies": _invited(scene, actions // 2),
        "claims": _drafts(scene, actions // 4),
    }
    path = folder / "plan.json"
    path.write_text(json.dumps(plan))
    return path


def _cookies(client):
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _invited(scene, number):
    """Invite everybody to as many events to come as it takes. Return the addresses of `number` pages of replies."""
    addresses: list[str] = []
    while len(addresses) < number:
        event = new_event(scene)
        made = Invitation.objects.bulk_create(
            Invitation(event=event, person_id=pk, invited_by=scene.staff.person) for pk in scene.people
        )
        addresses += [reverse("reply", args=[one.link_key]) for one in made]
    return addresses[:number]


def _drafts(scene, number):
    """Make `number` drafts of claims of USERS people, each with an expense that wants a receipt.

    Return for each the addresses and the values that are sent, and the cookies of its person.
    """
    programme, today = scene.large.programme, timezone.localdate()
    policy = PolicyVersion.objects.filter(programme=programme).latest("number")
    people = list(Person.objects.filter(pk__in=scene.people, user=None).exclude(email="")[:USERS])
    for place, person in enumerate(people):
        person.user = User.objects.create(email=f"load{place}@example.org", password="!")
        person.save()
    claims = Claim.objects.bulk_create(
        Claim(
            programme=programme,
            person=people[place % len(people)],
            reference=f"{programme.short_code}-L{place:06d}",
            activity="meeting",
            description="A meeting",
            activity_date=today - dt.timedelta(days=5 + place % 20),
            policy=policy,
        )
        for place in range(number)
    )
    lines = ClaimLine.objects.bulk_create(
        ClaimLine(
            claim=claim,
            category=ClaimLine.Category.EXPENSE,
            expense_kind="public_transport",
            description="Bus",
            on=claim.activity_date,
            amount_pence=480,
        )
        for claim in claims
    )
    doors = {person.pk: _signed_in(person) for person in people}
    return [
        {
            **doors[claim.person_id],
            "receipt": reverse("claim_line_receipt", args=[claim.pk, line.pk]),
            "submit": reverse("claim_submit", args=[claim.pk]),
            "total": "480",
        }
        for claim, line in zip(claims, lines, strict=True)
    ]


def _signed_in(person):
    """Return the cookies of a browser in which `person` is signed in, and the token of its forms."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person.user, "django.contrib.auth.backends.ModelBackend")
    client.get(reverse("my_claims"))
    return {"cookie": _cookies(client), "token": client.cookies[settings.CSRF_COOKIE_NAME].value}
