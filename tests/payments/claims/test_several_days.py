"""An event over several days: each day is a payment by itself, from the offer to the claim."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from events import registry
from events.day import actions as day_actions
from events.planning import actions as planning_actions
from payments.approval.actions import decisions
from payments.approval.warnings import warnings_of
from payments.claims.actions import hours, sending
from payments.claims.dues import dues
from payments.models import Claim
from payments.my_record.queries import fee_of
from payments.pages.queries import whole_claim
from payments.policy.actions import ActivityFee
from payments.policy.calculations import half_or_full_day
from payments.policy.comparison import offer_changes
from tests import factories
from tests.helpers.cancelling import promise_cancellation_fee, say_yes
from tests.helpers.client import page_text
from tests.helpers.residential import a_residential


@pytest.fixture
def event(scene):
    """Two days that are over: ten hours, a full day, and four hours, half a day."""
    event = a_residential(scene.programme, scene.staff.person, days=-5)
    factories.an_invitation(event, scene.person.person)
    return event


@pytest.fixture
def record(scene, event):
    """fn({day: hours}) -> the person's claim, once staff recorded on which days they were there, and for how long."""

    def there(days=None):
        mine = scene.person.person.pk
        given = {mine: {day: Decimal(number) for day, number in (days or {}).items()}}
        day_actions.record(event=event, came={mine}, days=given, by=scene.staff)
        return Claim.objects.get(event=event, person=mine)

    return there


def times_of(claim):
    lines = claim.lines.filter(category="time").order_by("on")
    return [(line.on, line.hours, line.amount_pence) for line in lines]


def test_both_days_are_two_payments_to_the_penny(scene, event, record):
    claim = record()
    assert times_of(claim) == [(event.day, 10, 10_000), (event.last_day, 4, 5_000)]
    first = claim.lines.order_by("on").first()
    assert first.description == f"Time on {event.days[0].date:%A} 18 November 2026: 10 hours"
    sending.submit(claim=claim, by=scene.person)
    claim.refresh_from_db()
    assert not warnings_of(whole_claim(claim.pk), scene.staff)
    decisions.approve(claim=claim, by=scene.staff)
    claim.refresh_from_db()
    assert (claim.approved_pence, claim.money_pence) == (15_000, 15_000)


def test_a_day_away_is_not_paid_and_a_correction_of_a_draft_brings_it_back(event, record):
    assert times_of(record({1: 0})) == [(event.last_day, 4, 5_000)]
    assert times_of(record({1: 3})) == [(event.day, 3, 5_000), (event.last_day, 4, 5_000)]
    assert times_of(record({2: 0})) == [(event.day, 10, 10_000)]


def test_somebody_says_other_hours_for_one_day_and_the_approver_reads_it(scene, event, record, signed_in):
    claim = record()
    second = claim.lines.order_by("on").last()
    address = f"{reverse('claim_hours', args=[claim.pk])}?line={second.pk}"
    client = signed_in(scene.person)
    assert address in client.get(claim.get_absolute_url()).text
    page = page_text(client.get(address))
    assert "you were there for 4 hours" in page
    client.post(address, {"hours": "5", "reason": "I cleared up."})
    assert times_of(claim) == [(event.day, 10, 10_000), (event.last_day, 5, 10_000)]
    assert times_of(record({1: 2})) == [(event.day, 2, 5_000), (event.last_day, 5, 10_000)], "what they said stays"
    sending.submit(claim=claim, by=scene.person)
    [warning] = warnings_of(whole_claim(claim.pk), scene.staff)
    assert warning.text == "Staff recorded 4 hours. The claim is for 5 hours: “I cleared up.”"
    checked = page_text(signed_in(scene.staff).get(claim.get_absolute_url()))
    assert "2 hours on Wednesday 18 November, 4 hours on Thursday 19 November" in checked


def test_the_hours_of_a_claim_are_those_of_its_first_day_where_no_day_is_named(scene, record):
    claim = record()
    line = hours.say(claim=claim, by=scene.person, hours=Decimal(3), reason="I left early.")
    assert line == claim.lines.order_by("on").first()


def test_a_day_on_a_sent_claim_that_staff_took_out_is_a_warning(scene, record):
    claim = record()
    sending.submit(claim=claim, by=scene.person)
    record({2: 0})
    [warning] = warnings_of(whole_claim(claim.pk), scene.staff)
    assert warning.text == "Staff recorded 0 minutes. The claim is for 4 hours, with no reason."


def test_the_offer_names_the_pay_of_each_day_before_anybody_says_yes(scene, event):
    coming = a_residential(scene.programme, scene.staff.person, days=20)
    offer = registry.offer_for(coming)
    assert offer.time.startswith("£150.00 for these 2 days")
    assert "£100.00 for Sunday 13 December (a full day)" in offer.time
    assert "£50.00 for Monday 14 December (half a day)" in offer.time
    assert fee_of(coming, [scene.policy], None) == 15_000
    fees = [ActivityFee(half_or_full_day(5000, 12000, Decimal(4)))]
    other = promise_cancellation_fee(scene, fees=fees)
    changes = {change.what: change for change in offer_changes(coming, scene.policy, other, ())}
    assert "£170.00 for these 2 days" in changes["Your time"].now


def test_cancelled_late_both_days_are_paid_their_share(scene):
    promise_cancellation_fee(scene, days=3)
    event = a_residential(scene.programme, scene.staff.person, days=1)
    say_yes(event, scene.person.person)
    [due] = dues(event)
    assert due.pence == 7_500
    planning_actions.cancel(event=event, by=scene.staff)
    claim = Claim.objects.get(event=event)
    assert times_of(claim) == [(event.day, 10, 5_000), (event.last_day, 4, 2_500)]


def test_what_was_recorded_before_an_event_had_days_counts_for_all_of_it(scene):
    event = a_residential(scene.programme, scene.staff.person, days=-5)
    attendance = factories.an_attendance(event, scene.person.person)
    assert not attendance.days_there.exists()
    registry.after_attendance[0](attendance, scene.staff)
    assert times_of(Claim.objects.get(event=event)) == [(event.day, 10, 10_000), (event.last_day, 4, 5_000)]
    assert timezone.localdate(event.ends_at) == event.last_day
