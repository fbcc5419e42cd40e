"""At the door: who arrives and leaves is kept tap by tap, whatever the line and the clocks do."""

import datetime as dt
import json
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events.day import actions, door
from events.day.actions import Tap
from events.models import DoorNote
from events.planning.tabs import CAME, tab_url
from events.planning.transitions import EventError
from programmes.models import Role
from tests import factories as make
from tests.helpers.database import queries_of, refused
from tests.helpers.events import members


@pytest.fixture
def today(programme, staff):
    """An event today, from 10am to 1pm."""
    return make.an_event(programme, organiser=staff.person, days=0)


@pytest.fixture
def guests(programme, today):
    """Three people invited: one said yes, one did not reply, one said no."""
    people = members(programme, 3)
    for person, reply in zip(people, ("coming", "", "not_coming"), strict=True):
        make.an_invitation(today, person, reply=reply, replied_at=timezone.now() if reply else None)
    return people


def tap(person, what="arrived", minutes=0, event=None, **more):
    """A tap `minutes` after the start of `event`, or from now."""
    start = event.starts_at if event else timezone.now()
    return Tap(key=uuid.uuid4(), person=person.pk, what=what, at=start + dt.timedelta(minutes=minutes), **more)


# The clock of a device, in milliseconds: it need not be right.
DEVICE = 1_000_000_000


def sent(person, what="arrived", seconds_ago=0, **more):
    at = DEVICE - 1000 * seconds_ago
    return {"key": str(uuid.uuid4()), "person": person.pk, "what": what, "at": at, **more}


def send(client, event, *taps):
    body = json.dumps({"now": DEVICE, "taps": taps})
    return client.post(reverse("event_door_now", args=[event.pk]), body, content_type="application/json")


# The taps of one person


@pytest.mark.parametrize(
    ("taps", "state", "hours"),
    [
        ([], "", None),
        ([("arrived", 0)], "arrived", None),
        ([("arrived", 0), ("left", 90)], "left", Decimal("1.5")),
        ([("arrived", -20), ("left", 60)], "left", Decimal("1")),
        ([("arrived", 10), ("left", 65)], "left", Decimal("1")),
        ([("arrived", 0), ("left", 1)], "left", Decimal("0.25")),
        ([("arrived", 0), ("left", 180)], "left", None),
        ([("arrived", 0), ("left", 60), ("arrived", 70)], "arrived", None),
        ([("arrived", 0), ("left", 60), ("arrived", 70), ("left", 120)], "left", Decimal("2")),
        ([("arrived", 0), ("undone", 1)], "", None),
        ([("arrived", 0), ("left", 60), ("undone", 61)], "arrived", None),
        ([("left", 60)], "left", Decimal("0.25")),
        ([("arrived", 0), ("left", 60), ("arrived", 61), ("undone", 62)], "left", Decimal("1")),
        ([("undone", 0), ("arrived", 1)], "arrived", None),
    ],
)
def test_the_taps_in_their_order_say_who_is_there_and_for_how_long(today, guests, staff, taps, state, hours):
    with_times = [tap(guests[0], what, minutes, today) for what, minutes in taps]
    for each in with_times:
        DoorNote.objects.create(
            key=each.key, event=today, person=guests[0], what=each.what, at=each.at, noted_by=staff.person
        )
    stands = door.there(today).get(guests[0].pk, door.There())
    assert (stands.state, stands.hours(today)) == (state, hours)


@given(st.lists(st.sampled_from(DoorNote.What.values), max_size=8))
def test_a_mistake_takes_back_the_note_before_it_and_nothing_else(whats):
    start = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
    notes = [
        DoorNote(pk=number, person_id=1, what=what, at=start + dt.timedelta(minutes=number))
        for number, what in enumerate(whats)
    ]
    left_over = []
    for note in notes:
        if note.what != "undone":
            left_over.append(note)
        elif left_over:
            left_over.pop()
    assert door.folded(notes) == door.folded(left_over)


# Keeping them


def test_a_tap_sent_twice_is_kept_once(today, guests, staff):
    once = tap(guests[0])
    for _time in range(2):
        actions.note_at_door(event=today, taps=[once], by=staff)
    assert DoorNote.objects.count() == 1


def test_a_time_is_held_between_the_begin_of_the_day_and_now(today, guests, staff):
    actions.note_at_door(event=today, taps=[tap(guests[0], minutes=600), tap(guests[1], minutes=-9_000_000)], by=staff)
    first, last = DoorNote.objects.order_by("at")
    assert timezone.localtime(first.at) == timezone.localtime(today.starts_at).replace(hour=0)
    assert last.at <= timezone.now()


def test_a_device_whose_clock_is_wrong_is_understood_by_how_long_ago_it_was(as_staff, today, guests):
    send(as_staff, today, sent(guests[0], seconds_ago=120), sent(guests[1]))
    first, last = DoorNote.objects.order_by("at")
    assert (first.person, last.person) == (guests[0], guests[1])
    assert 118 <= (last.at - first.at).total_seconds() <= 122


