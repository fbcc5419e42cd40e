"""A payment the bank sends back: that one alone, told in plain words, paid again once, right to the penny."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from payments import contributions
from payments.bank_files.actions import downloads
from payments.models import BankDetails, Claim, Payment, PaymentItem, PaymentReturn, PaymentRun, ReturnReason
from payments.pages import queries as page_queries
from payments.payees.actions import bank
from payments.runs import queries as run_queries
from payments.runs.actions import returns, runs
from payments.runs.actions.returns import ReturnError
from payments.runs.actions.runs import RunError
from people.models import Notice
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.runs import pay, pay_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed_account(db):
    """The reason a bank gives for an account that is closed."""
    reason, _made = ReturnReason.objects.get_or_create(
        code="B",
        effective_from=dt.date(2020, 1, 1),
        defaults={"words": "The account is closed", "advice": "Give us the new one.", "source": "A test."},
    )
    return reason


@pytest.fixture
def paid_run(scene, claim_in):
    """A paid run of two people by bank file: the scene's person with two claims, and another with one."""
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    for user in (scene.person, second):
        factories.bank_details(user, confirmed_by=scene.finance_three.person)
    chosen = [claim_in("approved"), claim_in("approved", amount_pence=1234), claim_in("approved", user=second)]
    run = runs.make_run(programme=scene.programme, claims=chosen, by=scene.finance)
    pay(scene, run)
    return run


@pytest.fixture
def theirs(paid_run, scene):
    """The payment of the scene's person."""
    return paid_run.payments.get(person=scene.person.person)


def sent_back(payment, scene, reason, **changes):
    values = {"by": scene.finance, "reason": reason, "on": timezone.localdate(), **changes}
    return returns.record(payment=payment, **values)


def confirmed_again(scene):
    details = BankDetails.objects.get(person=scene.person.person)
    return bank.confirm(
        details=details, programme=scene.programme, by=scene.finance_two, how="Rang them.", seen=details.changed_at
    )


def test_only_that_payment_is_open_again_and_the_rest_of_the_run_stays(paid_run, theirs, scene, closed_account):
    sent_back(theirs, scene, closed_account)
    paid_run.refresh_from_db()
    assert paid_run.status == PaymentRun.Status.PAID
    assert set(scene.person.person.claims.values_list("status", "paid_on")) == {("payment_failed", None)}
    other = Claim.objects.exclude(person=scene.person.person).get()
    assert other.status == "paid"
    assert PaymentItem.objects.get(claim=other).live
    assert not theirs.items.filter(live=True).exists()


def test_the_person_is_told_in_plain_words_what_to_do(theirs, scene, closed_account):
    sent_back(theirs, scene, closed_account, note="Rang the bank twice.")
    message = Notice.objects.get(kind="payment_returned")
    assert message.messages.get().to == scene.person.email
    assert message.subject == "The bank sent your payment back"
    for words in ("£62.34", "The account is closed.", closed_account.advice, theirs.reference, "Your money is safe."):
        assert words in message.text_body
    assert "Rang the bank" not in message.text_body + message.html_body


def test_nobody_writes_to_a_person_the_bank_says_has_died(theirs, scene, signed_in, claim_in):
    died = ReturnReason.objects.get_or_create(
        code="2",
        effective_from=dt.date(2020, 1, 1),
        defaults={"words": "The bank says that the person has died", "tells_person": False, "source": "A test."},
    )[0]
    sent_back(theirs, scene, died)
    assert not Notice.objects.filter(kind="payment_returned").exists()
    page = signed_in(scene.person).get(theirs.items.first().claim.get_absolute_url()).text
    assert "has died" not in page
    assert "Please get in touch with us." in page


def test_the_account_is_held_until_it_is_checked_again_or_changed(theirs, scene, closed_account):
    sent_back(theirs, scene, closed_account)
    claims = Claim.objects.filter(status="payment_failed")
    with pytest.raises(RunError, match="Petra Person"):
        runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    confirmed_again(scene)
    assert runs.make_run(programme=scene.programme, claims=claims, by=scene.finance).payments.count() == 1


def test_an_account_changed_meanwhile_is_not_held_twice(theirs, scene, closed_account):
    bank.save(
        person=scene.person.person,
        by=scene.person,
        account_name="P Person",
        sort_code="08-99-99",
        account_number="66374959",
    )
    factories.confirm_bank_details(BankDetails.objects.get(person=scene.person.person), scene.finance_two.person)
    sent_back(theirs, scene, closed_account)
    assert not BankDetails.objects.get(person=scene.person.person).is_on_hold


