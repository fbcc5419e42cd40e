"""Clients of Django that somebody has signed in with."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from tests.helpers.proof import prove


def signed_in(user):
    """Return a new client, signed in as `user` and just proved (see `tests/conftest.py`); signed out for None."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def with_second_factor(user):
    """Return a new client, signed in as `user`, who has also shown a second factor."""
    client = signed_in(user)
    prove(client, user, "mfa")
    return client


def page_text(response):
    """Return the HTML of a page that was answered with 200, with single spaces."""
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def outcome(response):
    """Return the status of `response` as text; "in" when it leads to the page to sign in."""
    to_sign_in = response.status_code == 302 and response["Location"].startswith(reverse("account_login"))
    return "in" if to_sign_in else str(response.status_code)


def words_of(response):
    """Return what is read on a page: without markup, each space once."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", page_text(response))).split()).replace(" :", ":")
