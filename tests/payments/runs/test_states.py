"""From signed to closed: handed to the bank before it counts as paid, and the statement agrees to the penny."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments import contributions
from payments.bank_files.actions import downloads
from payments.models import Claim, PaymentRun, ReturnReason
from payments.runs import documents as run_documents
from payments.runs import queries as run_queries
from payments.runs.actions import returns, runs
from payments.runs.actions.runs import RunError
from people.models import Job
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.runs import a_running_job, pay, pay_all
from tests.helpers.runs_in_bulk import approved_claims

pytestmark = pytest.mark.django_db
Status = PaymentRun.Status


@pytest.fixture
def bank_run(scene, claim_in):
    """A signed run of one payment by bank file and one another way, papers made."""
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    factories.bank_details(scene.person, confirmed_by=scene.finance_three.person)
    chosen = [claim_in("approved"), claim_in("approved", amount_pence=1234, user=second)]
    run = runs.make_run(programme=scene.programme, claims=chosen, by=scene.finance)
    run = runs.sign_off(run=run, by=scene.finance_two)
    run_documents.make_for_run(a_running_job(run))
    Job.objects.update(status=Job.Status.DONE)
    return run


def test_the_first_download_of_the_bank_file_hands_the_run_over(bank_run, scene):
    with pytest.raises(RunError, match="Download the bank file first"):
        pay_all(run=bank_run, by=scene.finance, on=timezone.localdate())
    downloads.download(run=bank_run, by=scene.finance_three)
    bank_run.refresh_from_db()
    assert (bank_run.status, bank_run.exported_by) == (Status.EXPORTED, scene.finance_three.person)
    first = bank_run.exported_at
    downloads.download(run=bank_run, by=scene.finance, again=True)
    bank_run.refresh_from_db()
    assert (bank_run.exported_by, bank_run.exported_at) == (scene.finance_three.person, first)
    pay_all(run=bank_run, by=scene.finance, on=timezone.localdate())


def test_lists_hand_a_run_over_only_where_no_bank_file_is_to_be_taken(bank_run, scene, claim_in):
    runs.mark_exported(run=bank_run, by=scene.finance, bank_file=False)
    bank_run.refresh_from_db()
    assert bank_run.status == Status.SIGNED
    user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    other = runs.make_run(programme=scene.programme, claims=[claim_in("approved", user=user)], by=scene.finance)
    other = runs.sign_off(run=other, by=scene.finance_two)
    runs.mark_exported(run=other, by=scene.finance, bank_file=False)
    other.refresh_from_db()
    assert other.status == Status.EXPORTED


def test_a_run_is_closed_only_when_the_statement_agrees_to_the_penny(bank_run, scene, signed_in):
    pay_it(bank_run, scene)
    client, address = signed_in(scene.finance), reverse("payment_run_close", args=[bank_run.pk])
    assert "£50.00" in client.get(address).text
    for typed, words in (("50.01", "£0.01 too much"), ("49.00", "£1.00 too little")):
        answer = client.post(address, {"statement": typed})
        assert answer.status_code == 200
        assert words in answer.text
        assert typed in answer.text
    assert client.post(address, {"statement": "50"}).status_code == 302
    bank_run.refresh_from_db()
    assert (bank_run.status, bank_run.statement_pence) == (Status.CLOSED, 5000)
    assert bank_run.closed_by == scene.finance.person
    assert "The bank statement shows £50.00." in client.get(bank_run.get_absolute_url()).text


def pay_it(run, scene):
    downloads.download(run=run, by=scene.finance)
    pay_all(run=run, by=scene.finance, on=timezone.localdate())
    run.refresh_from_db()


def test_what_came_back_is_not_on_the_statement(bank_run, scene):
    pay_it(bank_run, scene)
    reason, _made = ReturnReason.objects.get_or_create(
        code="B",
        effective_from=dt.date(2020, 1, 1),
        defaults={"words": "Closed", "advice": "Tell us.", "source": "Test."},
    )
    returns.record(
        payment=bank_run.payments.get(method="bank"), by=scene.finance, reason=reason, on=timezone.localdate()
    )
    with pytest.raises(RunError, match=r"£50.00 too much"):
        runs.close(run=bank_run, by=scene.finance, statement_pence=5000)
    close = (
        "UPDATE payments_paymentrun SET status = 'closed', closed_at = now(), closed_by_id = %s,"
        " statement_pence = %s WHERE id = %s"
    )
    assert "5000 pence" in refused(close, scene.finance.person.pk, 5000, bank_run.pk)
    runs.close(run=bank_run, by=scene.finance, statement_pence=0)


def test_postgres_refuses_a_run_paid_before_its_bank_file_is_taken(bank_run, scene):
    assert "has not been taken" in refused(
        "UPDATE payments_paymentrun SET status = 'paid', paid_on = now(), paid_recorded_by_id = %s WHERE id = %s",
        scene.finance.person.pk,
        bank_run.pk,
    )


def test_postgres_refuses_to_alter_a_run_that_is_handed_over(bank_run, scene):
    downloads.download(run=bank_run, by=scene.finance)
    for change in ("exported_at = now()", "exported_by_id = signed_by_id", "signed_by_id = NULL", "programme_id = 0"):
        assert refused(f"UPDATE payments_paymentrun SET {change} WHERE id = %s", bank_run.pk)
    assert refused("UPDATE payments_payment SET method = 'other' WHERE run_id = %s", bank_run.pk)
    # A step takes its own columns along and no others.
    assert "frozen" in refused(
        "UPDATE payments_paymentrun SET status = 'paid', paid_on = now(), paid_recorded_by_id = %s,"
        " exported_at = now() WHERE id = %s",
        scene.finance.person.pk,
        bank_run.pk,
    )
    assert refused("UPDATE payments_paymentrun SET status = 'signed' WHERE id = %s", bank_run.pk)


def test_the_worklist_leads_through_the_whole_run(bank_run, scene):
    def title():
        return next(task.title for task in contributions.tasks(scene.finance) if bank_run.reference in task.title)

    assert title().startswith("Pay run")
    pay_it(bank_run, scene)
    assert "bank statement" in title()
    runs.close(run=bank_run, by=scene.finance, statement_pence=5000)
    assert not any(bank_run.reference in task.title for task in contributions.tasks(scene.finance))


def test_the_page_says_where_everything_goes_with_its_own_totals(scene, signed_in):
    parts = {"money_pence": 1000, "payroll_pence": 900, "voucher_pence": 800, "donation_pence": 700}
    claim = factories.a_claim(scene.programme, scene.person.person, "submitted", policy=scene.policy)
    claim.lines.update(approved_pence=5000)
    Claim.objects.filter(pk=claim.pk).update(
        status="approved",
        approved_at=timezone.now(),
        approved_by=scene.staff.person,
        approved_pence=5000,
        waived_pence=600,
        advance_recovered_pence=1000,
        **parts,
    )
    factories.bank_details(scene.person, confirmed_by=scene.finance_three.person)
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    sums = run_queries.run_sums(run)
    assert (sums.bank, sums.other, sums.payroll, sums.voucher, sums.donation) == (1000, 0, 900, 800, 700)
    assert sums.total == 3400
    runs.sign_off(run=run, by=scene.finance_two)
    page = signed_in(scene.finance).get(run.get_absolute_url()).text
    for words in ("By bank file", "Through payroll", "Vouchers", "To charity", "£10.00", "£9.00", "£8.00", "£7.00"):
        assert words.lower() in page.lower()
    assert downloads.download(run=run, by=scene.finance).total_pence == 1000, "the bank file never holds the rest"


def test_a_long_run_is_shown_in_pages_with_the_totals_of_the_whole(scene, signed_in):
    claims = approved_claims(scene.programme, scene.policy, 60, pence=lambda number: 1000 + number)
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    total = "£617.70"
    client = signed_in(scene.finance)
    first, second = (client.get(run.get_absolute_url(), {"page": page}).text for page in (1, 2))
    assert total in first
    assert total in second
    names = list(run.payments.values_list("person__full_name", flat=True))
    assert sum(name in first for name in names) == 50
    assert sum(name in second for name in names) == 10


def test_runs_at_every_stage_are_listed_and_opened_with_the_same_questions(scene, signed_in):
    client, counts = signed_in(scene.finance), []
    listed = reverse("payment_runs", args=[scene.programme.slug])
    for size in (3, 30):
        claims = approved_claims(scene.programme, scene.policy, size)
        run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
        pay_without_letters(scene, run)
        client.get(run.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(run.get_absolute_url()).status_code == 200
        with CaptureQueriesContext(connection) as asked_for_list:
            assert client.get(listed).status_code == 200
        counts.append((len(asked), len(asked_for_list)))
    assert counts[0] == counts[1]


def pay_without_letters(scene, run):
    """A paid run whose papers are a few bytes each: their number matters here, not what is in them."""
    from payments.models import Document

    runs.sign_off(run=run, by=scene.finance_two)
    for payment in run.payments.all():
        run_documents.store(run, Document.Kind.REMITTANCE, b"%PDF-1.4", payment=payment)
    run_documents.store(run, Document.Kind.SCHEDULE, b"%PDF-1.4")
    pay_all(run=run, by=scene.finance, on=timezone.localdate())


# Choosing


def test_finance_narrows_what_is_shown_by_name_by_day_and_by_what_came_back(scene, signed_in, claim_in):
    today = timezone.localdate()
    early = claim_in("approved", activity_date=today - dt.timedelta(days=30))
    user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    late = claim_in("approved", user=user, activity_date=today - dt.timedelta(days=2))
    back = claim_in("payment_failed", user=user, activity_date=today - dt.timedelta(days=2))
    client, address = signed_in(scene.finance), reverse("payment_run_new", args=[scene.programme.slug])
    day = {"until": (today - dt.timedelta(days=10)).isoformat()}
    for query, shown in (
        ({}, {early, late, back}),
        ({"q": "quentin"}, {late, back}),
        ({"q": early.reference}, {early}),
        ({"only": "sent_back"}, {back}),
        ({"only": "first_time"}, {early, late}),
        ({**day, "dated": "activity"}, {early}),
        ({**day, "dated": "approved"}, set()),
        ({"q": "zzz"}, set()),
    ):
        page = client.get(address, query).text
        assert {claim for claim in (early, late, back) if f'value="{claim.pk}"' in page} == shown, query
        if not shown:
            assert "Nothing matches" in page
    # What is made keeps to what was ticked, and a day that does not exist leaves nothing out.
    wrong = client.get(address, {"until": "2026-02-31"}).text
    assert "There is no such day" in wrong
    assert f'value="{early.pk}"' in wrong


def test_without_a_script_buttons_tick_all_or_none_and_the_page_says_the_total(scene, signed_in, claim_in):
    first, second = claim_in("approved"), claim_in("approved", amount_pence=1234)
    client, address = signed_in(scene.finance), reverse("payment_run_new", args=[scene.programme.slug])

    def chosen(page):
        return [page.split(f"data-ticks-{what}>")[1].split("<")[0] for what in ("count", "people", "total")]

    def press(before, **data):
        answer = client.post(address, {"before": " ".join(str(claim.pk) for claim in before), **data}, follow=True)
        assert "Error:" not in answer.text
        return chosen(answer.text)

    assert chosen(client.get(address).text) == ["2", "1", "£62.34"]
    assert press([first, second], tick=[second.pk], ticks="show") == ["1", "1", "£12.34"]
    assert press([second], tick=[second.pk], ticks="none") == ["0", "0", "£0.00"]
    assert press([], ticks="all") == ["2", "1", "£62.34"]
    assert not PaymentRun.objects.exists()
    client.post(address, {"tick": [first.pk], "before": f"{first.pk} {second.pk}", "act": "yes"})
    assert PaymentRun.objects.get().payments.get().amount_pence == 5000


def test_a_run_that_is_paid_keeps_its_bank_file_page(bank_run, scene, signed_in):
    pay_it(bank_run, scene)
    runs.close(run=bank_run, by=scene.finance, statement_pence=5000)
    assert signed_in(scene.finance).get(reverse("bank_file", args=[bank_run.pk])).status_code == 200


def test_only_finance_closes_a_run(scene, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    pay(scene, run)
    with pytest.raises(RunError, match="Only finance"):
        runs.close(run=run, by=scene.staff, statement_pence=0)
    runs.close(run=run, by=scene.finance, statement_pence=0)
