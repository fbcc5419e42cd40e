"""Sessions: the parts of an event's days, kept inside them, and read by those who are invited."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.inviting.actions import invitations
from events.models import EventSession, SessionFacilitator, Technique
from events.planning import actions as planning_actions
from events.planning.transitions import EventError
from events.sessions import actions, queries
from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import queries_of, refused
from tests.helpers.events import a_date, members
from tests.helpers.residential import a_residential


def add(event, staff, starts=dt.time(10), ends=dt.time(12), **fields):
    return actions.add(event=event, by=staff, starts=starts, ends=ends, **{"title": "Four tables", **fields})


@pytest.fixture
def two_days(programme, staff):
    return a_residential(programme, staff.person)


def test_a_session_has_its_day_its_times_its_technique_and_those_who_run_it(as_staff, two_days, staff, member):
    make.an_invitation(two_days, member.person)
    cafe = Technique.objects.get(name="World café")
    values = {
        "title": "Four tables",
        "day": "2",
        "starts": "9:30am",
        "ends": "11am",
        "aim": "To hear everybody.",
        "technique": cafe.pk,
        "room": "The loom room",
        "link": "https://meet.example.org/tables",
        "facilitators": [staff.person.pk],
        "co_facilitators": [member.person.pk],
    }
    response = as_staff.post(reverse("session_new", args=[two_days.pk]), values)
    assert response.url == reverse("event_sessions", args=[two_days.pk])
    session = EventSession.objects.get()
    assert (session.day, session.starts, session.ends, session.technique) == (2, dt.time(9, 30), dt.time(11), cafe)
    page = page_text(as_staff.get(response.url))
    for words in ("9:30am to 11am", "To hear everybody.", "World café", "The loom room", "Helps to run it:"):
        assert words in page
    assert two_days.invitations.get().facilitates, "who runs a session helps to run the event"


def test_a_technique_of_the_programme_is_added_once(two_days, staff, programme):
    add(two_days, staff, new_technique="Fishbowl")
    add(two_days, staff, dt.time(14), dt.time(15), new_technique="fishbowl ")
    assert Technique.objects.get(programme=programme).name == "Fishbowl"
    other = a_residential(make.a_programme())
    assert "Fishbowl" not in {technique.name for technique in queries.techniques_for(other)}


@pytest.mark.parametrize(
    ("times", "fields", "field", "words"),
    [
        ((dt.time(12), dt.time(11)), {}, "ends", "The end must be later than the start, noon"),
        ((dt.time(9), dt.time(11)), {}, "starts", "starts at 10am"),
        ((dt.time(19), dt.time(21)), {}, "ends", "ends at 8pm"),
        ((dt.time(9), dt.time(14)), {"day": 2}, "ends", "ends at 1pm"),
        ((dt.time(10), dt.time(11)), {"day": 3}, "day", "Choose a day of the event"),
        ((dt.time(11), dt.time(13)), {"room": "the LOOM room"}, "room", "“Four tables” is in this room from 10am"),
    ],
)
def test_a_session_outside_its_day_or_in_a_taken_room_is_refused(two_days, staff, times, fields, field, words):
    add(two_days, staff, room="The loom room")
    with pytest.raises(EventError, match=words) as refusal:
        add(two_days, staff, *times, **fields)
    assert refusal.value.field == field


def test_a_refusal_stands_beside_its_box_and_keeps_what_was_typed(as_staff, two_days):
    values = {"title": "Too late", "day": "2", "starts": "noon", "ends": "2pm"}
    page = as_staff.post(reverse("session_new", args=[two_days.pk]), values)
    assert page.context["form"].errors["ends"][0].endswith("ends at 1pm.")
    assert 'value="Too late"' in page.text


def test_two_sessions_may_follow_each_other_in_a_room_and_run_at_once_in_two(two_days, staff):
    for times, room in (((10, 12), "A"), ((12, 13), "A"), ((10, 12), "B"), ((10, 12), "")):
        add(two_days, staff, dt.time(times[0]), dt.time(times[1]), room=room)
    assert two_days.sessions.count() == 4


def test_the_database_refuses_what_the_action_refuses(two_days, staff):
    session = add(two_days, staff, room="A")
    change = "UPDATE events_eventsession SET {} WHERE id = %s"
    assert "session_ends_after_start" in refused(change.format("ends = '09:00'"), session.pk)
    assert "inside its day" in refused(change.format("ends = '21:00'"), session.pk)
    assert "inside its day" in refused(change.format("day = 3"), session.pk)
    assert "inside its day" in refused("UPDATE events_event SET day_ends = '{11:00}' WHERE id = %s", two_days.pk)
    assert "one_session_in_a_room_at_a_time" in refused(
        "INSERT INTO events_eventsession (event_id, day, starts, ends, title, aim, room, link)"
        " VALUES (%s, 1, '11:00', '13:00', 'Another', '', 'a', '')",
        two_days.pk,
    )
    theirs = Technique.objects.create(programme=make.a_programme(), name="Theirs")
    assert "another programme" in refused(change.format("technique_id = %s"), theirs.pk, session.pk)


def test_sessions_move_with_their_event(as_staff, two_days, staff):
    session = add(two_days, staff, dt.time(9), dt.time(10), day=2)
    later = dt.timedelta(weeks=1)
    planning_actions.edit(
        event=two_days, by=staff, starts_at=two_days.starts_at + later, ends_at=two_days.ends_at + later
    )
    session = EventSession.objects.select_related("event").get(pk=session.pk)
    assert session.event_day.date == two_days.last_day + later
    assert session.starts == dt.time(9)


def test_an_event_that_gets_shorter_says_beside_the_box_which_session_falls_outside(as_staff, two_days, staff):
    add(two_days, staff, dt.time(18), dt.time(19, 30), title="Songs and soup")
    first = timezone.localtime(two_days.starts_at)
    values = {
        "title": two_days.title,
        "kind": two_days.kind,
        "purpose": "Shorter",
        "venue_name": "Hall",
        "group": "",
        **a_date("day", first),
        **a_date("reply_by", first),
        "organiser": staff.person.pk,
        "starts": "10am",
        "ends": "7pm",
        "starts_2": "9am",
        "ends_2": "1pm",
    }
    address = reverse("event_edit", args=[two_days.pk])
    shorter = as_staff.post(address, {**values, **a_date("last_day", two_days.last_day)})
    assert shorter.context["form"].errors["ends"] == [
        "The session “Songs and soup” ends later, at 7:30pm. Move it first."
    ]
    actions.remove(session=EventSession.objects.get(), by=staff)
    add(two_days, staff, dt.time(9), dt.time(10), day=2, title="The morning after")
    one_day = as_staff.post(address, values)
    assert "is on day 2. Move or remove it first." in page_text(one_day)


def test_only_staff_and_people_who_are_invited_run_a_session(two_days, staff, programme):
    person = members(programme, 1)[0]
    with pytest.raises(EventError, match="Invite them first"):
        add(two_days, staff, facilitators=[person])
    invitations.invite(event=two_days, people=[person], by=staff)
    session = add(two_days, staff, facilitators=[person], co_facilitators=[person, staff.person])
    assert dict(SessionFacilitator.objects.values_list("person", "is_co")) == {person.pk: False, staff.person.pk: True}
    actions.edit(session=session, by=staff, starts=dt.time(10), ends=dt.time(11), title="Changed")
    assert not SessionFacilitator.objects.exists()


def test_staff_who_run_a_session_help_to_run_the_event_once_they_are_invited(two_days, staff):
    add(two_days, staff, facilitators=[staff.person])
    invitations.invite(event=two_days, people=[staff.person], by=staff)
    assert two_days.invitations.get().facilitates


@pytest.mark.parametrize("role", [Role.FINANCE, Role.STEERING, Role.LIVED_EXPERIENCE])
def test_only_staff_change_sessions(programme, two_days, staff, role):
    session, other = add(two_days, staff), make.with_role(programme, role)
    for attempt in (
        lambda: add(two_days, other),
        lambda: actions.edit(session=session, by=other, starts=dt.time(10), ends=dt.time(11), title="Mine"),
        lambda: actions.remove(session=session, by=other),
    ):
        with pytest.raises(EventError, match="Only staff"):
            attempt()


def test_those_invited_read_what_happens_when_and_only_those_coming_the_breakout_link(client, two_days, staff, member):
    add(two_days, staff, link="https://meet.example.org/tables", facilitators=[staff.person])
    invitation = make.an_invitation(two_days, member.person)
    reply = reverse("reply", args=[invitation.link_key])
    page = page_text(client.get(reply))
    assert "10am to noon" in page
    assert "Four tables" in page
    assert "Stella Staff" in page
    assert "meet.example.org/tables" not in page
    invitations.reply(invitation=invitation, reply="coming", by=None)
    assert "meet.example.org/tables" in page_text(client.get(reply))
    done = page_text(client.get(reverse("reply_done", args=[invitation.link_key])))
    assert "Four tables" in done
    client.force_login(member)
    assert "meet.example.org/tables" in page_text(client.get(two_days.get_absolute_url()))


def test_the_invitation_says_what_happens_when_in_order_and_no_link(two_days, staff, programme, worker):
    add(two_days, staff, dt.time(14), dt.time(15), title="Afternoon", link="https://meet.example.org/tables")
    add(two_days, staff, title="Morning", room="The loom room")
    with worker():
        invitations.invite(event=two_days, people=members(programme, 1, email="mo@example.org"), by=staff)
    words = mail.outbox[0].body
    assert "- 10am to noon: Morning, The loom room" in words
    assert words.index("Morning") < words.index("Afternoon")
    assert "meet.example.org/tables" not in words


def test_the_programme_of_the_day_asks_the_database_as_often_for_thirty_sessions_as_for_three(two_days, staff):
    def sessions(number):
        EventSession.objects.bulk_create(
            EventSession(event=two_days, starts=dt.time(10), ends=dt.time(11), title="One") for _each in range(number)
        )
        for session in EventSession.objects.all():
            SessionFacilitator.objects.get_or_create(session=session, person=staff.person)

    def read():
        for day in queries.what_happens_when(two_days):
            for session in day.sessions:
                assert [row.person.full_name for row in session.facilitators.all()] == ["Stella Staff"]

    sessions(3)
    few = len(queries_of(read))
    sessions(27)
    assert len(queries_of(read)) == few
