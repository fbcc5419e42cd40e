"""Payments by each method: made, told, come back and paid anew, and standing in the close against the statement."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, InternalError
from django.urls import reverse
from django.utils import timezone

from payments.models import Claim, MethodChoice, PaymentMade, PaymentRun, ReturnReason, TakenOut
from payments.runs import documents as run_documents
from payments.runs import queries
from payments.runs.actions import made, returns, runs, taking_out
from payments.runs.steps import RunError
from people.models import Notice, Person
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.run_files import approved, give_checked_details
from tests.helpers.runs import a_running_job, pay

PROOF = {
    "cheque": {"reference": "000123"},
    "cash": {"handed_over_by": "Fay Finance", "received_by": "Petra's sister"},
    "voucher": {"reference": "4321"},
    "charity": {},
    "payroll": {},
    "other": {},
}


def wants(user, method, **more):
    """Have `user` wish for `method`, as written down by the product's own model."""
    Person.objects.filter(pk=user.person.pk).update(postal_address="1 Invented Street\nOtterby")
    values = {"method": method, "said_how": "By hand" if method == "other" else "", **more}
    MethodChoice.objects.update_or_create(person=user.person, defaults=values)


def signed(scene, *claims):
    """A run of `claims` that is signed off, with its letters made."""
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    run = runs.sign_off(run=run, by=scene.finance_two)
    run_documents.make_for_run(a_running_job(run))
    return run


def record(scene, payment, method, by=None, on=None, **proof):
    on = on or timezone.localdate()
    return made.record(payment=payment, method=method, by=by or scene.finance, on=on, **(proof or PROOF[method]))


# Nobody is paid unless money went somewhere


def test_somebody_without_bank_details_is_in_no_run_and_not_told_they_were_paid(scene, claim_in, signed_in):
    claim = claim_in("approved")
    MethodChoice.objects.all().delete()
    with pytest.raises(RunError, match="do not know yet where to pay: Petra Person"):
        runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    page = signed_in(scene.finance).get(reverse("payment_run_new", args=[scene.programme.slug]))
    assert page.context["choice"].rows == []
    (held,) = page.context["choice"].on_hold
    assert held["why"] == "We do not know where to pay them. Ask them, or write down what they tell you."
    assert reverse("payee_bank", args=[scene.programme.slug, scene.person.person.pk]) in page.text
    assert not Notice.objects.filter(kind="payment_made").exists()


def test_a_cheque_needs_an_address(scene, claim_in):
    claim = claim_in("approved")
    wants(scene.person, "cheque")
    Person.objects.update(postal_address="")
    with pytest.raises(RunError, match="no postal address for a cheque: Petra Person"):
        runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)


def test_a_way_that_falls_away_before_the_sign_off_stops_it(scene, claim_in):
    claim = claim_in("approved")
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    MethodChoice.objects.all().delete()
    with pytest.raises(RunError, match="do not know yet where to pay"):
        runs.sign_off(run=run, by=scene.finance_two)


@pytest.mark.parametrize(
    ("method", "says"),
    [
        ("cheque", "We posted you a cheque for £50.00 on Monday 23 November 2026. Its number is 000123."),
        ("cash", "Fay Finance gave £50.00 in cash to Petra's sister for you on Monday 23 November 2026."),
        ("other", "We paid you £50.00 on Monday 23 November 2026: By hand."),
    ],
)
def test_money_another_way_is_paid_once_it_is_recorded_with_its_proof(scene, claim_in, method, says):
    claim = claim_in("approved")
    wants(scene.person, method)
    run = signed(scene, claim)
    payment = run.payments.get()
    assert payment.method == method
    assert not Notice.objects.filter(kind="payment_made").exists()
    assert Claim.objects.get(pk=claim.pk).status == "in_run"
    with pytest.raises(RunError, match="Nothing in this run goes by bank"):
        runs.mark_paid(run=run, by=scene.finance, on=timezone.localdate())
    record(scene, payment, method)
    claim.refresh_from_db()
    run.refresh_from_db()
    assert (claim.status, claim.paid_on, run.status) == ("paid", timezone.localdate(), "paid")
    assert says in Notice.objects.get(kind="payment_made").text_body
    with pytest.raises(RunError, match="recorded this already"):
        record(scene, payment, method)


