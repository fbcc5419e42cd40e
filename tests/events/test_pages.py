"""The pages of events: who gets in, what they show, and what their forms do."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.day import actions as day_actions
from events.models import Attendance, Event
from events.planning import actions as planning_actions
from events.planning.tabs import ABOUT, CAME, CLAIMS, FEEDBACK, NEEDS, QUESTIONS, REPLIES, TABS, tab_url
from people.models import AccessNeed
from programmes.models import Role
from tests import factories as make
from tests.helpers.events import members


def test_only_staff_read_what_people_need_and_ask(client, programme, event, staff, member):
    person = members(programme, 1)[0]
    AccessNeed.objects.create(person=person, kind="step_free")
    make.an_invitation(event, person, access_needs="Somewhere dark", question="Is there tea?")
    make.an_invitation(event, member.person)
    for user, sees in [
        (staff, True),
        (make.with_role(programme, Role.FINANCE), False),
        (make.with_role(programme, Role.STEERING), False),
        (member, False),
    ]:
        client.force_login(user)
        page = "".join(client.get(tab_url(event, tab)).text for tab in TABS)
        for words in ("Step-free way in", "Somewhere dark", "Is there tea?", person.full_name):
            assert (words in page) == sees, (user, words)


# The event's page for staff


def test_replies_needs_questions_and_messages_at_a_glance(as_staff, programme, event, worker):
    coming, silent = members(programme, 1)[0], members(programme, 1, email="")[0]
    AccessNeed.objects.create(person=coming, kind="step_free")
    make.an_invitation(
        event, coming, reply="coming", replied_at=timezone.now(), question="Is there tea?", access_needs="A dark room"
    )
    make.an_invitation(event, silent)
    replies, needs, questions = (as_staff.get(tab_url(event, tab)).text for tab in (REPLIES, NEEDS, QUESTIONS))
    assert re.findall(r"<li><strong>(\d+)</strong>", replies) == ["1", "0", "0", "1", "2"]
    assert "Step-free way in</strong>" in replies
    assert "Said on reply</strong>" in replies
    assert "Not sent yet" in replies
    assert "Questions (1)" in replies
    assert "Step-free way in: 1 person" in needs
    assert "A dark room" in needs
    assert silent.full_name not in needs
    assert "Is there tea?" in questions


def test_a_tab_shows_its_own_part_alone(as_staff, event, offer):
    make.an_invitation(event, question="Is there tea?")
    pages = {tab: as_staff.get(tab_url(event, tab)).text for tab in TABS}
    for tab, words in [
        (REPLIES, 'id="replies"'),
        (QUESTIONS, "Is there tea?"),
        (CLAIMS, 'id="event-claims"'),
        (ABOUT, "To shape what we do together."),
    ]:
        # Before an event starts, the addresses of who came and of feedback show the replies.
        assert {each for each in TABS if words in pages[each]} - {CAME, FEEDBACK} == {tab}, words
    assert as_staff.get(event.get_absolute_url(), {"tab": "zebra"}).text.count('id="replies"') == 1


def test_what_led_to_a_part_of_the_page_leads_to_its_tab(as_staff, event, worker):
    invitation = make.an_invitation(event, question="Is there tea?")
    home = as_staff.get(reverse("home")).text
    assert f'href="{tab_url(event, QUESTIONS)}"' in home
    with worker():
        answered = as_staff.post(reverse("invitation_answer", args=[invitation.pk]), {"answer": "There is."})
    assert answered.url == tab_url(event, QUESTIONS)


def test_replies_are_narrowed_in_the_address(as_staff, programme, event):
    coming, silent = members(programme, 2)
    make.an_invitation(event, coming, reply="coming", replied_at=timezone.now())
    make.an_invitation(event, silent)
    for query, person in [("coming", coming), ("none", silent)]:
        response = as_staff.get(event.get_absolute_url(), {"reply": query})
        assert [row.person for row in response.context["listing"].page] == [person]
    shown = as_staff.get(event.get_absolute_url(), {"reply": "coming", "export": "csv"})
    text = b"".join(shown.streaming_content).decode()
    assert coming.full_name in text
    assert silent.full_name not in text


def test_a_question_is_answered_from_the_event(as_staff, event, worker):
    invitation = make.an_invitation(event, question="Is there tea?")
    address = reverse("invitation_answer", args=[invitation.pk])
    page = as_staff.post(address, {"answer": " "}).content.decode()
    assert "Enter your answer" in page
    with worker():
        as_staff.post(address, {"answer": "There is."})
    assert "There is." in mail.outbox[0].body
    assert "Is there tea?" in mail.outbox[0].body
    assert as_staff.get(address).status_code == 302


def test_a_reply_is_written_down_for_somebody_who_rings(as_staff, event, staff, worker):
    invitation = make.an_invitation(event, make.a_person("Rosa Ringer", email=""))
    address = reverse("invitation_reply_for", args=[invitation.pk])
    as_staff.post(address, {"reply": "coming", "access_needs": "A lift"})
    invitation.refresh_from_db()
    assert (invitation.reply, invitation.access_needs, invitation.reply_taken_by) == ("coming", "A lift", staff.person)
    as_staff.post(address, {"reply": "coming", "access_needs": ""})
    invitation.refresh_from_db()
    assert invitation.access_needs == ""
    assert "written down for them by Stella Staff" in as_staff.get(event.get_absolute_url()).content.decode()


# Who came


def test_those_who_said_they_would_come_are_ticked_the_first_time(as_staff, programme, past):
    coming, other = members(programme, 2)
    make.an_invitation(past, coming, reply="coming", replied_at=timezone.now())
    make.an_invitation(past, other)
    response = as_staff.get(reverse("event_attendance", args=[past.pk]))
    assert response.context["came"] == {coming.pk}
    assert [row.person.full_name for row, _hours in response.context["lines"]] == sorted(
        [coming.full_name, other.full_name]
    )


def test_looking_for_somebody_keeps_the_ticks(as_staff, programme, past):
    invited = members(programme, 1)[0]
    make.an_invitation(past, invited)
    extra = members(programme, 1)[0]
    make.a_person(extra.full_name, email="")
    address = reverse("event_attendance", args=[past.pk])
    response = as_staff.post(address, {"tick": [invited.pk], "search": extra.full_name, "find": "yes"})
    assert response.context["came"] == {invited.pk}
    assert response.context["results"] == [extra]
    assert not Attendance.objects.exists()
    as_staff.post(address, {"tick": [invited.pk, extra.pk]})
    assert set(Attendance.objects.filter(came=True).values_list("person", flat=True)) == {invited.pk, extra.pk}
    past.refresh_from_db()
    assert past.status == Event.Status.HELD


def test_a_refusal_is_shown_and_the_ticks_stay(as_staff, programme, past):
    stranger = make.a_person("Stan Stranger")
    member = members(programme, 1)[0]
    response = as_staff.post(reverse("event_attendance", args=[past.pk]), {"tick": [member.pk, stranger.pk]})
    assert "Somebody you ticked is not in this programme" in response.content.decode()
    assert response.context["came"] == {member.pk, stranger.pk}
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("asked", [{"find": "yes", "search": "Zed"}, {}])
def test_nobody_of_another_programme_is_named_whatever_numbers_are_sent(as_staff, programme, past, asked):
    stranger = make.with_role(make.a_programme(), Role.LIVED_EXPERIENCE, "Stan Stranger").person
    response = as_staff.post(reverse("event_attendance", args=[past.pk]), {"tick": [stranger.pk], **asked})
    assert "Stan" not in response.content.decode()


def test_everyone_of_a_group_is_ticked_at_once_and_stays_ticked(as_staff, programme, past):
    one, two = members(programme, 2)
    group = make.a_steering_group(programme)
    for person in (one, two):
        group.terms.create(person=person, seat="partner", starts_on=programme.starts_on)
    invited = members(programme, 1)[0]
    make.an_invitation(past, invited, reply="coming", replied_at=timezone.now())
    address = reverse("event_attendance", args=[past.pk])
    assert f"Everyone of {group} came (2)" in as_staff.get(address).text
    sent = {"before": str(invited.pk), "tick": [invited.pk], "group": str(group.pk)}
    hours = {f"hours-{invited.pk}": "1:30"}
    page = as_staff.post(address, {**sent, **hours})
    assert 'value="1:30"' in page.text, "nothing typed is lost"
    assert page.context["came"] == {one.pk, two.pk, invited.pk}
    page = as_staff.get(address)
    assert page.context["came"] == {one.pk, two.pk, invited.pk}
    assert not Attendance.objects.exists()
    as_staff.post(address, {"tick": [one.pk, two.pk]})
    assert set(Attendance.objects.filter(came=True).values_list("person", flat=True)) == {one.pk, two.pk}
    assert as_staff.get(address).context["came"] == {one.pk, two.pk}


def test_ticks_of_an_hour_ago_never_undo_what_a_colleague_recorded(as_staff, programme, past, staff):
    here, away = members(programme, 2)
    for person in (here, away):
        make.an_invitation(past, person)
    address = reverse("event_attendance", args=[past.pk])
    as_staff.post(address, {"tick": [away.pk], "ticks": "save"})
    assert as_staff.get(address).context["came"] == {away.pk}
    day_actions.record(event=past, came=[here.pk], by=staff)
    assert as_staff.get(address).context["came"] == {here.pk}


def test_attendance_opens_only_once_the_event_has_started(as_staff, event):
    assert as_staff.get(reverse("event_attendance", args=[event.pk])).url == event.get_absolute_url()


# A person's own events


def test_a_person_sees_their_day_what_is_paid_and_their_reply(client, event, member, offer):
    invitation = make.an_invitation(event, member.person, reply="coming", replied_at=timezone.now())
    client.force_login(member)
    page = client.get(event.get_absolute_url()).content.decode()
    for words in ("I will come", offer.time, "To shape what we do together.", f"/r/{invitation.link_key}/"):
        assert words in page


def test_your_events_holds_what_is_coming_and_what_is_past(client, programme, event, past, member, staff):
    make.an_invitation(event, member.person)
    make.an_invitation(past, member.person)
    make.an_attendance(past, member.person)
    other = make.an_event(programme, title="Not for you")
    make.an_invitation(other)
    client.force_login(member)
    page = client.get(reverse("my_events")).content.decode()
    assert "You have not replied" in page
    assert "You came" in page
    assert "Not for you" not in page
    client.logout()
    assert client.get(reverse("my_events")).status_code == 302


def test_your_events_says_what_happens_when_there_are_none(client, member):
    client.force_login(member)
    assert "Nothing is coming up" in client.get(reverse("my_events")).content.decode()


# Home, programme and person


def test_home_asks_a_person_for_their_reply_and_shows_what_is_coming(client, event, member):
    make.an_invitation(event, member.person)
    client.force_login(member)
    page = client.get(reverse("home")).content.decode()
    assert "Tell us if you can come to Curry and co-production" in page
    assert "Coming up" in page


def test_home_tells_staff_what_is_left_to_do(client, programme, event, past, staff, worker):
    invitation = make.an_invitation(event, question="Is there tea?")
    with worker():
        planning_actions.edit(event=event, by=staff, title="Dosa and co-production")
    client.force_login(staff)
    page = client.get(reverse("home")).content.decode()
    assert "Record who came to Curry and co-production" in page
    assert "Answer 1 question about Dosa and co-production" in page
    client.force_login(make.with_role(make.a_programme(), Role.STAFF))
    other = client.get(reverse("home")).content.decode()
    assert "Record who came" not in other
    assert invitation.person.full_name not in other


def test_staff_see_a_persons_events_on_their_page(client, programme, event, staff, member):
    make.an_invitation(event, member.person, reply="coming", replied_at=timezone.now())
    client.force_login(staff)
    page = client.get(reverse("person", args=[member.person.pk])).content.decode()
    assert event.title in page


def test_a_programmes_page_shows_its_next_events(client, programme, event, staff):
    client.force_login(staff)
    page = client.get(reverse("programme", args=[programme.slug])).content.decode()
    assert event.title in page
    assert "Nobody is invited yet" in page


def test_the_menu_marks_events_on_the_page_of_one(client, event, staff):
    client.force_login(staff)
    page = client.get(event.get_absolute_url()).content.decode()
    assert f'href="{reverse("events", args=[event.programme.slug])}" aria-current="page">Events</a>' in page
    assert page.count('aria-current="page"') == 2
    assert 'aria-current="page">Replies</a>' in page


# As many queries for thirty as for three


@pytest.mark.parametrize(
    "name",
    ["events", *(f"event?tab={tab}" for tab in TABS), "event_invite", "event_attendance", "my_events", "home"],
)
def test_long_lists_ask_the_database_no_more_than_short_ones(
    client, programme, event, past, staff, member, name, django_assert_max_num_queries
):
    counts = []
    for number in (3, 30):
        for _each in range(number - (3 if counts else 0)):
            person = members(programme, 1)[0]
            AccessNeed.objects.create(person=person, kind="step_free")
            for each in (event, past):
                make.an_invitation(each, person, question="Is there tea?", reply="coming", replied_at=timezone.now())
            members(programme, 1)
            make.an_invitation(make.an_event(programme, organiser=staff.person, days=5), member.person)
            make.an_invitation(make.an_event(programme, organiser=staff.person, days=-9), member.person)
        client.force_login(member if name == "my_events" else staff)
        address = {
            "events": reverse("events", args=[programme.slug]),
            **{f"event?tab={tab}": tab_url(event, tab) for tab in TABS},
            "event_invite": reverse("event_invite", args=[event.pk]),
            "event_attendance": reverse("event_attendance", args=[past.pk]),
            "my_events": reverse("my_events"),
            "home": reverse("home"),
        }[name]
        with django_assert_max_num_queries(100) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
