"""Say who may see, make, sign, pay and close payment runs."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from payments.payees.models.methods import PaymentMethod
from payments.runs.models.payments import Payment
from payments.runs.models.runs import PaymentRun
from people.models import User
from programmes.models import Programme, Role, has_role
from programmes.programme.rules import no_longer_new_in_finance
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import PersonId, ProgrammeId


# Payment runs
def can_see_runs(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` see the payment runs of `programme`? Yes if they are its finance, or administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.FINANCE)):
        return YES
    return Ruling(_("Only finance can see payment runs."))


def can_make_run(user: User, programme: Programme | ProgrammeId) -> Ruling:
    """May `user` make a payment run? Yes if they are finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance can make a payment run."))


def can_sign(user: User, run: PaymentRun, payees: Collection[PersonId]) -> Ruling:
    """May `user` sign `run` off, which pays `payees`? Yes for a second person of finance whom it does not pay."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can sign off a payment run."))
    if run.status != PaymentRun.Status.OPEN:
        return run_moved_on(run)
    if run.made_by_id == user.person.pk:
        return Ruling(_("You made this run, so a second person has to sign it off."))
    own = _not_a_payee(user, payees, _("This run pays you, so somebody else has to sign it off."))
    return own and no_longer_new_in_finance(user, run.programme_id)


def can_cancel(user: User, run: PaymentRun) -> Ruling:
    """May `user` cancel `run`? Yes if they are finance, until it is signed off."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can cancel a payment run."))
    if run.status != PaymentRun.Status.OPEN:
        return run_moved_on(run)
    return YES


def can_take_out(user: User, run: PaymentRun, payees: Collection[PersonId]) -> Ruling:
    """May `user` take a payment out of `run`, which pays `payees`? Yes for its maker and for those who may sign it."""
    cancel = can_cancel(user, run)
    if not cancel or run.made_by_id == user.person.pk:
        return cancel
    return can_sign(user, run, payees)


def can_record_made(user: User, payment: Payment, method: str) -> Ruling:
    """May `user` record that the part of `payment` by `method` was made? Yes for finance, unless it is their own.

    The bank's payments are recorded together, when their run is marked as paid.
    """
    run = payment.run
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can record that a payment was made."))
    if run.status not in (*PaymentRun.TO_PAY, PaymentRun.Status.PAID):
        return run_moved_on(run)
    if payment.person_id == user.person.pk:
        return Ruling(_("This is your own payment, so somebody else in finance has to record it."))
    if run.payments.filter(person=user.person).exists():
        return Ruling(_("This run pays you, so somebody else in finance has to record its payments."))
    if hasattr(payment, "returned") and method == payment.method:
        return Ruling(_("It is recorded already that this payment came back."))
    if method == PaymentMethod.BANK or method not in {part for part, _pence in payment.parts}:
        return Ruling(_("This payment has no part of this kind to record."))
    if payment.made.filter(method=method).exists():
        return Ruling(_("Somebody has recorded this already."))
    return YES


def can_make_documents(user: User, run: PaymentRun) -> Ruling:
    """May `user` have the papers of `run` made, or made again? Yes if they are finance, once it is signed off."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can make the documents of a run."))
    if run.status not in PaymentRun.SIGNED_OFF:
        return Ruling(_("The documents are made once the run is signed off."))
    return YES


def can_pay(user: User, run: PaymentRun, payees: Collection[PersonId]) -> Ruling:
    """May `user` mark `run`, which pays `payees`, as paid? Yes if they are finance whom it does not pay."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can mark a run as paid."))
    if run.status not in PaymentRun.TO_PAY:
        return run_moved_on(run)
    return _not_a_payee(user, payees, _("This run pays you, so somebody else has to mark it as paid."))


def can_close(user: User, run: PaymentRun) -> Ruling:
    """May `user` close `run` against the bank statement? Yes if they are finance, once it is paid."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can close a payment run."))
    if run.status != PaymentRun.Status.PAID:
        return run_moved_on(run)
    return YES


def can_print_letters(user: User, run: PaymentRun) -> Ruling:
    """May `user` print the letters of `run` that go by post? Yes if they are finance, once it is paid.

    The letters say that the money is on its way. Where nothing goes by bank, cheques go with the letters, so they are
    printed once the run is signed off.
    """
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can print the letters of a run."))
    by_bank = Q(method=PaymentMethod.BANK, amount_pence__gt=0)
    if run.status not in PaymentRun.PAID_OR_CLOSED and (
        run.status not in PaymentRun.TO_PAY or run.payments.filter(by_bank).exists()
    ):
        return Ruling(_("Mark the run as paid first. Then print the letters for the post."))
    return YES


def can_record_return(user: User, payment: Payment) -> Ruling:
    """May `user` record that money of `payment` came back, or cannot be paid? Yes for finance, unless it is their own.

    Money by bank comes back once it went. Other money may also turn out, once the run is signed, not to be payable.
    """
    if not has_role(user, payment.run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can record that a payment came back."))
    if not payment.amount_pence:
        return Ruling(_("There is no money in this payment."))
    made = {row.method for row in payment.made.all()}
    may_not_be_payable = payment.method != PaymentMethod.BANK and payment.run.status in (
        *PaymentRun.TO_PAY,
        PaymentRun.Status.PAID,
    )
    if payment.method not in made and not may_not_be_payable:
        return Ruling(_("This payment has not been made yet, so it cannot have come back."))
    if any(method not in made for method, _pence in payment.parts if method != payment.method):
        return Ruling(_("Record first that the rest of this payment was made: voucher, gift or payroll."))
    if payment.person_id == user.person.pk:
        return Ruling(_("This is your own payment, so somebody else in finance has to record it."))
    return YES


def _not_a_payee(user: User, payees: Collection[PersonId], why_not: str) -> Ruling:
    return Ruling(why_not) if user.person.pk in payees else YES


def run_moved_on(run: PaymentRun) -> Ruling:
    """Refuse, and say which status `run` has now."""
    return Ruling(
        _("This run has already been dealt with. It is now: %(status)s. Open the page again.")
        % {"status": run.get_status_display()}
    )
