"""An invitation that went by text is answered with YES or NO, and the text back says what was recorded."""

import datetime as dt

import pytest
from django.utils import timezone

from events.inviting.actions import invitations
from events.models import Event, Invitation
from people.messages.texts import actions, queries
from people.models import DemoText, Message
from tests import factories as make
from wellbeing.lib.segments import measure

ANN = "+447700900123"


@pytest.fixture
def texts(settings):
    settings.TEXT_PROVIDER = "demo"
    settings.TEXT_ANSWERS = True
    settings.SITE_URL = "https://wellbeing.example.org"


@pytest.fixture
def invitation(texts, event, member, staff, worker):
    """An invitation that somebody got by text."""
    person = member.person
    person.phone, person.channel = ANN, "sms"
    person.save()
    with worker():
        invitations.invite(event=event, people=[person], by=staff)
    return Invitation.objects.get()


def write(words, ident="text-1"):
    return actions.take_text(provider_ref=ident, number=ANN, words=words, by=None)


def test_the_text_says_who_writes_what_for_and_how_to_answer(invitation, event):
    text = DemoText.objects.get()
    assert text.words.startswith("Wellbeing Our Way: You are invited: Curry and co-production, ")
    link = f"https://wellbeing.example.org/r/{invitation.link_key}/"
    assert text.words.endswith(f". Answer YES or NO, or open: {link}")
    assert measure(text.words).gsm
    assert measure(text.words).segments <= 2


def test_where_answers_do_not_reach_us_the_text_asks_for_none(texts, settings, event, member, staff, worker):
    settings.TEXT_ANSWERS = False
    member.person.phone, member.person.channel = ANN, "sms"
    member.person.save()
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)
    assert "YES" not in DemoText.objects.get().words


@pytest.mark.parametrize(
    ("words", "reply", "start"),
    [
        ("Yes please", "coming", 'Thank you. We have noted that you will come to "Curry and co-production", '),
        (
            "no",
            "not_coming",
            'Thank you for telling us. We have noted that you cannot come to "Curry and co-production"',
        ),
    ],
)
def test_an_answer_is_recorded_as_the_persons_own_and_said_back(invitation, worker, words, reply, start):
    with worker():
        for _time in range(2):
            text = write(words)
    invitation.refresh_from_db()
    assert (invitation.reply, invitation.reply_taken_by) == (reply, None)
    assert invitation.replied_at
    assert text.notice == invitation.notice
    first, back = DemoText.objects.order_by("pk")
    assert back.words.startswith(start)
    assert f"/r/{invitation.link_key}/" in back.words
    assert back.number == first.number == ANN


def test_an_answer_by_text_leaves_needs_and_questions_as_they_are(invitation):
    Invitation.objects.update(access_needs="A quiet room", question="Is there parking?")
    write("YES")
    invitation.refresh_from_db()
    assert (invitation.access_needs, invitation.question) == ("A quiet room", "Is there parking?")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": Event.Status.CANCELLED}, "This event will not take place. You do not need to reply."),
        ({"starts_at": -2, "ends_at": -1}, "This event is over, so your reply can no longer be changed."),
    ],
)
def test_an_answer_that_comes_too_late_is_said_so_and_read_by_staff(invitation, event, staff, worker, change, words):
    values = {
        name: timezone.now() + dt.timedelta(days=value) if isinstance(value, int) else value
        for name, value in change.items()
    }
    Event.objects.filter(pk=event.pk).update(**values)
    with worker():
        text = write("YES")
    invitation.refresh_from_db()
    assert invitation.reply == ""
    assert DemoText.objects.order_by("pk").last().words == words
    assert list(queries.texts_to_read(staff)) == [text]


def test_an_invitation_whose_record_became_another_persons_is_not_answered_for_them(invitation, worker):
    other = make.a_person("Other Invented")
    Invitation.objects.filter(pk=invitation.pk).update(person=other)
    with worker():
        text = write("YES")
    invitation.refresh_from_db()
    assert invitation.reply == ""
    assert text.for_a_colleague
    assert "could not find this invitation" in DemoText.objects.order_by("pk").last().words


def test_words_with_more_in_them_change_nothing_and_are_read_by_the_programmes_staff(invitation, staff):
    text = write("Yes, but I need a lift")
    invitation.refresh_from_db()
    assert invitation.reply == ""
    assert list(queries.texts_to_read(staff)) == [text]


def test_the_text_back_is_a_notice_that_staff_find_among_the_messages(invitation, staff, worker):
    with worker():
        write("YES")
    back = Message.objects.visible_to(staff).get(notice__kind="text_answer")
    assert back.notice.person == invitation.person
    assert back.notice.voice == invitation.notice.voice
