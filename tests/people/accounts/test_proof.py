"""Being asked again who you are, before bank details, signing, roles and signing in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from payments.models import BankDetails
from people.accounts import reauthentication
from people.models import User
from programmes.models import Role
from tests.factories import a_person, a_programme, a_user, an_administrator, with_role
from tests.helpers.project import PAGES_THAT_ASK
from tests.helpers.proof import app_code, make_stale, prove
from tests.helpers.sign_in import code_in

pytestmark = pytest.mark.django_db

BANK = "/you/bank/change/"
TYPED = {"account_name": "Ann Invented", "sort_code": "20-00-00", "account_number": "55779911"}


@pytest.fixture
def stale(ann):
    """A client of Ann's whose proof is a day old."""
    return stale_client(ann)


def stale_client(user):
    client = Client()
    client.force_login(user)
    make_stale(client)
    return client


def prove_by_mail(client, page):
    """Follow the redirect `page` to the page that asks, and prove by a code from the mail. Returns the last answer."""
    here = page["Location"]
    assert here.startswith(reverse("prove_by_code"))
    client.post(here, {"send": "yes"})
    return client.post(here, {"code": code_in(mail.outbox[-1])})


def hidden_fields(text):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text))


def test_a_form_for_bank_details_is_not_shown_without_a_recent_proof(stale):
    page = stale.get(BANK)
    assert page.status_code == 302
    assert mail.outbox == [], "opening a page sends nothing"
    page = prove_by_mail(stale, page)
    assert page["Location"] == BANK
    assert stale.get(BANK).status_code == 200
    assert mail.outbox[0].to == ["ann@example.org"]


def test_what_was_sent_with_an_old_proof_is_kept_and_sent_by_a_button_only(ann, stale):
    page = stale.post(BANK, TYPED)
    session = stale.session
    assert "55779911" not in str(dict(session)), "the session holds no number in plain text"
    page = prove_by_mail(stale, page)
    assert page["Location"] == reverse("prove_go_on")
    assert not BankDetails.objects.exists(), "nothing is sent without the reader"
    page = stale.get(reverse("prove_go_on"), follow=True)
    assert page.redirect_chain == [(BANK, 302)], "it leads back to the page"
    assert "It has not been sent yet" in page.text
    assert all(f'value="{value}"' in page.text for value in TYPED.values()), "as it was filled in"
    assert not BankDetails.objects.exists(), "showing it sends nothing"
    page = stale.get(f"{reverse('prove_go_on')}?send=1")
    fields = hidden_fields(page.text)
    assert {name: fields[name] for name in TYPED} == TYPED
    assert stale.post(BANK, fields).status_code == 302
    assert BankDetails.objects.get(person=ann.person).account_number == "55779911"
    assert stale.get(reverse("prove_go_on"))["Location"] == "/", "what was sent is kept no longer"


def test_what_was_kept_can_be_thrown_away(ann, stale):
    prove_by_mail(stale, stale.post(BANK, TYPED))
    stale.post(reverse("prove_go_on"))
    assert stale.get(reverse("prove_go_on"))["Location"] == "/"
    assert not BankDetails.objects.exists()


def test_what_one_account_sent_is_never_shown_to_another(ann, stale):
    stale.post(BANK, TYPED)
    held = stale.session[reauthentication.HELD]
    other = Client()
    other.force_login(a_user(email="bea@example.org"))
    session = other.session
    session[reauthentication.HELD] = held
    session.save()
    page = other.get(reverse("prove_go_on"))
    assert page["Location"] == "/"
    assert "55779911" not in page.text


def test_what_was_kept_is_gone_after_an_hour(stale, settings):
    prove_by_mail(stale, stale.post(BANK, TYPED))
    settings.HELD_POST_SECONDS = -1
    assert stale.get(reverse("prove_go_on"))["Location"] == "/"


def test_a_proof_ends_after_its_time(ann, settings):
    client = Client()
    client.force_login(ann)
    make_stale(client, settings.PROOF_SECONDS - 60)
    assert client.get(BANK).status_code == 200
    make_stale(client, 120)
    assert client.get(BANK).status_code == 302


