"""Make a payment run, sign it off as a second person, have its papers made, send it to the bank, pay and close it."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.claims.models.claim import Claim
from payments.payees import queries as payee_queries
from payments.payees.models.bank import BankDetails
from payments.runs import documents, emails, queries, rules
from payments.runs.models.documents import Document, DocumentRequest, LetterDispatch
from payments.runs.models.payments import Payment, PaymentItem
from payments.runs.models.runs import PaymentRun
from payments.runs.queries import with_who_can_sign
from payments.shared.models import ReferenceCounter
from people.jobs import actions as job_actions
from people.jobs import queries as job_queries
from people.messages import outbox
from people.models import Job, Person, User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.money import pounds
from wellbeing.lib.types import ClaimId, Pence

# Bank references number the payments of a run with four digits.
MAX_PAYMENTS = 9999
# People written to at a time, each perhaps with a letter, to keep memory small.
TOLD_AT_ONCE = 200


class RunError(ActionError):
    """A rule refused something about a payment run."""


class StaleClaimsError(RunError):
    """Some of the chosen claims can no longer be put in a run: `claims`, as they stand now."""

    def __init__(self, claims: list[Claim]) -> None:
        self.claims = claims
        listed = ", ".join(f"{claim.reference} ({claim.get_status_display()})" for claim in claims[:10])
        if len(claims) > 10:
            listed += _(" and %(n)s more") % {"n": len(claims) - 10}
        super().__init__(
            ngettext(
                "%(n)s claim you chose has moved on, so no run was made: %(listed)s."
                " Look at the list again and choose.",
                "%(n)s claims you chose have moved on, so no run was made: %(listed)s."
                " Look at the list again and choose.",
                len(claims),
            )
            % {"n": len(claims), "listed": listed}
        )


@action
def make_run(*, programme: Programme, claims: Iterable[Claim], by: User) -> PaymentRun:
    """Gather approved `claims` of `programme` into a run with one payment a person. All of them, or none.

    Returns the PaymentRun. Raises StaleClaimsError when any of them is no longer approved (somebody else was quicker),
    RunError when nothing is chosen, a claim is the maker's own, or the bank details of a payee are on hold. Locks the
    claims.
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
    _none_on_hold(programme, {claim.person for claim in chosen})
    by_person: dict[Person, list[Claim]] = {}
    for claim in chosen:
        by_person.setdefault(claim.person, []).append(claim)
    if len(by_person) > MAX_PAYMENTS:
        raise RunError(_("One run can pay %(n)s people at most. Choose fewer claims.") % {"n": MAX_PAYMENTS})
    return _write(programme, by, by_person, ids)


def _sums(claims: list[Claim]) -> dict[str, Pence]:
    """Add up claims for the fields of a Payment or PaymentItem: money, payroll, vouchers, gifts to charity.

    Of a claim the bank sent back only the money is paid again: the rest arrived.
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
    people = sorted(by_person, key=lambda person: (person.full_name, person.pk))
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
    """Sign a run off as the second person. From now on each payment keeps the account it goes to. Returns the run.

    Raises RunError, naming who can, when this person may not; and, naming the people, when bank details are on hold.
    Locks the run and the bank details.
    """
    run = _lock(run)
    ruling = rules.can_sign(by, run, queries.payees(run))
    if not ruling:
        raise RunError(with_who_can_sign(ruling.why_not, run))
    _keep_accounts(run)
    _move(run, PaymentRun.Status.SIGNED, signed_by=by.person, signed_at=timezone.now())
    return run


def _keep_accounts(run: PaymentRun) -> None:
    """Copy each payee's confirmed account into their payment; a person without one is paid another way."""
    payments = list(run.payments.select_related("person").order_by("pk"))
    people = [payment.person_id for payment in payments]
    rows = BankDetails.objects.select_for_update(of=("self",)).filter(person__in=people)
    details = {row.person_id: row for row in rows.order_by("pk")}
    _none_on_hold(run.programme, {payment.person for payment in payments})
    by_bank = [payment for payment in payments if payment.person_id in details]
    for payment in by_bank:
        account = details[payment.person_id]
        payment.method = Payment.Method.BANK
        payment.account_name, payment.sort_code = account.account_name, account.sort_code
        payment.account_number, payment.account_digits = account.account_number, account.last_digits
    Payment.objects.bulk_update(
        by_bank, ["method", "account_name", "sort_code", "account_number", "account_digits"], batch_size=500
    )


def _none_on_hold(programme: Programme, people: Collection[Person]) -> None:
    on_hold = payee_queries.people_on_hold([person.pk for person in people], programme)
    if on_hold:
        names = sorted(person.full_name for person in people if person.pk in on_hold)
        listed = ", ".join(names[:10])
        if len(names) > 10:
            listed += _(" and %(n)s more") % {"n": len(names) - 10}
        raise RunError(
            _("Bank details must be checked by finance of this programme first: %(names)s. Then try again.")
            % {"names": listed}
        )


@action
def cancel(*, run: PaymentRun, by: User) -> PaymentRun:
    """Cancel a run that is not signed off: its claims are approved again and can go into another. Returns the run.

    Locks the run and its claims.
    """
    run = _lock(run)
    rules.can_cancel(by, run).insist(RunError)
    _move(run, PaymentRun.Status.CANCELLED)
    ids = _lock_claims(run)
    PaymentItem.objects.filter(payment__run=run, live=True).update(live=False)
    _restore_status(ids)
    return run