def test_it_is_paid_again_in_a_later_run_with_a_new_reference_and_the_timeline_tells_it(
    paid_run, theirs, scene, closed_account, signed_in
):
    sent_back(theirs, scene, closed_account)
    claim = scene.person.person.claims.order_by("pk").first()
    steps = page_queries.timeline(page_queries.whole_claim(claim.pk))
    assert [(step.label, step.state) for step in steps[2:]] == [
        ("The bank sent it back", "problem"),
        ("In a payment run", "upcoming"),
        ("Paid", "upcoming"),
    ]
    assert "The account is closed." in steps[2].detail
    assert "pay you again" in steps[2].detail
    # What to do is said to the person; who works on the claim reads what happens next.
    told = page_queries.timeline(page_queries.whole_claim(claim.pk), to_person=False)[2].detail
    assert told == "The account is closed. We will pay it again after their bank details are checked."
    assert told in signed_in(scene.staff).get(claim.get_absolute_url()).text
    page = signed_in(scene.person).get(claim.get_absolute_url()).text
    assert "The bank sent your money back" in page
    assert reverse("your_bank") in page

    confirmed_again(scene)
    again = runs.make_run(programme=scene.programme, claims=scene.person.person.claims.all(), by=scene.finance_two)
    pay_as(scene, again)
    payment = again.payments.get()
    assert payment.amount_pence == theirs.amount_pence == 6234
    assert payment.reference != theirs.reference
    steps = page_queries.timeline(page_queries.whole_claim(claim.pk))
    assert [(step.label, step.state) for step in steps[2:]] == [
        ("The bank sent it back", "done"),
        ("In a payment run", "done"),
        ("Paid", "done"),
    ]
    letter = run_queries.whole_payments(again).get()
    assert all(item.sent_back_before for item in letter.items.all())
    assert signed_in(scene.person).get(claim.get_absolute_url()).status_code == 200


def pay_as(scene, run):
    """Pay a run that finance_two made."""
    from payments.runs import documents as run_documents
    from tests.helpers.runs import a_running_job

    runs.sign_off(run=run, by=scene.finance)
    run_documents.make_for_run(a_running_job(run))
    downloads.download(run=run, by=scene.finance)
    pay_all(run=run, by=scene.finance, on=timezone.localdate())


@pytest.mark.parametrize("close_it", [False, True])
def test_cancelling_the_later_run_gives_the_claims_back_as_sent_back(paid_run, theirs, scene, closed_account, close_it):
    sent_back(theirs, scene, closed_account)
    if close_it:
        runs.close(run=paid_run, by=scene.finance, statement_pence=5000)
    confirmed_again(scene)
    again = runs.make_run(programme=scene.programme, claims=scene.person.person.claims.all(), by=scene.finance)
    runs.cancel(run=again, by=scene.finance)
    assert set(scene.person.person.claims.values_list("status", flat=True)) == {"payment_failed"}


def test_vouchers_payroll_and_gifts_are_not_given_a_second_time(scene, closed_account):
    claims = []
    for parts in ({"voucher_pence": 4000}, {"payroll_pence": 4000}, {"donation_pence": 4000}, {"voucher_pence": 5000}):
        claim = factories.a_claim(scene.programme, scene.person.person, "submitted", policy=scene.policy)
        claim.lines.update(approved_pence=5000)
        shares = {"payroll_pence": 0, "voucher_pence": 0, "donation_pence": 0, **parts}
        Claim.objects.filter(pk=claim.pk).update(
            status="approved",
            approved_at=timezone.now(),
            approved_by=scene.staff.person,
            approved_pence=5000,
            money_pence=5000 - sum(parts.values()),
            waived_pence=0,
            advance_recovered_pence=0,
            **shares,
        )
        claims.append(claim)
    factories.bank_details(scene.person, confirmed_by=scene.finance_three.person)
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    pay(scene, run)
    first = run.payments.get()
    sums = (first.amount_pence, first.payroll_pence, first.voucher_pence, first.donation_pence)
    assert sums == (3000, 4000, 9000, 4000)
    sent_back(first, scene, closed_account)
    # The claim that was a voucher alone never passed through the bank.
    assert [claim.status for claim in Claim.objects.filter(pk__in=[c.pk for c in claims]).order_by("pk")] == [
        "payment_failed",
        "payment_failed",
        "payment_failed",
        "paid",
    ]
    confirmed_again(scene)
    again = runs.make_run(programme=scene.programme, claims=claims[:3], by=scene.finance)
    second = again.payments.get()
    sums = (second.amount_pence, second.payroll_pence, second.voucher_pence, second.donation_pence)
    assert sums == (3000, 0, 0, 0)


