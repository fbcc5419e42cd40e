"""Clients for the tests of this app."""

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
