"""An event that is full: who waits, who is offered a place, and what becomes of the offer."""

import datetime as dt

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from events import tasks
from events.inviting.actions import invitations
from events.models import Invitation, OfferRules, Places, WaitingPlace
from events.places.actions import numbers, offers
from events.planning import actions as planning
from events.planning.transitions import EventError
from events.series.actions import plan_like
from people.models import Message, Notice
from people.privacy import erasing
from tests import factories as make
from tests.helpers.database import refused
from tests.helpers.events import members
from tests.helpers.places import full, says, standing
from tests.helpers.threads import at_once


def told(invitation, kind):
    return Notice.objects.filter(person=invitation.person_id, kind=kind).count()


def later(hours):
    return time_machine.travel(timezone.now() + dt.timedelta(hours=hours), tick=False)


def test_who_says_yes_when_it_is_full_goes_on_the_waiting_list(event, staff):
    first, second, third = full(event, staff, waiting=1)
    assert [row.reply for row in (first, second, third)] == ["coming", "coming", "waiting"]
    assert standing(third) == "waiting"
    assert says(third, "coming").reply == "waiting"
    assert WaitingPlace.objects.count() == 1


def test_who_helps_to_run_the_event_takes_no_place(event, staff, member):
    full(event, staff, waiting=1)
    helping = make.an_invitation(event, member.person, facilitates=True)
    assert says(helping, "coming").reply == "coming"
    with pytest.raises(EventError, match="would need a place"):
        invitations.set_facilitators(event=event, people=[], by=staff)


def test_who_joins_online_takes_no_place(event, staff, member):
    planning.edit(event=event, online_link="https://example.org/meet", by=staff)
    full(event, staff)
    row = make.an_invitation(event, member.person)
    assert says(row, "coming", joins="online").reply == "coming"
    assert says(row, "coming", joins="in_person").reply == "waiting"


def test_a_place_that_comes_free_is_offered_to_the_first_who_waits(event, staff, worker):
    first, _second, third, fourth = full(event, staff, waiting=2)
    with worker():
        says(first, "not_coming")
    assert [standing(third), standing(fourth)] == ["offered", "waiting"]
    offer = WaitingPlace.objects.get(invitation=third)
    assert offer.until == offer.offered_at + dt.timedelta(hours=48)
    assert told(third, "place_offered") == 1
    assert f"/r/{third.link_key}/" in offer.notice.text_body
    assert not told(fourth, "place_offered")


def test_an_offer_is_taken_with_a_reply(event, staff):
    first, _second, third, fourth = full(event, staff, waiting=2)
    says(first, "not_sure")
    assert says(third, "coming").reply == "coming"
    assert [standing(third), standing(fourth)] == ["taken", "waiting"]


def test_an_offer_that_is_let_go_goes_to_the_next(event, staff):
    first, _second, third, fourth = full(event, staff, waiting=2)
    says(first, "not_coming")
    says(third, "not_coming")
    assert [standing(third), standing(fourth)] == ["let_go", "offered"]


def test_an_offered_place_is_nobody_elses(event, staff, member):
    first, *_others = full(event, staff, waiting=1)
    says(first, "not_coming")
    assert says(make.an_invitation(event, member.person), "coming").reply == "waiting"


def test_an_offer_passes_on_by_itself_and_only_once(event, staff, worker):
    first, _second, third, fourth = full(event, staff, waiting=2)
    with worker():
        says(first, "not_coming")
    with later(49):
        for _time in range(2):
            with worker():
                tasks.keep_up_waiting_lists()
        assert [standing(third), standing(fourth)] == ["passed", "offered"]
        assert (told(third, "place_passed"), told(fourth, "place_offered"), told(third, "place_offered")) == (1, 1, 1)
        # Somebody who missed it can wait again, behind all others.
        assert says(third, "coming").reply == "waiting"
        assert standing(third) == "waiting"
    with later(49 + 49):
        with worker():
            tasks.keep_up_waiting_lists()
        assert [standing(third), standing(fourth)] == ["offered", "passed"]


