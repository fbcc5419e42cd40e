"""Advances and things booked and paid direct: taken off once, to the penny, whoever approves at the same moment."""

import datetime as dt
from functools import partial

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments.advances import actions as advance_actions
from payments.advances import queries as advance_queries
from payments.advances.actions import AdvanceError
from payments.approval.actions import decisions
from payments.claims.actions import payment_choice, sending
from payments.models import Advance, AdvanceUse, Booking, Claim, ClaimLine
from programmes.models import Role
from tests import factories
from tests.helpers.advances import a_booking, an_advance
from tests.helpers.database import refused
from tests.helpers.threads import at_once


def approved(scene, claim_in, pence=5000, **fields):
    claim = claim_in("submitted", amount_pence=pence, **fields)
    return decisions.approve(claim=claim, by=scene.staff, duplicate_reason="Two meetings on one day.")


def left(advance):
    return Advance.objects.with_used().get(pk=advance.pk).left_pence


# Recording


@pytest.mark.parametrize("who", ["staff", "finance"])
def test_staff_and_finance_record_an_advance(scene, who):
    advance = an_advance(scene, by=getattr(scene, who))
    assert (advance.amount_pence, advance.recorded_by) == (2000, getattr(scene, who).person)


@pytest.mark.parametrize("who", ["person", "steering", "elsewhere", "finance_elsewhere", "administrator"])
def test_nobody_else_records_an_advance_or_a_booking(scene, who):
    with pytest.raises(AdvanceError):
        an_advance(scene, by=getattr(scene, who))
    with pytest.raises(AdvanceError):
        a_booking(scene, by=getattr(scene, who), on=timezone.localdate())


def test_nobody_records_one_for_themselves(scene):
    both = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, user=scene.staff)
    with pytest.raises(AdvanceError, match="Somebody else"):
        an_advance(scene, person=both.person)
    advance = an_advance(scene)
    refused("UPDATE payments_advance SET closed_at = now(), closed_reason = 'x', closed_by_id = person_id")
    with pytest.raises(DatabaseError), transaction.atomic():
        Advance.objects.create(
            programme=scene.programme,
            person=advance.person,
            amount_pence=1,
            paid_on=advance.paid_on,
            how="cash",
            recorded_by=advance.person,
        )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pence": 0}, "amount"),
        ({"paid_on": timezone.localdate() + dt.timedelta(days=1)}, "paid_on"),
    ],
)
def test_an_advance_is_of_something_and_was_given(scene, fields, field):
    with pytest.raises(AdvanceError) as refusal:
        an_advance(scene, **fields)
    assert refusal.value.field == field


def test_an_advance_is_for_somebody_and_an_event_of_the_programme(scene):
    with pytest.raises(AdvanceError) as refusal:
        an_advance(scene, person=scene.stranger.person)
    assert refusal.value.field == "person"
    with pytest.raises(AdvanceError) as refusal:
        an_advance(scene, event=factories.an_event(scene.other))
    assert refusal.value.field == "event"


# Taking it off


def test_an_advance_comes_off_the_claim_and_the_rest_carries_over(scene, claim_in):
    advance = an_advance(scene, 7000)
    first = approved(scene, claim_in)
    assert (first.advance_recovered_pence, first.money_pence, left(advance)) == (5000, 0, 2000)
    second = approved(scene, claim_in)
    assert (second.advance_recovered_pence, second.money_pence, left(advance)) == (2000, 3000, 0)
    third = approved(scene, claim_in)
    assert (third.advance_recovered_pence, third.money_pence) == (0, 5000)
    uses = AdvanceUse.objects.filter(claim__in=[first, second, third]).order_by("pk")
    assert [(use.claim_id, use.pence) for use in uses] == [(first.pk, 5000), (second.pk, 2000)]


