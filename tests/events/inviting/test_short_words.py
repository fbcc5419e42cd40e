"""Text messages about an event: its day, time and place, what is new and what it was, in two messages at most."""

import datetime as dt

import pytest
from django.utils import timezone

from events.inviting.actions import invitations
from events.inviting.changes import what_is_new
from events.models import Event, Invitation
from events.planning import actions as planning_actions
from people.messages import telling
from people.models import DemoText
from tests import factories as make
from wellbeing.lib.segments import measure

HALL, ADDRESS = "The Invented Hall", "1 Invented Street\nSampleton"
TITLE = "Curry and co-production"


@pytest.fixture
def texts(settings):
    settings.TEXT_PROVIDER = "demo"
    settings.TEXT_ANSWERS = True
    settings.SITE_URL = "https://wellbeing.example.org"


@pytest.fixture
def invited(texts, event, member, staff, worker):
    """fn() -> the last text that somebody who likes texts got; they were invited."""
    member.person.phone, member.person.channel = "+447700900123", "sms"
    member.person.save()
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)

    def last():
        words = DemoText.objects.latest("pk").words
        assert len(words) <= telling.SHORT_WORDS
        return words

    return last


@pytest.fixture
def edit(event, staff, worker):
    def edit(**changes):
        with worker():
            planning_actions.edit(event=Event.objects.get(pk=event.pk), by=staff, **changes)

    return edit


def two_messages_at_most(words):
    assert measure(words).gsm
    assert measure(words).segments <= 2
    return words


def begins(words, beginning):
    """The words begin so, and end with the link to the person's own page."""
    assert words.startswith(beginning), words
    assert "https://wellbeing.example.org/r/" in words.rpartition(" ")[2]
    two_messages_at_most(words)


def test_the_invitation_says_day_time_and_place(invited):
    begins(
        invited(),
        f"Wellbeing Our Way: You are invited: {TITLE}, Thursday 3 December, 10am to 1pm, {HALL}. "
        "Answer YES or NO, or open: ",
    )


def test_a_new_day_is_told_with_the_one_before(invited, edit, event):
    edit(starts_at=event.starts_at + dt.timedelta(days=1), ends_at=event.ends_at + dt.timedelta(days=1))
    begins(
        invited(),
        f"Wellbeing Our Way: Changed: {TITLE}. New day or time: Friday 4 December, 10am to 1pm "
        "(it was Thursday 3 December, 10am to 1pm). Answer YES or NO, or open: https://",
    )


def test_a_new_place_is_told_with_the_one_before(invited, edit):
    edit(venue_name="The Barn", venue_address=ADDRESS)
    begins(
        invited(),
        f"Wellbeing Our Way: Changed: {TITLE}. New place: The Barn, 1 Invented Street, Sampleton (it was {HALL}). ",
    )


def test_a_new_address_of_the_same_venue_says_both(invited, edit):
    edit(venue_address=ADDRESS)
    begins(
        invited(),
        f"Wellbeing Our Way: Changed: {TITLE}. New place: {HALL}, 1 Invented Street, Sampleton (it was {HALL}). ",
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("", "https://meet.example.org/a", "You can now join online"),
        ("https://meet.example.org/a", "https://meet.example.org/b", "There is a new link to join online"),
        ("https://meet.example.org/a", "", "You can no longer join online"),
    ],
)
def test_a_link_is_told_of_and_not_written_out(invited, edit, event, before, after, words):
    Event.objects.filter(pk=event.pk).update(online_link=before)
    Invitation.objects.update(reply="coming", replied_at=timezone.now())
    edit(online_link=after)
    begins(invited(), f"Wellbeing Our Way: Changed: {TITLE}. {words}. Answer YES or NO, or open: https://wellbeing")


def test_moving_online_says_so(invited, edit):
    edit(venue_name="", venue_address="", online_link="https://meet.example.org/a")
    online = "It is online only now. You can now join online"
    begins(invited(), f"Wellbeing Our Way: Changed: {TITLE}. {online}. Answer YES or NO, or open: https://")


def test_where_there_is_no_room_for_both_what_is_new_comes_first(invited, edit, event):
    edit(
        starts_at=event.starts_at + dt.timedelta(days=1),
        ends_at=event.ends_at + dt.timedelta(days=1),
        venue_name="The Upper Meeting Room of the Invented Hall",
        venue_address="123 Invented Street\nSampleton",
    )
    words = invited()
    begins(words, f"Wellbeing Our Way: Changed: {TITLE}. New day or time: Friday 4 December, 10am to 1pm")
    assert "New place: The Upper Meeting Room of the Invented Hall" in words


def test_a_long_title_is_cut_before_the_day_and_the_place(invited, edit, event):
    Event.objects.filter(pk=event.pk).update(title="A very long title of an invented event " * 3)
    edit(
        starts_at=event.starts_at + dt.timedelta(days=1),
        ends_at=event.ends_at + dt.timedelta(days=1),
        venue_name="The Barn",
    )
    words = invited()
    begins(words, "Wellbeing Our Way: Changed: A very long title of an invented")
    assert "New day or time: Friday 4 December, 10am to 1pm" in words
    assert "New place: The Barn" in words


def test_a_cancelled_event_is_told_with_its_day_and_place(invited, event, staff, worker):
    with worker():
        planning_actions.cancel(event=event, by=staff)
    begins(
        invited(),
        f"Wellbeing Our Way: Cancelled, it will not take place: {TITLE}, Thursday 3 December, 10am to 1pm, {HALL}. ",
    )


def test_who_was_told_by_hand_before_reads_how_it_is_now(texts, event, member, staff, edit):
    member.person.phone, member.person.channel = "+447700900123", "sms"
    member.person.save()
    invitation = make.an_invitation(event, member.person)
    invitations.reply(invitation=invitation, reply="coming", by=None)
    edit(venue_name="Another Hall")
    words = DemoText.objects.latest("pk").words
    begins(
        words,
        f"Wellbeing Our Way: Changed: {TITLE}, now Thursday 3 December, 10am to 1pm, Another Hall. "
        "Answer YES or NO, or open: https://",
    )


def test_an_event_of_two_days_names_both(event):
    now = Event(starts_at=event.starts_at, ends_at=event.ends_at + dt.timedelta(days=1), venue_name=HALL)
    [change] = what_is_new(event, now, with_link=True)
    assert "Thursday 3 December, 10am to Friday 4 December, 1pm (it was Thursday 3 December" in change.short.both


def test_words_that_never_have_room_are_cut_and_keep_the_link(texts, member):
    member.person.channel, member.person.phone = "sms", "+447700900123"
    member.person.save()
    notice = telling.tell(
        member.person, "details-changed", key="k", subject="News", text="News.", brief=["x" * 400, "y" * 350]
    )
    assert len(notice.short) == telling.SHORT_WORDS
    assert notice.short.startswith("Wellbeing Together: yyyy")
    assert notice.short.endswith(f"…. {notice.read_link}")
