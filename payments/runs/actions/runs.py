"""Make a payment run, sign it off as a second person, have its papers made, send it to the bank, pay and close it."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.claims.models.claim import Claim
from payments.payees.models.bank import BankDetails
from payments.payees.models.methods import PaymentMethod
from payments.runs import documents, emails, parts, queries, rules
from payments.runs.models.documents import Document, DocumentRequest, LetterDispatch
from payments.runs.models.made import PaymentMade
from payments.runs.models.payments import Payment, PaymentItem
from payments.runs.models.runs import PaymentRun
from payments.runs.queries import with_who_can_sign
from payments.runs.settling import insist_on_day, insist_on_letters, record_rows
from payments.runs.steps import (
    RunError,
    insist_on_ways_to_pay,
    lock_claims,
    lock_run,
    move,
    restore_status,
)
from payments.shared.models import ReferenceCounter
from people.jobs import actions as job_actions
from people.jobs import queries as job_queries
from people.messages.telling import told_by_letter
from people.models import Job, Person, User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.money import pounds
from wellbeing.lib.types import ClaimId, Pence

# Bank references number the payments of a run with four digits.
MAX_PAYMENTS = 9999


class StaleClaimsError(RunError):
    """Some of the chosen claims can no longer be put in a run: `claims`, as they stand now."""

    def __init__(self, claims: list[Claim]) -> None:
        self.claims = claims
        listed = ", ".join(f"{claim.reference} ({claim.get_status_display()})" for claim in claims[:10])
        if len(claims) > 10:
            listed += _(" and %(n)s more") % {"n": len(claims) - 10}
        super().__init__(
            ngettext(
                "%(n)s claim you chose has already been dealt with, so no run was made: %(listed)s."
                " Look at the list again and choose.",
                "%(n)s claims you chose have already been dealt with, so no run was made: %(listed)s."
                " Look at the list again and choose.",
                len(claims),
            )
            % {"n": len(claims), "listed": listed}
        )


@action
def make_run(*, programme: Programme, claims: Iterable[Claim], by: User) -> PaymentRun:
    """Gather approved `claims` of `programme` into a run with one payment a person. All of them, or none.

    Returns the PaymentRun. Raises StaleClaimsError when any of them is no longer approved (somebody else was quicker),
    RunError when nothing is chosen, a claim is the maker's own, or the money of a payee cannot reach them yet. Locks
    the claims.
    """
    programme = Programme.objects.get(pk=programme.pk)
    rules.can_make_run(by, programme).insist(RunError)
    ids = {claim.pk for claim in claims}
    if not ids:
        raise RunError(_("Choose at least one claim to pay."))
    # Locked in one order, so that two people choosing the same claims wait for each other instead of locking up.
    chosen = list(
        Claim.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk__in=ids, programme=programme)
        .order_by("pk")
    )
    if len(chosen) != len(ids):
        raise RunError(_("Some of the claims you chose are not in this programme."))
    moved_on = [claim for claim in chosen if claim.status not in Claim.PAYABLE]
    if moved_on:
        raise StaleClaimsError(moved_on)
    if any(not claim.owed_pence for claim in chosen):
        raise RunError(_("Nothing is to be paid for some of the claims you chose. Look at the list again and choose."))
    if any(claim.person_id == by.person.pk for claim in chosen):
        raise RunError(_("You cannot pay yourself. Leave your own claims for another person in finance."))
    insist_on_ways_to_pay(programme, {claim.person for claim in chosen if claim.money_pence})
    by_person: dict[Person, list[Claim]] = {}
    for claim in chosen:
        by_person.setdefault(claim.person, []).append(claim)
    if len(by_person) > MAX_PAYMENTS:
        raise RunError(_("One run can pay %(n)s people at most. Choose fewer claims.") % {"n": MAX_PAYMENTS})
    return _write(programme, by, by_person, ids)


def _sums(claims: list[Claim]) -> dict[str, Pence]:
    """Add up claims for the fields of a Payment or PaymentItem: money, payroll, vouchers, gifts to charity.

    Of a claim whose money came back only the money is paid again: the rest arrived.
    """
    first_time = [claim for claim in claims if claim.status != Claim.Status.PAYMENT_FAILED]
    return {
        "amount_pence": sum(claim.money_pence or 0 for claim in claims),
        "payroll_pence": sum(claim.payroll_pence or 0 for claim in first_time),
        "voucher_pence": sum(claim.voucher_pence or 0 for claim in first_time),
        "donation_pence": sum(claim.donation_pence or 0 for claim in first_time),
    }


def _write(programme: Programme, by: User, by_person: dict[Person, list[Claim]], ids: set[ClaimId]) -> PaymentRun:
    number = ReferenceCounter.objects.next_run(programme)
    run = PaymentRun.objects.create(
        programme=programme, reference=f"{programme.short_code}-R{number:04d}", made_by=by.person
    )
    people = sorted(by_person, key=lambda person: (person.sort_key, person.pk))
    payments = Payment.objects.bulk_create(
        [
            Payment(
                run=run,
                person=person,
                reference=f"{programme.short_code}{number:04d}{index:04d}",
                **_sums(by_person[person]),
            )
            for index, person in enumerate(people, start=1)
        ],
        batch_size=1000,
    )
    PaymentItem.objects.bulk_create(
        [
            PaymentItem(payment=payment, claim=claim, **_sums([claim]))
            for payment in payments
            for claim in by_person[payment.person]
        ],
        batch_size=1000,
    )
    Claim.objects.filter(pk__in=ids).update(status=Claim.Status.IN_RUN)
    return run


@action
def sign_off(*, run: PaymentRun, by: User) -> PaymentRun:
    """Sign a run off as the second person. Each payment keeps its method and its account from now. Returns the run.

    Raises RunError, naming who can, when this person may not; and, naming the people, when money cannot reach somebody.
    Locks the run and the bank details.
    """
    run = lock_run(run)
    ruling = rules.can_sign(by, run, queries.payees(run))
    if not ruling:
        raise RunError(with_who_can_sign(ruling.why_not, run))
    _keep_accounts(run)
    move(run, PaymentRun.Status.SIGNED, signed_by=by.person, signed_at=timezone.now())
    return run


def _keep_accounts(run: PaymentRun) -> None:
    """Copy into each payment the method its person chose and, for the bank, their confirmed account."""
    payments = list(run.payments.filter(amount_pence__gt=0).select_related("person").order_by("pk"))
    # The people are locked as when they change how they are paid, so that what is judged is what is kept.
    people = [payment.person_id for payment in payments]
    # Others may go on to write what points to them: of many, somebody may hold some and wait for the others.
    list(Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=people).order_by("pk"))
    rows = BankDetails.objects.select_for_update(of=("self",)).filter(person__in=people)
    details = {row.person_id: row for row in rows.order_by("pk")}
    ways = insist_on_ways_to_pay(run.programme, [payment.person for payment in payments])
    for payment in payments:
        way = ways[payment.person_id]
        payment.method, payment.said_how = way.method, way.said_how
        if way.method == PaymentMethod.BANK:
            account = details[payment.person_id]
            payment.account_name, payment.sort_code = account.account_name, account.sort_code
            payment.account_number, payment.account_digits = account.account_number, account.last_digits
            payment.roll_number = account.roll_number
    fields = ["method", "said_how", "account_name", "sort_code", "account_number", "account_digits", "roll_number"]
    Payment.objects.bulk_update(payments, fields, batch_size=500)


@action
def cancel(*, run: PaymentRun, by: User) -> PaymentRun:
    """Cancel a run that is not signed off: its claims are approved again and can go into another. Returns the run.

    Locks the run and its claims.
    """
    run = lock_run(run)
    rules.can_cancel(by, run).insist(RunError)
    move(run, PaymentRun.Status.CANCELLED)
    ids = lock_claims(run)
    PaymentItem.objects.filter(payment__run=run, live=True).update(live=False)
    restore_status(ids)
    return run


@action
def make_documents(*, run: PaymentRun, by: User) -> Job:
    """Have workers make the letters, the schedule and the pack of a signed run. Returns the Job; one runs at a time.

    Raises RunError when they have been made already. Locks the run.
    """
    run = lock_run(run)
    rules.can_make_documents(by, run).insist(RunError)
    if run.document_orders.exists() and queries.papers_are_ready(run):
        raise RunError(_("The documents of this run have been made already."))
    if not run.document_orders.exists():
        DocumentRequest.objects.create(run=run, by=by.person)
    return _have_made(run, by)


@action
def make_documents_again(*, run: PaymentRun, by: User, reason: str, payment: Payment | None = None) -> Job:
    """Have every paper of a run made again, or the letter of one `payment` alone, with a reason. Returns the Job.

    Earlier versions are kept. Raises RunError without a reason, before the first time, and while papers are being made.
    Locks the run.
    """
    run = lock_run(run)
    rules.can_make_documents(by, run).insist(RunError)
    if not reason.strip():
        raise RunError(_("Say why the documents are made again."), field="reason")
    if not run.documents.exists() and not run.paper_problems.exists():
        raise RunError(_("The documents have not been made a first time yet."))
    if job_queries.is_under_way(documents.JOB_KIND, run.pk):
        raise RunError(_("The documents are being made at this moment. Wait until they are done."))
    if payment is not None and payment.run_id != run.pk:
        raise RunError(_("This payment is not in this run."))
    DocumentRequest.objects.create(run=run, payment=payment, reason=reason.strip(), by=by.person)
    return _have_made(run, by)


def _have_made(run: PaymentRun, by: User) -> Job:
    total = run.payments.count() + 2
    return job_actions.start(kind=documents.JOB_KIND, subject_id=run.pk, by=by, total=total)


@action
def mark_exported(*, run: PaymentRun, by: User, bank_file: bool) -> None:
    """Mark a signed run as sent to the bank, as its file has just been downloaded.

    Called in the transaction of the download, with `run` locked. `bank_file` says that it was the bank file; other
    lists count only where the run has no payment for a bank file.
    """
    if run.status == PaymentRun.Status.SIGNED and (bank_file or not queries.bank_payments(run).exists()):
        move(run, PaymentRun.Status.EXPORTED, exported_by=by.person, exported_at=timezone.now())


@action
def mark_paid(*, run: PaymentRun, by: User, on: dt.date) -> PaymentRun:
    """Record that the bank made its payments of a run on the day `on`; the people it paid are told.

    Payments by cheque, cash and so on are recorded one by one: see `made.record`. Returns the run. Raises RunError
    while the letters are missing, before the bank file is taken, where nothing goes by bank, or when the day lies
    before the sign-off or after today; raises DocumentChangedError when a letter was changed. Locks the run and its
    claims.
    """
    run = lock_run(run)
    rules.can_pay(by, run, queries.payees(run)).insist(RunError)
    insist_on_letters(run)
    by_bank = list(queries.bank_payments(run).order_by("pk"))
    if not by_bank:
        raise RunError(_("Nothing in this run goes by bank. Record each payment below when it has been made."))
    if run.status == PaymentRun.Status.SIGNED:
        raise RunError(_("Download the bank file first, and send it to the bank."))
    insist_on_day(run, on, field="paid_on")
    move(run, PaymentRun.Status.PAID, paid_on=on, paid_recorded_by=by.person)
    rows = [
        PaymentMade(payment=payment, method=PaymentMethod.BANK, on=on, recorded_by=by.person) for payment in by_bank
    ]
    record_rows(run, rows, by)
    return run


@action
def print_letters(*, run: PaymentRun, by: User) -> Document:
    """Record that `by` takes the letters of a paid run that go by post. Returns the Document to print.

    Raises RunError before the run is paid, or when nobody in it gets letters by post; raises DocumentChangedError when
    the document was changed. Locks the run.
    """
    run = lock_run(run)
    rules.can_print_letters(by, run).insist(RunError)
    batch = run.documents.filter(kind=Document.Kind.POST).order_by("-version").first()
    if batch is None:
        raise RunError(_("Everybody in this run gets their letter by email."))
    documents.read(batch)
    letters = queries.letters(run, ~queries.BY_EMAIL)
    LetterDispatch.objects.bulk_create(
        [LetterDispatch(document=letter, way=LetterDispatch.Way.POST, by=by.person) for letter in letters],
        ignore_conflicts=True,
    )
    posted = PaymentMade.objects.filter(payment__in=[letter.payment_id for letter in letters])
    keys = [emails.made_key(*part) for part in posted.values_list("payment", "method")]
    told_by_letter(keys, by.person, _("Payment letter"))
    return batch


@action
def close(*, run: PaymentRun, by: User, statement_pence: Pence) -> PaymentRun:
    """Close a paid run whose statement shows `statement_pence`: bank, cheques and cash, less what came back.

    Returns the run. Raises RunError while a payment has not been made and, saying by how much, when the two differ.
    Locks the run.
    """
    run = lock_run(run)
    rules.can_close(by, run).insist(RunError)
    waiting = parts.counts_not_made(run)
    if waiting:
        raise RunError(parts.waiting_sentence(waiting))
    due = queries.run_sums(run).due_on_statement
    if statement_pence != due:
        params = {
            "statement": pounds(statement_pence),
            "due": pounds(due),
            "difference": pounds(abs(statement_pence - due)),
        }
        sentence = (
            _("The statement says %(statement)s and this run comes to %(due)s: %(difference)s too much.")
            if statement_pence > due
            else _("The statement says %(statement)s and this run comes to %(due)s: %(difference)s too little.")
        )
        raise RunError(sentence % params + " " + _("Did a payment come back? Record that first."), field="statement")
    move(run, PaymentRun.Status.CLOSED, closed_by=by.person, closed_at=timezone.now(), statement_pence=statement_pence)
    return run
