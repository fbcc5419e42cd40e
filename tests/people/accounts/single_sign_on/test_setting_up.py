"""Administrators write down an organisation's sign-in, check it, switch it on and off; its secret is never shown."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from people.accounts.actions import single_sign_on
from people.accounts.actions.single_sign_on import SingleSignOnError
from people.models import Notice, SignInDomain, SignInLink, SignInProvider
from programmes.models import Role
from tests.factories import a_programme, a_user, an_administrator, with_role
from tests.factories.single_sign_on import CLIENT_ID, DOMAIN, SECRET, a_provider
from tests.helpers.client import page_text, signed_in

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Invented Trust",
    "domains": f"{DOMAIN}\n@Second.example.org",
    "discovery_url": "https://login.example.org/trust/v2.0",
    "client_id": CLIENT_ID,
    "secret": SECRET,
}


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def ada(db):
    return an_administrator()


@pytest.fixture
def client(ada):
    """The browser of an administrator."""
    return signed_in(ada)


def texts_of_every_table():
    """Return all that the database holds of sign-in and its history, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("people_signin", "pghistory")):
                cursor.execute(f'SELECT * FROM "{table}"')
                found += cursor.fetchall()
    return str(found)


def test_an_administrator_writes_it_down_and_it_is_off(client, ada):
    page = client.post(reverse("sign_in_provider_new"), FORM, follow=True)
    provider = SignInProvider.objects.get()
    assert not provider.is_on
    assert provider.discovery_url == "https://login.example.org/trust/v2.0/.well-known/openid-configuration"
    assert provider.domain_names == ["second.example.org", DOMAIN]
    assert "It is off until you switch it on" in page_text(page)
    assert f"/accounts/organisation/{provider.pk}/" in page_text(page), "what the organisation's IT needs"
    context = provider.history.get().pgh_context
    assert context.metadata["action"] == "accounts.single_sign_on.add"
    assert context.metadata["user"] == ada.pk


def test_the_secret_is_encrypted_and_never_shown_again(client, caplog):
    pages = [client.post(reverse("sign_in_provider_new"), FORM, follow=True)]
    provider = SignInProvider.objects.get()
    assert provider.secret == SECRET
    change = reverse("sign_in_provider_change", args=[provider.pk])
    pages += [client.get(provider.get_absolute_url()), client.get(change), client.get(reverse("sign_in_providers"))]
    pages.append(client.post(change, {**FORM, "name": "", "secret": SECRET}))
    assert all(SECRET not in page_text(page) for page in pages)
    assert SECRET not in texts_of_every_table()
    assert SECRET not in caplog.text
    assert not hasattr(provider.history.model(), "secret")
    assert SECRET not in str(dict(client.session.items()))


def test_an_empty_box_keeps_the_secret_and_a_new_one_replaces_it(client):
    client.post(reverse("sign_in_provider_new"), FORM)
    change = reverse("sign_in_provider_change", args=[SignInProvider.objects.get().pk])
    client.post(change, {**FORM, "secret": ""})
    assert SignInProvider.objects.get().secret == SECRET
    client.post(change, {**FORM, "secret": "another"})
    assert SignInProvider.objects.get().secret == "another"


def test_the_secret_is_written_anew_with_the_newest_key(settings, capsys):
    a_provider()
    settings.FIELD_ENCRYPTION_KEYS = ["8Y5cRZLS9dTOSnTYdHVUPDnNGiQlWZZ3gNLHo8gVXjw=", *settings.FIELD_ENCRYPTION_KEYS]
    call_command("rotate_keys")
    assert "people.SignInProvider: 1 row" in capsys.readouterr().out
    settings.FIELD_ENCRYPTION_KEYS = settings.FIELD_ENCRYPTION_KEYS[:1]
    assert SignInProvider.objects.get().secret == SECRET