def test_several_advances_come_off_the_oldest_first(scene, claim_in):
    today = timezone.localdate()
    younger = an_advance(scene, 3000)
    older = an_advance(scene, 4000, paid_on=today - dt.timedelta(days=9))
    claim = approved(scene, claim_in)
    assert {use.advance_id: use.pence for use in claim.advance_uses.all()} == {older.pk: 4000, younger.pk: 1000}


def test_the_advance_for_the_claims_own_event_comes_first(scene, claim_in):
    event = factories.an_event(scene.programme)
    general = an_advance(scene, 4000, paid_on=timezone.localdate() - dt.timedelta(days=9))
    own = an_advance(scene, 3000, event=event)
    approved(scene, claim_in, event=event, activity_date=event.day)
    assert (left(own), left(general)) == (0, 2000)


def test_an_advance_for_a_day_to_come_waits_for_it(scene, claim_in):
    advance = an_advance(scene, 3000, event=factories.an_event(scene.programme, days=9))
    assert approved(scene, claim_in).advance_recovered_pence == 0
    assert left(advance) == 3000


def test_only_money_is_netted_off_never_what_is_not_taken(scene, claim_in):
    advance = an_advance(scene, 3000)
    claim = claim_in("draft")
    ClaimLine.objects.create(
        claim=claim,
        category="expense",
        expense_kind="mileage",
        miles=10,
        description="Driving",
        on=claim.activity_date,
        amount_pence=1000,
    )
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="none")
    sending.submit(claim=claim, by=scene.person)
    claim = decisions.approve(claim=claim, by=scene.staff)
    assert (claim.advance_recovered_pence, claim.waived_pence, claim.money_pence, left(advance)) == (
        1000,
        5000,
        0,
        2000,
    )


def test_advances_of_others_and_of_another_programme_stay_where_they_are(scene, claim_in):
    other = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    theirs = an_advance(scene, person=other.person)
    factories.with_role(scene.other, Role.LIVED_EXPERIENCE, user=scene.person)
    elsewhere = advance_actions.record(
        programme=scene.other,
        person=scene.person.person,
        by=scene.elsewhere,
        amount_pence=900,
        paid_on=timezone.localdate(),
        how="bank",
    )
    assert approved(scene, claim_in).advance_recovered_pence == 0
    assert (left(theirs), left(elsewhere)) == (2000, 900)


