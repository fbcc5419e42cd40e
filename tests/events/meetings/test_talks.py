"""Tests of talks before and after a meeting."""

import datetime as dt

import pytest
from django.urls import reverse

from events.meetings.actions import planning, talks
from events.meetings.contributions import talk_panel
from events.meetings.page import MeetingPage
from events.models import Invitation, Talk, TalkAnswer
from people.models import Notice
from tests import factories as make
from tests.helpers.client import page_text
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


def offered(meeting, chair, kind=Talk.Kind.BEFORE, hours=-48, **changed):
    starts = meeting.event.starts_at if kind == Talk.Kind.BEFORE else meeting.event.ends_at
    values = {"starts_at": starts + dt.timedelta(hours=hours), "how": "by phone", "who": chair.person, **changed}
    return talks.offer(meeting=meeting, kind=kind, by=chair, **values)


def test_a_talk_is_offered_to_members_with_lived_experience_in_their_own_channel(coming, chair, lived, partner):
    offered(coming, chair)
    notice = Notice.objects.get(kind="meeting_talk")
    assert notice.person == lived.person
    assert "by phone" in notice.text_body


def test_a_member_says_yes_or_no_thanks_and_can_change_their_mind(coming, chair, lived):
    talk = offered(coming, chair)
    talks.answer(talk=talk, wants=True, by=lived)
    assert MeetingPage(coming, lived, today()).talks[0].mine is True
    talks.answer(talk=talk, wants=False, by=lived)
    (shown,) = MeetingPage(coming, chair, today()).talks
    assert shown.answers == [(lived.person, False)]


def test_a_member_of_another_kind_is_offered_none(coming, chair, partner):
    talk = offered(coming, chair)
    assert MeetingPage(coming, partner, today()).talks == []
    with pytest.raises(ActionError, match="with lived experience"):
        talks.answer(talk=talk, wants=True, by=partner)


def test_a_colleague_writes_down_what_a_member_says_on_the_phone(coming, chair, lived, partner):
    talk = offered(coming, chair)
    assert talks.answer(talk=talk, wants=True, by=chair, person=lived.person).taken_by == chair.person
    with pytest.raises(ActionError, match="Only the chair"):
        talks.answer(talk=talk, wants=True, by=partner, person=lived.person)
    panel = talk_panel(chair, Notice.objects.get(kind="meeting_talk"))
    assert panel.context["url"] == f"/meetings/{coming.pk}/#talks"
    assert talk_panel(lived, Notice.objects.get(kind="meeting_talk")) is None


def test_offering_it_again_asks_anew(coming, chair, lived):
    talk = offered(coming, chair)
    talks.answer(talk=talk, wants=True, by=lived)
    again = offered(coming, chair, hours=-24)
    assert again == talk
    assert not TalkAnswer.objects.exists()
    assert Notice.objects.filter(kind="meeting_talk").count() == 2


def test_the_time_of_a_talk_is_to_come_and_on_its_side_of_the_meeting(coming, last, chair):
    for meeting, kind, hours, why in (
        (coming, Talk.Kind.BEFORE, 1, "starts before it"),
        (coming, Talk.Kind.AFTER, -1, "once it is over"),
        (last, Talk.Kind.BEFORE, -1, "a time to come"),
    ):
        with pytest.raises(ActionError, match=why):
            offered(meeting, chair, kind, hours)


def test_who_talks_is_of_the_programme_and_who_offers_leads(coming, chair, lived):
    with pytest.raises(ActionError, match="in the programme"):
        offered(coming, chair, who=make.a_person("Nora Nobody"))
    with pytest.raises(ActionError, match="Only the chair"):
        offered(coming, lived)


def test_nobody_answers_once_the_talk_has_begun(coming, chair, lived):
    talk = offered(coming, chair)
    Talk.objects.filter(pk=talk.pk).update(starts_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    with pytest.raises(ActionError, match="has gone"):
        talks.answer(talk=Talk.objects.get(pk=talk.pk), wants=True, by=lived)


def test_the_invitation_says_when_the_talk_is_to_those_it_is_offered_to_alone(
    coming, chair, lived, partner, staff, worker, client
):
    offered(coming, chair)
    with worker():
        planning.invite_members(meeting=coming, by=staff)
    words = "You can go through the papers with Chidi Chairly: Tuesday 1 December 2026, 10am, by phone."
    for user, is_told in ((lived, True), (partner, False)):
        notice = Notice.objects.get(kind="invitation", person=user.person)
        assert (words in notice.text_body) is is_told
        assert (words in notice.html_body) is is_told
        assert ("Say yes or no thanks when you tell us if you can come." in notice.text_body) is is_told
        page = client.get(reverse("reply", args=[Invitation.objects.get(person=user.person).link_key]))
        assert (words in page_text(page)) is is_told


def test_a_member_says_yes_to_the_talk_on_the_page_of_their_reply_without_signing_in(coming, chair, lived, client):
    talk = offered(coming, chair)
    invitation = make.an_invitation(coming.event, lived.person)
    url = reverse("reply", args=[invitation.link_key])
    done = client.post(url, {"reply": "coming", f"talk-{talk.pk}": "yes"}, follow=True)
    assert "We have noted that you would like this: A talk before the meeting." in page_text(done)
    given = TalkAnswer.objects.get()
    assert (given.person, given.wants, given.taken_by) == (lived.person, True, None)
    client.post(url, {"reply": "coming"})
    assert TalkAnswer.objects.get().wants is True, "left open, it changes nothing"
    client.post(url, {"reply": "coming", f"talk-{talk.pk}": "no"})
    assert TalkAnswer.objects.get().wants is False


def test_staff_write_down_what_a_member_says_of_the_talk_with_their_reply(coming, chair, lived, staff, signed_in):
    talk = offered(coming, chair)
    talks.answer(talk=talk, wants=False, by=lived)
    invitation = make.an_invitation(coming.event, lived.person)
    client, url = signed_in(staff), reverse("invitation_reply_for", args=[invitation.pk])
    form = client.get(url).context["form"]
    assert form[f"talk-{talk.pk}"].value() == "no"
    assert form[f"talk-{talk.pk}"].help_text == "Tuesday 1 December 2026, 10am, by phone, with Chidi Chairly."
    opened = {box.html_name: box.value() or "" for box in form}
    client.post(url, {**opened, "reply": "coming"})
    assert TalkAnswer.objects.get().taken_by is None, "they said it themselves"
    again = {"reply": "not_sure", f"talk-{talk.pk}": "yes"}
    fresh = {box.html_name: box.value() or "" for box in client.get(url).context["form"]}
    client.post(url, {**fresh, **again})
    given = TalkAnswer.objects.get()
    assert (given.wants, given.taken_by) == (True, staff.person)


def test_a_talk_that_has_begun_is_not_offered_with_the_invitation(coming, chair, lived, client):
    talk = offered(coming, chair)
    invitation = make.an_invitation(coming.event, lived.person)
    Talk.objects.filter(pk=talk.pk).update(starts_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    page = client.get(reverse("reply", args=[invitation.link_key]))
    assert "A talk before the meeting" not in page_text(page)


def test_who_gives_the_talk_is_not_offered_it_with_their_invitation(coming, chair, lived, client):
    offered(coming, chair, who=lived.person)
    invitation = make.an_invitation(coming.event, lived.person)
    page = client.get(reverse("reply", args=[invitation.link_key]))
    assert "A talk before the meeting" not in page_text(page)
