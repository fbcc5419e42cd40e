"""Passkeys, in a real browser with a virtual authenticator: set up, counted as the second step, and signed in with."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from programmes.models import Role
from tests.factories import a_programme, with_role
from tests.helpers.sign_in import code_in


def a_virtual_authenticator(context, page):
    """Give the browser of `page` a passkey reader that always says yes, and return its developer tools."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devtools


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_set_up_and_then_is_all_it_takes(live_server, browser, settings):
    # Browsers know a passkey by a name, never by a number.
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_URL = address
    staff = with_role(a_programme(), Role.STAFF, "Stella Staff")
    context = browser.new_context(base_url=address)
    context.set_default_timeout(15_000)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    devtools = a_virtual_authenticator(context, page)

    page.goto("/accounts/login/")
    page.get_by_label("Your email address").fill(staff.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code").wait_for()
    code = code_in(mail.outbox[-1])
    page.get_by_label("The code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="One more step to stay safe").wait_for()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Spare codes").wait_for()
    assert Authenticator.objects.filter(user=staff, type="webauthn").count() == 1
    page.goto("/")
    page.get_by_role("heading", name="Hello Stella").wait_for()

    context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_text("Other ways to sign in").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Hello Stella").wait_for()

    context.clear_cookies()
    devtools.send("WebAuthn.disable")
    devtools.send("WebAuthn.enable")
    page.goto("/accounts/login/")
    page.get_by_text("Other ways to sign in").click()
    assert page.get_by_role("alert").count() == 0, "nothing has gone wrong yet"
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("alert").filter(has_text="The passkey was not used").wait_for()
    assert problems == []
    context.close()