def test_it_is_switched_on_and_off_once_nothing_is_missing(client):
    client.post(reverse("sign_in_provider_new"), {**FORM, "client_id": "", "secret": ""})
    provider = SignInProvider.objects.get()
    page = client.post(reverse("sign_in_provider_on", args=[provider.pk]), follow=True)
    assert "Enter the client ID and the client secret first." in page_text(page)
    client.post(reverse("sign_in_provider_change", args=[provider.pk]), FORM)
    page = client.post(reverse("sign_in_provider_on", args=[provider.pk]), follow=True)
    assert "Switched on. People of its email domains are offered it" in page_text(page)
    assert SignInProvider.objects.get().is_on
    page = client.post(reverse("sign_in_provider_change", args=[provider.pk]), {**FORM, "client_id": ""})
    assert "Enter the client ID, or switch it off first." in page_text(page)
    page = client.post(reverse("sign_in_provider_off", args=[provider.pk]), follow=True)
    assert "Switched off." in page_text(page)
    assert not SignInProvider.objects.get().is_on


def test_other_administrators_are_told_when_it_is_switched_on_or_changed_while_on(ada):
    other, closed = an_administrator("Otto Other"), an_administrator("Cai Closed")
    closed.is_active = False
    closed.save()
    provider = a_provider(by=ada, is_on=False)
    values = {"name": "Invented Trust", "domains": [DOMAIN], "client_id": CLIENT_ID}
    provider = single_sign_on.change(provider=provider, by=ada, discovery_url=provider.discovery_url, **values)
    assert not Notice.objects.exists(), "nobody signs in by it yet"
    for _time in range(2):
        single_sign_on.switch_on(provider=provider, by=ada)
    single_sign_on.change(provider=provider, by=ada, discovery_url="https://evil.example.org/x", **values)
    first, second = Notice.objects.order_by("pk")
    assert (first.person, second.person) == (other.person, other.person)
    assert first.subject == "Single sign-on was switched on: Invented Trust"
    assert "Ada Administrator did this." in first.text_body
    assert DOMAIN in first.text_body
    assert second.subject == "Single sign-on was changed: Invented Trust"
    assert "https://evil.example.org/x" in second.text_body
    assert SECRET not in first.text_body + second.text_body


@pytest.mark.parametrize(
    ("box", "typed", "words"),
    [
        ("discovery_url", "http://login.example.org/", "Enter a web address that begins with https://"),
        ("discovery_url", "http://127.0.0.2:80/", "Enter a web address that begins with https://"),
        ("discovery_url", "https://ada:word@login.example.org/", "Enter a web address that begins with https://"),
        ("discovery_url", "ftp://login.example.org/", "Enter a web address that begins with https://"),
        ("discovery_url", "https://login.example.org/" + "x" * 260, "Use 300 characters or fewer"),
        ("domains", " , ", "Enter at least one email domain"),
        ("domains", "name@example.org", "is not an email domain"),
        ("domains", "localhost", "is not an email domain"),
        ("domains", "exämple.org", "is not an email domain"),
        ("domains", "x" * 250 + ".org", "is not an email domain"),
        ("domains", "shared.invalid", "Nobody has addresses at"),
        ("domains", "taken.example.org", "Other Trust answers for taken.example.org already."),
    ],
)
def test_what_cannot_be_right_is_told_beside_its_box(client, box, typed, words):
    a_provider(name="Other Trust", domains=["taken.example.org"])
    page = client.post(reverse("sign_in_provider_new"), {**FORM, box: typed})
    assert words in page_text(page)
    assert SignInProvider.objects.count() == 1


def test_an_address_on_this_machine_is_for_tests_alone(client, settings):
    settings.SINGLE_SIGN_ON_ON_THIS_MACHINE = False
    page = client.post(reverse("sign_in_provider_new"), {**FORM, "discovery_url": "http://127.0.0.1:8000/"})
    assert "Enter a web address that begins with https://" in page_text(page)