def test_nobody_loses_a_place_while_the_message_waits_to_be_sent(event, staff, worker):
    first, _second, third, fourth = full(event, staff, waiting=2)
    says(first, "not_coming")
    offer = WaitingPlace.objects.get(invitation=third)
    with later(49):
        tasks.keep_up_waiting_lists()
        assert [standing(third), standing(fourth)] == ["offered", "waiting"]
        offer.notice.messages.update(status=Message.Status.SENT, sent_at=timezone.now())
    with later(49 + 47):
        tasks.keep_up_waiting_lists()
        assert standing(third) == "offered"
    with later(49 + 49):
        tasks.keep_up_waiting_lists()
        assert [standing(third), standing(fourth)] == ["passed", "offered"]


def test_an_offer_that_cannot_reach_its_person_passes_on(event, staff):
    first, _second, third, fourth = full(event, staff, waiting=2)
    says(first, "not_coming")
    WaitingPlace.objects.get(invitation=third).notice.messages.update(status=Message.Status.FAILED, last_error="No")
    with later(49):
        tasks.keep_up_waiting_lists()
    assert [standing(third), standing(fourth)] == ["passed", "offered"]


def test_one_event_that_fails_holds_up_no_other(event, staff, programme):
    broken = make.an_event(programme, organiser=staff.person, days=10)
    rows = [full(one, staff, waiting=1) for one in (broken, event)]
    for row, *_others in rows:
        says(row, "not_coming")
    WaitingPlace.objects.all().update(notice=None)
    # The database takes no more changes of the list of one event.
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.broken() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$"
            " LANGUAGE plpgsql"
        )
        place = WaitingPlace.objects.get(invitation__event=broken).pk
        cursor.execute(
            "CREATE TRIGGER broken BEFORE UPDATE ON events_waitingplace FOR EACH ROW"
            f" WHEN (OLD.id = {place:d}) EXECUTE FUNCTION pg_temp.broken()"
        )
    event.invitations.filter(reply="waiting").update(reply="not_coming")
    tasks.keep_up_waiting_lists()
    assert [standing(row) for *_others, row in rows] == ["offered", "left"]


def test_somebody_who_is_rung_is_given_longer(event, staff, programme):
    first, *_others = full(event, staff)
    (person,) = members(programme, 1, channel="phone", phone="01632 960001")
    row = says(make.an_invitation(event, person), "coming")
    says(first, "not_coming")
    offer = WaitingPlace.objects.get(invitation=row)
    assert offer.until == offer.offered_at + dt.timedelta(hours=120)


def test_near_the_start_an_offer_is_short_and_after_it_nothing_is_offered(event, staff):
    first, second, third, fourth = full(event, staff, waiting=2)
    with time_machine.travel(event.starts_at - dt.timedelta(hours=20), tick=False):
        says(first, "not_coming")
        offer = WaitingPlace.objects.get(invitation=third)
        assert offer.until == offer.offered_at + dt.timedelta(hours=12)
    with time_machine.travel(event.starts_at - dt.timedelta(hours=1), tick=False):
        says(second, "not_coming")
        assert standing(fourth) == "waiting"
    with time_machine.travel(event.starts_at + dt.timedelta(minutes=1), tick=False):
        tasks.keep_up_waiting_lists()
        assert [standing(third), standing(fourth)] == ["left", "left"]


def test_the_hours_are_those_of_the_day(event, staff):
    OfferRules.objects.create(
        effective_from=timezone.localdate(), hours=6, by_hand_hours=6, near_within=3, near_hours=1, none_within=1
    )
    first, _second, third = full(event, staff, waiting=1)
    says(first, "not_coming")
    assert WaitingPlace.objects.get(invitation=third).hours == 6


def test_kept_places_are_for_people_with_lived_experience(event, staff, member, partner):
    numbers.set_places(event=event, number=2, kept=1, by=staff)
    one, other = (make.an_invitation(event, partner()) for _each in range(2))
    assert says(one, "coming").reply == "coming"
    assert says(other, "coming").reply == "waiting"
    assert says(make.an_invitation(event, member.person), "coming").reply == "coming"


