"""Single sign-on in a real browser: an administrator sets it up, a colleague signs in by it on a phone."""

import pytest

from people.models import SignInLink, SignInProvider
from programmes.models import Role
from tests.factories import a_programme, a_user, an_administrator, with_role
from tests.factories.single_sign_on import CLIENT_ID, DOMAIN, SECRET, a_provider
from tests.helpers.openid import OpenIdServer

from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server():
    """The organisation's own sign-in."""
    with OpenIdServer() as running:
        yield running


def answer_at_the_organisation(visitor, server, sub, button):
    """Wait until the browser is at the organisation's own page, say who it is there, and press `button`."""
    visitor.page.wait_for_url(f"{server.url}/**")
    visitor.page.locator("input[name=sub]").fill(sub)
    visitor.page.get_by_role("button", name=button).first.click()
    visitor.page.wait_for_url("**/accounts/organisation/**" if button == "Deny" else "**/")
    visitor.page.wait_for_load_state()
    visitor.check()


def nothing_of_ours_was_wrong(visitor, server):
    """Fail with what was wrong on our own pages, but for the refusal they are about.

    The organisation's page asks another site for its styles.
    """
    visitor.problems = [
        problem
        for problem in visitor.problems
        if not problem.startswith(server.url) and not problem.endswith("status of 403 (Forbidden)")
    ]
    visitor.nothing_was_wrong()


def test_an_administrator_sets_it_up_and_a_colleague_signs_in_by_it(at_work, live_server, server, settings):
    settings.SITE_URL = live_server.url
    stella = with_role(a_programme(), Role.STAFF, user=a_user("Stella Staff", email=f"stella@{DOMAIN}"))
    server.know("sub-stella", stella.email)
    ada = at_work(an_administrator(), DESKTOP)
    ada.go("/")
    ada.sees("Single sign-on")
    ada.go("/single-sign-on/")
    ada.sees("No organisation has single sign-on here")
    ada.click("link", "Add an organisation")
    ada.click("button", "Save")
    ada.sees("There is a problem")
    ada.fill("Name of the organisation", "Invented Trust")
    ada.fill("Email domains", DOMAIN)
    ada.fill("Discovery address", server.url)
    ada.fill("Client ID", CLIENT_ID)
    ada.fill("Client secret", SECRET)
    ada.click("button", "Save")
    provider = SignInProvider.objects.get()
    ada.sees("Switched off", f"{live_server.url}/accounts/organisation/{provider.pk}/")
    ada.click("button", "Check the discovery address")
    ada.sees("answers as it should")
    ada.click("button", "Switch on")
    ada.sees("Switched on. People of its email domains are offered it")

    phone = at_work(None, PHONE)
    phone.go("/accounts/login/?next=/you/")
    phone.fill("Email address", stella.email)
    phone.click("button", "Send me a code")
    phone.sees("You can sign in the way you do at Invented Trust.", "Get a code by email instead")
    phone.page.get_by_role("button", name="Sign in with Invented Trust").click()
    answer_at_the_organisation(phone, server, "sub-stella", "Deny")
    phone.sees("You did not sign in")
    phone.click("link", "Back to sign in")
    phone.fill("Email address", stella.email)
    phone.click("button", "Send me a code")
    phone.page.get_by_role("button", name="Sign in with Invented Trust").click()
    answer_at_the_organisation(phone, server, "sub-stella", "Authorize")
    phone.sees("Hello Stella")
    assert SignInLink.objects.get().user == stella

    ada.go(provider.get_absolute_url())
    ada.sees("Stella Staff")
    ada.click("link", "Forget")
    ada.sees("First make sure that the address is still theirs.")
    ada.click("button", "Forget the link")
    ada.sees("Stella Staff will be linked again")
    ada.click("link", "Change")
    ada.choose("Colleagues of these domains must use it")
    ada.click("button", "Save")
    ada.sees("The changes are saved.")
    ada.go("/single-sign-on/")
    ada.sees("Invented Trust", DOMAIN)
    for visitor in (ada, phone):
        nothing_of_ours_was_wrong(visitor, server)


def test_somebody_the_organisation_knows_and_we_do_not_reads_what_to_do(at_work, live_server, server, settings):
    settings.SITE_URL = live_server.url
    a_provider(server.discovery_url, is_required=True)
    server.know("sub-stranger", f"stranger@{DOMAIN}")
    for size in (PHONE, DESKTOP):
        visitor = at_work(None, size)
        visitor.go("/accounts/login/")
        visitor.fill("Email address", f"stranger@{DOMAIN}")
        visitor.click("button", "Send me a code")
        visitor.sees("If you work for a programme here, sign in with Invented Trust.")
        visitor.page.get_by_role("button", name="Sign in with Invented Trust").click()
        visitor.page.wait_for_url(f"{server.url}/**")
        visitor.page.locator("input[name=sub]").fill("sub-stranger")
        visitor.page.get_by_role("button", name="Authorize").first.click()
        visitor.page.wait_for_url("**/accounts/organisation/**")
        visitor.check()
        visitor.sees("We could not sign you in this way.", "Sign in with a code sent by email.")
        nothing_of_ours_was_wrong(visitor, server)