def test_a_claim_covered_by_an_advance_says_there_is_nothing_more_to_pay(scene, claim_in, signed_in):
    an_advance(scene, 5000)
    claim = approved(scene, claim_in)
    page = signed_in(scene.person).get(claim.get_absolute_url()).content.decode()
    assert "You had this money before, so there is nothing more to pay." in page
    assert not Claim.objects.payable().filter(pk=claim.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_never_take_the_same_advance_twice(scene, claim_in):
    for _round in range(5):
        advance = an_advance(scene, 7000)
        pair = [claim_in("submitted"), claim_in("submitted")]
        at_once(
            *[
                partial(decisions.approve, claim=claim, by=scene.staff, duplicate_reason="Two meetings on one day.")
                for claim in pair
            ],
            expected=(),
        )
        for claim in pair:
            claim.refresh_from_db()
        assert sorted(claim.advance_recovered_pence for claim in pair) == [2000, 5000]
        assert left(advance) == 0


def test_the_database_refuses_more_than_the_advance_and_what_is_not_settled(scene, claim_in):
    advance = an_advance(scene, 7000)
    claim = approved(scene, claim_in)
    insert = "INSERT INTO payments_advanceuse (advance_id, claim_id, pence) VALUES (%s, %s, %s)"
    another = an_advance(scene, 9000)
    refused(insert, another.pk, claim.pk, 1)
    later = claim_in("submitted")
    refused(insert, advance.pk, later.pk, 1)
    second = claim_in("submitted", amount_pence=9000)
    second = decisions.approve(claim=second, by=scene.staff)
    assert left(advance) == 0
    refused("UPDATE payments_advanceuse SET pence = 1")
    refused("DELETE FROM payments_advanceuse")
    refused(insert, advance.pk, second.pk, 1)
    other = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    theirs = an_advance(scene, person=other.person)
    refused(insert, theirs.pk, second.pk, 1)


def test_the_database_keeps_advances_and_bookings_as_they_were_recorded(scene):
    an_advance(scene)
    a_booking(scene, on=timezone.localdate())
    refused("UPDATE payments_advance SET amount_pence = 1")
    refused("DELETE FROM payments_advance")
    refused("UPDATE payments_booking SET cost_pence = 1")
    refused("DELETE FROM payments_booking")


def test_a_closed_advance_comes_off_nothing_more(scene, claim_in):
    advance = an_advance(scene, 7000)
    approved(scene, claim_in)
    advance_actions.close(advance=advance, by=scene.finance, reason="They gave the rest back.")
    assert left(advance) == 0
    assert approved(scene, claim_in).advance_recovered_pence == 0
    with pytest.raises(AdvanceError, match="closed already"):
        advance_actions.close(advance=advance, by=scene.finance, reason="Again")
    refused("UPDATE payments_advance SET closed_at = NULL, closed_by_id = NULL, closed_reason = ''")


def test_closing_needs_a_reason_and_the_role(scene):
    advance = an_advance(scene)
    with pytest.raises(AdvanceError) as refusal:
        advance_actions.close(advance=advance, by=scene.staff, reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(AdvanceError):
        advance_actions.close(advance=advance, by=scene.administrator, reason="Mistake")


# Booked and paid direct


def test_a_booking_takes_the_day_of_its_event_or_says_which(scene):
    event = factories.an_event(scene.programme, days=4)
    assert a_booking(scene, event=event).on == event.day
    with pytest.raises(AdvanceError) as refusal:
        a_booking(scene)
    assert refusal.value.field == "on"


def test_a_booking_shows_on_the_claim_costs_nothing_and_warns_of_the_same_kind(scene, claim_in, signed_in):
    event = factories.an_event(scene.programme)
    a_booking(scene, event=event, description="Leeds to York")
    claim = claim_in("draft", event=event, activity_date=event.day)
    url = reverse("claim_check", args=[claim.pk])
    page = signed_in(scene.person).get(url).content.decode()
    assert "Leeds to York" in page
    assert "£42.00. There is nothing for you to claim." in page
    assert "Your claim also has" not in page
    ClaimLine.objects.create(
        claim=claim,
        category="expense",
        expense_kind="public_transport",
        description="Bus",
        on=claim.activity_date,
        amount_pence=300,
    )
    assert "Your claim also has Bus, £3.00." in signed_in(scene.person).get(url).content.decode()
    # Without the receipt that the action would ask for.
    claim.status, claim.submitted_at, claim.submitted_by = "submitted", timezone.now(), scene.person.person
    claim.pay_by = timezone.localdate()
    claim.save()
    seen = signed_in(scene.staff).get(claim.get_absolute_url()).content.decode()
    assert "They also claim Bus, £3.00." in seen


def test_a_booking_of_another_day_or_one_taken_off_does_not_show(scene, claim_in):
    event = factories.an_event(scene.programme)
    claim = claim_in("draft", event=event, activity_date=event.day)
    booking = a_booking(scene, event=event)
    a_booking(scene, on=event.day + dt.timedelta(days=1))
    assert advance_queries.bookings_for(claim) == [booking]
    advance_actions.unbook(booking=booking, by=scene.staff, reason="The train was cancelled.")
    assert advance_queries.bookings_for(claim) == []
    with pytest.raises(AdvanceError, match="already"):
        advance_actions.unbook(booking=booking, by=scene.staff, reason="Again")


# Pages


def day_of(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_an_advance_is_recorded_on_its_page_and_listed(scene, signed_in):
    client = signed_in(scene.staff)
    url = reverse("advance_new", args=[scene.programme.slug])
    person = scene.person.person
    assert f'<option value="{person.pk}" selected>' in client.get(f"{url}?person={person.pk}").content.decode()
    data = {"person": person.pk, "amount": "20", "how": "cash", **day_of("paid_on", timezone.localdate())}
    faulty = client.post(url, {**data, "amount": "lots"})
    assert faulty.status_code == 200
    assert "lots" in faulty.content.decode()
    assert client.post(url, data).status_code == 302
    page = client.get(reverse("advances", args=[scene.programme.slug])).content.decode()
    assert person.full_name in page
    assert "£20.00" in page
    advance = Advance.objects.get()
    assert client.post(reverse("advance", args=[advance.pk]), {"reason": "Mistake"}).status_code == 302
    page = client.get(reverse("advances", args=[scene.programme.slug])).content.decode()
    assert "Closed: Mistake" in page
    page = client.get(reverse("advance", args=[advance.pk])).content.decode()
    assert "Mistake" in page
    assert "Close this advance" not in page


def test_the_page_of_an_advance_says_which_claim_it_came_off(scene, claim_in, signed_in):
    advance = an_advance(scene, 7000)
    claim = approved(scene, claim_in)
    page = signed_in(scene.finance).get(reverse("advance", args=[advance.pk])).content.decode()
    assert f"{claim.reference}</a>, {claim.description}: £50.00" in page
    assert "Close this advance" in page
    assert (
        "Close this advance"
        not in signed_in(scene.administrator).get(reverse("advance", args=[advance.pk])).content.decode()
    )


def test_a_booking_is_recorded_on_its_page_and_taken_off_again(scene, signed_in):
    client = signed_in(scene.finance)
    event = factories.an_event(scene.programme, days=5)
    data = {"person": scene.person.person.pk, "kind": "taxi", "cost": "18.50", "event": event.pk}
    assert client.post(reverse("booking_new", args=[scene.programme.slug]), data).status_code == 302
    booking = Booking.objects.get()
    assert (booking.on, booking.cost_pence) == (event.day, 1850)
    url = reverse("booking", args=[booking.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "Cancelled"}).status_code == 302
    assert "Taken off: Cancelled" in client.get(reverse("bookings", args=[scene.programme.slug])).content.decode()


def test_a_person_sees_what_they_had_and_staff_see_it_on_the_persons_page(scene, signed_in):
    an_advance(scene, 4000)
    a_booking(scene, on=timezone.localdate() + dt.timedelta(days=2), description="Leeds to York")
    own = signed_in(scene.person).get(reverse("your_details")).content.decode()
    assert "We will deduct £40.00 more from what we pay you" in own
    assert "Leeds to York" in own
    page = signed_in(scene.staff).get(reverse("person", args=[scene.person.person.pk])).content.decode()
    assert "£40.00 left" in page
    assert reverse("advance_new", args=[scene.programme.slug]) in page


@pytest.mark.parametrize("name", ["advances", "bookings"])
def test_a_list_asks_the_same_number_of_questions_for_3_rows_and_30(scene, signed_in, name):
    client, url = signed_in(scene.staff), reverse(name, args=[scene.programme.slug])

    def add(number):
        for _each in range(number):
            person = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person
            event = factories.an_event(scene.programme)
            if name == "advances":
                an_advance(scene, person=person, event=event)
            else:
                advance_actions.book(
                    programme=scene.programme, person=person, by=scene.staff, kind="taxi", cost_pence=1, event=event
                )

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    add(3)
    client.get(url)
    few = count()
    add(27)
    assert count() == few


def test_the_files_of_the_lists_hold_what_is_on_them(scene, signed_in):
    an_advance(scene, 4000, note="Train fare")
    a_booking(scene, on=timezone.localdate(), description="Leeds to York")
    client = signed_in(scene.finance)
    for name, words in (("advances", "Train fare"), ("bookings", "Leeds to York")):
        response = client.get(reverse(name, args=[scene.programme.slug]), {"export": "csv"})
        assert words in b"".join(response.streaming_content).decode()
