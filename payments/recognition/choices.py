"""Check a choice of recognition against what a programme offers."""

from django.utils.translation import gettext as _

from payments.recognition.models import PaymentChoice
from payments.recognition.queries import GIFTS, offer_of
from wellbeing.lib.errors import ActionError
from wellbeing.lib.money import pounds


class RecognitionError(ActionError):
    """A rule refused a choice of recognition."""


def validated_choice(programme, recognition, recognition_pence=None, fee_pence=None):
    """Check a payment choice against the offer of `programme` (or its id); return it as fields of a Claim.

    `fee_pence` is the pay for the time, where it is known: part of it is never more. Raises RecognitionError, with the
    field, for a charity or voucher that is not offered, and for a part that is nothing or more than the fee.
    """
    kind = PaymentChoice
    if recognition not in kind.values:
        raise RecognitionError(_("Choose one of the answers."), field="recognition")
    offer = offer_of(programme) if recognition in GIFTS else None
    if recognition == kind.CHARITY and not (offer and offer.charity_name):
        raise RecognitionError(_("This programme has not named a charity. Choose another answer."), field="recognition")
    if recognition == kind.VOUCHER and not (offer and offer.vouchers):
        raise RecognitionError(_("This programme has no vouchers. Choose another answer."), field="recognition")
    pence = recognition_pence if recognition == kind.PART else None
    if recognition == kind.PART:
        if not pence:
            raise RecognitionError(_("Say how much you want to take."), field="part")
        if fee_pence is not None and pence > fee_pence:
            raise RecognitionError(
                _("The payment for your time is %(fee)s. Take that much or less.") % {"fee": pounds(fee_pence)},
                field="part",
            )
    return {"recognition": kind(recognition), "recognition_pence": pence, "recognition_offer": offer}
