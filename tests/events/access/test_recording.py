"""Tests of how far needs were met: recorded, told, answered, and counted without naming anybody."""

import pytest
from django.utils import timezone

from events.access import queries
from events.access.actions import recording
from events.access.board import needs_met
from events.access.contributions import reply_on_the_phone
from events.models import EventNeed, NeedsTold
from events.planning.transitions import EventError
from people.models import Notice
from programmes.models import Role
from programmes.registry import dashboard_parts
from tests import factories as make
from tests.factories.access import a_need, coming, held
from wellbeing.lib.dates import today

pytestmark = pytest.mark.django_db
Result, Reply = EventNeed.Result, EventNeed.Reply


@pytest.fixture
def over(past, member):
    """An event that was held, with two needs of one member who came."""
    coming(past, member.person)
    a_need(past, member.person, "hearing_loop", words="by the window")
    a_need(past, member.person, "quiet_room")
    make.an_attendance(past, member.person)
    return held(past)


def of_kind(kind):
    return EventNeed.objects.get(kind=kind)


def record(event, by, **results):
    return recording.record(event=event, by=by, results={of_kind(kind).pk: said for kind, said in results.items()})


@pytest.fixture
def told(over, staff):
    """Return the notice to the member: the loop was there, the quiet room was not."""
    (row,) = record(over, staff, hearing_loop=("met", ""), quiet_room=("not_met", "A meeting was held in it."))
    return row


def test_a_person_is_told_once_all_their_needs_are_recorded(over, staff, member, tasks):
    assert tasks(staff) == ["Record how far access needs were met at Curry and co-production"]
    assert record(over, staff, hearing_loop=("met", "")) == []
    assert not Notice.objects.filter(kind="needs_met").exists()
    (row,) = record(over, staff, quiet_room=("not_met", "A meeting was held in it."))
    notice = Notice.objects.get(kind="needs_met")
    assert (notice.person, notice.link) == (member.person, row.link)
    assert "Hearing loop: by the window: Met." in notice.text_body
    assert "Quiet room or rest space: Not met. A meeting was held in it." in notice.text_body
    # A text message is read over a shoulder: it says nothing of anybody's needs.
    assert "loop" not in notice.short
    assert tasks(staff) == []
    assert tasks(member) == ["Were your needs met at Curry and co-production? Tell us whether what we recorded is so"]


def test_recording_the_same_again_tells_nobody(over, told, staff):
    assert record(over, staff, hearing_loop=("met", "")) == []
    assert Notice.objects.filter(kind="needs_met").count() == 1


def test_a_need_that_was_not_met_says_how_it_went(over, staff):
    with pytest.raises(EventError) as refusal:
        record(over, staff, hearing_loop=("partly", " "))
    assert refusal.value.field == f"note-{of_kind('hearing_loop').pk}"


def test_nothing_is_recorded_before_the_event_or_by_others(event, over, member, staff):
    need = a_need(event, kind="diet")
    with pytest.raises(EventError, match="once the event has started"):
        recording.record(event=event, by=staff, results={need.pk: ("met", "")})
    with pytest.raises(EventError, match="Only staff"):
        record(over, member, hearing_loop=("met", ""))


def test_needs_of_somebody_who_did_not_come_and_of_other_events_are_left_alone(over, event, staff):
    away = a_need(over, kind="bsl")
    make.an_attendance(over, away.person, came=False)
    elsewhere = a_need(event, kind="diet")
    assert {need.kind for need in queries.needs_to_record(over)} == {"hearing_loop", "quiet_room"}
    assert record(over, staff, bsl=("met", ""), diet=("met", "")) == []
    assert {of_kind("bsl").result, EventNeed.objects.get(pk=elsewhere.pk).result} == {""}


def test_a_person_says_by_their_link_that_it_was_not_so_and_staff_see_it(told, over, staff, member, tasks):
    need = of_kind("hearing_loop")
    recording.reply(told=told, by=None, replies={need.pk: ("not_so", "It whistled all day.")})
    need.refresh_from_db()
    assert (need.reply, need.reply_words, need.reply_taken_by, need.is_disputed) == (
        "not_so",
        "It whistled all day.",
        None,
        True,
    )
    assert tasks(staff) == ["Answer 1 person’s “that is not so” about access at Curry and co-production"]
    record(over, staff, hearing_loop=("partly", "It whistled."))
    need.refresh_from_db()
    # It was answered, and what they said stays.
    assert (need.is_disputed, need.reply) == (False, "not_so")
    assert tasks(staff) == []
    assert Notice.objects.filter(kind="needs_met", person=member.person).count() == 2