def test_from_a_day_on_kept_places_are_open_to_all(event, staff, partner):
    opens = event.day - dt.timedelta(days=5)
    numbers.set_places(event=event, number=2, kept=1, open_from=opens, by=staff)
    one, other = (says(make.an_invitation(event, partner()), "coming") for _each in range(2))
    assert (one.reply, other.reply) == ("coming", "waiting")
    with time_machine.travel(dt.datetime.combine(opens, dt.time(9), tzinfo=dt.UTC), tick=False):
        tasks.keep_up_waiting_lists()
        assert standing(other) == "offered"


def test_the_first_is_passed_over_when_the_place_is_kept(event, staff, member, partner):
    numbers.set_places(event=event, number=2, kept=1, by=staff)
    lived, *_more = (make.an_invitation(event, person) for person in members(event.programme, 2))
    says(lived, "coming")
    says(make.an_invitation(event, partner()), "coming")
    first = says(make.an_invitation(event, partner()), "coming")
    then = says(make.an_invitation(event, member.person), "coming")
    says(lived, "not_coming")
    assert [standing(first), standing(then)] == ["waiting", "offered"]


def test_more_places_are_offered_at_once(event, staff):
    *_in, third, fourth, fifth = full(event, staff, waiting=3)
    numbers.set_places(event=event, number=4, by=staff)
    assert [standing(row) for row in (third, fourth, fifth)] == ["offered", "offered", "waiting"]


def test_places_cannot_be_fewer_than_those_who_have_one(event, staff):
    first, *_others = full(event, staff, waiting=1)
    says(first, "not_coming")
    with pytest.raises(EventError, match="2 people have a place already"):
        numbers.set_places(event=event, number=1, by=staff)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": 0}, "number"),
        ({"number": 3, "kept": 4}, "kept"),
        ({"number": None, "kept": 1}, "kept"),
        ({"number": 3, "open_from": dt.date(2026, 11, 25)}, "open_from"),
        ({"number": 3, "kept": 1, "open_from": dt.date(2027, 11, 25)}, "open_from"),
    ],
)
def test_places_that_make_no_sense_are_refused(event, staff, values, field):
    with pytest.raises(EventError) as refusal:
        numbers.set_places(event=event, by=staff, **values)
    assert refusal.value.field == field


def test_staff_offer_out_of_order_with_a_reason(event, staff):
    _first, _second, third, fourth = full(event, staff, waiting=2)
    row = WaitingPlace.objects.get(invitation=fourth)
    with pytest.raises(EventError, match="Say why"):
        offers.offer_to(row=row, reason=" ", beyond=True, by=staff)
    with pytest.raises(EventError, match="Every place is taken"):
        offers.offer_to(row=row, reason="Speaks about the clinic", by=staff)
    offers.offer_to(row=row, reason="Speaks about the clinic", beyond=True, by=staff)
    assert [standing(third), standing(fourth)] == ["waiting", "offered"]
    assert says(fourth, "coming").reply == "coming"
    # One place more than there are: a place that comes free is nobody's before there are fewer.
    says(Invitation.objects.filter(reply="coming").first(), "not_coming")
    assert standing(third) == "waiting"


def test_a_closed_list_takes_nobody_and_tells_those_who_wait(event, staff, member):
    first, _second, third = full(event, staff, waiting=1)
    assert numbers.close_list(event=event, by=staff) == 1
    assert told(third, "waiting_list_closed") == 1
    with pytest.raises(EventError, match="its waiting list is closed"):
        says(make.an_invitation(event, member.person), "coming")
    says(first, "not_coming")
    assert standing(third) == "waiting"
    numbers.open_list(event=event, by=staff)
    assert standing(third) == "offered"


def test_a_cancelled_event_has_no_waiting_list(event, staff):
    *_in, third = full(event, staff, waiting=1)
    planning.cancel(event=event, by=staff)
    assert standing(third) == "left"


def test_replies_that_were_asked_again_free_their_places(event, staff):
    first, _second, third, fourth = full(event, staff, waiting=2)
    Invitation.objects.filter(pk__in=[first.pk, fourth.pk]).update(reply="", replied_at=None)
    tasks.keep_up_waiting_lists()
    assert [standing(third), standing(fourth)] == ["offered", "left"]