def test_finance_finds_what_came_back_on_its_worklist_and_when_it_makes_a_run(
    theirs, scene, closed_account, signed_in, claim_in
):
    sent_back(theirs, scene, closed_account)
    claim_in("approved", user=factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Nadia New"))
    tasks = {task.title: task for task in contributions.tasks(scene.finance)}
    # Counted once: by the details that have to be checked before they are paid again.
    assert "The money of 2 claims came back." in tasks["1 person's bank details to check"].detail
    assert tasks["1 approved claim to pay: £50.00"]
    assert not any("pay again" in title for title in tasks)
    page = (
        signed_in(scene.finance).get(f"{reverse('payment_run_new', args=[scene.programme.slug])}?only=sent_back").text
    )
    assert "Cannot be paid yet" in page
    assert "Nobody has checked the bank details since." in page
    assert "Nadia New" not in page
    factories.confirm_bank_details(BankDetails.objects.get(person=theirs.person), scene.finance_two.person)
    titles = [task.title for task in contributions.tasks(scene.finance)]
    assert "2 claims to pay again, as the money came back: £62.34" in titles


@pytest.mark.parametrize("who", ["staff", "person", "administrator", "finance_elsewhere", "stranger"])
def test_only_finance_of_the_programme_records_it(theirs, scene, closed_account, who):
    with pytest.raises(ReturnError, match="Only finance"):
        sent_back(theirs, scene, closed_account, by=getattr(scene, who))


def test_nobody_records_the_return_of_their_own_payment(scene, claim_in, closed_account):
    claim = claim_in("approved", user=scene.finance_three)
    factories.bank_details(scene.finance_three, confirmed_by=scene.finance.person)
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    pay(scene, run)
    payment = run.payments.get()
    with pytest.raises(ReturnError, match="your own payment"):
        sent_back(payment, scene, closed_account, by=scene.finance_three)
    assert "own payment" in refused_return(payment, closed_account, scene.finance_three)


def test_days_and_reasons_that_make_no_sense_are_refused_beside_their_field(theirs, scene, closed_account):
    today = timezone.localdate()
    for day in (today - dt.timedelta(days=1), today + dt.timedelta(days=1)):
        with pytest.raises(ReturnError) as refusal:
            sent_back(theirs, scene, closed_account, on=day)
        assert refusal.value.field == "on"
    old = ReturnReason.objects.create(
        code="Z",
        effective_from=today - dt.timedelta(days=9),
        until=today - dt.timedelta(days=1),
        words="Gone",
        advice="Ask us.",
        source="A test.",
    )
    with pytest.raises(ReturnError) as refusal:
        sent_back(theirs, scene, old)
    assert refusal.value.field == "reason"


def test_it_is_recorded_once(theirs, scene, closed_account):
    sent_back(theirs, scene, closed_account)
    with pytest.raises(ReturnError, match="already"):
        sent_back(theirs, scene, closed_account, by=scene.finance_two)


def test_what_did_not_go_to_a_bank_cannot_come_back(scene, claim_in, closed_account):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    payment = run.payments.get()
    with pytest.raises(ReturnError, match="has not been made yet"):
        sent_back(payment, scene, closed_account)
    pay(scene, run)
    with pytest.raises(ReturnError, match="does not fit"):
        sent_back(payment, scene, closed_account)


def test_a_payment_by_bank_that_was_not_made_cannot_come_back(scene, claim_in, closed_account):
    claim = claim_in("approved")
    factories.bank_details(scene.person, confirmed_by=scene.finance.person)
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    run = runs.sign_off(run=run, by=scene.finance_two)
    with pytest.raises(ReturnError, match="has not been made yet"):
        sent_back(run.payments.get(), scene, closed_account)


def test_finance_records_it_on_a_page_that_keeps_what_was_typed(paid_run, theirs, scene, closed_account, signed_in):
    address = reverse("payment_returned", args=[theirs.pk])
    client = signed_in(scene.finance)
    assert address in client.get(paid_run.get_absolute_url()).text
    day = paid_run.paid_on
    date = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    faulty = client.post(address, {**date, "note": "Rang the bank."})
    assert faulty.status_code == 200
    assert "Choose why it came back" in faulty.text
    assert "Rang the bank." in faulty.text
    answer = client.post(address, {**date, "reason": closed_account.pk, "note": "Rang the bank."})
    assert answer.url == paid_run.get_absolute_url()
    page = client.get(paid_run.get_absolute_url()).text
    assert "The account is closed" in page
    assert "Rang the bank." in page
    assert client.get(address).status_code == 302, "it is recorded already"


# Refused by Postgres itself


def refused_return(payment, reason, user):
    return refused(
        'INSERT INTO payments_paymentreturn (payment_id, reason_id, note, "on", recorded_by_id, recorded_at)'
        " VALUES (%s, %s, '', %s, %s, now())",
        payment.pk,
        reason.pk,
        timezone.localdate(),
        user.person.pk,
    )


def test_postgres_refuses_the_return_of_a_payment_not_made_and_a_second_return(theirs, scene, claim_in, closed_account):
    open_run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance_two)
    assert "only money that went comes back" in refused_return(open_run.payments.get(), closed_account, scene.finance)
    sent_back(theirs, scene, closed_account)
    assert "payment_id" in refused_return(theirs, closed_account, scene.finance)
    returned = PaymentReturn.objects.get()
    assert refused("DELETE FROM payments_paymentreturn WHERE id = %s", returned.pk)
    assert refused("UPDATE payments_paymentreturn SET note = 'x' WHERE id = %s", returned.pk)


