"""How people wish to be recognised: all, part, none, charity or voucher; nobody asked why, expenses untouched."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments.approval.actions import decisions
from payments.claims.actions import opening, payment_choice, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim, RecognitionChoice
from payments.my_record import actions as record_actions
from payments.pages import queries as page_queries
from payments.recognition import actions as recognition_actions
from payments.recognition import queries as recognition_queries
from payments.recognition.choices import RecognitionError
from payments.runs import queries as run_queries
from tests import factories
from tests.helpers.database import refused
from tests.helpers.recognition import an_offer, fare, submitted

EVERY_STATUS = [status.value for status in Claim.Status]
UNTIL_APPROVED = {"draft", "submitted", "returned"}


# Beforehand, for a programme


def test_what_somebody_chose_beforehand_is_on_their_next_claim(scene):
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="part", recognition_pence=2000)
    event = factories.an_event(scene.programme)
    claim = opening.open_for_attendance(attendance=factories.an_attendance(event, scene.person.person), by=scene.staff)
    assert (claim.recognition, claim.recognition_pence) == ("part", 2000)


def test_somebody_who_chose_nothing_takes_all(scene):
    event = factories.an_event(scene.programme)
    claim = opening.open_for_attendance(attendance=factories.an_attendance(event, scene.person.person), by=scene.staff)
    assert (claim.recognition, claim.recognition_pence) == ("all", None)


def test_a_choice_is_for_one_programme_and_changes_no_claim_that_is_there(scene, claim_in):
    claim = claim_in("draft")
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="none")
    claim.refresh_from_db()
    assert claim.recognition == "all"
    assert recognition_queries.standing_choice(scene.person.person, scene.other) is None


def test_choosing_again_takes_the_place_of_the_first_choice_and_the_history_keeps_when(scene):
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="none")
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="all")
    choice = RecognitionChoice.objects.get()
    assert choice.recognition == "all"
    assert choice.pgh_event_model.objects.count() == 2


@pytest.mark.parametrize("who", ["staff", "finance", "steering", "elsewhere", "administrator"])
def test_whoever_is_not_paid_for_taking_part_has_nothing_to_choose(scene, who):
    with pytest.raises(RecognitionError):
        record_actions.choose(programme=scene.programme, by=getattr(scene, who), recognition="none")


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"recognition": "charity"}, "recognition"),
        ({"recognition": "voucher"}, "recognition"),
        ({"recognition": "gold"}, "recognition"),
        ({"recognition": "part"}, "part"),
        ({"recognition": "part", "recognition_pence": 0}, "part"),
    ],
)
def test_what_is_not_offered_cannot_be_chosen(scene, wish, field):
    with pytest.raises(RecognitionError) as refusal:
        record_actions.choose(programme=scene.programme, by=scene.person, **wish)
    assert refusal.value.field == field


def test_an_amount_is_kept_only_with_a_part(scene):
    choice = record_actions.choose(
        programme=scene.programme, by=scene.person, recognition="none", recognition_pence=500
    )
    assert choice.recognition_pence is None


def test_the_database_holds_a_choice_to_its_amount_and_its_offer(scene):
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="none")
    refused("UPDATE payments_recognitionchoice SET recognition = 'part'")
    refused("UPDATE payments_recognitionchoice SET recognition = 'charity'")
    refused("UPDATE payments_recognitionchoice SET recognition_pence = 100")


# The offer of a programme


def test_the_latest_offer_that_holds_is_the_one_people_choose_from(scene):
    today = timezone.localdate()
    first = an_offer(scene)
    recognition_actions.offer(
        programme=scene.programme,
        by=scene.finance,
        effective_from=today + dt.timedelta(days=9),
        charity_name="Later Trust",
    )
    assert recognition_queries.offer_of(scene.programme) == first
    assert recognition_queries.offer_of(scene.programme, today + dt.timedelta(days=9)).charity_name == "Later Trust"
    corrected = an_offer(scene, charity_name="Brook House")
    assert recognition_queries.offer_of(scene.programme) == corrected


def test_what_was_offered_on_a_day_that_has_passed_stays(scene):
    with pytest.raises(RecognitionError) as refusal:
        recognition_actions.offer(
            programme=scene.programme, by=scene.staff, effective_from=timezone.localdate() - dt.timedelta(days=1)
        )
    assert refusal.value.field == "effective_from"
    an_offer(scene)
    refused("UPDATE payments_recognitionoffer SET charity_name = 'Another'")
    refused("DELETE FROM payments_recognitionoffer")


def test_a_charity_number_needs_its_charity(scene):
    with pytest.raises(RecognitionError) as refusal:
        an_offer(scene, charity_name=" ")
    assert refusal.value.field == "charity_name"


@pytest.mark.parametrize("who", ["person", "steering", "elsewhere"])
def test_others_cannot_change_what_is_offered(scene, who):
    with pytest.raises(RecognitionError):
        recognition_actions.offer(
            programme=scene.programme, by=getattr(scene, who), effective_from=timezone.localdate(), vouchers=True
        )


def test_a_charity_the_programme_has_dropped_is_chosen_again_before_a_claim_is_sent(scene, claim_in):
    an_offer(scene)
    claim = claim_in("draft")
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="charity")
    an_offer(scene, charity_name="", charity_number="", vouchers=False)
    with pytest.raises(RecognitionError, match="no longer gives to Brook House Trust"):
        sending.submit(claim=claim, by=scene.person)
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="none")
    assert sending.submit(claim=claim, by=scene.person).status == "submitted"


def test_a_voucher_the_programme_has_dropped_is_chosen_again_before_a_claim_is_sent(scene, claim_in):
    an_offer(scene)
    claim = claim_in("draft")
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="voucher")
    an_offer(scene, vouchers=False)
    with pytest.raises(RecognitionError, match="no longer has vouchers"):
        sending.submit(claim=claim, by=scene.person)


def test_what_was_chosen_on_a_sent_claim_is_met_when_the_offer_ends(scene, claim_in):
    an_offer(scene)
    claim = submitted(claim_in, scene, {"recognition": "charity"})
    an_offer(scene, charity_name="", charity_number="", vouchers=False)
    claim = decisions.approve(claim=claim, by=scene.staff)
    assert claim.donation_pence == 5000
    assert claim.recognition_offer.charity_name == "Brook House Trust"


# On one claim


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_a_claim_is_chosen_for_until_it_is_approved(scene, claim_in, status):
    claim = claim_in(status)
    if status in UNTIL_APPROVED:
        assert payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="none").recognition == "none"
        return
    with pytest.raises(ClaimError):
        payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="none")
    claim.refresh_from_db()
    assert claim.recognition == "all"


@pytest.mark.parametrize("who", ["staff", "finance", "administrator", "stranger"])
def test_nobody_chooses_for_somebody_else(scene, claim_in, who):
    with pytest.raises(ClaimError):
        payment_choice.choose_recognition(claim=claim_in("draft"), by=getattr(scene, who), recognition="none")


def test_part_is_never_more_than_the_fee(scene, claim_in):
    claim = claim_in("draft")
    fare(claim)
    with pytest.raises(RecognitionError) as refusal:
        payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="part", recognition_pence=5001)
    assert refusal.value.field == "part"
    assert payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="part", recognition_pence=5000)


@pytest.mark.parametrize(
    ("wish", "money", "voucher", "donation", "declined"),
    [
        ({"recognition": "all"}, 6250, 0, 0, 0),
        ({"recognition": "part", "recognition_pence": 2000}, 3250, 0, 0, 3000),
        ({"recognition": "none"}, 1250, 0, 0, 5000),
        ({"recognition": "charity"}, 1250, 0, 5000, 0),
        ({"recognition": "voucher"}, 1250, 5000, 0, 0),
    ],
)
def test_the_fee_follows_the_choice_and_expenses_are_always_repaid(
    scene, claim_in, wish, money, voucher, donation, declined
):
    an_offer(scene)
    claim = decisions.approve(claim=submitted(claim_in, scene, wish), by=scene.staff)
    assert (claim.money_pence, claim.voucher_pence, claim.donation_pence, claim.waived_pence) == (
        money,
        voucher,
        donation,
        declined,
    )
    assert claim.approved_pence == 6250


def test_what_was_chosen_is_frozen_with_the_approval(scene, claim_in):
    an_offer(scene)
    claim = decisions.approve(claim=submitted(claim_in, scene, {"recognition": "charity"}), by=scene.staff)
    refused("UPDATE payments_claim SET recognition_offer_id = NULL WHERE id = %s", claim.pk)


def test_a_claim_on_which_nothing_is_owed_is_shown_as_approved_and_never_late(scene, claim_in, signed_in):
    claim = decisions.approve(claim=submitted(claim_in, scene, {"recognition": "none"}, expenses=0), by=scene.staff)
    Claim.objects.filter(pk=claim.pk).update(pay_by=timezone.localdate() - dt.timedelta(days=30))
    claim = page_queries.whole_claim(claim.pk)
    assert [(step.label, step.state) for step in page_queries.timeline(claim)] == [
        ("Sent", "done"),
        ("Approved", "done"),
    ]
    assert page_queries.timeline(claim)[-1].detail == "Approved. Nothing to pay, as you chose."
    assert not claim.is_overdue(timezone.localdate())
    assert not Claim.objects.overdue(timezone.localdate()).exists()
    assert not run_queries.waiting_for_a_run(scene.programme).exists()
    page = signed_in(scene.person).get(claim.get_absolute_url()).content.decode()
    assert "Approved. Nothing to pay, as you chose." in page
    assert "we will pay you by" not in page
    assert "This payment is late" not in page
    mine = signed_in(scene.person).get(reverse("my_claims")).content.decode()
    assert "Nothing to pay, as you chose." in mine


def test_the_database_holds_a_claim_to_the_amount_of_its_part(claim_in):
    claim = claim_in("draft")
    refused("UPDATE payments_claim SET recognition = 'part' WHERE id = %s", claim.pk)
    refused("UPDATE payments_claim SET recognition_pence = 1 WHERE id = %s", claim.pk)


def test_a_claim_that_asks_for_nothing_promises_no_day_of_payment(scene, claim_in, signed_in):
    claim = submitted(claim_in, scene, {"recognition": "none"}, expenses=0)
    client = signed_in(scene.person)
    for url in (claim.get_absolute_url(), reverse("my_claims"), reverse("claim_sent", args=[claim.pk])):
        page = client.get(url).content.decode()
        assert "we will pay you by" not in page
        assert "nothing to pay" in page
    payment_choice.choose_recognition(claim=claim, by=scene.person, recognition="all")
    assert "we will pay you by" in client.get(claim.get_absolute_url()).content.decode()


def test_a_list_of_such_claims_asks_no_more_questions_for_18_than_for_3(scene, claim_in, signed_in):
    client = signed_in(scene.person)

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("my_claims")).status_code == 200
        return len(captured)

    for _each in range(3):
        submitted(claim_in, scene, {"recognition": "none"}, expenses=0)
    client.get(reverse("my_claims"))
    few = count()
    for _each in range(15):
        submitted(claim_in, scene, {"recognition": "none"}, expenses=0)
    assert count() == few