def test_a_text_says_that_it_is_full_and_takes_an_offer(event, staff, settings, worker):
    settings.TEXT_PROVIDER, settings.TEXT_ANSWERS = "demo", True
    from events.inviting.contributions import answer_by_text

    first, *_others = full(event, staff)
    (person,) = members(event.programme, 1, channel="sms", phone="+447700900123", email="")
    with worker():
        invitations.invite(event=event, people=[person], by=staff)
    row = Invitation.objects.get(person=person)
    assert "is full at the moment. You are on the waiting list" in answer_by_text(row.notice, True)
    with worker():
        says(first, "not_coming")
    offer = WaitingPlace.objects.get(invitation=row).notice
    assert "A place is free for you" in offer.short
    assert "We have noted that you will come" in answer_by_text(offer, True)
    assert standing(row) == "taken"


def test_only_staff_of_the_programme_set_places(event, member, staff):
    for user in (member, make.a_user()):
        with pytest.raises(EventError, match="Only staff of this programme"):
            numbers.set_places(event=event, number=3, by=user)


# What the database refuses


def test_the_database_refuses_one_more_than_there_are(event, staff, member):
    full(event, staff)
    row = make.an_invitation(event, member.person)
    words = refused("UPDATE events_invitation SET reply = 'coming', replied_at = now() WHERE id = %s", row.pk)
    assert "every place is taken" in words
    assert "more people come than there would be places" in refused(
        "UPDATE events_places SET number = 1 WHERE event_id = %s", event.pk
    )


def test_the_database_refuses_a_second_offer_of_one_place(event, staff):
    first, _second, _third, fourth = full(event, staff, waiting=2)
    says(first, "not_coming")
    sql = (
        "UPDATE events_waitingplace SET status = 'offered', offered_at = now(), until = now() + interval '1 hour',"
        " hours = 1 WHERE invitation_id = %s"
    )
    assert "no place is free to offer" in refused(sql, fourth.pk)
    again = "INSERT INTO events_waitingplace (invitation_id, status, since, reason, beyond)"
    assert "on_a_waiting_list_once" in refused(f"{again} VALUES (%s, 'waiting', now(), '', false)", fourth.pk)
    assert "Cannot delete" in refused("DELETE FROM events_waitingplace")


@pytest.mark.django_db(transaction=True)
@pytest.mark.real_clock
def test_two_replies_at_the_same_moment_do_not_both_take_the_last_place():
    programme = make.a_programme()
    organiser = make.with_role(programme, "staff")
    event = make.an_event(programme, organiser=organiser.person, days=10)
    numbers.set_places(event=event, number=1, by=organiser)
    rows = [make.an_invitation(event, person) for person in members(programme, 2)]
    results = at_once(*(lambda row=row: says(row, "coming").reply for row in rows))
    assert sorted(results) == ["coming", "waiting"]


@pytest.mark.parametrize(("days", "copied"), [(20, [(5, 2)]), (-20, [])])
def test_a_copy_has_as_many_places_unless_it_is_over(programme, event, staff, days, copied):
    numbers.set_places(event=event, number=5, kept=2, by=staff)
    starts = timezone.now() + dt.timedelta(days=days)
    made = plan_like(
        programme=programme,
        by=staff,
        like=event,
        title="Again",
        kind=event.kind,
        purpose="To measure.",
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2),
        reply_by=timezone.localdate(starts),
        organiser=staff.person,
        venue_name="A hall",
    )
    assert list(Places.objects.filter(event=made).values_list("number", "kept")) == copied


@pytest.mark.parametrize("gone", ["comes", "waits"])
def test_somebody_who_is_removed_neither_keeps_a_place_nor_waits_for_one(event, staff, gone):
    planning.edit(event=event, online_link="https://example.org/meet", by=staff)
    first, second, third, fourth = full(event, staff, waiting=2)
    says(first, "coming", part_of_day="morning")
    person = {"comes": first, "waits": third}[gone].person
    with transaction.atomic():
        erasing.remove(person, by=make.an_administrator())
    assert Invitation.objects.get(person=person).reply == "not_coming"
    if gone == "comes":
        assert [standing(third), standing(fourth)] == ["offered", "waiting"]
    else:
        says(second, "not_coming")
        assert [standing(third), standing(fourth)] == ["left", "offered"]
