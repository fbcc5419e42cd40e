"""The demo: looking around as somebody, and its mailbox. Outside demo mode none of it exists."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from people import registry
from people.models import DemoMail
from people.registry import DemoRole
from tests.factories import a_person, a_user

pytestmark = pytest.mark.django_db

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260501T080000Z\r\n"
    b"DTSTART:20260504T090000Z\r\nDTEND:20260504T113000Z\r\nSUMMARY:Curry and co-production\r\n"
    b"LOCATION:The Invented Hall\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
PAGE = "<html><head><title>x</title></head><body><p style='color:red'>Come!</p><script>bad()</script></body></html>"


@pytest.fixture
def demo(settings, monkeypatch):
    settings.DEMO_MODE = True
    settings.SECOND_FACTOR_REQUIRED = False
    settings.EMAIL_BACKEND = "people.messages.demo_mail.DemoMailboxBackend"
    person = a_person("Dora Demo", email="dora@example.org")
    monkeypatch.setattr(
        registry, "demo_roles", [lambda: [DemoRole("Programme staff", "dora@example.org", "Dora Demo", order=1)]]
    )
    return person


def send(**fields):
    email = EmailMultiAlternatives("Come to our day", "Come! Answer at http://localhost/r/abc/", to=["ann@example.org"])
    email.attach_alternative(PAGE, "text/html")
    email.attach("day.ics", CALENDAR, "text/calendar; method=PUBLISH")
    email.attach("letter.pdf", b"%PDF-1.7 invented", "application/pdf")
    email.send()
    return DemoMail.objects.get()


@pytest.mark.parametrize(
    "path", ["/demo/mailbox/", "/demo/mailbox/1/", "/demo/mailbox/1/page/", "/demo/mailbox/1/parts/0/"]
)
def test_outside_the_demo_there_is_no_mailbox(client, path):
    assert client.get(path).status_code == 404


def test_outside_the_demo_nobody_signs_in_by_a_click(client, demo, settings):
    settings.DEMO_MODE = False
    assert client.post("/demo/sign-in/", {"email": "dora@example.org"}).status_code == 404
    assert "_auth_user_id" not in client.session
    for page in ("/", "/accounts/login/"):
        assert "Look around as" not in client.get(page).text


def test_one_click_signs_in_as_somebody_the_demo_offers_and_makes_their_account(client, demo):
    for page in ("/", "/accounts/login/"):
        assert "as Dora Demo (Programme staff)" in client.get(page).text
    page = client.post("/demo/sign-in/", {"email": "dora@example.org"}, follow=True)
    assert "Hello Dora" in page.text
    demo.refresh_from_db()
    assert demo.user


def test_nobody_else_is_offered_and_forms_are_protected(demo):
    a_user(email="ann@example.org")
    assert Client().post("/demo/sign-in/", {"email": "ann@example.org"}).status_code == 404
    assert Client().get("/demo/sign-in/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/sign-in/", {"email": "dora@example.org"}).status_code == 403


def test_the_sign_in_code_arrives_in_the_demo_mailbox(client, demo):
    client.post("/accounts/login/", {"login": "dora@example.org"}, follow=True)
    mail = DemoMail.objects.get()
    assert mail.to_address == "dora@example.org"
    page = client.get(f"/demo/mailbox/{mail.pk}/")
    assert "Type it into the page" in page.text


def test_the_mailbox_lists_and_finds_by_recipient(client, demo):
    assert "No message yet" in client.get("/demo/mailbox/").text
    send()
    assert "Come to our day" in client.get("/demo/mailbox/?q=ann").text
    assert "Nothing matches" in client.get("/demo/mailbox/?q=nobody").text
    assert "See the demo mailbox" in client.get("/").text


def test_a_message_is_shown_with_its_page_text_date_and_attachments(client, demo):
    mail = send()
    page = client.get(f"/demo/mailbox/{mail.pk}/").text
    assert f'src="/demo/mailbox/{mail.pk}/page/"' in page
    assert "sandbox=" in page
    assert "allow-scripts" not in page
    assert "allow-same-origin" not in page
    assert "Curry and co-production" in page
    assert "Monday 4 May 2026, 10am to 12:30pm" in page
    assert "The Invented Hall" in page
    assert "letter.pdf" in page
    part = client.get(f"/demo/mailbox/{mail.pk}/parts/1/")
    assert part.content == b"%PDF-1.7 invented"
    assert part["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert client.get(f"/demo/mailbox/{mail.pk}/parts/9/").status_code == 404


def test_the_page_of_a_message_runs_no_script_and_fetches_nothing(client, demo):
    response = client.get(f"/demo/mailbox/{send().pk}/page/")
    policy = response["Content-Security-Policy"]
    directives = {part.strip().partition(" ")[0]: part.strip().partition(" ")[2] for part in policy.split(";")}
    assert directives["default-src"] == "'none'"
    assert directives["style-src"] == "'unsafe-inline'"
    assert "script-src" not in directives
    assert "allow-scripts" not in directives["sandbox"]
    assert "allow-same-origin" not in directives["sandbox"]
    assert directives["form-action"] == "'none'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in response.text


def test_other_pages_keep_the_strict_policy(client, demo):
    policy = client.get("/demo/mailbox/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


def test_a_message_of_plain_text_alone_and_a_broken_calendar_are_shown_too(client, demo):
    email = EmailMultiAlternatives("Plain", "Just text", to=["ann@example.org", "bob@example.org"])
    email.attach("day.ics", b"not a calendar", "text/calendar")
    email.send()
    first, second = DemoMail.objects.order_by("to_address")
    page = client.get(f"/demo/mailbox/{first.pk}/")
    assert "Just text" in page.text
    assert "<iframe" not in page.text
    assert client.get(f"/demo/mailbox/{second.pk}/page/").status_code == 404
