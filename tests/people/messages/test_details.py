"""Leases of a worker, the page of a message for each channel, and how rows are named."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.directory import actions as person_actions
from people.messages import queries, routing, settling, telling
from people.messages.actions import mailings
from people.messages.page import MessagePage
from people.models import AddressMark, Call, Mailing, Message, SendingClock, SendingLimit
from programmes.members import contributions
from programmes.models import Role, message_audience
from tests.factories import a_programme, with_role
from tests.helpers.messages import a_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stan Staff")


@pytest.fixture
def ann(programme):
    return with_role(programme, Role.LIVED_EXPERIENCE, "Ann Invented").person


def told(person, programme, key="k"):
    voice = message_audience(programme.pk)
    text = "Hello Ann,\n\nYou have a role.\n\nSee it here:\nhttp://localhost:8000/x/"
    notice = telling.tell(person, "role", key=key, subject="Your role", text=text, audience=voice, voice=voice)
    return notice.messages.get()


# Leases


def test_a_lease_begins_anew_when_half_of_it_is_over_and_is_lost_to_another_worker(settings):
    message = a_message()
    [held] = settling.take_all([message.pk])
    assert settling.is_still_ours(held)
    long_ago = timezone.now() - dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS * 0.75)
    Message.objects.update(taken_at=long_ago)
    held.taken_at = long_ago
    assert settling.is_still_ours(held)
    held.refresh_from_db()
    assert held.taken_at > long_ago
    held.taken_at = long_ago
    assert not settling.is_still_ours(held), "another worker has taken it since"


def test_two_workers_never_take_the_same_message():
    message = a_message()
    assert [row.pk for row in settling.take_all([message.pk])] == [message.pk]
    assert settling.take_all([message.pk]) == []


# The page of a message


def page_of(message, user):
    row = Message.objects.select_related("notice__person", "colleague", "told_by").get(pk=message.pk)
    return MessagePage(row, user)


def test_a_call_through_a_supporter_asks_for_them_and_says_whom_it_is_about(ann, staff, programme):
    person_actions.set_supporter(
        person=ann,
        by=staff,
        name="Sue Supporter",
        channel="phone",
        phone="+441632960002",
        consent_on=timezone.localdate(),
        consent_how="On the phone",
    )
    ann = person_actions.edit(person=ann, by=staff, channel="supporter")
    page = page_of(Message.objects.by_hand().first() or told(ann, programme), staff)
    assert page.greeting.startswith("Hello Sue Supporter, this is Stan from")
    assert page.call_time == ""
    assert page.may_tell and page.is_call
    assert queries.reach_in_words(queries.ways_to([ann])[ann.pk]) == "Phone call: 01632 960002, through Sue Supporter"


def test_a_call_says_what_to_say_without_links(ann, staff, programme, with_second_factor):
    ann = person_actions.edit(person=ann, by=staff, channel="phone", phone="+441632960001")
    message = told(ann, programme)
    assert [paragraphs for _part, paragraphs in page_of(message, staff).script] == [["You have a role."]]
    page = with_second_factor(staff).get(reverse("message_call", args=[message.pk]))
    assert "may I speak to Ann Invented?" in page.text


def test_a_message_for_a_colleague_says_why(ann, staff, programme, with_second_factor):
    routing.mark("email", ann.email, AddressMark.Reason.BOUNCED, "Mailbox full")
    message = told(ann, programme)
    page = page_of(message, staff)
    assert page.why_by_hand == "Came back as undeliverable"
    client = with_second_factor(staff)
    assert "Came back as undeliverable" in client.get(reverse("message", args=[message.pk])).text
    assert "I told them" in client.get(reverse("message", args=[message.pk])).text
    done = client.post(reverse("message_told", args=[message.pk]), {"how": "She came by"}, follow=True)
    assert "Written down: Ann Invented knows." in done.text
    again = client.get(reverse("message_call", args=[message.pk]), follow=True)
    assert "Nobody has to be told of this any more." in again.text


def test_a_wrong_number_leads_to_another_way_and_says_so(ann, staff, programme, with_second_factor):
    ann = person_actions.edit(person=ann, by=staff, channel="phone", phone="+441632960001", second_channel="email")
    message = told(ann, programme)
    answer = {"outcome": "wrong_number", "note": ""}
    page = with_second_factor(staff).post(reverse("message_call", args=[message.pk]), answer, follow=True)
    assert "We will try another way to reach Ann Invented" in page.text
    assert message.notice.messages.latest("pk").channel == "email"


def test_each_way_is_said_in_words(ann, staff, programme):
    assert queries.reach_in_words(None) == "No way that works"
    ann = person_actions.edit(person=ann, by=staff, channel="letter", postal_address="1 Invented Street")
    assert queries.reach_in_words(queries.ways_to([ann])[ann.pk]) == "Letter"


# Voices


def test_a_programme_speaks_with_its_contact_and_address(programme):
    programme.host_address, programme.contact_phone = "12 Invented Lane\nLeeds", "+441632960000"
    programme.save()
    voice = contributions.voice_of_programme(message_audience(programme.pk))
    assert (voice.name, voice.email, voice.phone) == (programme.name, programme.contact_email, "+441632960000")
    assert voice.address == "12 Invented Lane\nLeeds"
    for other in ("programme:999999", "programme:x", "charity:1", ""):
        assert contributions.voice_of_programme(other) is None
        assert contributions.colleagues_who_tell(other) == []


def test_rows_are_named_for_administrators(staff):
    message = a_message(status="failed")
    mailing = Mailing.objects.create(key="m", title="News", audience="programme:1")
    assert str(mailing) == "News"
    assert str(message) == "Hello (Could not be sent)"
    assert str(SendingLimit(channel="sms", per_minute=3000)) == "Text message: 3000"
    assert str(SendingClock(channel="sms")) == "sms"
    assert str(AddressMark(channel="email", reason="bounced")) == "Email: Came back as undeliverable"
    assert str(Call(outcome="no_answer")) == "No answer"
    assert list(Mailing.objects.visible_to(staff)) == []


# Exports


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("messages", ()),
        ("to_tell", ()),
        ("person_messages", ("ann",)),
        ("mailing", ("mailing",)),
        ("your_messages", ()),
        ("letters", ()),
        ("letter_batches", ()),
        ("write_to", ("source", "ann")),
    ],
)
def test_each_list_is_exported_as_it_is_shown(ann, staff, programme, with_second_factor, name, keys):
    voice = message_audience(programme.pk)
    mailing = Mailing.objects.create(key="m", title="News", audience=voice)
    told(ann, programme)
    found = {"ann": ann.pk, "mailing": mailing.pk, "source": "programme"}
    arguments = [found[key] for key in keys] if name != "write_to" else ["programme", programme.slug]
    answer = with_second_factor(staff).get(reverse(name, args=arguments) + "?export=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert b"".join(answer.streaming_content).count(b"\r\n") >= 1


def test_sending_is_refused_on_the_form_when_the_time_has_gone_by_meanwhile(
    ann, staff, programme, with_second_factor, monkeypatch
):
    def refuse(**_arguments):
        raise telling.MessageError("This time has gone by.", field="day")

    monkeypatch.setattr(mailings, "write", refuse)
    client = with_second_factor(staff)
    address = reverse("write_to", args=["programme", programme.slug])
    typed = {"elsewhere": ann.pk, "subject": "News", "words": "We meet.", "token": "t", "confirm": "yes"}
    page = client.post(address, typed)
    assert "This time has gone by." in page.text
    assert "We meet." in page.text
    assert client.get(address + "?chosen=yes").status_code == 200
    assert client.post(address, {"ticks": "all"}).status_code == 302


# Nothing left to try


def test_somebody_who_asked_for_texts_is_a_task_where_none_are_sent(ann, staff, programme, settings):
    settings.TEXT_PROVIDER = ""
    ann = person_actions.edit(person=ann, by=staff, channel="sms", phone="+447700900123")
    assert told(ann, programme).channel == "colleague"
    assert routing.why_unreachable(ann) == "They asked for text messages. This service cannot send any yet."
    settings.TEXT_PROVIDER = "demo"
    assert routing.why_unreachable(ann) == ""


def test_a_task_stays_while_no_other_way_works_and_nothing_follows_one_that_failed(ann, programme):
    routing.mark("email", ann.email, AddressMark.Reason.BOUNCED)
    message = told(ann, programme)
    assert routing.look_again(ann) == []
    message.status, message.last_error = "failed", "Nobody knows where she lives now."
    message.save()
    assert routing.open_next(message.notice) is None