def test_another_address_or_client_forgets_the_links_and_another_name_does_not(ada):
    provider = a_provider(by=ada)
    values = {"domains": [DOMAIN], "discovery_url": provider.discovery_url, "client_id": CLIENT_ID}
    for number, changes in enumerate(
        ({"name": "Renamed"}, {"client_id": "another"}, {"discovery_url": "https://new.example.org/x"})
    ):
        link = SignInLink.objects.create(provider=provider, user=a_user(), subject=f"sub-{number}")
        values = {"name": "Invented Trust", **values, **changes}
        provider = single_sign_on.change(provider=provider, by=ada, **values)
        assert SignInLink.objects.filter(pk=link.pk).exists() == (number == 0)
        SignInLink.objects.all().delete()


def test_a_domain_that_is_taken_out_counts_no_more(ada):
    provider = a_provider(by=ada, domains=[DOMAIN, "second.example.org"])
    values = {"name": "Invented Trust", "discovery_url": provider.discovery_url, "client_id": CLIENT_ID}
    single_sign_on.change(provider=provider, by=ada, domains=[DOMAIN], **values)
    assert list(SignInDomain.objects.values_list("domain", flat=True)) == [DOMAIN]


def test_administrators_alone_do_any_of_it(ada):
    staff = with_role(a_programme(), Role.STAFF, "Stella Staff")
    provider = a_provider(by=ada, is_on=False)
    link = SignInLink.objects.create(provider=provider, user=staff, subject="sub")
    values = {"name": "N", "domains": [DOMAIN], "discovery_url": provider.discovery_url}
    for act in (
        lambda: single_sign_on.add(by=staff, **values),
        lambda: single_sign_on.change(provider=provider, by=staff, **values),
        lambda: single_sign_on.switch_on(provider=provider, by=staff),
        lambda: single_sign_on.switch_off(provider=provider, by=staff),
        lambda: single_sign_on.forget(link=link, by=staff),
    ):
        with pytest.raises(SingleSignOnError, match="Only administrators"):
            act()


def test_who_is_linked_is_listed_and_a_link_is_forgotten_on_a_page_of_its_own(client, ada):
    provider = a_provider(by=ada)
    user = a_user("Nia Invented", email=f"nia@{DOMAIN}")
    link = SignInLink.objects.create(provider=provider, user=user, subject="sub-nia")
    page = page_text(client.get(provider.get_absolute_url()))
    assert "Nia Invented" in page
    assert "sub-nia" not in page
    address = reverse("sign_in_link_forget", args=[link.pk])
    assert "First make sure that the address is still theirs" in page_text(client.get(address))
    page = client.post(address, follow=True)
    assert "Nia Invented will be linked again" in page_text(page)
    assert not SignInLink.objects.exists()


def test_the_lists_ask_as_many_questions_for_many_as_for_few(client, ada):
    def count(address):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    provider = a_provider(by=ada)
    addresses = (reverse("sign_in_providers"), provider.get_absolute_url())
    SignInLink.objects.create(provider=provider, user=a_user(), subject="first")
    client.get(addresses[0])
    few = [count(address) for address in addresses]
    for number in range(8):
        a_provider(by=ada, domains=[f"d{number}.example.org", f"e{number}.example.org"])
        SignInLink.objects.create(provider=provider, user=a_user(), subject=f"sub-{number}")
    assert [count(address) for address in addresses] == few
    page = page_text(client.get(addresses[0], {"q": "example.org"}))
    assert page.count("Invented Trust") >= 9


def test_administrators_see_on_their_home_page_whether_it_is_on(client, ada):
    page = page_text(client.get("/"))
    assert "Single sign-on" in page
    assert "Set it up" in page
    a_provider(by=ada)
    assert "On for 1 organisation" in page_text(client.get("/"))


# Checking it


def check(client, server, **fields):
    provider = a_provider(server.discovery_url, **fields)
    return page_text(client.post(reverse("sign_in_provider_check", args=[provider.pk]), follow=True))


def test_the_check_says_who_answers(client, server):
    assert f"{server.url} answers as it should." in check(client, server)


