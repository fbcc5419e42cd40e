"""Who may see, make, sign, pay and close payment runs."""

from django.utils.translation import gettext as _

from payments.runs.models.payments import Payment
from payments.runs.models.runs import PaymentRun
from programmes.models import Role, has_role
from programmes.programme.rules import no_longer_new_in_finance
from wellbeing.lib.rulings import YES, Ruling


# Payment runs
def can_see_runs(user, programme):
    """Payment runs: finance of the programme, and administrators."""
    if user.is_authenticated and (user.is_administrator or has_role(user, programme, Role.FINANCE)):
        return YES
    return Ruling(_("Only finance can see payment runs."))


def can_make_run(user, programme):
    """Making a payment run: finance of the programme."""
    if has_role(user, programme, Role.FINANCE):
        return YES
    return Ruling(_("Only finance can make a payment run."))


def can_sign(user, run, payees):
    """Signing a run off: a second finance person whom it does not pay. `payees` are the ids of the people it pays."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can sign off a payment run."))
    if run.status != PaymentRun.Status.OPEN:
        return run_moved_on(run)
    if run.made_by_id == user.person.pk:
        return Ruling(_("You made this run, so a second person has to sign it off."))
    own = _not_a_payee(user, payees, _("This run pays you, so somebody else has to sign it off."))
    return own and no_longer_new_in_finance(user, run.programme_id)


def can_cancel(user, run):
    """Cancelling a run that is not signed off: finance."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can cancel a payment run."))
    if run.status != PaymentRun.Status.OPEN:
        return run_moved_on(run)
    return YES


def can_make_documents(user, run):
    """Making the letters and the schedule of a signed run, and making them again: finance."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can make the documents of a run."))
    if run.status not in PaymentRun.SIGNED_OFF:
        return Ruling(_("The documents are made once the run is signed off."))
    return YES


def can_pay(user, run, payees):
    """Marking a signed run as paid: finance, never one that pays them."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can mark a run as paid."))
    if run.status not in PaymentRun.TO_PAY:
        return run_moved_on(run)
    return _not_a_payee(user, payees, _("This run pays you, so somebody else has to mark it as paid."))


def can_close(user, run):
    """Closing a paid run against the bank statement: finance."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can close a payment run."))
    if run.status != PaymentRun.Status.PAID:
        return run_moved_on(run)
    return YES


def can_print_letters(user, run):
    """Taking the letters that go by post: finance, once the run is paid, as they say that the money is on its way."""
    if not has_role(user, run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can print the letters of a run."))
    if run.status not in PaymentRun.PAID_OR_CLOSED:
        return Ruling(_("Mark the run as paid first. Then print the letters for the post."))
    return YES


def can_record_return(user, payment):
    """Recording that the bank sent a payment back: finance, once its run is paid, never one's own payment."""
    if not has_role(user, payment.run.programme_id, Role.FINANCE):
        return Ruling(_("Only finance can record that a payment came back."))
    if payment.run.status not in PaymentRun.PAID_OR_CLOSED:
        return Ruling(_("This payment has not been made yet, so it cannot have come back."))
    if payment.method != Payment.Method.BANK or not payment.amount_pence:
        return Ruling(_("This payment did not go by bank file, so no bank can have sent it back."))
    if payment.person_id == user.person.pk:
        return Ruling(_("This is your own payment, so somebody else in finance has to record it."))
    return YES


def _not_a_payee(user, payees, why_not):
    return Ruling(why_not) if user.person.pk in payees else YES


def run_moved_on(run):
    return Ruling(
        _("This run has moved on. It is now: %(status)s. Open the page again.") % {"status": run.get_status_display()}
    )
