"""The whole zoo of hostile files, sent through the form to a real worker, while messages go out as on any other day."""

import itertools
import re
import threading
import time
import urllib.error
import urllib.request
from http.client import HTTPMessage
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone

from payments.claims.actions import filling
from payments.models import Receipt
from people.messages.telling import tell
from people.models import Message
from programmes.models import Role
from tests import factories
from tests.helpers import samples, zoo

PEOPLE = 3
FILES_A_LINE = 8
MAIL_WITHIN_SECONDS = 60
# On a busy machine with two cores; each file is bounded by itself.
CHECKED_WITHIN_SECONDS = 420


class Sender:
    """A person signed in without a browser, who sends files through the form of an expense."""

    def __init__(self, server, user):
        self.server, self.user = server, user
        client = Client()
        client.force_login(user)
        self.token = _get_new_csrf_string()
        session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        self.cookies = f"{django_settings.SESSION_COOKIE_NAME}={session}; csrftoken={self.token}"

    def send(self, line, name, content):
        """Post a file for `line`; returns (status, page)."""
        address = self.server.url + reverse("claim_line_receipt", args=[line.claim_id, line.pk])
        fields = {"csrfmiddlewaretoken": self.token, "receipt": samples.upload(content, name)}
        request = urllib.request.Request(
            address,
            data=encode_multipart(BOUNDARY, fields),
            headers={"Content-Type": MULTIPART_CONTENT, "Cookie": self.cookies},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), StayHere())
        try:
            with opener.open(request, timeout=120) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


class StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, so that a file that was taken is told from a page with an error."""

    def redirect_request(self, request, file, code, message, headers: HTTPMessage, address):
        return None


@pytest.fixture
def senders(a_site, settings):
    """The people who send, each with a claim and a line of it for every few files: (sender, line) without end."""
    settings.SECOND_FACTOR_REQUIRED = False
    # One worker sends messages and one opens files, as in docker-compose.yml.
    with a_site(
        [["--beat", "-Q", "celery", "-c", "1", "-n", "a@%h"], ["-Q", "receipts", "-c", "1", "-n", "b@%h"]]
    ) as server:
        programme = factories.a_programme("Wellbeing Zoo")
        factories.a_policy(programme)
        pairs = []
        for number in range(PEOPLE):
            user = factories.with_role(programme, Role.LIVED_EXPERIENCE, f"Zita Zoo {number}")
            claim, sender = factories.a_claim(programme, user.person), Sender(server, user)
            for what in range(5):
                line = filling.add_expense(
                    claim=claim, by=user, kind="parking", description=f"Car park {what}", amount_pence=500
                )
                pairs += [(sender, line)] * FILES_A_LINE
        yield pairs


def test_messages_go_out_while_the_whole_zoo_is_sent_and_each_file_gets_its_verdict(senders, post, tmp_path, data_dir):
    assert len(senders) >= len(zoo.ANIMALS)
    answers, done = {}, threading.Event()

    def send_all():
        try:
            for animal, (sender, line) in zip(zoo.ANIMALS, senders, strict=False):
                answers[animal.name] = sender.send(line, zoo.file_name(animal), animal.make())
        finally:
            connection.close()
            done.set()

    visitor = threading.Thread(target=send_all)
    visitor.start()
    waits = []
    for number in itertools.count():
        waits.append(seconds_until_mail_arrives(post, number))
        waiting = Receipt.objects.filter(status=Receipt.Status.CHECKING).exists()
        if done.is_set() and not waiting:
            break
        assert sum(waits) < CHECKED_WITHIN_SECONDS, "files still wait to be checked"
    visitor.join()

    print(f"messages: {len(waits)}, longest {max(waits):.1f} s of {sum(waits):.0f} s")
    assert max(waits) < MAIL_WITHIN_SECONDS
    wrong = {
        animal.name: verdict
        for animal in zoo.ANIMALS
        if not re.search(animal.verdict, verdict := what_became_of(animal, *answers[animal.name]))
    }
    assert not wrong
    nothing_is_left_but_clean_copies(tmp_path, data_dir)


def seconds_until_mail_arrives(post, number):
    """Write one message, as an action would, and wait for it at the mail server. A breath follows."""
    began = time.monotonic()
    tell(None, "account", key=f"zoo:{number}", to="zoe@example.org", subject=f"Letter {number}.", text="Hello")
    post.for_address("zoe@example.org", f"Letter {number}.", within=MAIL_WITHIN_SECONDS)
    time.sleep(1)
    return time.monotonic() - began


def what_became_of(animal, status, page):
    """`zoo.CLEAN`, or the sentence the person reads: at once beside the field, or on the receipt later."""
    if status == 200:
        return page
    assert status == 302, (animal.name, status)
    # In its history, as the next file for the same expense takes away one that was refused.
    told = Receipt.pgh_event_model.objects.filter(original_name=zoo.file_name(animal))
    receipt = told.exclude(status=Receipt.Status.CHECKING).order_by("pgh_id").last()
    return zoo.CLEAN if receipt.status == Receipt.Status.READY else receipt.problem


def nothing_is_left_but_clean_copies(tmp_path, data_dir):
    kept = {path.name for path in (data_dir / "private" / "receipts").rglob("*") if path.is_file()}
    ready = {Path(name).name for name in Receipt.objects.exclude(file="").values_list("file", flat=True)}
    mine = {Path(name).name for name in Receipt.pgh_event_model.objects.values_list("file", flat=True) if name}
    assert ready <= kept
    assert not (mine - ready) & kept
    # Celery keeps an empty folder of its own there while it runs.
    assert not [path for path in (tmp_path / "temporary").rglob("*") if path.is_file()]
    assert Message.objects.filter(status=Message.Status.SENT, sent_at__lte=timezone.now()).exists()
