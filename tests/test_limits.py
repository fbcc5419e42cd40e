"""Requests too large to take."""

import psycopg2
import pytest
from django.db import OperationalError, connection
from django.urls import get_resolver, reverse

from tests import factories
from wellbeing import limits

pytestmark = pytest.mark.django_db


def test_an_oversized_request_is_refused_before_it_is_read(client, settings):
    response = client.post(
        reverse("account_login"),
        data=b"x",
        content_type="application/octet-stream",
        headers={"content-length": str(settings.UPLOAD_MAX_BYTES * 2)},
    )
    assert response.status_code == 413
    assert "too" in response.content.decode()


def test_a_form_with_an_endless_field_is_told_it_is_too_large(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post(reverse("account_login"), {"login": "x" * 2000})
    assert response.status_code == 413


def test_an_announced_length_that_is_no_number_is_not_an_error(client):
    assert client.get(reverse("home"), headers={"content-length": "many"}).status_code == 200


def oversized(client, settings, **headers):
    return client.post(
        reverse("account_login"),
        data=b"x",
        content_type="application/octet-stream",
        headers={"content-length": str(settings.UPLOAD_MAX_BYTES * 2), **headers},
    )


def test_the_page_for_a_file_that_is_too_big_knows_who_is_signed_in_and_leads_back(client, settings):
    user = factories.a_user("Bryony Bramble")
    client.force_login(user)
    response = oversized(client, settings, referer="http://testserver/claims/7/lines/8/receipt/?again=1#top")
    assert response.status_code == 413
    page = response.content.decode()
    assert "Bryony Bramble" in page
    assert 'href="/claims/7/lines/8/receipt/?again=1"' in page
    assert "15\u00a0MB" in page
    assert "no-store" in response["Cache-Control"]
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "referer", ["", "http://elsewhere.example.org/claims/7/", "javascript:alert(1)", "//x.example.org/"]
)
def test_the_page_for_a_file_that_is_too_big_leads_to_no_other_site(client, settings, referer):
    page = oversized(client, settings, referer=referer).content.decode()
    assert "Go to the home page" in page
    assert "example.org" not in page
    assert "javascript:" not in page


def refused_connection():
    psycopg2.connect("postgres://nobody@127.0.0.1:1/none", connect_timeout=2)


def waits_in_a_circle():
    with connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE deadlock_detected; END $$")


def server_stops():
    with connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE admin_shutdown; END $$")


@pytest.mark.django_db
@pytest.mark.parametrize(("fail", "status"), [(refused_connection, 503), (server_stops, 503), (waits_in_a_circle, 500)])
def test_a_database_that_is_away_is_503_and_its_other_errors_are_500(rf, fail, status):
    try:
        with connection.wrap_database_errors:
            fail()
    except OperationalError:
        answer = limits.server_error(rf.get("/"))
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert "look first whether it arrived" in answer.content.decode()
    assert get_resolver().resolve_error_handler(500) == limits.server_error
