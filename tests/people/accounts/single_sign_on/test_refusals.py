"""Who is not signed in by their organisation, and what goes wrong: kind pages that tell nothing of accounts."""

import logging
import re
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from people.accounts.actions import accounts, single_sign_on
from people.models import SignInLink, User
from tests.factories import a_person, a_user, an_administrator
from tests.factories.single_sign_on import CLIENT_ID, DOMAIN, a_provider
from tests.helpers.openid import OpenIdServer, come_in, leave
from tests.helpers.sign_in import is_signed_in

pytestmark = pytest.mark.django_db

REFUSED = "We could not sign you in this way."


def refused(client, page, words=REFUSED, status=403):
    """Return whether `page` says kindly that nobody was signed in, and nobody was."""
    text = " ".join(page.text.split())
    return page.status_code == status and words in text and "Back to sign in" in text and not is_signed_in(client)


def wrong(client, page):
    return refused(client, page, "We could not use its answer", 502)


def without_names(page):
    return re.sub(r'value="[^"]*"|nonce-\S+', "", page.text)


# Who they are


def test_every_refusal_that_depends_on_who_it_is_has_the_same_page(provider, server, nia):
    a_user("Cai Closed", email=f"closed@{DOMAIN}", is_active=False)
    a_person("Not Yet", email=f"not-yet@{DOMAIN}")
    for name in ("closed", "not-yet", "stranger"):
        server.know(f"sub-{name}", f"{name}@{DOMAIN}")
    server.know("sub-away", "nia@elsewhere.example.org")
    server.know("sub-unchecked", nia.email, email_verified=False)
    server.know("sub-silent", nia.email, email_verified=None)
    server.know("sub-none", None)
    server.know("sub-odd", ["nia"])
    server.know("sub-zero", f"ni\0a@{DOMAIN}")
    server.know("sub-turkish", f"n\u0131a@{DOMAIN}")
    pages = {}
    for name in ("closed", "not-yet", "stranger", "away", "unchecked", "silent", "none", "odd", "zero", "turkish"):
        client = Client()
        pages[name] = come_in(client, server, nia.email, f"sub-{name}")
        assert refused(client, pages[name]), name
    assert len({without_names(page) for page in pages.values()}) == 1
    assert not SignInLink.objects.exists()
    assert not User.objects.filter(email__startswith="stranger").exists(), "no account is made"
    assert not User.objects.filter(email__startswith="not-yet").exists()


def test_an_address_of_another_domain_is_refused_though_its_owner_has_an_account(client, provider, server):
    owner = a_user("Una Invented", email="una@elsewhere.example.org")
    server.know("sub-una", owner.email)
    assert refused(client, come_in(client, server, f"una@{DOMAIN}", "sub-una"))


@pytest.mark.parametrize("address", [f"nia@deep.{DOMAIN}", f"nia@evil{DOMAIN}", f"nia@{DOMAIN}.evil.example.org"])
def test_a_domain_is_itself_and_none_that_looks_like_it(client, provider, server, address):
    a_user("Nia Invented", email=address)
    server.know("sub-nia", address)
    assert refused(client, come_in(client, server, f"nia@{DOMAIN}", "sub-nia"))


def test_a_provider_answers_for_its_own_domains_alone(client, provider, server, nia):
    with OpenIdServer() as other_server:
        a_provider(other_server.discovery_url, name="Other Trust", domains=["other.example.org"])
        other_server.know("sub-nia", nia.email)
        assert refused(client, come_in(client, other_server, "somebody@other.example.org", "sub-nia"))


def test_an_address_that_was_given_to_somebody_else_there_opens_nothing(client, provider, server, nia):
    come_in(client, server, nia.email, "sub-nia")
    client.logout()
    server.know("sub-new-nia", nia.email)
    assert refused(client, come_in(client, server, nia.email, "sub-new-nia"))
    assert SignInLink.objects.get().subject == "sub-nia"


def test_somebody_whose_address_there_became_anothers_here_opens_nothing(client, provider, server, nia):
    come_in(client, server, nia.email, "sub-nia")
    client.logout()
    owen = a_user("Owen Invented", email=f"owen@{DOMAIN}")
    server.know("sub-nia", owen.email)
    assert refused(client, come_in(client, server, owen.email, "sub-nia"))


def test_two_linked_people_whose_addresses_were_swapped_open_nothing(client, provider, server, nia):
    owen = a_user("Owen Invented", email=f"owen@{DOMAIN}")
    server.know("sub-owen", owen.email)
    for user, sub in ((nia, "sub-nia"), (owen, "sub-owen")):
        come_in(client, server, user.email, sub)
        client.logout()
    server.know("sub-nia", owen.email)
    assert refused(client, come_in(client, server, owen.email, "sub-nia"))