def test_postgres_lets_go_of_the_claims_of_a_returned_payment_alone(theirs, paid_run, scene, closed_account):
    let_go = "UPDATE payments_paymentitem SET live = false WHERE payment_id = %s"
    assert "cannot change" in refused(let_go, theirs.pk)
    sent_back(theirs, scene, closed_account)
    other = paid_run.payments.exclude(pk=theirs.pk).get()
    assert "cannot change" in refused(let_go, other.pk)
    assert "only let go" in refused("UPDATE payments_paymentitem SET live = true WHERE payment_id = %s", theirs.pk)
    assert refused("UPDATE payments_paymentitem SET amount_pence = 1 WHERE payment_id = %s", theirs.pk)


def test_postgres_refuses_to_pay_a_claim_twice(paid_run, theirs, scene, claim_in, closed_account):
    """Paid, it is in its live payment; sent back, it is in the next; and never for another sum than was agreed."""
    claim = theirs.items.first().claim
    second = runs.make_run(
        programme=scene.programme, claims=[claim_in("approved")], by=scene.finance_two
    ).payments.get()
    insert = (
        "INSERT INTO payments_paymentitem (payment_id, claim_id, amount_pence, voucher_pence, live)"
        " VALUES (%s, %s, %s, %s, %s)"
    )
    assert "one_live_payment" in refused(insert, second.pk, claim.pk, claim.money_pence, 0, True)
    assert "agreed, once" in refused(insert, second.pk, claim.pk, claim.money_pence, 0, False)
    assert "agreed, once" in refused(insert, second.pk, claim.pk, claim.money_pence + 1, 0, True)
    assert "agreed, once" in refused(insert, second.pk, claim.pk, claim.money_pence, 100, True)
    sent_back(theirs, scene, closed_account)
    confirmed_again(scene)
    runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    assert "one_live_payment" in refused(insert, second.pk, claim.pk, claim.money_pence, 0, True)


def test_postgres_refuses_a_payment_that_is_not_the_sum_of_its_claims(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    Payment.objects.update(amount_pence=6000)
    sign = "UPDATE payments_paymentrun SET status = 'signed', signed_at = now(), signed_by_id = %s WHERE id = %s"
    assert "the sum of its claims" in refused(sign, scene.finance_two.person.pk, run.pk)


def test_nobody_is_told_on_a_claim_that_a_person_has_died(theirs, scene):
    reason = ReturnReason.objects.create(
        code="X", effective_from=dt.date(2020, 1, 1), words="The person has died", tells_person=False, source="A test."
    )
    sent_back(theirs, scene, reason)
    claim = page_queries.whole_claim(scene.person.person.claims.order_by("pk").first().pk)
    assert page_queries.timeline(claim)[2].detail == "Please get in touch with us."
    assert page_queries.timeline(claim, to_person=False)[2].detail == "Ask finance before you get in touch."