@pytest.mark.parametrize("wrong", [{"what": "danced"}, {"supporters": 10}, {"supporters": -1}])
def test_what_is_no_tap_is_refused(today, guests, staff, wrong):
    with pytest.raises(EventError, match="do not know this kind of note"):
        actions.note_at_door(event=today, taps=[tap(guests[0], **wrong)], by=staff)
    assert not DoorNote.objects.exists()


def test_nobody_outside_the_programme_is_noted(today, guests, staff):
    with pytest.raises(EventError, match="not in this programme"):
        actions.note_at_door(event=today, taps=[tap(guests[0]), tap(make.a_person())], by=staff)
    assert not DoorNote.objects.exists()


def test_the_door_opens_on_the_day_and_not_for_a_cancelled_event(client, event, today, guests, staff):
    with pytest.raises(EventError, match="opens on the day"):
        actions.note_at_door(event=event, taps=[], by=staff)
    client.force_login(staff)
    assert client.get(reverse("event_door", args=[event.pk])).url == event.get_absolute_url()
    type(today).objects.filter(pk=today.pk).update(status="cancelled")
    today.refresh_from_db()
    with pytest.raises(EventError, match="cancelled"):
        actions.note_at_door(event=today, taps=[tap(guests[0])], by=staff)


def test_postgres_keeps_every_note_as_it_is(today, guests, staff):
    actions.note_at_door(event=today, taps=[tap(guests[0], supporters=1)], by=staff)
    assert "Cannot update or delete" in refused("UPDATE events_doornote SET what = 'left'")
    assert "Cannot update or delete" in refused("DELETE FROM events_doornote")
    assert "supporters_arrive" in refused(
        "INSERT INTO events_doornote (key, event_id, person_id, what, at, supporters, noted_by_id, received_at)"
        " SELECT gen_random_uuid(), event_id, person_id, 'left', at, 1, noted_by_id, received_at FROM events_doornote"
    )


# The page


def test_the_page_lists_those_who_may_come_and_finds_everybody_else(as_staff, programme, today, guests):
    coming, silent, away = guests
    coming.access_needs.create(kind="supporter")
    page = as_staff.get(reverse("event_door", args=[today.pk]))
    assert {line["person"] for line in page.context["lines"]} == {coming, silent}
    assert "comes with a supporter" in page.text
    assert "did not reply" in page.text
    found = as_staff.get(reverse("event_door", args=[today.pk]), {"q": away.full_name})
    assert away in {line["person"] for line in found.context["others"]}
    assert "said they could not come" in found.text


def test_without_a_script_each_button_is_a_form(as_staff, today, guests):
    address = reverse("event_door_tap", args=[today.pk])
    key = str(uuid.uuid4())
    for _time in range(2):
        answer = as_staff.post(address, {"person": guests[0].pk, "what": "arrived", "key": key, "supporters": "1"})
        assert answer.url.endswith(f"#person-{guests[0].pk}")
    page = as_staff.get(reverse("event_door", args=[today.pk]))
    assert page.context["counts"] == {"here": 1, "left": 0, "supporters": 1}
    assert ", with a supporter" in page.text
    for wrong in ({"person": "x"}, {"person": guests[0].pk, "what": "arrived", "key": "no"}, {"person": 2**70}):
        said = as_staff.post(address, {"what": "arrived", "key": str(uuid.uuid4()), **wrong}, follow=True)
        assert "do not know this kind of note" in said.text, wrong


def test_taps_that_waited_on_a_device_are_kept_and_one_that_cannot_be_holds_up_no_other(as_staff, today, guests):
    good, stranger, strange = sent(guests[0]), sent(make.a_person()), {**sent(guests[1]), "at": "soon"}
    answer = send(as_staff, today, stranger, strange, good, good).json()
    assert set(answer["kept"]) == {good["key"]}
    assert set(answer["refused"]) == {stranger["key"], strange["key"]}
    assert answer["people"] == {
        str(guests[0].pk): {"state": "arrived", "words": answer["people"][str(guests[0].pk)]["words"]}
    }
    assert answer["counts"] == {"here": 1, "left": 0, "supporters": 0}
    other = as_staff.get(reverse("event_door_now", args=[today.pk])).json()
    assert other["counts"]["here"] == 1, "another desk reads the same"
    assert other["token"]


@pytest.mark.parametrize(
    "wrong",
    [
        1,
        None,
        [],
        {},
        {"person": 13.9},
        {"person": "1_3"},
        {"at": True, "person": True},
        {"at": 10**400},
        {"at": "soon"},
        {"key": "\0"},
        {"supporters": "1"},
    ],
)
def test_a_tap_that_is_none_of_ours_is_refused_and_kept_nowhere(as_staff, today, guests, wrong):
    each = {**sent(guests[0]), **wrong} if isinstance(wrong, dict) and wrong else wrong
    good = sent(guests[1])
    assert send(as_staff, today, each, good).json()["kept"] == [good["key"]]
    assert DoorNote.objects.count() == 1