def test_a_new_account_there_works_once_an_administrator_has_forgotten_the_link(client, provider, server, nia):
    come_in(client, server, nia.email, "sub-nia")
    client.logout()
    server.know("sub-new-nia", nia.email)
    single_sign_on.forget(link=SignInLink.objects.get(), by=an_administrator())
    come_in(client, server, nia.email, "sub-new-nia")
    assert is_signed_in(client)


def test_people_who_share_an_address_get_codes_as_nobody_knows_who_of_them_it_is(client, provider, server, nia):
    other = a_person("Ned Invented", email=nia.email)
    accounts.share(person=other, address=nia.email, by=None)
    assert refused(client, come_in(client, server, nia.email, "sub-nia"))


def test_a_trusted_provider_may_be_silent_about_addresses_and_a_no_still_counts(client, provider, server, nia):
    single_sign_on.change(
        provider=provider,
        by=an_administrator(),
        name=provider.name,
        domains=[DOMAIN],
        discovery_url=provider.discovery_url,
        client_id=CLIENT_ID,
        trusts_addresses=True,
    )
    server.know("sub-nia", nia.email, email_verified=False)
    assert refused(client, come_in(client, server, nia.email, "sub-nia"))
    server.know("sub-nia", nia.email, email_verified=None)
    come_in(client, server, nia.email, "sub-nia")
    assert is_signed_in(client)


def test_nobody_comes_in_by_a_provider_that_was_switched_off_meanwhile(client, provider, server, nia):
    back = server.sign_in(leave(client, nia.email), "sub-nia")
    single_sign_on.switch_off(provider=provider, by=an_administrator())
    assert refused(client, client.get(back), "used already", 400)


def test_a_log_says_why_and_names_nobody(client, provider, server, nia, caplog):
    server.know("sub-silent", nia.email, email_verified=None)
    with caplog.at_level(logging.WARNING, "people"):
        come_in(client, server, nia.email, "sub-silent")
    [record] = [record for record in caplog.records if record.name.startswith("people")]
    assert record.getMessage() == f"Single sign-on by provider {provider.pk} was refused: address not checked"


# What goes wrong on the way


def test_a_sign_in_works_once(client, provider, server, nia):
    back = server.sign_in(leave(client, nia.email), "sub-nia")
    client.get(back)
    client.logout()
    assert refused(client, client.get(back), "used already", 400)


def test_a_sign_in_works_in_the_browser_that_began_it_alone(client, provider, server, nia):
    back = server.sign_in(leave(client, nia.email), "sub-nia")
    other = Client()
    assert refused(other, other.get(back), "used already", 400)


@pytest.mark.parametrize("query", ["", "?code=abc", "?state=abc", "?code=abc&state=abc", "?error=access_denied"])
def test_coming_back_from_nowhere_is_answered_kindly(client, provider, query):
    assert refused(client, client.get(f"/accounts/organisation/{provider.pk}/{query}"), "used already", 400)
    assert refused(client, client.get(f"/accounts/organisation/9999/{query}"), "used already", 400)


def test_somebody_who_cancels_is_led_back_to_the_sign_in_page(client, provider, server, nia):
    page = client.get(server.cancel(leave(client, nia.email)))
    assert refused(client, page, "You did not sign in", 200)


def test_an_error_the_provider_sends_along_is_told_as_its_own(client, provider, server, nia):
    back = server.cancel(leave(client, nia.email)).replace("access_denied", "temporarily_unavailable")
    assert wrong(client, client.get(back))


def test_an_id_token_of_another_sign_in_is_refused(client, provider, server, nia):
    """Somebody got hold of a token and puts it in place of their own: the nonce is of another sign-in."""
    taken = {}

    def take(answer):
        taken.setdefault("id_token", answer["id_token"])
        return {**answer, **taken}

    server.troubles["/oauth2/token"] = take
    come_in(client, server, nia.email, "sub-nia")
    assert is_signed_in(client)
    client.logout()
    server.know("sub-thief", f"thief@{DOMAIN}")
    assert wrong(client, come_in(client, server, nia.email, "sub-thief"))


