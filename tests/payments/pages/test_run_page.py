"""The page of a payment run as an object: what each reader is shown, and what they may do next."""

import pytest
from django.utils import timezone

from payments.bank_files.actions import downloads
from payments.models import ReturnReason
from payments.pages.run import PAYMENTS_ON_A_PAGE, RunPage
from payments.runs import documents as run_documents
from payments.runs.actions import returns, runs
from payments.runs.forms.runs import PaidForm
from people.models import Job
from programmes.models import Role
from tests import factories
from tests.helpers.run_files import approved, give_checked_details
from tests.helpers.runs import a_running_job, pay
from tests.helpers.runs_in_bulk import approved_claims

pytestmark = pytest.mark.django_db


def page_of(run, user, **view):
    run.refresh_from_db()
    return RunPage(run, user, PaidForm(), **view)


def a_run(scene, *claims):
    return runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)


def permissions(page):
    """The names of the permissions the reader has."""
    names = ("make", "sign", "cancel", "make_documents", "pay", "close")
    return {name for name in names if getattr(page.may, name)}


def make_documents(run, user):
    """Have the documents of a signed run made, as a worker does it."""
    runs.make_documents(run=run, by=user)
    Job.objects.update(status=Job.Status.RUNNING, attempts=1)
    run_documents.make_for_run(a_running_job(run))
    Job.objects.update(status=Job.Status.DONE)


# Before it is signed


def test_a_second_person_signs_and_the_maker_reads_who_can(scene, claim_in):
    run = a_run(scene, claim_in("approved"))
    maker, second = page_of(run, scene.finance), page_of(run, scene.finance_two)
    assert permissions(maker) == {"make", "cancel"}
    assert "It can be signed off by: Femi Finance, Fred Finance." in maker.why_not_sign
    assert permissions(second) == {"make", "sign", "cancel"}
    assert second.why_not_sign == ""
    assert permissions(page_of(run, scene.administrator)) == set()


def test_a_run_lists_the_places_that_get_something(scene, claim_in):
    give_checked_details(scene, scene.person)
    other = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    run = a_run(scene, claim_in("approved"), approved(scene, other, [("", 5000)], voucher=2000, payroll=3000))
    page = page_of(run, scene.finance)
    assert [(place.label, place.count, place.pence) for place in page.places] == [
        ("To the bank, by bank file", 1, 5000),
        ("Through payroll", 1, 3000),
        ("Vouchers", 1, 2000),
    ]
    assert [[(part.label, part.pence) for part in row.parts] for row in page.payments] == [
        [("Bank account •••• 58", 5000)],
        [("Payroll", 3000), ("Voucher", 2000)],
    ]


def test_the_list_can_be_of_new_and_changed_accounts_alone(scene, claim_in):
    second = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Quentin Second")
    give_checked_details(scene, scene.person)
    pay(scene, a_run(scene, claim_in("approved")))
    give_checked_details(scene, second)
    run = a_run(scene, claim_in("approved"), claim_in("approved", user=second))
    page = page_of(run, scene.finance_two, new_accounts=True)
    assert [row.payment.person.full_name for row in page.payments] == ["Quentin Second"]
    assert page.payments[0].account.why_look
    assert page.new_accounts_count == 1
    assert len(page_of(run, scene.finance_two).payments) == 2


def test_a_long_list_has_pages_and_a_number_out_of_range_gives_the_nearest(scene):
    claims = approved_claims(scene.programme, scene.policy, PAYMENTS_ON_A_PAGE + 1)
    run = a_run(scene, *claims)
    assert len(page_of(run, scene.finance).payments) == PAYMENTS_ON_A_PAGE
    for number in ("2", "999"):
        page = page_of(run, scene.finance, number=number)
        assert (page.payments_page.number, len(page.payments)) == (2, 1)
    assert page_of(run, scene.finance, number="many").payments_page.number == 1


# Signed: documents, the bank file, the money


def test_a_signed_run_has_its_documents_made_first(scene, claim_in):
    run = a_run(scene, claim_in("approved"))
    runs.sign_off(run=run, by=scene.finance_two)
    page = page_of(run, scene.finance)
    assert permissions(page) == {"make", "make_documents", "pay"}
    assert (page.is_ready, page.has_papers, page.papers, page.job, page.refresh_seconds) == (
        False,
        False,
        None,
        None,
        None,
    )
    job = runs.make_documents(run=run, by=scene.finance)
    page = page_of(run, scene.finance)
    assert (page.job, page.refresh_seconds, page.offers_making_again) == (job, 5, False)


def test_documents_that_are_there_can_be_made_again_by_finance(scene, claim_in):
    run = a_run(scene, claim_in("approved"))
    runs.sign_off(run=run, by=scene.finance_two)
    make_documents(run, scene.finance)
    page = page_of(run, scene.finance)
    assert (page.is_ready, page.job, page.offers_making_again, page.set_apart) == (True, None, True, [])
    assert page.papers["newest"]
    assert page.payments[0].letter.version == 1
    assert not page_of(run, scene.administrator).offers_making_again
    runs.make_documents_again(run=run, by=scene.finance, reason="A name was wrong.")
    page = page_of(run, scene.finance)
    assert (page.is_ready, page.has_papers, page.offers_making_again) == (False, True, False)


def test_a_run_by_bank_file_waits_until_the_file_is_taken(scene, claim_in):
    give_checked_details(scene, scene.person)
    run = a_run(scene, claim_in("approved"))
    runs.sign_off(run=run, by=scene.finance_two)
    make_documents(run, scene.finance)
    page = page_of(run, scene.finance)
    assert page.waits_for_bank_file
    assert page.run_files
    assert page_of(run, scene.administrator).run_files == []
    downloads.download(run=run, by=scene.finance)
    assert not page_of(run, scene.finance).waits_for_bank_file


def test_a_run_without_a_bank_file_waits_for_none(scene, claim_in):
    run = a_run(scene, claim_in("approved"))
    runs.sign_off(run=run, by=scene.finance_two)
    assert not page_of(run, scene.finance).waits_for_bank_file


# Paid


def test_finance_records_once_that_a_payment_came_back(scene, claim_in):
    give_checked_details(scene, scene.person)
    run = a_run(scene, claim_in("approved"))
    pay(scene, run)
    page = page_of(run, scene.finance)
    assert permissions(page) == {"make", "make_documents", "close"}
    assert (page.payments[0].returned, bool(page.payments[0].may_return)) == (None, True)
    assert not page_of(run, scene.administrator).payments[0].may_return
    reason = ReturnReason.objects.first()
    payment = run.payments.get()
    back = returns.record(payment=payment, by=scene.finance, reason=reason, on=timezone.localdate())
    page = page_of(run, scene.finance)
    assert (page.payments[0].returned, page.payments[0].may_return) == (back, False)
    assert (page.sums.returned, page.new_accounts_count) == (5000, 0)