def test_signing_in_is_a_proof_and_setting_the_demo_aside_nothing_else_is(ann, client):
    client.post("/accounts/login/", {"login": "ann@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert client.get(BANK).status_code == 200


def test_the_demos_sign_in_by_one_click_is_no_proof_and_its_page_links_to_the_mailbox(ann, client, settings):
    settings.DEMO_MODE = True
    settings.EMAIL_BACKEND = "people.messages.demo_mail.DemoMailboxBackend"
    from people import registry

    registry.demo_roles.append(lambda: [registry.DemoRole(label="", email=ann.email, name="Ann")])
    try:
        client.post("/demo/sign-in/", {"email": ann.email})
    finally:
        registry.demo_roles.pop()
    page = client.get(BANK, follow=True)
    assert 'href="/demo/mailbox/"' in page.text
    assert "Send me a code" in page.text


def test_a_wrong_code_is_told_and_three_end_it(stale):
    here = stale.get(BANK)["Location"]
    stale.post(here, {"send": "yes"})
    code = code_in(mail.outbox[-1])
    page = stale.post(here, {"code": "WRONG1"})
    assert "Error: " in page.text
    stale.post(here, {"code": "WRONG1"})
    stale.post(here, {"code": "WRONG1"})
    assert stale.post(here, {"code": code})["Location"] == here, "the code is spent"
    assert stale.get(BANK).status_code == 302


def test_a_code_serves_the_session_that_asked_for_it_alone(ann, stale):
    here = stale.get(BANK)["Location"]
    stale.post(here, {"send": "yes"})
    other = stale_client(ann)
    other.post(here, {"code": code_in(mail.outbox[-1])})
    assert other.get(BANK).status_code == 302


def test_asking_for_many_codes_stops_the_mail_and_not_the_code_that_is_out(stale):
    here = stale.get(BANK)["Location"]
    for _time in range(8):
        page = stale.post(here, {"send": "yes"}, follow=True)
    assert len(mail.outbox) == 5
    assert "You asked for several codes" in page.text
    stale.post(here, {"code": code_in(mail.outbox[-1])})
    assert stale.get(BANK).status_code == 200


def test_whoever_has_a_second_step_proves_with_it_and_never_by_mail(ann, stale):
    secret = generate_totp_secret()
    TOTP.activate(ann, secret)
    page = stale.get(BANK)
    assert page["Location"].startswith(reverse("mfa_reauthenticate"))
    assert stale.get(reverse("prove_by_code"))["Location"] == reverse("mfa_reauthenticate")
    stale.post(reverse("prove_by_code"), {"send": "yes"})
    assert mail.outbox == []
    prove(stale, ann, "code")
    assert stale.get(BANK).status_code == 302, "a code from the mail is not enough"
    page = stale.post(f"{reverse('mfa_reauthenticate')}?next={BANK}", {"code": app_code(secret)})
    assert page["Location"] == BANK
    assert stale.get(BANK).status_code == 200


def test_a_password_proves_where_there_is_no_second_step(ann, stale):
    ann.set_password("a long and odd sentence")
    ann.save()
    client = stale_client(ann)
    page = client.get(BANK, follow=True)
    assert "Get a code by email" in page.text
    page = client.post(f"{reverse('account_reauthenticate')}?next={BANK}", {"password": "a long and odd sentence"})
    assert page["Location"] == BANK
    assert client.get(BANK).status_code == 200


def test_it_leads_to_no_other_site(stale):
    here = f"{reverse('prove_by_code')}?next=https://evil.example.org/"
    stale.post(here, {"send": "yes"})
    assert stale.post(here, {"code": code_in(mail.outbox[-1])})["Location"] == "/"


def test_a_mail_server_that_is_down_is_said_and_what_was_typed_is_still_there(stale, monkeypatch):
    page = stale.post(BANK, TYPED)

    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        assert stale.post(page["Location"], {"send": "yes"}).status_code == 503
    prove_by_mail(stale, page)
    assert "55779911" in stale.get(reverse("prove_go_on"), follow=True).text


def test_it_is_not_taken_from_another_site(ann):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    make_stale(client)
    assert client.post(BANK, TYPED).status_code == 403
    assert reauthentication.HELD not in client.session


# Pages of allauth that change nothing about how somebody signs in, or come before they are signed in.
NEED_NO_PROOF = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
}


def named_patterns(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named_patterns(pattern)
        else:
            yield pattern


def asks(view):
    while view is not None:
        if getattr(view, "asks_for_proof", False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_every_page_of_the_list_asks():
    assert {pattern.name for pattern in named_patterns() if asks(pattern.callback)} == set(PAGES_THAT_ASK)


def test_every_page_of_the_sign_in_library_is_known_to_ask_or_not_to_need_it():
    [library] = [one for one in get_resolver().url_patterns if str(one.pattern) == "accounts/"]
    theirs = {pattern.name for pattern in named_patterns(library)}
    asked = {name for name in reauthentication.ASKED if not name.startswith("admin:")}
    assert theirs == asked | NEED_NO_PROOF
    assert not asked & NEED_NO_PROOF


@pytest.mark.parametrize("name", sorted(name for name in reauthentication.ASKED if not name.startswith("admin:")))
def test_pages_that_change_how_somebody_signs_in_ask_first(name, ann, stale):
    address = reverse(name, args=[1] if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else [])
    for answer in (stale.get(address), stale.post(address, {"email": "thief@example.org", "action_add": "yes"})):
        assert answer["Location"].startswith(reverse("prove_by_code")), address
    assert mail.outbox == []
    assert not Authenticator.objects.exists()


def test_shutting_an_account_asks_first(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    administrator, other = an_administrator(), a_user()
    address = f"/admin/people/user/{other.pk}/change/"
    client = stale_client(administrator)
    assert client.post(address, {})["Location"].startswith(reverse("prove_by_code"))
    assert User.objects.get(pk=other.pk).is_active
    prove(client, administrator)
    client.post(address, {})
    assert not User.objects.get(pk=other.pk).is_active


def test_giving_a_role_asks_first(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    programme = a_programme()
    client = stale_client(with_role(programme, Role.STAFF))
    person = a_person(email="fin@example.org")
    for address in (
        reverse("programme_person_new", args=[programme.slug]),
        reverse("membership_new", args=[programme.slug, person.pk]),
    ):
        assert client.post(address, {"roles": ["finance"]})["Location"].startswith(reverse("prove_by_code"))
    assert not person.memberships.exists()


def test_a_proof_of_the_library_that_runs_out_under_way_keeps_nothing_in_plain_text(ann, client, monkeypatch):
    """The library raises by itself: our own way of asking answers, not its own, which would send the form unseen."""
    client.force_login(ann)
    make_stale(client)
    monkeypatch.setattr(reauthentication, "passed", lambda request: None)
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.did_recently_reauthenticate", lambda r: False)
    page = client.post("/accounts/2fa/recovery-codes/generate/", {"secret": "typed"})
    assert page["Location"].startswith(reverse("prove_by_code"))
    assert "typed" not in str(dict(client.session))
    assert "account_reauthentication_state" not in client.session
