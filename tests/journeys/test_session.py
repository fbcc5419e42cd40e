"""Time running out, in a real browser: the warning, staying signed in, and a form sent too late."""

import datetime as dt
import re

import pytest
from django.conf import settings as django_settings

from people.models import Person, Session
from tests.factories import a_person

from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def row_of(visitor):
    [cookie] = [one for one in visitor.page.context.cookies() if one["name"] == django_settings.SESSION_COOKIE_NAME]
    return Session.objects.filter(pk=cookie["value"])


def test_somebody_is_warned_stays_and_loses_nothing_they_typed(visitor, post, settings):
    settings.SESSION_SHARED_IDLE_SECONDS = 120
    settings.SESSION_WARNING_SECONDS = 115
    a_person("Bryony Invented", email="bryony@example.org")
    phone = visitor(PHONE)
    phone.sign_in("bryony@example.org", post)
    page = phone.page
    phone.go("/you/edit/")
    warning = page.get_by_role("alert").filter(has_text="You will be signed out at")
    warning.wait_for(timeout=30_000)
    phone.checked.clear()
    phone.check()
    before = row_of(phone).get().seen_at
    row_of(phone).update(seen_at=before - dt.timedelta(seconds=30))
    with page.expect_response(re.compile("/you/signed-in/left/")) as answer:
        page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.request.method == "POST"

    page.get_by_label("Your full name").fill("Bryony Newname")
    row_of(phone).update(seen_at=before - dt.timedelta(hours=1))
    phone.click("button", "Save")
    phone.sees("You were signed out because nothing happened for a while.")
    phone.sees("We kept what you had filled in")
    assert Person.objects.get().full_name == "Bryony Invented"
    seen = len(post.messages)
    page.get_by_label("Email address").fill("bryony@example.org")
    page.get_by_label("Yes, it is my own").check()
    phone.click("button", "Send me a code")
    text = post.for_address("bryony@example.org", "code", after=seen).get_body(("plain",)).get_content()
    page.get_by_label("The code").fill(re.search(r"^\s*([0-9]{3}-[0-9]{3}-[0-9]{3})\s*$", text, re.M).group(1))
    phone.click("button", "Sign in")
    phone.sees("It has not been sent yet")
    phone.click("button", "Save")
    phone.sees("Bryony Newname")
    assert Person.objects.get().full_name == "Bryony Newname"
    phone.go("/you/signed-in/")
    phone.sees("This is set as your own phone or computer")
    phone.nothing_was_wrong()
