"""Clients for the tests of this app."""

import os

import pytest
from django.test import Client

from tests.helpers.proof import prove


@pytest.fixture
def signed_in():
    """A client signed in as a user, with a second factor shown where the role needs one: `signed_in(user)`."""

    def make(user, second_factor=True):
        client = Client()
        client.force_login(user)
        if second_factor:
            prove(client, user, "mfa")
        return client

    return make


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright():
    """Playwright's sync calls run inside an event loop, which Django would otherwise take for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, without its own errands."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium",
        "args": [*quiet, "--disable-component-update", "--disable-sync"],
    }
