"""Cancelled late by the organiser: those who had said yes are paid the share that the policy promises."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from events import registry
from events.inviting.actions import invitations
from events.models import Attendance
from events.planning import actions as planning_actions
from events.planning.transitions import EventError
from payments.claims import dues as due_sums
from payments.claims.actions import cancelling, entering, filling, opening
from payments.models import Claim, PolicyVersion
from payments.my_record import actions as record_actions
from payments.policy import wording as policy_wording
from payments.policy.actions import ActivityFee, PolicyError
from payments.policy.calculations import FIXED, FeeTerms
from people.models import Notice
from programmes.models import Membership, Role
from tests import factories
from tests.helpers.cancelling import an_event_with_a_yes, promise_cancellation_fee, say_yes
from tests.helpers.policies import TYPED_LIMITS


def test_half_of_the_payment_is_a_claim_that_waits_for_them(scene):
    version = promise_cancellation_fee(scene)
    event = an_event_with_a_yes(scene)
    planning_actions.cancel(event=event, by=scene.staff, reason="The heating broke.")
    claim = Claim.objects.get(event=event)
    line = claim.lines.get()
    assert (claim.person, claim.status, claim.policy, claim.activity_date) == (
        scene.person.person,
        "draft",
        version,
        event.day,
    )
    assert (line.amount_pence, line.hours, line.rate_note) == (2500, 3, "Cancelled 2 days before: half of £50.00")
    message = Notice.objects.get(kind="claim_for_cancelled")
    assert message.messages.get().to == scene.person.person.email
    assert "we pay you £25.00" in message.text_body
    assert "we pay you £25.00" in message.html_body


@pytest.mark.parametrize(
    ("within", "percent", "before", "pence", "note"),
    [
        (2, 50, 3, None, ""),
        (2, 50, 1, 2500, "Cancelled 1 day before: half of £50.00"),
        (7, 100, 7, 5000, "Cancelled 7 days before: all of £50.00"),
        (7, 33, 7, 1650, "Cancelled 7 days before: 33% of £50.00"),
        (0, 100, 1, None, ""),
        (None, None, 0, None, ""),
    ],
)
def test_the_share_follows_how_late_it_was(scene, within, percent, before, pence, note):
    promise_cancellation_fee(scene, within, percent)
    event = an_event_with_a_yes(scene, days=before)
    planning_actions.cancel(event=event, by=scene.staff)
    found = [(line.amount_pence, line.rate_note) for claim in event.claims.all() for line in claim.lines.all()]
    assert found == ([(pence, note)] if pence else [])


def test_an_event_cancelled_on_its_day_is_paid_and_one_that_is_over_is_not(scene):
    promise_cancellation_fee(scene, 0, 100)
    now = timezone.now()
    today = an_event_with_a_yes(scene, starts_at=now + dt.timedelta(minutes=1), ends_at=now + dt.timedelta(hours=3))
    assert [day.how for due in due_sums.dues(today) for day in due.days] == ["Cancelled on the day: all of £50.00"]
    over = an_event_with_a_yes(scene, starts_at=now - dt.timedelta(hours=3), ends_at=now - dt.timedelta(minutes=1))
    planning_actions.cancel(event=over, by=scene.staff)
    assert not Claim.objects.filter(event=over).exists()


def test_only_people_with_lived_experience_who_had_said_yes_are_paid(scene):
    promise_cancellation_fee(scene)
    event = an_event_with_a_yes(scene)
    for reply in ("not_coming", "not_sure"):
        say_yes(event, factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person, reply)
    factories.an_invitation(event, factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person)
    say_yes(event, scene.staff_two.person)
    left = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person
    Membership.objects.filter(person=left).update(ends_on=timezone.localdate())
    say_yes(event, left)
    planning_actions.cancel(event=event, by=scene.staff)
    assert [claim.person for claim in Claim.objects.filter(event=event)] == [scene.person.person]


@pytest.mark.parametrize("opened_by", ["attendance", "cancelling", "hand"])
def test_every_new_claim_carries_the_persons_standing_wish(scene, opened_by):
    promise_cancellation_fee(scene)
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="none")
    if opened_by == "hand":
        entering.start(
            programme=scene.programme,
            by=scene.person,
            activity="document_review",
            on=timezone.localdate(),
            hours=Decimal(1),
            description="Read a report",
        )
    else:
        event = an_event_with_a_yes(scene)
        if opened_by == "cancelling":
            planning_actions.cancel(event=event, by=scene.staff)
        else:
            opening.open_for_attendance(
                attendance=Attendance(event=event, person=scene.person.person, came=True), by=scene.staff
            )
    assert Claim.objects.get(person=scene.person.person).recognition == "none"


def test_asking_again_opens_nothing_and_tells_nobody_twice(scene):
    promise_cancellation_fee(scene)
    event = an_event_with_a_yes(scene)
    planning_actions.cancel(event=event, by=scene.staff)
    assert cancelling.open_for_cancelled(event=event, by=scene.staff) == []
    with pytest.raises(EventError, match="cancelled before"):
        planning_actions.cancel(event=event, by=scene.staff)
    assert Claim.objects.filter(event=event).count() == 1
    assert Notice.objects.filter(kind="claim_for_cancelled").count() == 1


def test_the_share_is_of_what_each_would_have_been_paid(scene):
    fees = [
        ActivityFee(FeeTerms(FIXED, unit_pence=5000)),
        ActivityFee(FeeTerms(FIXED, unit_pence=9000), role="facilitating"),
    ]
    promise_cancellation_fee(scene, fees=fees)
    event = an_event_with_a_yes(scene)
    other = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Olly Other").person
    say_yes(event, other)
    invitations.set_facilitators(event=event, people=[scene.person.person], by=scene.staff)
    planning_actions.cancel(event=event, by=scene.staff)
    paid = {claim.person: claim.lines.get().amount_pence for claim in event.claims.all()}
    assert paid == {scene.person.person: 4500, other: 2500}


def test_time_that_is_not_paid_is_not_paid_for_cancelling_either(scene):
    promise_cancellation_fee(scene, fees=[])
    event = an_event_with_a_yes(scene)
    planning_actions.cancel(event=event, by=scene.staff)
    assert not event.claims.exists()
    assert registry.offer_for(event).if_cancelled == ""


def test_a_person_without_an_address_gets_the_claim_all_the_same(scene):
    promise_cancellation_fee(scene)
    factories.move_address(scene.person.person, "")
    event = an_event_with_a_yes(scene)
    planning_actions.cancel(event=event, by=scene.staff)
    assert Claim.objects.filter(event=event).count() == 1


def test_staff_read_what_it_costs_before_they_cancel(scene, signed_in):
    promise_cancellation_fee(scene)
    event = an_event_with_a_yes(scene)
    say_yes(event, factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person)
    address = reverse("event_cancel", args=[event.pk])
    words = "2 people who said yes are paid all the same: £50.00 in all."
    assert words in signed_in(scene.staff).get(address).text
    early = an_event_with_a_yes(scene, days=30)
    assert "paid all the same" not in signed_in(scene.staff).get(reverse("event_cancel", args=[early.pk])).text


def test_the_promise_is_read_before_anyone_says_yes_and_on_the_public_page(scene, signed_in, worker):
    promise_cancellation_fee(scene)
    words = (
        "If you said yes and we cancel less than 2 days before the event, we will still pay you half of the payment"
        " for your time."
    )
    event = factories.an_event(scene.programme, scene.staff.person, days=9)
    invitation = factories.an_invitation(event, scene.person.person)
    assert words in signed_in(None).get(reverse("reply", args=[invitation.link_key])).text
    with worker():
        invitations.send_waiting(event=event, by=scene.staff)
    message = Notice.objects.get(kind="invitation")
    assert words in message.text_body
    assert words in message.html_body
    assert words in signed_in(None).get(reverse("policy", args=[scene.programme.slug])).text


@pytest.mark.parametrize(
    ("days", "percent", "words"),
    [
        (None, None, ""),
        (
            0,
            100,
            "If you said yes and we cancel on the day itself, we will still pay you all of the payment for your time.",
        ),
        (
            1,
            25,
            "If you said yes and we cancel less than a day before the event, we will still pay you 25% of the payment"
            " for your time.",
        ),
    ],
)
def test_the_policy_says_what_is_paid_for_a_cancelled_event(days, percent, words):
    assert policy_wording.if_cancelled(PolicyVersion(cancel_within_days=days, cancel_share_percent=percent)) == words


def test_its_claim_speaks_of_cancelling_not_of_coming_and_is_sent_like_any_other(scene, signed_in):
    promise_cancellation_fee(scene)
    event = an_event_with_a_yes(scene)
    planning_actions.cancel(event=event, by=scene.staff)
    claim = Claim.objects.get(event=event)
    client = signed_in(scene.person)
    page = client.get(claim.get_absolute_url()).text
    assert "We cancelled this late, so you are paid for it." in page
    assert "Thank you for coming" not in page
    assert "We cancelled it. You are still paid." in client.get(reverse("home")).text
    check = client.get(reverse("claim_check", args=[claim.pk])).text
    assert "I had said I would come, and nobody else has paid me for this." in check
    address = reverse("claim_submit", args=[claim.pk])
    line = filling.add_expense(claim=claim, by=scene.person, kind="parking", description="", amount_pence=900)
    assert "or remove it from your claim" in client.post(address, {"agree": "on"}).text
    filling.remove_line(line=line, by=scene.person)
    assert client.post(address, {"agree": "on"}).status_code == 302
    page = signed_in(scene.staff).get(claim.get_absolute_url()).text
    assert "It was cancelled. They had said that they would come." in page
    assert "Not on the list of who came" not in page


def test_a_cancellation_fee_needs_both_numbers_or_neither(scene, signed_in):
    with pytest.raises(PolicyError, match="both") as refusal:
        promise_cancellation_fee(scene, 2, None)
    assert refusal.value.field == "cancel_within_days"
    draft = factories.a_draft(scene.programme)
    for wrong in (
        {"cancel_within_days": 2},
        {"cancel_share_percent": 50},
        {"cancel_within_days": 2, "cancel_share_percent": 0},
        {"cancel_within_days": 2, "cancel_share_percent": 101},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PolicyVersion.objects.filter(pk=draft.pk).update(**wrong)


def test_the_page_asks_for_both_numbers(scene, signed_in, publish_on_pages):
    client, address = signed_in(scene.staff), reverse("policy_draft", args=[scene.programme.slug])
    assert "Enter how much of the payment" in client.post(address, {**TYPED_LIMITS, "cancel_within_days": "2"}).text
    assert "Enter how many days" in client.post(address, {**TYPED_LIMITS, "cancel_share_percent": "50"}).text
    told = {"cancel_within_days": "0", "cancel_share_percent": "100"}
    version = publish_on_pages(client, scene.programme, {**TYPED_LIMITS, **told})
    assert (version.cancel_within_days, version.cancel_share_percent) == (0, 100)


def test_many_people_are_paid_in_as_many_questions_as_few(scene, django_assert_max_num_queries):
    promise_cancellation_fee(scene)
    event = factories.an_event(scene.programme, scene.staff.person, days=1)
    for _n in range(3):
        say_yes(event, factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person)
    with django_assert_max_num_queries(10) as few:
        due_sums.dues(event)
    for _n in range(27):
        say_yes(event, factories.with_role(scene.programme, Role.LIVED_EXPERIENCE).person)
    with django_assert_max_num_queries(len(few)):
        assert len(due_sums.dues(event)) == 30