@pytest.mark.parametrize(
    ("end", "change", "words"),
    [
        ("-configuration", lambda said: ("404 Not Found", {}), "answered with the error 404"),
        ("-configuration", lambda said: b"<html>Welcome", "it is not JSON"),
        ("-configuration", lambda said: b"[" * 100_000, "it is not JSON"),
        ("-configuration", lambda said: ["a list"], "it is not JSON"),
        ("-configuration", lambda said: {**said, "jwks_uri": ""}, "the answer lacks “jwks_uri”"),
        ("-configuration", lambda said: {**said, "jwks_uri": 7}, "the answer lacks “jwks_uri”"),
        (
            "-configuration",
            lambda said: {**said, "token_endpoint": "http://login.example.org/"},
            "an address that does not begin with https://",
        ),
        (
            "-configuration",
            lambda said: {**said, "issuer": "https://evil.example.org"},
            "which is not what this address",
        ),
        (
            "-configuration",
            lambda said: {**said, "issuer": "https://login.example.org/{tenantid}/v2.0"},
            "for every organisation there",
        ),
        (
            "-configuration",
            lambda said: {**said, "id_token_signing_alg_values_supported": ["HS256"]},
            "signs in no way that we can check",
        ),
        ("/jwks", lambda said: {}, "does not show the keys"),
        ("/jwks", lambda said: b" " * 300_000, "too long"),
        ("-configuration", lambda said: ("302 Found", {}), "answered with the error 302"),
    ],
)
def test_the_check_says_in_plain_words_what_is_wrong(client, server, end, change, words):
    server.troubles[end] = change
    assert words in check(client, server)


def test_the_check_says_when_nothing_answers_or_not_in_time(client, server, settings):
    provider = a_provider()
    page = client.post(reverse("sign_in_provider_check", args=[provider.pk]), follow=True)
    assert "Nothing answers at this address." in page_text(page)
    settings.SINGLE_SIGN_ON_WAIT = 0.2
    server.slow = 0.6
    assert "did not answer in time" in check(client, server, domains=["slow.example.org"])


def test_an_answer_that_drips_is_left_in_time(client, server, settings):
    settings.SINGLE_SIGN_ON_ANSWER_WITHIN = 0
    assert "did not answer in time" in check(client, server)


# What the database refuses


def test_the_database_refuses_what_must_never_be():
    provider = a_provider()
    user, other = a_user(), a_user()
    SignInLink.objects.create(provider=provider, user=user, subject="sub")
    refused = (
        "UPDATE people_signinprovider SET discovery_url = 'http://login.example.org'",
        "UPDATE people_signinprovider SET client_id = ''",
        "UPDATE people_signinprovider SET secret = NULL, secret_set_at = NULL",
        "UPDATE people_signinprovider SET secret_set_at = NULL",
        "UPDATE people_signindomain SET domain = 'Capital.example.org'",
        "UPDATE people_signindomain SET domain = 'two words.org'",
        f"UPDATE people_signinlink SET user_id = {other.pk}",
        "UPDATE people_signinlink SET subject = 'another'",
        "INSERT INTO people_signinlink (provider_id, user_id, subject, linked_at, last_used_at)"
        f" VALUES ({provider.pk}, {other.pk}, 'sub', now(), now())",
        "INSERT INTO people_signinlink (provider_id, user_id, subject, linked_at, last_used_at)"
        f" VALUES ({provider.pk}, {user.pk}, 'another', now(), now())",
        f"INSERT INTO people_signindomain (provider_id, domain) VALUES ({provider.pk}, '{DOMAIN}')",
        "DELETE FROM people_signinproviderevent",
    )
    for statement in refused:
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# What there is not


@pytest.mark.parametrize(
    "name", ["socialaccount_connections", "socialaccount_signup", "openid_connect_login", "openid_connect_callback"]
)
def test_the_librarys_own_pages_for_other_sites_are_not_there(client, name):
    with pytest.raises(NoReverseMatch):
        reverse(name, kwargs={"provider_id": "x"} if name.startswith("openid") else None)
    for path in ("3rdparty/", "3rdparty/signup/", "social/connections/", "oidc/organisation-1/login/"):
        assert client.get(f"/accounts/{path}").status_code == 404


def test_the_admin_site_shows_no_provider_of_the_librarys():
    assert not [model for model in admin.site._registry if model._meta.app_label == "socialaccount"]
