"""The pages on which payments of a run are recorded together, taken out and compared, and what they refuse."""

import pytest
from django.urls import reverse
from django.utils import timezone

from payments.models import PaymentMade, TakenOut
from payments.runs import documents as run_documents
from payments.runs.actions import made, runs, taking_out
from payments.runs.steps import RunError
from programmes.models import Role
from tests import factories
from tests.helpers.run_files import approved, give_checked_details
from tests.helpers.runs import a_running_job, pay


def day_of(today, **more):
    return {"on_day": today.day, "on_month": today.month, "on_year": today.year, **more}


@pytest.fixture
def gifts(scene):
    """A signed run in which two people give their payment to charity, with its letters made."""
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    claims = [approved(scene, user, [("", 5000)], donation=5000) for user in (scene.person, second)]
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    run = runs.sign_off(run=run, by=scene.finance_two)
    run_documents.make_for_run(a_running_job(run))
    return run


def test_gifts_are_recorded_on_one_page_for_all(scene, gifts, signed_in):
    client, address = signed_in(scene.finance), reverse("payment_run_together", args=[gifts.pk, "charity"])
    page = client.get(gifts.get_absolute_url()).text
    assert address in page
    assert "Gift to charity: 2, £100.00" in page
    assert "£100.00" in client.get(address).text
    faulty = client.post(address, {"on_day": "31", "on_month": "2", "on_year": "2026", "reference": "Gift 7"})
    assert 'value="Gift 7"' in faulty.text
    assert client.post(address, day_of(timezone.localdate(), reference="Gift 7")).status_code == 302
    assert PaymentMade.objects.filter(method="charity", reference="Gift 7").count() == 2
    again = client.get(address, follow=True)
    assert "There is nothing of this kind to record in this run." in again.text
    assert client.get(reverse("payment_run_together", args=[gifts.pk, "voucher"])).status_code == 404
    assert client.get(reverse("payment_made", args=[gifts.payments.first().pk, "bank"])).status_code == 404


def test_the_letter_of_a_payment_opens_for_its_person_once_it_was_made(scene, gifts, signed_in):
    payment = gifts.payments.get(person=scene.person.person)
    letter = reverse("document", args=[payment.documents.get(kind="remittance").pk])
    client = signed_in(scene.person)
    assert client.get(letter).status_code == 404
    made.record(payment=payment, method="charity", by=scene.finance, on=timezone.localdate())
    gifts.refresh_from_db()
    assert gifts.status == "signed", "another payment waits"
    claim = payment.items.get().claim
    assert letter in client.get(claim.get_absolute_url()).text
    assert client.get(letter).status_code == 200


def test_a_payment_recorded_already_is_said_so(scene, gifts, signed_in):
    payment = gifts.payments.first()
    made.record(payment=payment, method="charity", by=scene.finance, on=timezone.localdate())
    page = signed_in(scene.finance_two).get(reverse("payment_made", args=[payment.pk, "charity"]), follow=True)
    assert "Somebody has recorded this already." in page.text
    with pytest.raises(RunError, match="no part of this kind"):
        made.record(payment=payment, method="cash", by=scene.finance, on=timezone.localdate())
    made.record_together(run=gifts, method="charity", by=scene.finance, on=timezone.localdate())
    with pytest.raises(RunError, match="recorded this already"):
        made.record_together(run=gifts, method="charity", by=scene.finance, on=timezone.localdate())


@pytest.mark.parametrize("who", ["staff", "person", "finance_elsewhere"])
def test_only_finance_of_the_programme_records_a_payment(scene, gifts, who):
    with pytest.raises(RunError, match="Only finance"):
        made.record(payment=gifts.payments.first(), method="charity", by=getattr(scene, who), on=timezone.localdate())


def test_a_payment_of_a_signed_run_is_not_taken_out(scene, gifts, signed_in):
    payment = gifts.payments.first()
    page = signed_in(scene.finance).get(reverse("payment_take_out", args=[payment.pk]), follow=True)
    assert "This run has already been dealt with. It is now: Signed off." in page.text
    assert not TakenOut.objects.exists()


def test_taking_out_needs_a_reason_and_a_payment_that_is_there(scene, claim_in):
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    claims = [claim_in("approved"), claim_in("approved", user=second), claim_in("approved", user=scene.staff)]
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    payment = run.payments.get(person=second.person)
    with pytest.raises(RunError) as refusal:
        taking_out.take_out(payment=payment, by=scene.finance, reason="  ")
    assert refusal.value.field == "reason"
    assert str(taking_out.take_out(payment=payment, by=scene.finance, reason="Odd.")).endswith("Quentin Second")
    payment.run = run
    with pytest.raises(RunError, match="no longer in the run"):
        taking_out.take_out(payment=payment, by=scene.finance, reason="Odd.")


def test_letters_of_a_run_with_bank_payments_are_printed_once_it_is_paid(scene, claim_in):
    claim = claim_in("approved")
    give_checked_details(scene, scene.person)
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    run = runs.sign_off(run=run, by=scene.finance_two)
    run_documents.make_for_run(a_running_job(run))
    with pytest.raises(RunError, match="Mark the run as paid first"):
        runs.print_letters(run=run, by=scene.finance)


def test_the_numbers_of_an_open_run_are_those_people_have_now(scene, claim_in, signed_in):
    claim = claim_in("approved")
    give_checked_details(scene, scene.person)
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    page = signed_in(scene.finance_two).get(reverse("payment_run_accounts", args=[run.pk])).text
    assert "66374958" in page


def test_a_person_without_an_address_is_paid_and_not_written_to(scene, claim_in):
    claim = claim_in("approved")
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    factories.move_address(scene.person.person, "")
    pay(scene, run)
    claim.refresh_from_db()
    assert claim.status == "paid"
