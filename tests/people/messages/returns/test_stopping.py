"""Kinds of email that people stop: with one click in their mail program, by the link, and on their own page."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people import registry
from people.directory.actions import take_over
from people.messages import delivery, routing, wording
from people.messages.actions import delivering
from people.messages.models import EmailStop
from people.messages.page import OwnNotice
from people.messages.returns import actions, stopping
from people.messages.telling import MessageError
from people.models import AddressMark, Message
from tests.factories import a_person, a_user, an_administrator
from tests.helpers.client import page_text, signed_in, with_second_factor

pytestmark = pytest.mark.django_db
HTML = "<html><body><p>Your claim waits.</p></body></html>"


@pytest.fixture
def remind(settings, tell):
    """fn(person, key) -> the message of a reminder, on a site with https."""
    settings.SITE_URL = "https://wellbeing.example.org"
    return lambda person, key="claim:1", **more: tell(person, key, kind="reminder", html=HTML, **more)


def posted(message):
    """Return the mail that went out for a message, as the mail server got it."""
    delivery.send([message.pk])
    return mail.outbox[-1]


def link_of(sent):
    return sent.message()["List-Unsubscribe"].strip("<>")


def path_of(link):
    return link.removeprefix("https://wellbeing.example.org")


def one_click(link):
    """Post as a mail program does: no cookie, no referrer, the field of RFC 8058."""
    body = "List-Unsubscribe=One-Click"
    client = Client(enforce_csrf_checks=True)
    return client.post(path_of(link), body, content_type="application/x-www-form-urlencoded")


def test_only_these_kinds_can_be_stopped():
    can = {key for key in registry.notice_kinds if stopping.can_stop(key)}
    assert can == {"reminder", "monthly_report"}
    assert not stopping.can_stop("unknown")


def test_one_click_stops_the_kind_and_what_waits_of_it(ann, remind, tell):
    link = link_of(posted(remind(ann)))
    waiting, needed = remind(ann, "claim:2"), tell(ann, "news:1")
    answer = one_click(link)
    assert answer.status_code == 200, "a mail program follows no other page"
    waiting.refresh_from_db()
    assert (waiting.status, waiting.last_error) == ("cancelled", "They asked for no more emails of this kind.")
    needed.refresh_from_db()
    assert needed.status == "waiting"
    again = remind(ann, "claim:3")
    assert again.status == "cancelled"
    assert OwnNotice(again.notice).how == "Not sent, as you get no emails of this kind"
    assert wording.said(again.notice) == "Nothing was sent to Ann Invented. They asked for no more emails of this kind."
    assert delivery.send([again.pk, waiting.pk]) == 0
    one_click(link)
    assert EmailStop.objects.count() == 1


def test_the_headers_are_those_of_rfc_8058_and_the_words_have_the_link(ann, remind):
    sent = posted(remind(ann))
    head = sent.message()
    assert re.fullmatch(r"<https://wellbeing\.example\.org/emails/stop/[\w.-]+/>", head["List-Unsubscribe"])
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = link_of(sent)
    assert sent.body.endswith(f"Stop emails of this kind: {link}")
    [(page, _type)] = sent.alternatives
    assert f'<a href="{link}">Stop emails of this kind</a></p></body>' in page


def test_an_essential_email_has_none_of_it_and_its_link_would_do_nothing(ann, tell, settings):
    settings.SITE_URL = "https://wellbeing.example.org"
    message = tell(ann)
    sent = posted(message)
    assert sent.message()["List-Unsubscribe"] is None
    assert "Stop emails" not in sent.body
    key = stopping._signer().sign(str(message.notice.pk))
    assert one_click(reverse("stop_emails", args=[key])).status_code == 404
    with pytest.raises(MessageError):
        actions.stop_emails(person=ann, kind="details-changed", by=None)


@pytest.mark.parametrize("key", ["1", "1.x", "x.y", "..", "1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "é.é"])
def test_a_link_that_is_not_ours_does_not_work(ann, remind, key):
    remind(ann)
    for method in ("get", "post"):
        assert getattr(Client(), method)(reverse("stop_emails", args=[key])).status_code == 404
    assert not EmailStop.objects.exists()


def test_to_open_the_link_changes_nothing_and_its_page_has_one_button(ann, remind):
    path, client = path_of(link_of(posted(remind(ann)))), Client()
    page = client.get(path)
    assert not EmailStop.objects.exists(), "programs that look for viruses open every link"
    assert "Stop these emails?" in page_text(page)
    assert page.content.decode().count("<form") == 1
    assert ">Reminders<" in page_text(page)
    assert "These emails are stopped" in page_text(client.post(path))
    assert "These emails are stopped" in page_text(client.get(path))
    assert "You will get these emails again" in page_text(client.post(path, {"seen": "again"}))
    assert not EmailStop.objects.open().exists()
    assert remind(ann, "claim:2").status == "waiting"


def test_other_ways_are_not_stopped_and_no_email_stands_in_for_them(remind):
    ben = a_person("Ben Invented", channel="letter", second_channel="email", postal_address="1 Road", email="b@x.org")
    actions.stop_emails(person=ben, kind="reminder", by=None)
    letter = remind(ben)
    assert (letter.channel, letter.status) == ("letter", "waiting")
    letter.status = "failed"
    letter.save()
    following = routing.open_next(letter.notice)
    assert (following.channel, following.status) == ("email", "cancelled")


def test_a_failed_one_is_not_tried_again_after_a_stop(ann, remind):
    message = remind(ann)
    Message.objects.filter(pk=message.pk).update(status="failed", last_error="x")
    actions.stop_emails(person=ann, kind="reminder", by=None)
    with pytest.raises(MessageError, match="no more emails of this kind"):
        delivering.try_again(message=message, by=an_administrator())


def test_their_own_page_shows_what_they_stopped_and_starts_it_again(remind):
    user = a_user("Cleo Invented")
    message = remind(user.person)
    client = signed_in(user)
    page = client.get(reverse("your_message", args=[message.notice.pk]))
    assert stopping.link_for(message.notice) in page.content.decode()
    actions.stop_emails(person=user.person, kind="reminder", by=None)
    listed = page_text(client.get(reverse("your_messages")))
    assert "Reminders: no emails since 23 November 2026, as you asked." in listed
    assert "Not sent, as you get no emails of this kind" in listed
    client.post(reverse("your_emails_again", args=["reminder"]))
    assert "Messages you do not get" not in page_text(client.get(reverse("your_messages")))
    assert remind(user.person, "claim:2").status == "waiting"
    again = client.post(reverse("your_emails_again", args=["nothing"]), follow=True)
    assert again.status_code == 200


def test_their_own_page_shows_a_complaint_and_ends_it_and_nobody_elses(remind):
    user, other = a_user("Dora Invented"), a_user("Edna Invented")
    for one in (user, other):
        routing.mark("email", one.person.email, AddressMark.Reason.COMPLAINED)
    client = signed_in(user)
    assert "was reported as spam on 23 November 2026" in page_text(client.get(reverse("your_messages")))
    client.post(reverse("your_complaint_end"))
    client.post(reverse("your_complaint_end"))
    assert remind(user.person).status == "waiting"
    assert remind(other.person, "claim:2").status == "cancelled"
    with pytest.raises(MessageError):
        actions.end_complaint(person=other.person, by=user)


def test_staff_see_what_a_person_stopped_and_that_they_complained(ann):
    client = with_second_factor(an_administrator())
    actions.stop_emails(person=ann, kind="monthly_report", by=None)
    routing.mark("email", ann.email, AddressMark.Reason.COMPLAINED)
    page = page_text(client.get(reverse("person_messages", args=[ann.pk])))
    assert "They asked for no more emails of this kind: Monthly report" in page
    assert "An email to ann@example.org was reported as unwanted on 23 November 2026." in page
    client.post(reverse("mark_end", args=[ann.pk, AddressMark.objects.get().pk]))
    assert not AddressMark.objects.open().exists()


def test_two_records_of_one_person_with_the_same_wish_can_be_put_together(remind):
    user, record = a_user("Fay Invented"), a_person("Fay Invented", email="")
    for one in (user.person, record):
        actions.stop_emails(person=one, kind="reminder", by=None)
    take_over(record=record, person=user.person, by=None)
    assert EmailStop.objects.open().get().person == user.person


def test_without_https_there_is_a_link_and_no_header(ann, tell):
    sent = posted(tell(ann, "claim:9", kind="reminder"))
    assert sent.message()["List-Unsubscribe"] is None
    assert "Stop emails of this kind: http://localhost:8000/emails/stop/" in sent.body