def test_a_payment_of_several_parts_pays_each_claim_with_its_last_part(scene, claim_in):
    money, voucher = claim_in("approved"), approved(scene, scene.person, [("", 5000)], voucher=2000)
    give_checked_details(scene, scene.person)
    run = signed(scene, money, voucher)
    runs.mark_exported(run=run, by=scene.finance, bank_file=True)
    runs.mark_paid(run=run, by=scene.finance, on=timezone.localdate())
    assert [claim.status for claim in Claim.objects.order_by("pk")] == ["paid", "in_run"]
    first = Notice.objects.get(kind="payment_made")
    assert "We paid you £80.00 on Monday 23 November 2026, to your account ending 58." in first.text_body
    assert "We will send you a voucher for £20.00. We will tell you when that has happened." in first.text_body
    with pytest.raises(RunError, match=r"1 payment has not been recorded as made yet \(Voucher 1\)"):
        runs.close(run=run, by=scene.finance_two, statement_pence=8000)
    record(scene, run.payments.get(), "voucher")
    assert set(Claim.objects.values_list("status", flat=True)) == {"paid"}
    second = Notice.objects.filter(kind="payment_made").latest("pk")
    assert second.subject == "We have sent you a voucher for £20.00"
    assert "Its code ends in 4321" in second.text_body
    runs.close(run=run, by=scene.finance_two, statement_pence=8000)


def test_gifts_and_payroll_of_a_run_are_recorded_together(scene, claim_in):
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    run = signed(
        scene,
        approved(scene, scene.person, [("", 5000)], donation=5000),
        approved(scene, second, [("", 5000)], donation=2000, payroll=3000),
    )
    with pytest.raises(RunError, match="one by one"):
        made.record_together(run=run, method="voucher", by=scene.finance, on=timezone.localdate())
    count = made.record_together(
        run=run, method="charity", by=scene.finance, on=timezone.localdate(), reference="Gift 7"
    )
    assert count == 2
    assert set(PaymentMade.objects.values_list("method", "reference")) == {("charity", "Gift 7")}
    assert dict(Claim.objects.values_list("person__full_name", "status")) == {
        "Petra Person": "paid",
        "Quentin Second": "in_run",
    }
    made.record_together(run=run, method="payroll", by=scene.finance, on=timezone.localdate())
    run.refresh_from_db()
    assert run.status == "paid"
    runs.close(run=run, by=scene.finance_two, statement_pence=0)


@pytest.mark.parametrize(
    ("method", "proof", "field"),
    [
        ("cheque", {"reference": ""}, "reference"),
        ("cheque", {"reference": "12a"}, "reference"),
        ("cash", {"handed_over_by": "", "received_by": "Petra"}, "handed_over_by"),
        ("cash", {"handed_over_by": "Fay", "received_by": " "}, "received_by"),
    ],
)
def test_a_payment_without_its_proof_is_refused_beside_its_field(scene, claim_in, method, proof, field):
    claim = claim_in("approved")
    wants(scene.person, method)
    payment = signed(scene, claim).payments.get()
    with pytest.raises(RunError) as refusal:
        record(scene, payment, method, **proof)
    assert refusal.value.field == field
    assert not PaymentMade.objects.exists()


def test_the_page_that_records_a_cheque_keeps_what_was_typed(scene, claim_in, signed_in):
    claim = claim_in("approved")
    wants(scene.person, "cheque")
    run = signed(scene, claim)
    client, payment = signed_in(scene.finance), run.payments.get()
    address = reverse("payment_made", args=[payment.pk, "cheque"])
    assert address in client.get(run.get_absolute_url()).text
    day = timezone.localdate()
    typed = {"on_day": day.day, "on_month": day.month, "on_year": day.year, "reference": "twelve"}
    faulty = client.post(address, typed)
    assert "Enter the number of the cheque, in figures" in faulty.text
    assert 'value="twelve"' in faulty.text
    assert client.post(address, {**typed, "reference": "000123"}).status_code == 302
    page = client.get(run.get_absolute_url()).text
    assert "(000123)" in page
    assert address not in page
    claim.refresh_from_db()
    own = signed_in(scene.person).get(claim.get_absolute_url()).text
    assert "£50.00: By cheque, Monday 23 November 2026" in own


