"""Choose how a claim is paid."""

from django.db import transaction
from django.utils.translation import gettext as _

from payments.claims import rules
from payments.claims.actions.transitions import ClaimError, lock_claim
from payments.claims.models.claim import Claim
from payments.claims.shares import no_longer_offered
from payments.recognition.actions import RecognitionError, validated_choice


@transaction.atomic
def choose_recognition(*, claim, by, recognition, recognition_pence=None):
    """The owner says how they wish to be recognised for this claim, until it is approved. Nobody is asked why.

    `recognition` is a Claim.Recognition, `recognition_pence` how much of the fee they take, for part of it. Expenses
    are never touched. Returns the Claim. Raises RecognitionError for what is not offered or more than the fee.
    """
    claim = lock_claim(claim)
    rules.can_choose_for_claim(by, claim).insist(ClaimError)
    fee = sum(line.amount_pence for line in claim.lines.all() if line.is_time)
    wish = validated_choice(claim.programme_id, recognition, recognition_pence, fee_pence=fee)
    for name, value in wish.items():
        setattr(claim, name, value)
    claim.save(update_fields=list(wish))
    return claim


def check_choice_still_offered(claim):
    """Go on, or raise RecognitionError: the charity or voucher chosen is no longer offered, so nobody may guess."""
    if not no_longer_offered(claim):
        return
    if claim.recognition == Claim.Recognition.CHARITY:
        raise RecognitionError(
            _("The programme no longer gives to %(charity)s. Choose again how you want to be recognised.")
            % {"charity": claim.recognition_offer.charity_name}
        )
    raise RecognitionError(_("The programme no longer has vouchers. Choose again how you want to be recognised."))