@pytest.mark.parametrize(
    "body", ["{", "[1]", '{"now": 1}', '{"now": "x", "taps": []}', '{"now": 1, "taps": 3}', "null", "[" * 100_000]
)
def test_a_body_that_is_none_of_ours_is_refused(as_staff, today, body):
    address = reverse("event_door_now", args=[today.pk])
    assert as_staff.post(address, body, content_type="application/json").status_code == 400


def test_what_was_noted_begins_the_page_of_who_came_with_its_hours(as_staff, programme, past, staff):
    stayed, early, never = members(programme, 3)
    for person in (stayed, early, never):
        make.an_invitation(past, person, reply="coming", replied_at=timezone.now())
    taps = [tap(stayed, "arrived", 0, past), tap(early, "arrived", 0, past), tap(early, "left", 75, past)]
    actions.note_at_door(event=past, taps=taps, by=staff)
    page = as_staff.get(reverse("event_attendance", args=[past.pk]))
    assert page.context["came"] == {stayed.pk, early.pk}
    assert "Those noted at the door are ticked" in page.text
    assert not page.context["not_ticked"]
    boxes = {row.person: box.value() for row, [box] in page.context["lines"]}
    assert boxes == {stayed: None, early: "1.25", never: None}


def test_taps_kept_on_a_device_arrive_also_after_who_came_was_recorded(as_staff, programme, past, staff):
    person = members(programme, 1)[0]
    actions.record(event=past, came=[person.pk], by=staff)
    late = sent(person)
    assert send(as_staff, past, late).json()["kept"] == [late["key"]]


def test_the_page_asks_the_same_number_of_queries_for_3_and_30(as_staff, programme, today, guests):
    address = reverse("event_door", args=[today.pk])
    as_staff.get(address)
    few = len(queries_of(lambda: as_staff.get(address)))
    for person in members(programme, 27):
        make.an_invitation(today, person)
    assert len(queries_of(lambda: as_staff.get(address))) == few


def test_who_is_not_staff_of_the_programme_notes_nothing(client, programme, today, guests):
    for role in (Role.FINANCE, Role.STEERING):
        client.force_login(make.with_role(programme, role))
        assert send(client, today, sent(guests[0])).status_code == 403
    client.force_login(make.with_role(make.a_programme(), Role.STAFF))
    assert send(client, today, sent(guests[0])).status_code == 404
    assert not DoorNote.objects.exists()


def test_somebody_noted_while_the_page_of_who_came_is_open_is_not_left_out_silently(as_staff, programme, past, staff):
    one, late = members(programme, 2)
    for person in (one, late):
        make.an_invitation(past, person)
    address = reverse("event_attendance", args=[past.pk])
    seen = as_staff.get(address).context["recorded"]
    actions.note_at_door(event=past, taps=[tap(late, "arrived", 5, past)], by=staff)
    page = as_staff.post(address, {"tick": [one.pk], "before": "", "recorded": seen})
    assert "noted somebody at the door" in page.text
    assert page.context["came"] == {one.pk, late.pk}
    as_staff.post(address, {"tick": [one.pk], "before": f"{one.pk} {late.pk}", "ticks": "save"})
    page = as_staff.get(address)
    assert page.context["not_ticked"] == [late.name_in_list]
    assert "Noted at the door and not ticked" in page.text


def test_somebody_noted_and_not_recorded_is_named_on_the_event(as_staff, programme, past, staff):
    one, late = members(programme, 2)
    actions.record(event=past, came=[one.pk], by=staff)
    actions.note_at_door(event=past, taps=[tap(one, "arrived", 0, past), tap(late, "arrived", 5, past)], by=staff)
    page = as_staff.get(tab_url(past, CAME))
    assert page.context["noted_only"] == [late.full_name]
    assert "not recorded as having come" in page.text


def test_those_who_join_online_are_ticked_beside_those_noted_at_the_door(as_staff, programme, past, staff):
    here, online, away = members(programme, 3)
    type(past).objects.filter(pk=past.pk).update(online_link="https://meet.example.org/curry")
    make.an_invitation(past, here, reply="coming", replied_at=timezone.now(), joins="in_person")
    make.an_invitation(past, online, reply="coming", replied_at=timezone.now(), joins="online")
    make.an_invitation(past, away, reply="coming", replied_at=timezone.now(), joins="in_person")
    actions.note_at_door(event=past, taps=[tap(here, "arrived", 0, past)], by=staff)
    assert as_staff.get(reverse("event_attendance", args=[past.pk])).context["came"] == {here.pk, online.pk}


def test_asking_is_no_sign_that_somebody_is_there(as_staff, today, guests):
    session = as_staff.session
    before = dict(session.items())
    as_staff.get(reverse("event_door_now", args=[today.pk]), headers={"Sec-Fetch-Mode": "cors"})
    assert dict(as_staff.session.items()) == before
