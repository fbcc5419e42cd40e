"""The second step: who needs it, setting it up, and what stays shut without it."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from people.models import Notice
from programmes.models import Role
from tests.factories import a_programme, a_user, an_administrator, with_role
from tests.helpers.proof import app_code
from tests.helpers.sign_in import an_app_for, is_signed_in, sign_in_by_code

pytestmark = pytest.mark.django_db


# The second step


def test_staff_without_a_second_step_reach_nothing_but_the_page_that_asks_for_one(client, staff):
    page = sign_in_by_code(client, staff.email)
    assert page.redirect_chain[-1][0] == "/you/second-step/"
    assert "Add a passkey" in page.text
    for address in ("/", "/messages/", f"/people/{staff.person.pk}/", "/programmes/", "/you/"):
        assert client.get(address)["Location"] == "/you/second-step/", address
    assert client.post("/you/edit/", {"full_name": "x"})["Location"] == "/you/second-step/"
    for address in ("/accessibility/", "/contact/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/healthz"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", [Role.FINANCE, Role.STAFF])
def test_every_role_that_reaches_others_needs_it(role, client):
    client.force_login(with_role(a_programme(), role))
    assert client.get("/")["Location"] == "/you/second-step/"


def test_administrators_need_it_too_and_people_with_lived_experience_do_not(client):
    client.force_login(an_administrator())
    assert client.get("/")["Location"] == "/you/second-step/"
    client.force_login(with_role(a_programme(), Role.LIVED_EXPERIENCE))
    assert client.get("/").status_code == 200
    assert client.get("/you/second-step/")["Location"] == "/"


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_door_at_once(client, staff, worker):
    sign_in_by_code(client, staff.email)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": app_code(secret)})
    assert Authenticator.objects.filter(user=staff, type="totp").exists()
    assert client.get("/").status_code == 200
    assert len(client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]) == 10
    assert Notice.objects.get().subject == "A second step was added to your account"
    assert mail.outbox[-1].to == [staff.email]


def test_whoever_has_an_app_is_asked_for_its_code_after_the_one_from_the_mail(client, staff):
    secret = an_app_for(staff)
    page = sign_in_by_code(client, staff.email)
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get("/messages/")["Location"].startswith("/accounts/login/")
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Error: " in page.text
    page = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)}, follow=True)
    assert is_signed_in(client)
    assert client.get("/").status_code == 200


def test_a_session_older_than_the_second_step_has_to_show_it(client, staff):
    client.force_login(staff)
    secret = an_app_for(staff)
    page = client.get("/", follow=True)
    assert "Use your second step" in page.text
    page = client.post(f"{reverse('mfa_reauthenticate')}?next=/", {"code": app_code(secret)}, follow=True)
    assert client.get("/").status_code == 200


def test_removing_the_last_one_closes_the_door_again(client, staff):
    secret = an_app_for(staff)
    sign_in_by_code(client, staff.email)
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)}, follow=True)
    assert client.get("/").status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["reauthenticated"] = True
    session.save()
    client.post("/accounts/2fa/totp/deactivate/", follow=True)
    assert not Authenticator.objects.filter(user=staff).exists()
    assert client.get("/")["Location"] == "/you/second-step/"


def test_a_second_step_shown_by_one_account_does_not_serve_another(client, staff):
    client.force_login(staff)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(staff.pk + 1)
    session.save()
    assert client.get("/")["Location"] == "/you/second-step/"


def test_where_it_is_not_required_nobody_is_asked(client, staff, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(staff)
    assert client.get("/").status_code == 200


def test_the_admin_site_has_no_door_of_its_own(client, staff):
    administrator = an_administrator()
    administrator.set_password("a long and odd sentence")
    administrator.save()
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    client.post("/admin/login/", {"username": administrator.email, "password": "a long and odd sentence"})
    assert not is_signed_in(client)
    client.force_login(administrator)
    assert client.get("/admin/")["Location"] == "/you/second-step/"


def test_the_admin_site_only_shows(with_second_factor, staff):
    administrator = an_administrator()
    client = with_second_factor(administrator)
    for model in ("user", "person", "organisation", "message", "job", "accessneed"):
        assert client.get(f"/admin/people/{model}/").status_code == 200, model
    assert client.get("/admin/people/person/add/").status_code == 403
    assert client.post(f"/admin/people/person/{staff.person.pk}/change/", {"full_name": "x"}).status_code == 403
    client.post(f"/admin/people/user/{staff.pk}/change/", {"email": "x@example.org", "is_superuser": "on"})
    staff.refresh_from_db()
    assert (staff.is_superuser, staff.is_active, staff.email != "x@example.org") == (False, False, True)
    assert client.post(f"/admin/people/user/{administrator.pk}/change/", {}).status_code == 403
    refused = with_second_factor(a_user()).get("/admin/people/person/")
    assert (refused.status_code, refused.url) == (302, "/admin/login/?next=/admin/people/person/")
