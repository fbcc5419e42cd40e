"""Clients for the tests of this app."""

import pytest
from django.test import Client


@pytest.fixture
def signed_in():
    """A client signed in as a user, with a second factor shown where the role needs one: `signed_in(user)`."""

    def make(user, second_factor=True):
        client = Client()
        client.force_login(user)
        if second_factor:
            session = client.session
            session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
        return client

    return make