# Come back, and paid anew


@pytest.mark.parametrize(("method", "code"), [("cheque", "Q1"), ("cash", "H1")])
def test_a_cheque_or_cash_that_comes_back_is_paid_anew(scene, claim_in, signed_in, method, code):
    claim = claim_in("approved")
    wants(scene.person, method)
    run = signed(scene, claim)
    payment, today = run.payments.get(), timezone.localdate()
    record(scene, payment, method)
    assert queries.run_sums(run).due_on_statement == 5000
    reason = ReturnReason.objects.effective_on(today).get(code=code)
    for wrong in ReturnReason.objects.effective_on(today).exclude(method=method)[:1]:
        with pytest.raises(returns.ReturnError, match="does not fit"):
            returns.record(payment=payment, by=scene.finance, reason=wrong, on=today)
    returns.record(payment=payment, by=scene.finance, reason=reason, on=today)
    claim.refresh_from_db()
    assert (claim.status, claim.paid_on) == ("payment_failed", None)
    told = Notice.objects.get(kind="payment_returned")
    assert told.subject == "Your payment came back to us"
    assert reason.words in told.text_body
    assert "Your payment came back to us" in signed_in(scene.person).get(claim.get_absolute_url()).text
    assert queries.run_sums(run).due_on_statement == 0
    runs.close(run=run, by=scene.finance_two, statement_pence=0)
    again = signed(scene, claim)
    record(
        scene, again.payments.get(), method, **{**PROOF[method], **({"reference": "124"} if method == "cheque" else {})}
    )
    claim.refresh_from_db()
    assert claim.status == "paid"
    assert PaymentMade.objects.count() == 2


def test_cash_that_nobody_collects_is_not_called_paid_and_waits_for_another_run(scene, claim_in):
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    claim, other = claim_in("approved"), claim_in("approved", user=second)
    wants(scene.person, "cash")
    run = signed(scene, claim, other)
    payment, today = run.payments.get(person=scene.person.person), timezone.localdate()
    reason = ReturnReason.objects.effective_on(today).get(code="H1")
    returns.record(payment=payment, by=scene.finance, reason=reason, on=today)
    claim.refresh_from_db()
    assert claim.status == "payment_failed"
    assert "We could not pay you £50.00. Your money is safe." in Notice.objects.get().text_body
    with pytest.raises(RunError, match="came back"):
        record(scene, payment, "cash")
    record(scene, run.payments.get(person=second.person), "other")
    run.refresh_from_db()
    assert run.status == "paid", "nothing in it is still to be made"
    runs.close(run=run, by=scene.finance_two, statement_pence=0)
    assert signed(scene, claim).payments.get().amount_pence == 5000


def test_a_claim_that_came_back_keeps_that_when_its_next_run_is_cancelled(scene):
    claim = approved(scene, scene.person, [("", 5000)], voucher=2000)
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    wants(scene.person, "cheque")
    run = signed(scene, claim, factories.a_claim(scene.programme, second.person, "approved", policy=scene.policy))
    payment, today = run.payments.get(person=scene.person.person), timezone.localdate()
    reason = ReturnReason.objects.effective_on(today).get(code="Q1")
    record(scene, payment, "cheque")
    with pytest.raises(returns.ReturnError, match="rest of this payment was made"):
        returns.record(payment=payment, by=scene.finance, reason=reason, on=today)
    record(scene, payment, "voucher")
    returns.record(payment=payment, by=scene.finance, reason=reason, on=today)
    again = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    runs.cancel(run=again, by=scene.finance)
    claim.refresh_from_db()
    assert claim.status == "payment_failed"
    payment = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance).payments.get()
    assert (payment.amount_pence, payment.voucher_pence) == (3000, 0)


def test_nobody_records_payments_of_a_run_that_pays_them(scene, claim_in):
    claims = [claim_in("approved"), claim_in("approved", user=scene.finance_three)]
    run = signed(scene, *claims)
    with pytest.raises(RunError, match="This run pays you"):
        record(scene, run.payments.get(person=scene.person.person), "other", by=scene.finance_three)


