"""The steps of agendas, minutes and talks as people take them on pages, and what is said when one is refused."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.meetings import contributions, rules
from events.meetings.actions import minutes, talks
from events.models import AgendaItem, Correction, Event, Meeting, Talk, TalkAnswer
from people.models import Notice
from programmes.models import ActionPoint
from tests import factories as make
from tests.factories.meetings import a_meeting, an_item, held
from tests.helpers.client import page_text, words_of
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def chairs(chair, signed_in):
    """The browser of the chair."""
    return signed_in(chair)


def address(meeting, name="meeting", *more):
    return reverse(name, args=[meeting.pk, *more])


def press(browser, meeting, name, *more, **data):
    """Press a button or send a form, and return what the page after it says."""
    return words_of(browser.post(address(meeting, name, *more), data, follow=True))


def day_values(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_the_chair_builds_orders_and_sends_the_agenda_by_buttons(coming, chair, lived, chairs):
    assert "There is nothing new for the agenda." in press(chairs, coming, "agenda_build")
    an_item(coming, "Money")
    assert "The break stands at the end. Move it to where it belongs." in press(chairs, coming, "agenda_break")
    pause = coming.items.get(kind=AgendaItem.Kind.BREAK)
    assert (pause.added_by, pause.position) == (chair.person, 2)
    item = coming.items.get(title="Money")
    place = address(coming, "agenda_item_edit", item.pk)
    assert "Change this item" in page_text(chairs.post(place, {"title": "", "minutes": "20"}))
    page = press(chairs, coming, "agenda_item_edit", item.pk, title="The money", minutes="20", leader="")
    assert "The changes are saved." in page
    assert "Members have not been told of the agenda yet." in page
    page = press(chairs, coming, "agenda_send")
    assert "Members are being told of the agenda, each in the way they chose." in page
    assert "Members were told of the agenda on Monday 23 November 2026" in page


def test_a_member_adds_to_the_agenda_with_a_leader_of_the_programme(coming, lived, signed_in):
    values = {"title": "The bus", "minutes": "10", "leader": str(lived.person.pk)}
    assert "It is on the agenda." in press(signed_in(lived), coming, "agenda_item_new", **values)
    assert coming.items.get().leader == lived.person


def test_what_is_to_be_done_by_the_day_of_the_meeting_is_on_its_page(coming, group, chair, chairs):
    ActionPoint.objects.create(
        group=group, title="Ring the hall.", owner=chair.person, due_on=coming.event.day, created_by=chair.person
    )
    press(chairs, coming, "agenda_build")
    assert "Ring the hall.: Chidi Chairly" in words_of(chairs.get(address(coming)))


def test_minutes_go_from_the_first_words_to_publishing_on_pages(
    programme, group, last, chair, lived, chairs, signed_in
):
    held(last, chair.person, lived.person)
    item = an_item(last, "The hall")
    page = press(chairs, last, "minutes_item", item.pk, said="Two halls.", agreed="The one with a lift.")
    assert "Two halls." in page
    assert "Add an action" in page_text(chairs.get(address(last, "minutes_action")))
    action = {"title": "Book it.", "owner": str(chair.person.pk), "item": str(item.pk), **day_values("due_on", today())}
    page = press(chairs, last, "minutes_action", **action)
    assert "The action is written down. It is on the home page of the person who does it." in page
    assert "Members are being asked to check the minutes" in press(chairs, last, "minutes_send")

    member = signed_in(lived)
    assert "Say what is not right" in page_text(member.post(address(last, "minutes_correct"), {"words": ""}))
    page = press(member, last, "minutes_correct", words="It was three halls.", item=str(item.pk))
    assert "Thank you. The chair answers it before the minutes are agreed." in page
    correction = Correction.objects.get()
    settle = address(last, "correction_settle", correction.pk)
    assert "says: It was three halls." in page_text(chairs.get(settle))
    page = press(chairs, last, "correction_settle", correction.pk, settled_as="changed", why="")
    assert "The answer stands beside what they said." in page

    early = press(chairs, last, "minutes_agree")
    assert "The group has not met since. Minutes are agreed at the next meeting." in early
    later = a_meeting(programme, days=0, group=group)
    assert "Once they are agreed they never change." in page_text(chairs.get(address(last, "minutes_agree")))
    assert "They no longer change." in press(chairs, last, "minutes_agree", at=str(later.pk))
    page = press(chairs, last, "minutes_publish")
    assert "The minutes are published. Parts for members only are left out." in page
    assert "Add a note to the minutes" in page_text(chairs.post(address(last, "minutes_note"), {"words": ""}))
    assert "The note stands beside the minutes." in press(chairs, last, "minutes_note", words="It was on a Friday.")


def test_a_correction_is_about_something_of_the_meeting_and_has_words(programme, group, last, coming, chair, lived):
    held(last, chair.person, lived.person)
    minutes.write_item(item=an_item(last), said="Two halls.", agreed="", by=chair)
    last.refresh_from_db()
    minutes.send(meeting=last, by=chair)
    with pytest.raises(ActionError, match="Choose something that was on the agenda of this meeting"):
        minutes.correct(meeting=last, item=an_item(coming), words="No.", by=lived)
    with pytest.raises(ActionError, match="Say what is not right"):
        minutes.correct(meeting=last, item=None, words=" ", by=lived)
    assert not rules.can_agree(lived, Meeting.objects.get(pk=last.pk))
    now_meeting = a_meeting(programme, days=0, group=group)
    minutes.agree(meeting=last, at=now_meeting, by=chair)
    with pytest.raises(ActionError, match="Write the note"):
        minutes.add_note(meeting=last, words=" ", by=chair)


def test_a_talk_after_the_meeting_is_offered_and_answered_on_pages(coming, chair, lived, chairs, signed_in):
    after = coming.event.ends_at + dt.timedelta(days=1)
    values = {
        "kind": "after",
        **day_values("day", timezone.localdate(after)),
        "time": "10am",
        "how": "by phone",
        "who": str(chair.person.pk),
    }
    assert "Offer a talk" in page_text(chairs.post(address(coming, "talk_offer"), {**values, "how": ""}))
    page = press(chairs, coming, "talk_offer", **values)
    assert "Members with lived experience are being told, each in the way they chose." in page
    talk = Talk.objects.get()
    notice = Notice.objects.get(kind="meeting_talk")
    assert notice.subject.startswith("Would you like a talk after the meeting?")
    assert "you can talk about how it went with Chidi Chairly" in notice.text_body
    member = signed_in(lived)
    assert "Thank you. We have noted that." in press(member, coming, "talk_yes", talk.pk)
    press(member, coming, "talk_no", talk.pk)
    assert TalkAnswer.objects.get().wants is False
    page = press(chairs, coming, "talk_yes", talk.pk, person=str(lived.person.pk))
    assert TalkAnswer.objects.get().wants is True
    assert chairs.post(address(coming, "talk_yes", talk.pk), {"person": "999999"}).status_code == 404


def test_who_leads_writes_down_what_a_member_says_of_a_talk_from_its_message(coming, chair, lived):
    link = f"https://together.example.org{coming.get_absolute_url()}"
    panel = contributions.talk_panel(chair, Notice(link=link))
    assert panel.context["url"].endswith("#talks")
    assert contributions.talk_panel(lived, Notice(link=link)) is None
    assert contributions.talk_panel(chair, Notice(link="https://together.example.org/")) is None
    assert contributions.talk_panel(chair, Notice(link="https://together.example.org/no/such/page")) is None


def test_no_meeting_is_made_of_a_draft_or_a_cancelled_event_and_no_talk_offered_there(programme, group, coming, chair):
    event = make.an_event(programme, days=9, group=group)
    event.status = Event.Status.DRAFT
    assert rules.can_make_meeting(chair, event).why_not == "This event is a draft. Publish it first."
    event.status = Event.Status.CANCELLED
    assert rules.can_make_meeting(chair, event).why_not == "This event was cancelled."
    Event.objects.filter(pk=coming.event_id).update(status=Event.Status.CANCELLED)
    coming.refresh_from_db()
    with pytest.raises(ActionError, match="This meeting was cancelled"):
        talks.offer(
            meeting=coming, kind="after", starts_at=coming.event.ends_at, how="by phone", who=chair.person, by=chair
        )


def test_an_event_planned_like_a_meeting_of_its_group_is_one_too(programme, group, coming, chair):
    event = make.an_event(programme, days=40, group=group)
    contributions.after_copying(event, coming.event, chair)
    assert Meeting.objects.filter(event=event).exists()
    other = make.an_event(programme, days=41)
    contributions.after_copying(other, coming.event, chair)
    contributions.after_copying(other, make.an_event(programme, days=42), chair)
    assert not Meeting.objects.filter(event=other).exists()


def test_the_list_of_meetings_leaves_as_a_file_and_a_stranger_finds_no_meeting(
    programme, group, coming, chairs, signed_in
):
    response = chairs.get(reverse("meetings", args=[programme.slug, group.pk]), {"export": "csv"})
    assert "Steering group" in b"".join(response.streaming_content).decode("utf-8-sig")
    assert signed_in(make.a_user("Sam Stranger")).get(address(coming)).status_code == 404
