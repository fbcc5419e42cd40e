"""Choose how a claim is paid."""

from payments.claims import rules
from payments.claims.models.claim import Claim
from payments.claims.transitions import ClaimError, lock_claim
from payments.recognition.choices import validated_choice
from people.models import User
from wellbeing.lib.actions import action
from wellbeing.lib.types import Pence


@action
def choose_recognition(*, claim: Claim, by: User, recognition: str, recognition_pence: Pence | None = None) -> Claim:
    """Save how the owner of a claim wants to be paid for their time, until it is approved. Nobody is asked why.

    `recognition` is a Claim.Recognition, `recognition_pence` how much of the fee they take, for part of it. Expenses
    stay as they are. Returns the Claim. Raises RecognitionError for a choice that is not offered and for more than the
    fee. Locks the claim.
    """
    claim = lock_claim(claim)
    rules.can_choose_for_claim(by, claim).insist(ClaimError)
    fee = sum(line.amount_pence for line in claim.lines.all() if line.is_time)
    wish = validated_choice(claim.programme_id, recognition, recognition_pence, fee_pence=fee)
    for name, value in wish.items():
        setattr(claim, name, value)
    claim.save(update_fields=list(wish))
    return claim
