"""Nothing typed is lost: a form sent after the session has gone is shown again, as it was filled in, once signed in."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.accounts import reader, reauthentication
from tests.factories import a_user
from tests.helpers.client import page_text
from tests.helpers.sessions import a_browser_of
from tests.helpers.sign_in import code_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
YOURS = "/you/edit/"
TYPED = {"full_name": "Ann Newname", "channel": "email", "letter_size": "standard"}
SAME_SITE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver", "Sec-Fetch-Mode": "navigate"}


def signed_out_elsewhere(client):
    """Leave `client` with a form open while another window of its browser signs out."""
    client.get(YOURS)
    client.post(reverse("account_logout"))
    return client


def sign_in(client, email, page):
    """Sign in from the sign-in page `page`, and return the page it leads to."""
    onwards = {"next": page.redirect_chain[-1][0].partition("next=")[2].replace("%2F", "/")}
    client.post("/accounts/login/", {"login": email, **onwards})
    return client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1]), **onwards}, follow=True)


def test_a_form_sent_after_signing_out_in_another_window_is_shown_again_as_it_was_filled_in(ann):
    client = signed_out_elsewhere(a_browser_of(ann.email))
    page = client.post(YOURS, TYPED, follow=True)
    assert "You had been signed out. We kept what you had filled in." in page_text(page)
    page = sign_in(client, ann.email, page)
    assert page.redirect_chain[-1][0] == YOURS
    assert 'value="Ann Newname"' in page.text
    assert "It has not been sent yet" in page.text
    ann.person.refresh_from_db()
    assert ann.person.full_name != "Ann Newname"
    client.post(YOURS, TYPED)
    ann.person.refresh_from_db()
    assert ann.person.full_name == "Ann Newname"
    assert "It has not been sent yet" not in client.get(YOURS).text, "what was sent is kept no longer"


def test_the_next_person_to_sign_in_gets_nothing_of_it(ann):
    client = signed_out_elsewhere(a_browser_of(ann.email))
    page = client.post(YOURS, TYPED, follow=True)
    page = sign_in(client, a_user(email="bea@example.org").email, page)
    assert page.redirect_chain[-1][0] == "/"
    assert "Newname" not in client.get(YOURS).text


def test_without_knowing_whose_form_it_was_nothing_is_kept():
    page = Client().post(YOURS, TYPED, follow=True)
    assert page.redirect_chain[-1][0] == f"/accounts/login/?next={YOURS}"
    assert "We kept" not in page.text


@pytest.mark.parametrize("value", ["", "7", "7:forged", "x" * 5000])
def test_a_cookie_that_is_not_ours_names_nobody(rf, settings, value):
    request = rf.get("/")
    request.COOKIES[settings.READER_COOKIE_NAME] = value
    assert reader.last(request) is None


def test_a_form_opened_before_signing_in_again_is_shown_again(ann):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    page = client.post(YOURS, {**TYPED, "csrfmiddlewaretoken": "x" * 64}, headers=SAME_SITE, follow=True)
    assert page.redirect_chain[-1][0] == YOURS
    assert 'value="Ann Newname"' in page.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**SAME_SITE, "Sec-Fetch-Site": "cross-site"},
        {**SAME_SITE, "Sec-Fetch-Site": "same-site"},
        {**SAME_SITE, "Origin": "https://other.example"},
        {**SAME_SITE, "Origin": "null"},
    ],
)
def test_a_form_from_elsewhere_is_refused_and_not_kept(ann, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    assert client.post(YOURS, TYPED, headers=headers).status_code == 403
    assert reauthentication.HELD not in client.session


def test_a_button_pressed_after_signing_out_waits_on_a_page_of_its_own(ann):
    client = signed_out_elsewhere(a_browser_of(ann.email))
    page = client.post(reverse("session_device"), {"own": "own"}, follow=True)
    page = sign_in(client, ann.email, page)
    assert page.redirect_chain[-1][0] == reverse("prove_go_on")
    assert "Send it now" in page.text


def test_showing_what_was_kept_changes_nothing_and_can_be_thrown_away(ann):
    client = signed_out_elsewhere(a_browser_of(ann.email))
    sign_in(client, ann.email, client.post(YOURS, TYPED, follow=True))
    before = ann.person.pgh_event_model.objects.count()
    assert 'value="Ann Newname"' in client.get(YOURS).text
    assert ann.person.pgh_event_model.objects.count() == before
    client.post(reverse("prove_go_on"))
    assert "Newname" not in client.get(YOURS).text
