"""Those who come are told shortly before how to get there; a reply of one's own is confirmed."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events import tasks
from events.inviting.actions import details, invitations
from events.inviting.models import Invitation, InvitationRules
from events.models import Event
from people import registry
from people.models import Message, Notice
from tests import factories as make
from tests.helpers.database import queries_of
from wellbeing.celery import app

LINK = "https://meet.example.org/curry"


@pytest.fixture
def soon(programme, staff):
    """An event tomorrow, in a hall and online."""
    return make.an_event(programme, organiser=staff.person, days=1, online_link=LINK)


def coming(event, person=None, days_ago=5, **more):
    replied_at = timezone.now() - dt.timedelta(days=days_ago)
    return make.an_invitation(event, person, reply=more.pop("reply", "coming"), replied_at=replied_at, **more)


def told():
    return Notice.objects.filter(kind="joining_details")


def test_who_comes_is_told_once_how_to_get_there_and_how_to_say_that_they_cannot(soon, member, worker):
    invitation = coming(soon, member.person, joins="online")
    for _run in range(2):
        with worker():
            tasks.send_joining_details()
    [message] = mail.outbox
    assert message.subject.startswith("Soon: Curry and co-production")
    for words in (
        "The Invented Hall",
        f"Join online: {LINK}",
        "You told us how you come: Online",
        invitation.link_key,
    ):
        assert words in message.body
    assert "IF YOU CANNOT COME AFTER ALL" in message.body
    [part] = [part for part in message.message().walk() if part.get_content_type() == "text/calendar"]
    assert LINK in part.get_payload(decode=True).decode().replace("\r\n ", "")


def test_only_those_who_come_at_the_time_it_has_are_told(soon, worker):
    coming(soon, reply="not_coming")
    coming(soon, reply="not_sure")
    make.an_invitation(soon)
    moved = coming(soon)
    Invitation.objects.filter(pk=moved.pk).update(replied_for_start=soon.starts_at, replied_for_end=soon.ends_at)
    # They have just read all of it in the message that confirms their reply.
    coming(soon, days_ago=0)
    with worker():
        tasks.send_joining_details()
    assert not told().exists()


def test_nobody_is_told_of_an_event_that_is_far_off_cancelled_or_running(programme, staff):
    days = InvitationRules.objects.in_force(timezone.localdate()).details_days
    for more in ({"days": days + 1}, {"days": 1, "status": Event.Status.CANCELLED}, {"days": -1}):
        coming(make.an_event(programme, organiser=staff.person, **more))
    tasks.send_joining_details()
    assert not told().exists()


def test_many_are_told_in_batches_with_the_same_questions(soon, monkeypatch):
    coming(soon)
    one = queries_of(lambda: details.send(event_id=soon.pk, by=None))
    for _each in range(4):
        coming(soon)
    many = queries_of(lambda: details.send(event_id=soon.pk, by=None))
    assert len(many) <= len(one)
    for _each in range(3):
        coming(soon)
    monkeypatch.setattr(details, "BATCH", 2)
    tasks.send_joining_details()
    assert told().count() == 8
    assert told().values("person").distinct().count() == 8


def test_a_text_that_says_no_takes_the_yes_back(soon, member, worker):
    invitation = coming(soon, member.person)
    tasks.send_joining_details()
    words = registry.text_answers["joining_details"](told().get(), False)
    assert "you cannot come" in words
    invitation.refresh_from_db()
    assert invitation.reply == "not_coming"
    # The text is the confirmation.
    assert not Notice.objects.filter(kind="reply_noted").exists()


def test_the_clock_tells_them(db):
    assert app.conf.beat_schedule["send-joining-details"]["task"] in app.tasks


def test_a_reply_of_ones_own_is_confirmed_with_what_was_noted(client, event, member, worker):
    invitation = make.an_invitation(event, member.person)
    Event.objects.update(online_link=LINK)
    answers = {"reply": "coming", "joins": "online", "part_of_day": "the morning", "question": "Is there tea?"}
    with worker():
        client.post(reverse("reply", args=[invitation.link_key]), answers)
    [message] = mail.outbox
    for words in ("I will come, Online, for part of it: the morning", LINK, "We have your question", "Change"):
        assert words in message.body or words in message.alternatives[0][0]
    assert [part.get_content_type() for part in message.message().walk()].count("text/calendar") == 1


def test_what_they_need_is_not_repeated_in_a_message(client, event, member, worker):
    invitation = make.an_invitation(event, member.person)
    with worker():
        client.post(reverse("reply", args=[invitation.link_key]), {"reply": "coming", "access_needs": "A dark room"})
    [message] = mail.outbox
    assert "We have noted what you told us you need." in message.body
    assert "dark room" not in message.message().as_string()


def test_a_second_reply_takes_back_the_confirmation_that_waits(event, member):
    invitation = make.an_invitation(event, member.person)
    for reply in ("coming", "not_coming", "coming"):
        invitations.reply(invitation=invitation, reply=reply, by=None)
    waiting = Message.objects.filter(notice__kind="reply_noted", status=Message.Status.WAITING)
    assert waiting.count() == 1
    invitations.reply(invitation=invitation, reply="coming", by=None)
    assert Notice.objects.filter(kind="reply_noted").count() == 3


def test_a_reply_taken_down_by_a_colleague_is_told_as_such_and_not_confirmed_twice(event, member, staff):
    invitation = make.an_invitation(event, member.person)
    invitations.reply(invitation=invitation, reply="coming", by=staff)
    assert set(Notice.objects.values_list("kind", flat=True)) == {"reply_taken"}


def test_the_link_to_join_is_for_those_who_come(client, event, member, signed_in, staff):
    Event.objects.update(online_link=LINK, venue_name="", venue_address="")
    invitation = make.an_invitation(event, member.person)
    addresses = [reverse(name, args=[invitation.link_key]) for name in ("reply", "event_calendar")]
    for address in addresses:
        assert LINK not in client.get(address).text
    assert LINK not in signed_in(member).get(event.get_absolute_url()).text
    assert LINK in signed_in(staff).get(event.get_absolute_url(), {"tab": "about"}).text
    Invitation.objects.update(reply="coming", replied_at=timezone.now())
    for address in [*addresses, reverse("reply_done", args=[invitation.link_key])]:
        assert LINK in client.get(address).text.replace("\r\n ", "")
    assert LINK in signed_in(member).get(event.get_absolute_url()).text
