"""Tests of the pages of meetings, and of what waits on the home page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.meetings.actions import minutes
from events.meetings.contributions import home_tasks
from events.models import AgendaItem, Correction, Meeting, MeetingRules
from programmes.models import ActionPoint
from tests import factories as make
from tests.factories.decisions import a_decision, a_seat
from tests.factories.meetings import a_meeting, an_item, held, with_agreed_minutes, with_minutes
from tests.helpers.client import page_text
from tests.helpers.database import queries_of
from tests.helpers.events import a_date, filled
from wellbeing.lib.dates import today

pytestmark = pytest.mark.django_db


def titles(user):
    return [str(task.title) for task in home_tasks(user)]


def test_a_meeting_is_planned_in_a_step_from_the_page_of_the_group(programme, group, staff, lived, signed_in):
    client = signed_in(staff)
    assert "Plan a meeting" in page_text(client.get(reverse("group", args=[programme.slug, group.pk])))
    sent = filled(staff, title="Steering group")
    url = reverse("meeting_new", args=[programme.slug, group.pk])
    wrong = client.post(url, {**sent, "ends": "9am"})
    assert "The end must be later than the start" in page_text(wrong)
    assert "The Invented Hall" in wrong.content.decode()
    done = client.post(url, sent, follow=True)
    assert "1 member is invited, in the way they chose." in page_text(done)
    assert Meeting.objects.get().event.title == "Steering group"


def test_a_chair_plans_a_meeting_from_the_page_of_the_group(programme, group, chair, staff, lived, signed_in):
    client = signed_in(chair)
    assert "Plan a meeting" in page_text(client.get(reverse("group", args=[programme.slug, group.pk])))
    url = reverse("meeting_new", args=[programme.slug, group.pk])
    assert "Staff of the programme invite the members" in page_text(client.get(url))
    sent = filled(staff, title="Steering group", talks_wanted=["before"], talk_who=staff.person.pk)
    wrong = client.post(url, sent)
    for words in ("Enter the day of the talk", "Enter the time", "Enter where or how the talks are"):
        assert words in page_text(wrong)
    day = today() + dt.timedelta(days=19)
    talk = {**a_date("before_day", day), "before_time": "2pm", "talk_how": "By phone"}
    late = {**talk, **a_date("before_day", day + dt.timedelta(days=2))}
    assert "A talk before the meeting starts before it." in page_text(client.post(url, {**sent, **late}))
    done = client.post(url, {**sent, **talk}, follow=True)
    assert "Inviting the members is on the list of" in page_text(done)
    meeting = Meeting.objects.get()
    assert meeting.event.organiser == staff.person
    assert meeting.talks.get().how == "By phone"
    as_organiser = client.post(url, {**sent, **talk, "organiser": chair.person.pk})
    assert "organiser" in as_organiser.context["form"].errors


def test_what_a_member_typed_stays_when_it_is_refused(coming, lived, signed_in):
    answer = signed_in(lived).post(
        reverse("agenda_item_new", args=[coming.pk]), {"title": "The ramp at the door", "minutes": "many"}
    )
    assert "The ramp at the door" in answer.content.decode()
    assert not coming.items.exists()


def test_buttons_move_and_take_out(coming, chair, signed_in):
    first, second = an_item(coming, "First"), an_item(coming, "Second")
    client = signed_in(chair)
    client.post(reverse("agenda_item_up", args=[coming.pk, second.pk]))
    assert [item.title for item in coming.items.order_by("position")] == ["Second", "First"]
    client.post(reverse("agenda_item_out", args=[coming.pk, first.pk]))
    page = client.get(reverse("meeting", args=[coming.pk])).context["page"]
    assert [item.title for item in page.items] == ["Second"]
    assert page.taken_out == [first]


def test_an_event_of_a_group_becomes_a_meeting_by_a_button(programme, group, staff, signed_in):
    event = make.an_event(programme, organiser=staff.person, days=9, group=group)
    client = signed_in(staff)
    assert "Make it a meeting with an agenda" in page_text(client.get(event.get_absolute_url()))
    client.post(reverse("meeting_make", args=[event.pk]))
    assert "Agenda and minutes" in page_text(client.get(event.get_absolute_url()))


def test_another_programmes_item_is_not_found_through_a_meeting(coming, chair, signed_in):
    other = an_item(a_meeting(make.a_programme(), days=4))
    assert signed_in(chair).get(reverse("agenda_item_edit", args=[coming.pk, other.pk])).status_code == 404


def test_nobody_is_shown_two_editors_undoing_each_other(last, chair, staff, signed_in):
    item = an_item(last)
    url = reverse("minutes_item", args=[last.pk, item.pk])
    client = signed_in(chair)
    form = client.get(url).context["form"]
    opened = {box.html_name: box.value() or "" for box in form}
    signed_in(staff).post(url, {**opened, "said": "Staff wrote this."})
    answer = client.post(url, {**opened, "said": "The chair wrote this."})
    item.refresh_from_db()
    assert item.said == "Staff wrote this."
    assert "The chair wrote this." in answer.content.decode()


def test_the_chair_and_staff_are_asked_for_the_agenda_in_time(programme, group, chair, staff, lived):
    near, far = a_meeting(programme, days=10), a_meeting(programme, days=40, title="Far away")
    for meeting in (near, far):
        make.an_invitation(meeting.event, lived.person)
    for user in (chair, staff):
        assert titles(user) == [f"Send the agenda of {near.event}"]
    assert titles(lived) == []
    MeetingRules.objects.create(
        group=group, starts_on=today(), longest_stretch=90, break_minutes=10, item_minutes=15, days_before=40
    )
    assert f"Send the agenda of {far.event}" in titles(chair)
    Meeting.objects.update(agenda_sent_at=timezone.now())
    assert titles(chair) == []


def test_minutes_wait_to_be_sent_then_to_be_agreed(programme, chair, last):
    assert titles(chair) == ["Send the minutes of Steering group to the members"]
    with_minutes(last)
    assert titles(chair) == []
    again = a_meeting(programme, days=-1, title="The next one")
    assert titles(chair)[1].startswith("Record that the minutes of")
    minutes.agree(meeting=last, at=again, by=chair)
    assert titles(chair) == ["Send the minutes of The next one to the members"]


def test_what_somebody_leads_is_on_their_home_page_once_the_agenda_is_sent(coming, lived):
    an_item(coming, "The ramp", leader=lived.person)
    assert titles(lived) == []
    Meeting.objects.update(agenda_sent_at=timezone.now())
    assert titles(lived) == ["You lead: The ramp"]


@pytest.mark.parametrize("name", ["meeting", "meeting_minutes"])
def test_the_pages_ask_as_often_for_thirty_items_as_for_three(name, programme, group, last, coming, chair, signed_in):
    meeting = coming if name == "meeting" else held(last, chair.person)
    client = signed_in(chair)
    url = reverse(name, args=[meeting.pk])

    def fill(number):
        for n in range(number):
            leader = a_seat(group, make.a_person(f"Leader {n}")).person
            decision = a_decision(programme, title=f"Proposal {n}", proposed_by=leader)
            AgendaItem.objects.create(
                meeting=meeting,
                kind="views",
                source=f"views:{decision.pk}",
                position=n,
                title=decision.title,
                minutes=5,
                decision=decision,
                leader=leader,
                added_by=leader,
            )
            point = ActionPoint.objects.create(
                group=group, title="Do it", owner=leader, due_on=today(), created_by=leader
            )
            meeting.actions.create(point=point, item=meeting.items.get(decision=decision))
            Correction.objects.create(meeting=meeting, words="Not so.", person=leader)
            make.an_attendance(meeting.event, leader)

    fill(3)
    client.get(url)
    few = queries_of(lambda: client.get(url))
    fill(27)
    many = queries_of(lambda: client.get(url))
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))


def test_the_list_of_meetings_asks_as_often_for_thirty_as_for_three(programme, group, chair, signed_in):
    client = signed_in(chair)
    url = reverse("meetings", args=[programme.slug, group.pk])

    def meet(start, number):
        for n in range(start, start + number):
            a_meeting(programme, days=-n - 1)

    meet(0, 3)
    client.get(url)
    few = queries_of(lambda: client.get(url))
    meet(3, 27)
    assert len(queries_of(lambda: client.get(url))) == len(few)


def test_others_of_the_programme_see_only_published_meetings_in_the_list(programme, group, chair, member, signed_in):
    published, at, coming = (a_meeting(programme, days=days, title=f"Day {days}") for days in (-30, -3, 5))
    with_agreed_minutes(published, at, chair.person)
    shown = page_text(signed_in(member).get(reverse("meetings", args=[programme.slug, group.pk])))
    assert "Day -30" in shown
    assert "Day -3 " not in shown
    assert str(coming) not in shown
    led = signed_in(member).get(reverse("meeting", args=[published.pk]))
    assert led.url == reverse("meeting_minutes", args=[published.pk])