# Taken out by the second person


def test_the_signer_takes_a_payment_out_and_signs_the_rest(scene, claim_in, signed_in):
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    keep, doubt = claim_in("approved"), claim_in("partly_approved", user=second)
    run = runs.make_run(programme=scene.programme, claims=[keep, doubt], by=scene.finance)
    payment = run.payments.get(person=second.person)
    client, address = signed_in(scene.finance_two), reverse("payment_take_out", args=[payment.pk])
    assert address in client.get(run.get_absolute_url()).text
    assert "Say why it is taken out" in client.post(address, {"reason": ""}).text
    assert client.post(address, {"reason": "The name looks odd."}).status_code == 302
    doubt.refresh_from_db()
    assert doubt.status == "partly_approved"
    taken = TakenOut.objects.get()
    assert (taken.person, taken.by, taken.claims) == (second.person, scene.finance_two.person, doubt.reference)
    page = client.get(run.get_absolute_url()).text
    assert "The name looks odd." in page
    assert address not in page
    assert runs.sign_off(run=run, by=scene.finance_two).payments.count() == 1
    later = runs.make_run(programme=scene.programme, claims=[doubt], by=scene.finance)
    assert later.payments.get().person == second.person


def test_the_only_payment_is_not_taken_out_and_strangers_take_out_none(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    payment = run.payments.get()
    with pytest.raises(RunError, match="Cancel the run instead"):
        taking_out.take_out(payment=payment, by=scene.finance_two, reason="Odd.")
    for user in (scene.staff, scene.person, scene.finance_elsewhere):
        with pytest.raises(RunError, match="Only finance"):
            taking_out.take_out(payment=payment, by=user, reason="Odd.")
    pay(scene, run)
    with pytest.raises(RunError, match="already been dealt with"):
        taking_out.take_out(payment=payment, by=scene.finance, reason="Odd.")


# Refused by Postgres itself


def test_postgres_refuses_a_made_payment_that_cannot_be(scene, claim_in):
    claim = claim_in("approved")
    wants(scene.person, "cheque")
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    payment, today = run.payments.get(), timezone.localdate()

    def insert(method="cheque", by=None, on=today, **more):
        row = PaymentMade(payment=payment, method=method, on=on, recorded_by=by or scene.finance.person)
        for name, value in {"reference": "123", **more}.items():
            setattr(row, name, value)
        with transaction.atomic():
            row.save()

    with pytest.raises(InternalError, match="open run makes no payment"):
        insert()
    runs.sign_off(run=run, by=scene.finance_two)
    for wrong, words in (
        ({"method": "voucher"}, "no part by voucher"),
        ({"on": today - dt.timedelta(days=1)}, "once its run is signed off"),
        ({"by": scene.person.person}, "nobody records a payment to themself"),
        ({"method": "bank", "reference": ""}, "makes no payment by bank"),
    ):
        with pytest.raises(InternalError, match=words):
            insert(**wrong)
    with pytest.raises(IntegrityError, match="made_cheque_has_its_number"):
        insert(reference="")
    assert "its money went" in refused(
        "UPDATE payments_claim SET status = 'paid', paid_on = now() WHERE id = %s", claim.pk
    )
    insert()
    with pytest.raises(IntegrityError, match="made_once"):
        insert()
    assert refused("UPDATE payments_paymentmade SET reference = '9'")
    assert refused("DELETE FROM payments_paymentmade")


def test_postgres_refuses_a_run_paid_or_closed_before_its_payments_are_made(scene, claim_in):
    claim = claim_in("approved")
    wants(scene.person, "cash")
    run = signed(scene, claim)
    pay_it = "UPDATE payments_paymentrun SET status = 'paid', paid_on = now(), paid_recorded_by_id = %s WHERE id = %s"
    assert "has not been made" in refused(pay_it, scene.finance.person.pk, run.pk)
    assert PaymentRun.objects.get(pk=run.pk).status == "signed"


def test_postgres_keeps_a_claim_in_its_run_without_the_record_that_it_was_taken_out(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    assert "with the record of who took it out" in refused(
        "DELETE FROM payments_paymentitem WHERE payment_id = %s", run.payments.get().pk
    )