CHANGES = {
    "another nonce": lambda claims: {**claims, "nonce": "another"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "another issuer": lambda claims: {**claims, "iss": "https://evil.example.org"},
    "another client": lambda claims: {**claims, "aud": "another-client"},
    "made for another": lambda claims: {**claims, "aud": [CLIENT_ID, "another"], "azp": "another"},
    "no end": lambda claims: {name: value for name, value in claims.items() if name != "exp"},
    "too old": lambda claims: {**claims, "exp": int(time.time()) - 3600},
    "of tomorrow": lambda claims: {**claims, "iat": int(time.time()) + 24 * 3600},
    "no subject": lambda claims: {name: value for name, value in claims.items() if name != "sub"},
    "an empty subject": lambda claims: {**claims, "sub": ""},
    "a subject with signs of no name": lambda claims: {**claims, "sub": "\0\u202e\ud800"},
    "a moment that never comes": lambda claims: {**claims, "exp": float("inf")},
    "an endless subject": lambda claims: {**claims, "sub": "x" * 256},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_id_token_that_is_not_for_this_very_sign_in_is_refused(client, provider, server, nia, change):
    server.say(change)
    assert wrong(client, come_in(client, server, nia.email, "sub-nia"))


def test_an_id_token_that_its_provider_did_not_sign_is_refused(client, provider, server, nia):
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for key, algorithm, header in (
        (other, "RS256", {}),
        (other, "RS256", {"kid": "unknown"}),
        (CLIENT_ID * 3, "HS256", {}),
        ("", "none", {}),
    ):
        server.say(lambda claims: claims, key=key, algorithm=algorithm, **header)
        assert wrong(client, come_in(client, server, nia.email, "sub-nia")), algorithm
    server.say(lambda claims: claims)
    come_in(client, server, nia.email, "sub-nia")
    assert is_signed_in(client)


ANSWERS = {
    "no token": ("/oauth2/token", lambda answer: {}),
    "no id token": ("/oauth2/token", lambda answer: {**answer, "id_token": None}),
    "a list": ("/oauth2/token", lambda answer: [1]),
    "a number": ("/oauth2/token", lambda answer: 7),
    "no JSON": ("/oauth2/token", lambda answer: b"<html>"),
    "brackets without end": ("/oauth2/token", lambda answer: b"[" * 200_000),
    "no jwt": ("/oauth2/token", lambda answer: {**answer, "id_token": "a.b.c"}),
    "refused": ("/oauth2/token", lambda answer: ("400 Bad Request", {"error": "invalid_client"})),
}


@pytest.mark.parametrize(("end", "change"), ANSWERS.values(), ids=ANSWERS)
def test_an_odd_answer_is_told_as_the_organisations_and_breaks_nothing(client, provider, server, nia, end, change):
    server.troubles[end] = change
    page = come_in(client, server, nia.email, "sub-nia")
    assert page.status_code in {502, 503}
    assert "You have done nothing wrong" in page.text
    assert not is_signed_in(client)


def test_an_address_said_elsewhere_about_somebody_else_is_refused(client, provider, server, nia):
    server.say(lambda claims: {name: value for name, value in claims.items() if not name.startswith("email")})
    server.troubles["/userinfo"] = lambda answer: {**answer, "sub": "sub-other"}
    assert wrong(client, come_in(client, server, nia.email, "sub-nia"))


def test_a_provider_that_is_down_is_told_before_leaving_and_on_the_way_back(client, nia):
    with OpenIdServer() as server:
        a_provider(server.discovery_url)
        server.know("sub-nia", nia.email)
        back = server.sign_in(leave(client, nia.email), "sub-nia")
    assert refused(client, client.get(back), "could not reach your organisation", 503)
    page = client.post("/accounts/organisation/", {"address": nia.email})
    assert refused(client, page, "could not reach your organisation", 503)


def test_nobody_waits_long_for_a_slow_provider(client, provider, server, nia, settings):
    settings.SINGLE_SIGN_ON_WAIT = 0.3
    server.slow = 1
    page = client.post("/accounts/organisation/", {"address": nia.email})
    assert refused(client, page, "could not reach your organisation", 503)


def test_a_provider_that_answers_without_end_is_left(client, provider, server, nia, settings):
    settings.SINGLE_SIGN_ON_ANSWER_BYTES = 100
    page = client.post("/accounts/organisation/", {"address": nia.email})
    assert refused(client, page, "could not reach your organisation", 503)


def test_leaving_too_often_is_limited_by_visitor(client, provider, nia, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "single_sign_on": "2/m/ip"}
    statuses = [client.post("/accounts/organisation/", {"address": nia.email}).status_code for _time in range(3)]
    assert statuses == [200, 200, 429]
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.post("/accounts/organisation/", {"address": nia.email}).status_code == 200


def test_odd_addresses_are_led_back_to_the_sign_in_page(client, provider):
    for address in ("\0@\0", "@", "x" * 5000, f"a@b@{DOMAIN}\0", "é@exämple.org", "²@²"):
        assert client.post("/accounts/organisation/", {"address": address})["Location"] == "/accounts/login/"


def test_somebody_signed_in_or_of_another_domain_is_led_on(client, provider, nia):
    assert client.post("/accounts/organisation/", {"address": "who@example.org"})["Location"] == "/accounts/login/"
    assert client.post("/accounts/organisation/", {})["Location"] == "/accounts/login/"
    client.force_login(nia)
    page = client.post("/accounts/organisation/", {"address": nia.email, "next": "/you/"})
    assert page["Location"] == "/you/"
