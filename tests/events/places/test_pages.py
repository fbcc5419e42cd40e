"""Pages about places: the reply of somebody invited, and the waiting list for staff."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Invitation, Places, WaitingPlace
from events.places.actions import numbers
from people.models import Notice
from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text, signed_in
from tests.helpers.events import members
from tests.helpers.places import full, says, standing


def page_of(client, invitation, name="reply"):
    return page_text(client.get(reverse(name, args=[invitation.link_key])))


def test_the_reply_page_says_before_that_it_is_full_and_after_that_they_wait(client, event, staff, member):
    full(event, staff, waiting=1)
    row = make.an_invitation(event, member.person)
    page = page_of(client, row)
    assert "This event is full at the moment." in page
    assert "2 of 2 places are taken." in page
    answer = client.post(reverse("reply", args=[row.link_key]), {"reply": "coming"}, follow=True)
    assert "You are on the waiting list, as number 2." in page_text(answer)
    assert "We look forward to seeing you" not in answer.text


def test_the_reply_page_says_how_many_places_are_kept(client, event, staff, partner, member):
    full(event, staff, number=2)
    numbers.set_places(event=event, number=4, kept=4, by=staff)
    other = make.an_invitation(event, partner())
    page = page_of(client, other)
    assert "2 of 4 places are taken, 4 are kept for people with lived experience." in page
    assert "The places that are left are kept for people with lived experience." in page
    assert "full at the moment" not in page_of(client, make.an_invitation(event, member.person))


@pytest.mark.parametrize(
    ("answer", "reply", "stands"), [("take", "coming", "taken"), ("leave", "not_coming", "let_go")]
)
def test_an_offer_is_answered_with_one_press(client, event, staff, answer, reply, stands):
    first, _second, third = full(event, staff, waiting=1)
    says(first, "not_coming")
    page = page_of(client, third)
    assert "A place is free for you" in page
    assert "Take the place" in page
    client.get(reverse("reply_place", args=[third.link_key]))
    assert standing(third) == "offered"
    client.post(reverse("reply_place", args=[third.link_key]), {"answer": answer})
    third.refresh_from_db()
    assert (third.reply, standing(third)) == (reply, stands)


def test_somebody_who_missed_an_offer_can_wait_again(client, event, staff):
    first, _second, third, _fourth = full(event, staff, waiting=2)
    says(first, "not_coming")
    row = WaitingPlace.objects.get(invitation=third)
    row.status, row.ended_at = "passed", row.until
    row.save()
    assert "Wait for a place again" in page_of(client, third)
    client.post(reverse("reply_place", args=[third.link_key]), {"answer": "again"})
    # The place was not offered on yet, so it is free.
    third.refresh_from_db()
    assert third.reply == "coming"


def test_a_closed_list_is_said_beside_the_reply_and_nothing_typed_is_lost(client, event, staff, member):
    full(event, staff)
    numbers.close_list(event=event, by=staff)
    row = make.an_invitation(event, member.person)
    assert "its waiting list is closed" in page_of(client, row)
    answer = client.post(reverse("reply", args=[row.link_key]), {"reply": "coming", "question": "Is there tea?"})
    page = page_text(answer)
    assert "Please choose another answer." in page
    assert "Is there tea?" in page


def test_a_colleague_reads_what_the_reply_will_be(as_staff, event, staff, member):
    full(event, staff)
    row = make.an_invitation(event, member.person)
    address = reverse("invitation_reply_for", args=[row.pk])
    assert "“They will come” puts them on the waiting list" in page_text(as_staff.get(address))
    as_staff.post(address, {"reply": "coming"})
    row.refresh_from_db()
    assert row.reply == "waiting"
    told = Notice.objects.get(person=row.person, kind="reply_taken")
    assert "You are on the waiting list, and we will tell you when a place comes free." in told.text_body


def test_staff_set_places_and_read_how_they_stand(as_staff, event, staff):
    full(event, staff, waiting=2)
    address = reverse("event_places_edit", args=[event.pk])
    refused = page_text(as_staff.post(address, {"number": "1", "kept": "1"}))
    assert "2 people have a place already" in refused
    answer = as_staff.post(address, {"number": "3", "kept": "1"}, follow=True)
    assert "2 of 3 places are taken, 1 is offered, 1 is kept for people with lived experience." in page_text(answer)
    assert "Has an offer" in answer.text
    event_page = page_text(as_staff.get(event.get_absolute_url()))
    assert "1 person waits for a place" in event_page
    listing = page_text(as_staff.get(reverse("events", args=[event.programme.slug])))
    assert "2 of 3" in listing


def test_places_are_refused_beside_the_field(as_staff, event):
    address = reverse("event_places_edit", args=[event.pk])
    assert "You cannot keep more places than there are." in page_text(
        as_staff.post(address, {"number": "3", "kept": "4"})
    )
    assert not Places.objects.exists()


def test_staff_offer_a_place_out_of_order(as_staff, event, staff):
    *_in, third, fourth = full(event, staff, waiting=2)
    row = WaitingPlace.objects.get(invitation=fourth)
    address = reverse("place_offer", args=[row.pk])
    assert "All 2 places are taken or offered." in page_text(as_staff.get(address))
    assert "Say why it is offered to them now" in page_text(as_staff.post(address, {"reason": ""}))
    answer = as_staff.post(address, {"reason": "Speaks", "beyond": "on"}, follow=True)
    assert "The place is kept for" in page_text(answer)
    assert "Speaks (one place more than there are)" in answer.text
    assert [standing(third), standing(fourth)] == ["waiting", "offered"]


def test_staff_close_and_open_the_list(as_staff, event, staff):
    full(event, staff, waiting=1)
    answer = as_staff.post(reverse("event_waiting_close", args=[event.pk]), follow=True)
    assert "We tell 1 person that no place came free." in page_text(answer)
    assert "was closed by Stella Staff" in answer.text
    assert "The list is open again" in page_text(
        as_staff.post(reverse("event_waiting_open", args=[event.pk]), follow=True)
    )


def test_an_offer_is_a_task_of_its_person_and_a_call_one_of_staff(event, staff, member):
    member.person.phone, member.person.channel = "01632 960000", "phone"
    member.person.save()
    first, *_others = full(event, staff)
    says(make.an_invitation(event, member.person), "coming")
    says(first, "not_coming")
    assert f"A place is free for you: {event}" in page_text(signed_in(member).get(reverse("home")))
    assert f"Tell Mina Member that a place is free at {event}" in page_text(signed_in(staff).get(reverse("home")))


def test_other_programmes_see_no_waiting_list(event, staff, member):
    full(event, staff, waiting=1)
    elsewhere = make.with_role(make.a_programme(), Role.STAFF)
    row = WaitingPlace.objects.get()
    for name, pk in (("event_places", event.pk), ("event_places_edit", event.pk), ("place_offer", row.pk)):
        assert signed_in(elsewhere).get(reverse(name, args=[pk])).status_code == 404
    assert signed_in(member).get(reverse("event_places", args=[event.pk])).status_code == 403


def test_the_lists_of_an_event_ask_as_often_for_five_people_as_for_sixty(as_staff, event, staff):
    full(event, staff)
    addresses = [
        reverse("event_places", args=[event.pk]),
        event.get_absolute_url(),
        reverse("event_invite", args=[event.pk]),
    ]
    asked = []
    for number in (5, 55):
        waiting = [
            Invitation(event=event, person=person, invited_by=staff.person, reply="waiting", replied_at=timezone.now())
            for person in members(event.programme, number)
        ]
        rows = Invitation.objects.bulk_create(waiting)
        WaitingPlace.objects.bulk_create(WaitingPlace(invitation=row, since=timezone.now()) for row in rows)
        members(event.programme, number)
        counts = []
        for address in addresses:
            if not asked:
                as_staff.get(address)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                as_staff.get(address)
            counts.append(len(captured))
        asked.append(counts)
    assert Invitation.objects.filter(reply="waiting").count() == 60
    assert asked[0] == asked[1]
