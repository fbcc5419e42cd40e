"""Record payments that came back. The person is told, and they are paid again in a later run."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.payees.models.bank import BankDetails
from payments.runs import emails, rules, settling
from payments.runs.models.payments import Payment
from payments.runs.models.returns import PaymentReturn, ReturnReason
from payments.runs.models.runs import PaymentRun
from people.messages.telling import tell_many
from people.models import User
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError


class ReturnError(ActionError):
    """A rule refused something about a returned payment."""


@action
def record(*, payment: Payment, by: User, reason: ReturnReason, on: dt.date, note: str = "") -> PaymentReturn:
    """Record that the money of one payment came back, or could not be paid, on the day `on`. Returns the PaymentReturn.

    A bank sends it back; a cheque is not cashed or comes back in the post; cash is not collected. Its claims wait to be
    paid again; the rest of the run stays as it is. An account it went to is on hold until a second person confirms it
    or the person changes it. The person is told what to do. Raises ReturnError, with the field, when the day makes no
    sense, there is no such reason then, or it is recorded already. Locks the run and the bank details.
    """
    # Locked as when the run is closed, so that nobody reconciles it meanwhile.
    run = PaymentRun.objects.select_for_update(of=("self",)).select_related("programme").get(pk=payment.run_id)
    payment = Payment.objects.select_related("person").get(pk=payment.pk)
    payment.run = run
    rules.can_record_return(by, payment).insist(ReturnError)
    made = payment.made.filter(method=payment.method).first()
    made_on = made.on if made else timezone.localdate(run.signed_at)
    if PaymentReturn.objects.filter(payment=payment).exists():
        raise ReturnError(_("Somebody has recorded already that this payment came back."))
    if on < made_on:
        raise ReturnError(
            _("It cannot have come back before %(day)s. Enter that day or a later one.") % {"day": long_date(made_on)},
            field="on",
        )
    if on > timezone.localdate():
        raise ReturnError(_("This day has not come yet."), field="on")
    if not ReturnReason.objects.effective_on(on).filter(pk=reason.pk, method=payment.method).exists():
        raise ReturnError(_("This reason does not fit that day. Choose another."), field="reason")
    returned = PaymentReturn.objects.create(
        payment=payment, reason=reason, on=on, note=note.strip(), recorded_by=by.person
    )
    _release_claims(payment)
    _put_account_on_hold(payment)
    settling.finish(run, by, on)
    tell_many(emails.payment_returned(returned))
    return returned


def _release_claims(payment: Payment) -> None:
    """Open the claims of a payment again that were paid as money. Vouchers and gifts had their own way."""
    items = list(payment.items.filter(live=True, amount_pence__gt=0))
    payment.items.filter(pk__in=[item.pk for item in items]).update(live=False)
    Claim.objects.filter(pk__in=[item.claim_id for item in items]).update(
        status=Claim.Status.PAYMENT_FAILED, paid_on=None
    )


def _put_account_on_hold(payment: Payment) -> None:
    """Put the account on hold, as it would send the money back again. One changed meanwhile stays as it is."""
    details = BankDetails.objects.select_for_update(of=("self",)).filter(person=payment.person_id).first()
    if details is None or (details.sort_code, details.account_number) != (payment.sort_code, payment.account_number):
        return
    details.confirmed_at, details.confirmed_by, details.confirmed_how = None, None, ""
    details.on_hold_since = timezone.now()
    details.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_how", "on_hold_since"])
