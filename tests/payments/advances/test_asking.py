"""With their reply people ask for travel to be booked or money before; staff see it until the record answers it."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.inviting.actions import invitations
from events.models import Event
from payments.advances import actions, asking
from payments.models import AskedBefore
from payments.my_record.actions import set_limit
from tests import factories
from tests.helpers.cancelling import an_event_with_a_yes, promise_cancellation_fee, say_yes
from tests.helpers.database import queries_of, refused

BOOKING, ADVANCE = "booking", "advance"


@pytest.fixture
def event(scene):
    """An event in ten days, to which the scene's person said yes."""
    return an_event_with_a_yes(scene, days=10)


@pytest.fixture
def invitation(event):
    return event.invitations.get()


def asked(invitation, *wants, by=None):
    invitations.reply(invitation=invitation, reply="coming", by=by, beside=dict.fromkeys(wants, True))


def waiting(event):
    return [(row.person, row.what) for row in asking.waiting(Event.objects.filter(pk=event.pk))]


def test_the_reply_page_asks_and_the_answers_are_kept(client, scene, event, invitation):
    address = reverse("reply", args=[invitation.link_key])
    page = client.get(address).text
    assert "Your travel booked for you: would you like it?" in page
    assert "Money before you travel: would you like it?" in page
    client.post(address, {"reply": "coming", BOOKING: "yes", ADVANCE: "no"})
    assert waiting(event) == [(scene.person.person, BOOKING)]
    assert AskedBefore.objects.get(what=ADVANCE).wants is False
    client.post(address, {"reply": "coming", BOOKING: "no"})
    assert waiting(event) == []


def test_who_is_paid_nothing_is_asked_nothing_and_online_nobody_travels(scene, event):
    partner = factories.a_person("Petra Partner")
    found = asking.beside(event, [scene.person.person.pk, partner.pk])
    assert {person: [thing.key for thing in things] for person, things in found.items()} == {
        scene.person.person.pk: [BOOKING, ADVANCE]
    }
    event.venue_name = ""
    assert [thing.key for thing in asking.beside(event, [scene.person.person.pk])[scene.person.person.pk]] == [ADVANCE]
    far = factories.an_event(scene.programme, scene.staff.person, days=-3000)
    assert asking.beside(far, [scene.person.person.pk]) == {}


def test_the_invitation_stays_short(scene, worker):
    event = factories.an_event(scene.programme, scene.staff.person, days=10)
    with worker():
        invitations.invite(event=event, people=[scene.person.person], by=scene.staff)
    assert "travel booked" not in mail.outbox[0].body


def test_a_booking_or_an_advance_for_the_event_answers_it(scene, event, invitation):
    asked(invitation, BOOKING, ADVANCE)
    person = scene.person.person
    actions.book(
        programme=scene.programme, person=person, by=scene.staff, kind="public_transport", cost_pence=4200, event=event
    )
    assert waiting(event) == [(person, ADVANCE)]
    actions.record(
        programme=scene.programme,
        person=person,
        by=scene.staff,
        amount_pence=2000,
        paid_on=timezone.localdate(),
        how="cash",
        event=event,
    )
    assert waiting(event) == []


def test_who_cannot_come_after_all_needs_nothing(event, invitation):
    asked(invitation, BOOKING)
    invitations.reply(invitation=invitation, reply="not_coming", by=None)
    assert waiting(event) == []


def test_staff_find_it_on_home_and_on_the_event_and_record_it_there(scene, client, event, invitation):
    asked(invitation, BOOKING, by=scene.staff)
    assert AskedBefore.objects.get().taken_by == scene.staff.person
    client.force_login(scene.staff)
    assert "1 person would like travel booked or money before" in client.get(reverse("home")).text
    page = client.get(event.get_absolute_url(), {"tab": "claims"}).text
    address = (
        f"{reverse('booking_new', args=[scene.programme.slug])}?person={scene.person.person.pk}&amp;event={event.pk}"
    )
    assert address in page
    form = client.get(address.replace("&amp;", "&")).text
    assert f'<option value="{event.pk}" selected' in form


@pytest.mark.parametrize("who", ["person", "steering", "elsewhere"])
def test_nobody_else_reads_who_asked(scene, event, invitation, who):
    asked(invitation, BOOKING)
    user = getattr(scene, who)
    assert asking.event_panel(user, event) is None
    assert asking.home_tasks(user) == []


def test_home_asks_the_database_as_often_for_many(scene, event, invitation):
    asked(invitation, BOOKING)
    few = queries_of(lambda: asking.home_tasks(scene.staff))
    for number in range(5):
        other = factories.an_event(scene.programme, scene.staff.person, days=12 + number)
        asked(say_yes(other, scene.person.person), BOOKING, ADVANCE)
    assert len(asking.home_tasks(scene.staff)) == 6
    assert len(queries_of(lambda: asking.home_tasks(scene.staff))) <= len(few)


def test_the_database_keeps_one_answer_of_each_kind_and_nobody_writes_down_their_own(event, invitation):
    asked(invitation, BOOKING)
    assert "asked_before_taken_by_another" in refused("UPDATE payments_askedbefore SET taken_by_id = person_id")
    again = "INSERT INTO payments_askedbefore (person_id, event_id, what, wants, asked_at)"
    assert "asked_before_once_of_each_kind" in refused(
        f"{again} SELECT person_id, event_id, what, wants, asked_at FROM payments_askedbefore"
    )


def test_their_own_limit_and_needs_are_shown_to_them_alone(scene, client, event, invitation):
    promise_cancellation_fee(scene)
    person = scene.person.person
    person.access_needs.create(kind="captions")
    set_limit(by=scene.person, week_pence=100)
    address = reverse("reply", args=[invitation.link_key])
    own, needs = "Your own limit is £1.00.", "We know that you need:"
    for reader in (None, scene.staff, scene.elsewhere):
        client.logout()
        if reader:
            client.force_login(reader)
        page = client.get(address).text
        assert own not in page and needs not in page and "aptions" not in page.split("<form")[0]
    client.force_login(scene.person)
    page = client.get(address).text
    assert own in page and "Only you can see this." in page
    assert needs in page
    set_limit(by=scene.person, week_pence=100_000)
    assert own not in client.get(address).text


def test_a_move_and_a_late_cancellation_count_replies_for_the_day_it_had(scene, client):
    from events.planning import actions as planning_actions
    from payments.models import Claim

    promise_cancellation_fee(scene, days=30)
    event = an_event_with_a_yes(scene, days=5)
    other = factories.with_role(scene.programme, "lived_experience")
    say_yes(event, other.person)
    week = dt.timedelta(days=7)
    planning_actions.edit(event=event, by=scene.staff, starts_at=event.starts_at + week, ends_at=event.ends_at + week)
    # One says yes to the new day; an hour's move of that day asks them again, and they kept the day free.
    invitations.reply(invitation=event.invitations.get(person=other.person), reply="coming", by=None)
    hour = dt.timedelta(hours=1)
    event = planning_actions.edit(
        event=event, by=scene.staff, starts_at=event.starts_at + week + hour, ends_at=event.ends_at + week + hour
    )
    assert event.invitations.asked_again().count() == 2
    planning_actions.cancel(event=event, by=scene.staff)
    assert [claim.person for claim in Claim.objects.filter(event=event)] == [other.person]
