"""Offer ways to be paid, and check a choice against the offer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.recognition import rules
from payments.recognition.models import PaymentChoice, RecognitionOffer
from payments.recognition.queries import GIFTS, offer_of
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.money import pounds


class RecognitionError(ActionError):
    """A wish for recognition cannot be met as it stands."""


def validated_choice(programme, recognition, recognition_pence=None, fee_pence=None):
    """A wish as the fields of a claim that hold it, once `programme` (or its id) can meet it.

    `fee_pence` is what the time is paid, where it is known: part of it is never more. Raises RecognitionError, with
    the field, for a charity or voucher that is not offered, and for a part that is nothing or more than the fee.
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


@transaction.atomic
def offer(*, programme, by, effective_from, charity_name="", charity_number="", vouchers=False):
    """Say what `programme` offers besides money from the date `effective_from`. Returns the RecognitionOffer.

    What people chose before stays what they chose. Raises RecognitionError for a day that has passed, and for a
    charity number without a charity.
    """
    rules.can_set_offer(by, programme).insist(RecognitionError)
    today = timezone.localdate()
    if effective_from < today:
        raise RecognitionError(
            _("What was offered on a day that has passed stays. Choose %(day)s or later.") % {"day": long_date(today)},
            field="effective_from",
        )
    if charity_number.strip() and not charity_name.strip():
        raise RecognitionError(_("Write the name of the charity too."), field="charity_name")
    return RecognitionOffer.objects.create(
        programme=programme,
        effective_from=effective_from,
        charity_name=" ".join(charity_name.split()),
        charity_number=charity_number.strip(),
        vouchers=vouchers,
        recorded_by=by.person,
    )
