"""Take one payment out of a run before it is signed off."""

from django.utils.translation import gettext as _

from payments.runs import queries, rules
from payments.runs.models.made import TakenOut
from payments.runs.models.payments import Payment, PaymentItem
from payments.runs.steps import RunError, lock_claims, lock_run, restore_status
from people.models import User
from wellbeing.lib.actions import action


@action
def take_out(*, payment: Payment, by: User, reason: str) -> TakenOut:
    """Take `payment` out of a run that is not signed off, with a `reason`; its claims wait for another run.

    Returns the TakenOut, which is kept with the run. Raises RunError without a reason, and for the only payment of a
    run: that run is cancelled instead. Locks the run and its claims.
    """
    run = lock_run(payment.run)
    rules.can_take_out(by, run, queries.payees(run)).insist(RunError)
    if not reason.strip():
        raise RunError(_("Say why it is taken out."), field="reason")
    if not run.payments.filter(pk=payment.pk).exists():
        raise RunError(_("This payment is no longer in the run."))
    if run.payments.count() == 1:
        raise RunError(_("This is the only payment in the run. Cancel the run instead."))
    lock_claims(run)
    items = list(payment.items.select_related("claim").order_by("claim__reference"))
    taken = TakenOut.objects.create(
        run=run,
        person=payment.person,
        reference=payment.reference,
        pence=sum(pence for _method, pence in payment.parts),
        claims=" ".join(item.claim.reference for item in items)[:2000],
        reason=reason.strip(),
        by=by.person,
    )
    ids = [item.claim_id for item in items]
    PaymentItem.objects.filter(payment=payment).delete()
    Payment.objects.filter(pk=payment.pk).delete()
    restore_status(ids)
    return taken
