"""Buttons on the person's own page: no more text messages, and text messages again; the same for kinds of email."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.messages import routing
from people.messages.returns import stopping
from people.messages.telling import MessageError
from people.messages.texts import actions, sending
from people.models import AddressMark, EmailStop, Message
from tests.factories import a_person, a_user
from tests.helpers.client import page_text, signed_in

from .conftest import ANN

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(settings):
    """Somebody who signs in, and likes texts, then emails."""
    settings.TEXT_PROVIDER = "demo"
    user = a_user("Ann Invented", email="ann@example.org")
    user.person.phone, user.person.channel, user.person.second_channel = ANN, "sms", "email"
    user.person.save()
    return user


def own_page(user):
    return page_text(signed_in(user).get(reverse("your_messages")))


def presses(user, name, *args):
    """Press a button of the page. Return what the page says then."""
    return page_text(signed_in(user).post(reverse(name, args=args), follow=True))


def test_stopping_texts_sends_what_waits_and_what_comes_in_the_second_way(user, tell):
    waiting = tell(user.person)
    page = own_page(user)
    assert "You can stop text messages to 07700 900123." in page
    assert "Our messages then reach you in your other way: Email: ann@example.org." in page
    assert "what we must tell you by law or for your safety, still comes by email." in page
    page = presses(user, "your_texts_stop")
    assert "We will send no text messages to 07700 900123 any more." in page
    assert "Text messages to 07700 900123: none since 23 November 2026, as you asked." in page
    assert "Our messages then reach you in your other way: Email: ann@example.org." in page
    assert "You can stop text messages" not in page
    assert sending.send([waiting.pk]) == 0
    waiting.refresh_from_db()
    assert waiting.status == "failed"
    assert waiting.notice.latest.channel == "email"
    assert tell(user.person, "news:2").channel == "email"


def test_starting_texts_again_ends_it(user, tell):
    presses(user, "your_texts_stop")
    page = presses(user, "your_texts_again")
    assert "We will send text messages to 07700 900123 again." in page
    assert "Messages you do not get" not in page
    assert "You can stop text messages to 07700 900123." in page
    assert not AddressMark.objects.open().exists()
    assert tell(user.person).channel == "sms"


def test_pressing_twice_is_harmless(user):
    for _time in range(2):
        presses(user, "your_texts_stop")
    assert AddressMark.objects.open().count() == 1
    for _time in range(2):
        presses(user, "your_texts_again")
    assert not AddressMark.objects.open().exists()


def test_without_a_second_way_a_colleague_is_asked_and_start_gives_it_back(user, tell):
    user.person.second_channel = ""
    user.person.save()
    assert "so a colleague will find a way to tell you." in own_page(user)
    presses(user, "your_texts_stop")
    message = tell(user.person)
    assert message.channel == "colleague"
    presses(user, "your_texts_again")
    assert message.notice.latest.channel == "sms"


def test_who_wrote_stop_sees_it_and_starts_them_with_the_button(user):
    actions.take_text(provider_ref="x1", number=ANN, words="STOP", by=None)
    assert "none since 23 November 2026, as you asked" in own_page(user)
    presses(user, "your_texts_again")
    assert not AddressMark.objects.open().exists()


def test_a_number_that_does_not_work_is_not_made_to_by_starting(user):
    routing.mark("sms", ANN, AddressMark.Reason.REFUSED)
    presses(user, "your_texts_again")
    assert AddressMark.objects.open().get().reason == "refused"


def test_nobody_stops_or_starts_the_texts_of_others_who_have_the_same_number(user):
    a_person("Ben Invented", phone=ANN, channel="sms", email="")
    for name in ("your_texts_stop", "your_texts_again"):
        page = presses(user, name)
        assert "Other people have this number too. Write STOP or START in a text message from it, or ask us." in page
    assert not AddressMark.objects.exists()


def test_nobody_stops_texts_for_somebody_else(user):
    with pytest.raises(MessageError, match="Only they can say this"):
        actions.stop_texts(person=user.person, by=a_user("Ben Invented"))
    with pytest.raises(MessageError, match="Only they can say this"):
        actions.start_texts(person=user.person, by=a_user("Cy Invented"))


def test_without_a_number_there_is_nothing_to_stop(settings):
    settings.TEXT_PROVIDER = "demo"
    user = a_user("Cleo Invented")
    assert "Stop text messages" not in own_page(user)
    assert "We have no phone number of yours." in presses(user, "your_texts_stop")


@pytest.mark.parametrize(("provider", "channel"), [("", "sms"), ("demo", "email")])
def test_who_gets_no_texts_is_offered_none_of_it(user, settings, provider, channel):
    settings.TEXT_PROVIDER = provider
    user.person.channel = channel
    user.person.save()
    assert "Stop text messages" not in own_page(user)


def test_kinds_of_email_are_stopped_and_started_by_a_button(user, tell):
    assert "Stop these emails" not in own_page(user), "they have had none"
    user.person.channel = "email"
    user.person.save()
    tell(user.person, "claim:1", kind="reminder")
    tell(user.person, "news:1")
    page = own_page(user)
    assert "Reminders: you can stop these emails." in page
    assert page.count("Stop these emails") == 1
    page = presses(user, "your_emails_stop", "reminder")
    assert "We will send you no more emails of this kind." in page
    assert "Reminders: no emails since 23 November 2026, as you asked." in page
    assert "Stop these emails" not in page
    assert Message.objects.get(notice__key="claim:1").status == "cancelled"
    assert not stopping.can_stop("details-changed")
    assert "These emails cannot be stopped" in presses(user, "your_emails_stop", "details-changed")
    assert EmailStop.objects.open().count() == 1


def test_the_page_asks_the_database_no_more_for_many_messages(user, tell):
    client, counts = signed_in(user), []
    for number in (3, 27):
        for each in range(number):
            tell(user.person, f"news:{number}:{each}")
        client.get(reverse("your_messages"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("your_messages"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
