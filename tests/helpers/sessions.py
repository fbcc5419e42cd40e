"""Browsers signed in by a code, and their sessions made older."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client

from people.models import Session
from tests.helpers.sign_in import code_in

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def a_browser_of(email, device=None, **headers):
    client = Client(headers=headers)
    client.post("/accounts/login/", {"login": email, **({"device": device} if device else {})})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)
    return client


def row_of(client):
    return Session.objects.get(pk=client.cookies["sessionid"].value)


def age(client, *, idle=0, started=0):
    """Let the session of `client` be that many minutes older: since its last use, and since signing in."""
    session = client.session
    session["sign_in"] = {**session["sign_in"], "at": session["sign_in"]["at"] - 60 * started}
    session.save()
    row = row_of(client)
    Session.objects.filter(pk=row.pk).update(seen_at=row.seen_at - dt.timedelta(minutes=idle))


def is_signed_in(client):
    return client.get("/you/").status_code == 200