def test_not_so_needs_words_and_nobody_answers_for_another(told, staff, programme):
    need = of_kind("hearing_loop")
    with pytest.raises(EventError) as refusal:
        recording.reply(told=told, by=None, replies={need.pk: ("not_so", "")})
    assert refusal.value.field == f"words-{need.pk}"
    peer = make.with_role(programme, Role.LIVED_EXPERIENCE, "Peer Person")
    with pytest.raises(EventError, match="Only staff"):
        recording.reply(told=told, by=peer, replies={need.pk: ("so", "")})
    other = a_need(told.event, kind="diet", result="met")
    assert recording.reply(told=told, by=None, replies={other.pk: ("so", "")}) == []


def test_what_a_colleague_wrote_down_for_somebody_is_said_to_them(told, staff, member):
    need = of_kind("quiet_room")
    recording.reply(told=told, by=staff, replies={need.pk: ("not_so", "There was none at all.")})
    need.refresh_from_db()
    assert need.reply_taken_by == staff.person
    last = Notice.objects.filter(kind="needs_met", person=member.person).order_by("-pk").first()
    assert "wrote down for you" in last.text_body
    assert "That is not so: There was none at all." in last.text_body


def test_a_colleague_on_the_phone_is_led_to_where_they_write_it_down(told, staff, programme):
    notice = Notice.objects.get(kind="needs_met")
    panel = reply_on_the_phone(staff, notice)
    assert panel.context["url"] == f"/events/{told.event_id}/access/replies/{told.person_id}/"
    assert reply_on_the_phone(make.with_role(programme, Role.FINANCE, "Fiona Finance"), notice) is None


def test_what_was_recorded_before_is_kept(told, over, staff):
    record(over, staff, quiet_room=("partly", "It was free after lunch."))
    rows = of_kind("quiet_room").history.order_by("pgh_id").values_list("result", flat=True)
    assert list(rows) == ["", "not_met", "partly"]
    assert NeedsTold.objects.get().times == 2


def counted(programme, user=None):
    shown = needs_met(user, programme, today())
    return {str(figure.label): figure.value for figure in shown.figures}, shown


def many(event, **numbers):
    for result, number in numbers.items():
        for _each in range(number):
            a_need(event, result=result)


def test_the_dashboard_counts_the_year(programme, past):
    many(past, met=9, partly=6, not_met=5)
    many(make.an_event(programme, days=-400), met=7)
    many(make.an_event(make.a_programme("Next Door")), met=7)
    a_need(past)
    figures, shown = counted(programme)
    assert figures == {"Met": "9", "Partly met": "6", "Not met": "5", "People say it was not so": "0"}
    (bar,) = shown.chart.bars
    assert (bar.whole, [number for _tone, number in bar.parts]) == (20, [9, 6, 5])
    assert list(bar.cells) == ["20", "9", "6", "5"]
    assert "access" in dashboard_parts


def test_numbers_of_few_people_are_left_out_with_those_that_give_them_away(programme, past):
    many(past, met=12, partly=6, not_met=1)
    figures, shown = counted(programme)
    assert figures == {"Met": "12", "Partly met": None, "Not met": None, "People say it was not so": "0"}
    (bar,) = shown.chart.bars
    assert [number for _tone, number in bar.parts] == [12]
    assert list(bar.cells) == ["19", "12", "too few to show", "too few to show"]


def test_many_needs_of_one_person_are_those_of_few_people(programme, past):
    many(past, met=8)
    person = make.a_person()
    for kind in ("bsl", "diet", "breaks", "parking", "captions", "transport"):
        a_need(past, person, kind, result="not_met")
    assert counted(programme)[0]["Not met"] is None


def test_a_programme_where_few_needs_are_recorded_shows_no_bar(programme, past):
    many(past, met=1, not_met=1)
    figures, shown = counted(programme)
    assert shown.chart is None
    assert set(figures.values()) == {None, "0"}
    assert counted(make.a_programme("Next Door"))[1].nothing


def test_the_numbers_open_the_list_for_staff_alone(programme, past, staff):
    many(past, met=9, not_met=5)
    EventNeed.objects.update(reply=Reply.NOT_SO, replied_at=timezone.now(), reply_words="No.")
    steering = make.with_role(programme, Role.STEERING, "Steph Steering")
    assert all(figure.url for figure in counted(programme, staff)[1].figures if figure.value not in {None, "0"})
    for reader in (steering, None):
        shown = counted(programme, reader)[1]
        assert not any(figure.url for figure in shown.figures)
        assert not any(bar.url for bar in shown.chart.bars)