def _restore_status(ids: Iterable[ClaimId]) -> None:
    """Give claims back the status they had before the run: approved, approved in part, or sent back by the bank."""
    failed = Q(payment_items__live=False, payment_items__payment__run__status__in=PaymentRun.PAID_OR_CLOSED)
    less = Q(lines__approved_pence__lt=F("lines__amount_pence"))
    inside = Claim.objects.filter(pk__in=ids)
    was_failed = set(inside.filter(failed).values_list("pk", flat=True))
    was_less = set(inside.filter(less).values_list("pk", flat=True)) - was_failed
    for status, chosen in (
        (Claim.Status.PAYMENT_FAILED, was_failed),
        (Claim.Status.PARTLY_APPROVED, was_less),
        (Claim.Status.APPROVED, set(ids) - was_failed - was_less),
    ):
        Claim.objects.filter(pk__in=chosen).update(status=status)


@action
def make_documents(*, run: PaymentRun, by: User) -> Job:
    """Have workers make the letters, the schedule and the pack of a signed run. Returns the Job; one runs at a time.

    Raises RunError when they have been made already. Locks the run.
    """
    run = _lock(run)
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
    run = _lock(run)
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
        _move(run, PaymentRun.Status.EXPORTED, exported_by=by.person, exported_at=timezone.now())


@action
def mark_paid(*, run: PaymentRun, by: User, on: dt.date) -> PaymentRun:
    """Record that a run was paid on the day `on`; everyone in it is told. Its claims never change again.

    People who get letters by email get theirs with the message. Returns the run. Raises RunError while the letters are
    missing, before the bank file is taken, or when the day lies before the sign-off or after today; raises
    DocumentChangedError when a letter was changed. Locks the run and its claims.
    """
    run = _lock(run)
    rules.can_pay(by, run, queries.payees(run)).insist(RunError)
    if not queries.papers_are_ready(run):
        raise RunError(_("Make the documents first: each person paid gets a letter."))
    if run.status == PaymentRun.Status.SIGNED and queries.bank_payments(run).exists():
        raise RunError(_("Download the bank file first, and send it to the bank."))
    signed_on = timezone.localdate(run.signed_at)
    if on < signed_on:
        raise RunError(
            _("The run was signed off on %(day)s, so it was paid on that day or later.")
            % {"day": long_date(signed_on)},
            field="paid_on",
        )
    if on > timezone.localdate():
        raise RunError(_("This day has not come yet. Come back once the money has gone."), field="paid_on")
    _move(run, PaymentRun.Status.PAID, paid_on=on, paid_recorded_by=by.person)
    Claim.objects.filter(pk__in=_lock_claims(run)).update(status=Claim.Status.PAID, paid_on=on)
    _tell(run, by, on)
    return run


def _tell(run: PaymentRun, by: User, on: dt.date) -> None:
    """Write to everyone in the run, with the letter where the person gets letters by email."""
    ids = list(run.payments.order_by("person__full_name", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), TOLD_AT_ONCE):
        some = ids[start : start + TOLD_AT_ONCE]
        newest = queries.letters(run, queries.BY_EMAIL & Q(pk__in=some))
        letters = {letter.payment_id: letter for letter in newest if letter.payment_id is not None}
        outbox.enqueue_many(
            [
                draft
                for payment in queries.whole_payments(run, some)
                for draft in emails.payment_made(payment, run.programme, on, letters.get(payment.pk))
            ]
        )
        LetterDispatch.objects.bulk_create(
            [LetterDispatch(document=letter, way=LetterDispatch.Way.EMAIL, by=by.person) for letter in letters.values()]
        )


@action
def print_letters(*, run: PaymentRun, by: User) -> Document:
    """Record that `by` takes the letters of a paid run that go by post. Returns the Document to print.

    Raises RunError before the run is paid, or when nobody in it gets letters by post; raises DocumentChangedError when
    the document was changed. Locks the run.
    """
    run = _lock(run)
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
    return batch


@action
def close(*, run: PaymentRun, by: User, statement_pence: Pence) -> PaymentRun:
    """Close a paid run whose bank statement shows `statement_pence`: its money by bank, less the payments returned.

    Returns the run. Raises RunError, saying by how much, when the two differ. Locks the run.
    """
    run = _lock(run)
    rules.can_close(by, run).insist(RunError)
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
        raise RunError(
            sentence % params + " " + _("Did the bank send a payment back? Record that first."), field="statement"
        )
    _move(run, PaymentRun.Status.CLOSED, closed_by=by.person, closed_at=timezone.now(), statement_pence=statement_pence)
    return run


def _lock(run: PaymentRun) -> PaymentRun:
    return PaymentRun.objects.select_for_update(of=("self",)).select_related("programme").get(pk=run.pk)


def _lock_claims(run: PaymentRun) -> list[ClaimId]:
    """Lock the claims of a run in the order in which runs take them, so that nobody locks up. Returns their ids."""
    claims = PaymentItem.objects.filter(payment__run=run, live=True).values("claim")
    return list(
        Claim.objects.select_for_update(no_key=True).filter(pk__in=claims).order_by("pk").values_list("pk", flat=True)
    )


def _move(run: PaymentRun, status: str, **fields: Any) -> None:
    if status not in run.TRANSITIONS[PaymentRun.Status(run.status)]:
        raise RunError(
            _("This run has moved on. It is now: %(status)s. Open the page again.")
            % {"status": run.get_status_display()}
        )
    run.status = status
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=["status", *fields])
