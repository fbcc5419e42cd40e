"""The whole way to an organisation's provider and back, as a real one signs and answers."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people.accounts.actions import single_sign_on
from people.models import Session, SignInLink
from programmes.models import Joining
from tests.factories import a_person, a_user
from tests.factories.single_sign_on import CLIENT_ID, DOMAIN
from tests.helpers.openid import asked_of, come_in, leave
from tests.helpers.proof import app_code
from tests.helpers.sign_in import an_app_for, ask, code_in, is_signed_in

pytestmark = pytest.mark.django_db


def test_somebody_with_an_account_here_signs_in_by_their_organisation(client, provider, server, nia):
    page = come_in(client, server, nia.email, "sub-nia")
    assert "Hello Nia" in page.text
    assert page.redirect_chain[-1][0] == "/"
    [link] = SignInLink.objects.all()
    assert (link.user, link.provider, link.subject) == (nia, provider, "sub-nia")
    nia.refresh_from_db()
    assert nia.last_login is not None, "the list of accounts says so"
    assert Session.objects.get(user=nia).started_at
    assert EmailAddress.objects.get(user=nia).verified
    assert not mail.outbox


def test_the_page_between_goes_on_by_itself_and_has_a_link(client, provider, nia):
    page = client.post("/accounts/organisation/", {"address": nia.email})
    [first, second] = re.findall(r'(?:url=|href=")(http://127[^"]+)"', page.text)
    assert first == second
    assert "Go to Invented Trust" in page.text


def test_the_provider_is_asked_for_the_address_alone_with_state_nonce_and_pkce(client, provider, server, nia):
    asked = asked_of(leave(client, nia.email))
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert asked["client_id"] == CLIENT_ID
    assert asked["redirect_uri"] == provider.redirect_address
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 32
    assert len(asked["state"]) >= 16
    assert asked["login_hint"] == nia.email


def test_the_librarys_tables_stay_empty_and_no_token_or_claim_is_kept(client, provider, server, nia):
    server.know("sub-nia", nia.email, name="Nia A. Secretname", picture="https://pictures.example.org/nia")
    come_in(client, server, nia.email, "sub-nia")
    for model in (SocialAccount, SocialApp, SocialToken):
        assert not model.objects.exists()
    kept = str(dict(client.session.items()))
    assert "Secretname" not in kept
    assert "eyJ" not in kept, "no token"


def test_the_second_time_the_same_link_is_used(client, provider, server, nia):
    come_in(client, server, nia.email, "sub-nia")
    SignInLink.objects.update(last_used_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    client.logout()
    come_in(client, server, nia.email, "sub-nia")
    assert is_signed_in(client)
    [link] = SignInLink.objects.all()
    assert link.last_used_at.year == 2026
    assert link.last_used_at.month == 11
    assert link.history.count() == 1, "signing in changes nothing of it"


def test_the_page_they_wanted_comes_after_it(client, provider, server, nia):
    page = come_in(client, server, nia.email, "sub-nia", next="/you/")
    assert page.redirect_chain[-1][0] == "/you/"
    client.logout()
    page = come_in(client, server, nia.email, "sub-nia", next="https://evil.example.org/")
    assert page.redirect_chain[-1][0] == "/"


def test_the_answer_about_the_phone_or_computer_holds(client, provider, server, nia):
    client.post("/accounts/login/", {"login": nia.email, "device": "own"})
    come_in(client, server, nia.email, "sub-nia")
    assert Session.objects.get(user=nia).own


def test_capital_letters_in_an_address_make_no_difference(client, provider, server, nia):
    server.know("sub-nia", nia.email.upper())
    come_in(client, server, nia.email.upper(), "sub-nia")
    assert is_signed_in(client)


def test_an_address_that_stands_outside_the_id_token_counts_for_the_same_person(client, provider, server, nia):
    server.say(lambda claims: {name: value for name, value in claims.items() if not name.startswith("email")})
    come_in(client, server, nia.email, "sub-nia")
    assert is_signed_in(client)


def test_somebody_staff_added_signs_in_the_first_time_and_has_joined(client, provider, server):
    person = a_person("Moss Invented", email=f"moss@{DOMAIN}")
    server.know("sub-moss", person.email)
    ask(client, person.email)
    come_in(client, server, person.email, "sub-moss")
    assert is_signed_in(client)
    person.refresh_from_db()
    assert person.user_id == int(client.session["_auth_user_id"])
    assert not Joining.objects.unanswered().filter(person=person).exists()


def test_a_second_step_is_asked_for_here_all_the_same(client, provider, server, stella):
    secret = an_app_for(stella)
    page = come_in(client, server, stella.email, "sub-stella")
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)}, follow=True)
    assert is_signed_in(client)
    assert client.get(reverse("programmes")).status_code == 200


def test_staff_without_a_second_step_are_led_to_set_one_up(client, provider, server, stella):
    page = come_in(client, server, stella.email, "sub-stella")
    assert page.redirect_chain[-1][0] == reverse("second_step")


def test_who_has_waited_for_the_second_step_goes_on_after_the_provider_was_switched_off(
    client, provider, server, stella
):
    secret = an_app_for(stella)
    come_in(client, server, stella.email, "sub-stella")
    single_sign_on.switch_off(provider=provider, by=a_user(is_superuser=True))
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)}, follow=True)
    assert is_signed_in(client)


def test_pages_that_ask_who_it_is_ask_for_a_code_as_the_organisations_word_is_no_proof(client, provider, server, nia):
    come_in(client, server, nia.email, "sub-nia")
    page = client.get(reverse("account_email"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("prove_by_code")), "no password, no second step"
    client.post(page.redirect_chain[-1][0], {"send": "yes"})
    page = client.post(page.redirect_chain[-1][0], {"code": code_in(mail.outbox[-1])}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_email")
    assert page.status_code == 200


def test_ending_a_role_ends_what_it_opened_at_once(client, provider, server, stella, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    come_in(client, server, stella.email, "sub-stella")
    programme = stella.person.memberships.get().programme
    address = reverse("programme_people", args=[programme.slug])
    assert client.get(address).status_code == 200
    stella.person.memberships.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(address).status_code in {403, 404}


def test_closing_an_account_ends_its_session_at_once(client, provider, server, nia):
    come_in(client, server, nia.email, "sub-nia")
    nia.is_active = False
    nia.save()
    assert client.get("/you/").status_code == 302


def test_coming_back_while_signed_in_as_the_same_changes_nothing_and_as_another_signs_in_that_one(
    client, provider, server, nia
):
    server.know("sub-owen", f"owen@{DOMAIN}")
    owen = a_user("Owen Invented", email=f"owen@{DOMAIN}")
    first, second = (server.sign_in(leave(client, nia.email), sub) for sub in ("sub-nia", "sub-nia"))
    third = server.sign_in(leave(client, owen.email), "sub-owen")
    client.get(first)
    key = client.session.session_key
    client.get(second)
    assert client.session.session_key == key
    client.get(third)
    assert client.session["_auth_user_id"] == str(owen.pk)
