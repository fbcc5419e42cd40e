"""Choose how a claim is paid."""

from payments.claims import rules
from payments.claims.transitions import ClaimError, lock
from payments.recognition.settling import settled
from wellbeing.lib.actions import action


@action
def choose_recognition(*, claim, by, recognition, recognition_pence=None):
    """The owner says how they wish to be recognised for this claim, until it is approved. Nobody is asked why.

    `recognition` is a Claim.Recognition, `recognition_pence` how much of the fee they take, for part of it. Expenses
    are never touched. Returns the Claim. Raises RecognitionError for what is not offered or more than the fee.
    """
    claim = lock(claim)
    rules.can_choose_for_claim(by, claim).insist(ClaimError)
    fee = sum(line.amount_pence for line in claim.lines.all() if line.is_time)
    wish = settled(claim.programme_id, recognition, recognition_pence, fee_pence=fee)
    for name, value in wish.items():
        setattr(claim, name, value)
    claim.save(update_fields=list(wish))
    return claim
