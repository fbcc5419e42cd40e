"""Invitations written and sent by the workers' own code, beside a plain loop that sends the same mails."""

import contextlib
import datetime as dt
import smtplib
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from django.test import override_settings
from django.utils import timezone

from events.inviting.actions import invitations
from events.models import Event
from people.jobs import running
from people.jobs.models import Job
from people.messages import handing
from people.models import Message, Person
from wellbeing.local.processes import free_port

from . import mail_sink
from .clock import processor_seconds
from .door import knocked

SMTP = "django.core.mail.backends.smtp.EmailBackend"
BOUND = 3
ROUNDS = 3


def measure(scene, number):
    """Print what `number` invitations take beside a loop over one connection. Return whether BOUND holds.

    The loop sends the very mails that the server took before, byte by byte. Counted is the processor time of this
    process, of its database server and of the mail server; of ROUNDS the middle ratio counts.
    """
    people = list(Person.objects.filter(pk__in=scene.people, channel=Person.Channel.EMAIL).order_by("pk")[:number])
    print(f"\nMails: {len(people):,} invitations, beside smtplib with the same mails over one connection")
    print(f"{'round':8}{'written s':>11}{'sent s':>9}{'loop s':>9}{'ratio':>8}")
    ratios = []
    with _server() as server:
        for number in range(1, ROUNDS + 1):
            written, sent, loop = _round(scene, people, server)
            ratios.append((written + sent) / loop)
            print(f"{number:<8}{written:>11.2f}{sent:>9.2f}{loop:>9.2f}{ratios[-1]:>8.2f}", flush=True)
    ratio = statistics.median(ratios)
    print(f"ratio {ratio:.2f} (at most {BOUND})")
    return ratio <= BOUND


@contextlib.contextmanager
def _server():
    """Run a mail server in a process of its own. Yields its process, its port and the file of what it takes."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mails"
        server = subprocess.Popen([sys.executable, "-m", "wellbeing.bench.mail_sink", str(port), str(path)])
        try:
            yield knocked(server, port), port, path
        finally:
            server.terminate()
            server.wait(timeout=30)


def _round(scene, people, server):
    """Invite `people` to a new event, then send the same mails bare. Return the seconds of writing, sending, loop."""
    process, port, path = server
    event = new_event(scene)
    invitations.invite(event=event, people=people, by=scene.staff)
    job = Job.objects.get(kind=invitations.INVITATIONS, subject_id=event.pk)
    written = processor_seconds(lambda: running.run(job.pk))
    notices = event.invitations.values("notice")
    ids = list(Message.objects.filter(notice__in=notices).order_by("pk").values_list("pk", flat=True))
    before = path.stat().st_size
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        sent = processor_seconds(lambda: _send(ids), beside=process)
    mails = mail_sink.read(path, before)
    assert len(mails) == len(people), f"{len(mails)} mails for {len(people)} people"
    return written, sent, processor_seconds(lambda: _loop(port, mails), beside=process)


def _send(ids):
    """Send the messages as the queue hands them to a worker."""
    for start in range(0, len(ids), handing.BATCH):
        handing.send_messages(ids[start : start + handing.BATCH])


def _loop(port, mails):
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for sender, to, content in mails:
            connection.sendmail(sender, to, content)


def new_event(scene):
    """Return a new event of the programme, some weeks away, to which nobody is invited yet."""
    now = timezone.now()
    return Event.objects.create(
        programme_id=scene.large.programme_id,
        title="The day that many are invited to",
        kind=Event.Kind.COPRODUCTION,
        purpose="To measure.",
        starts_at=now + dt.timedelta(days=20),
        ends_at=now + dt.timedelta(days=20, hours=4),
        reply_by=timezone.localdate() + dt.timedelta(days=10),
        organiser=scene.staff.person,
        venue_name="The Invented Hall",
    )
