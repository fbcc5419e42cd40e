"""The pages of emails that came back: an administrator's list and task, the message and the event's replies."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.messages import delivery, queries, telling
from people.messages.returns import actions
from people.messages.returns.reports import Report
from people.messages.returns.understanding import Kind, Understood
from people.messages.telling import MessageError
from people.messages.views import returned
from people.models import MailReport
from tests.factories import an_administrator
from tests.helpers.client import page_text, with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def left():
    """A mail in the mailbox that nobody understood."""
    mail = Understood(Kind.NOT_UNDERSTOOD, sender="ann@example.org", subject="Is there a ramp?")
    actions.take_mail(raw=b"1", mail=mail, by=None)
    return MailReport.objects.get(sender="ann@example.org")


@pytest.fixture
def nobodys(db):
    """A bounce of an email to an address that is nobody's."""
    more = {"subject": "Confirm", "text": "Please.", "to": "host@example.org"}
    message = telling.tell(None, "account", key="host:1", **more).messages.get()
    delivery.send([message.pk])
    message.refresh_from_db()
    report = Report("r1", "bounced", said="550 5.1.1 No such user", address=True)
    return actions.take_report(provider_ref=message.provider_ref, report=report, by=None)


def test_administrators_have_a_task_until_they_have_seen_to_it(left, nobodys):
    ada = an_administrator()
    client = with_second_factor(ada)
    assert not queries.lost().exists(), "it has one task, not two"
    [task] = returned.tasks(ada)
    assert (task.title, task.url) == ("See to 2 emails that came back", reverse("mail_reports"))
    assert task.title in page_text(client.get(reverse("home")))
    assert "Is there a ramp?" in page_text(client.get(reverse("mail_reports")))
    client.post(reverse("mail_report_seen", args=[left.pk]))
    [task] = returned.tasks(ada)
    assert task.title == "See to an email that came back"
    page = page_text(client.get(task.url))
    assert "host@example.org" in page
    assert "550 5.1.1 No such user" in page
    answer = client.post(reverse("mail_report_seen", args=[nobodys.pk]), follow=True)
    assert "It has left the list." in page_text(answer)
    assert returned.tasks(ada) == []
    seen = MailReport.objects.get(pk=nobodys.pk)
    assert seen.seen_by == ada.person
    assert "Seen to by" in page_text(client.get(reverse("mail_report_page", args=[nobodys.pk])))


def test_nobody_else_has_the_task(left, world):
    for role in ("staff", "finance", "steer", "owner", "none"):
        assert returned.tasks(world.users[role]) == []
        with pytest.raises(MessageError):
            actions.mark_seen(report=left, by=world.users[role])


def test_a_report_on_somebodys_message_is_nobodys_to_see_to(sent):
    report = actions.take_report(provider_ref=sent.provider_ref, report=Report("r", "delayed"), by=None)
    ada = an_administrator()
    with pytest.raises(MessageError):
        actions.mark_seen(report=report, by=ada)
    assert with_second_factor(ada).get(reverse("mail_report_page", args=[report.pk])).status_code == 404


def test_an_unread_mail_leads_to_its_folder(left):
    page = page_text(with_second_factor(an_administrator()).get(reverse("mail_report_page", args=[left.pk])))
    assert "It is in the folder “Not understood” of that mailbox" in page
    assert "ann@example.org" in page


def test_a_message_that_came_back_says_so_and_shows_its_reports(sent):
    report = Report("r1", "bounced", said="550 5.1.1 No such user", address=True)
    actions.take_report(provider_ref=sent.provider_ref, report=Report("r0", "delayed", said="Try later"), by=None)
    actions.take_report(provider_ref=sent.provider_ref, report=report, by=None)
    client = with_second_factor(an_administrator())
    page = page_text(client.get(reverse("message", args=[sent.pk])))
    assert "Came back" in page
    assert "The email came back: 550 5.1.1 No such user" in page
    assert "am: Delayed. Try later" in page
    listed = page_text(client.get(reverse("messages")))
    assert "The email came back: 550 5.1.1 No such user" in listed
    assert queries.lost().count() == 0, "a colleague was asked"
    person = page_text(client.get(reverse("person_messages", args=[sent.notice.person.pk])))
    assert "We have not used ann@example.org (Email) since 23 November 2026: Came back as undeliverable." in person
    assert "It works again" in person


def test_the_list_asks_the_database_no_more_for_more_rows(django_assert_num_queries):
    client = with_second_factor(an_administrator())

    def add(number):
        for index in range(number):
            mail = Understood(Kind.NOT_UNDERSTOOD, subject=f"Mail {index}")
            actions.take_mail(raw=f"{number}-{index}".encode(), mail=mail, by=None)

    add(3)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("mail_reports"))
    add(15)
    with django_assert_num_queries(len(few)):
        client.get(reverse("mail_reports"))
