"""Makers of organisations' sign-in for tests."""

from people.accounts.actions import single_sign_on
from people.models import SignInLink
from tests.factories import an_administrator

CLIENT_ID, SECRET = "wellbeing-together", "a secret nobody shows again"
DOMAIN = "trust.example.org"
# Nothing listens there: it answers at once that it is down.
NOWHERE = "http://127.0.0.1:1/.well-known/openid-configuration"


def a_provider(discovery_url=NOWHERE, *, is_on=True, by=None, **given):
    """Make the provider of an invented trust, as an administrator writes it down; switched on unless told."""
    by = by or an_administrator()
    values = {"name": "Invented Trust", "domains": [DOMAIN], "client_id": CLIENT_ID, "secret": SECRET, **given}
    provider = single_sign_on.add(by=by, discovery_url=discovery_url, **values)
    return single_sign_on.switch_on(provider=provider, by=by) if is_on else provider


def make_single_sign_on(world):
    """Give `world` a provider, and the owner a link with it."""
    world.sign_in_provider = a_provider(by=world.users["admin"])
    world.sign_in_link = SignInLink.objects.create(
        provider=world.sign_in_provider, user=world.users["owner"], subject="sub-owner"
    )
