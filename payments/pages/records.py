"""Say which rows of payments are kept once where two records of one person are put together."""

from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from people.directory.hooks import KeptOnce


def _was_sent(theirs, own):
    return own.status == Claim.Status.DRAFT and theirs.status != Claim.Status.DRAFT


def _is_an_empty_draft(claim):
    """Return whether a claim was never sent and has no receipt: what it says is prepared from who came."""
    return claim.status == Claim.Status.DRAFT and not claim.receipts.exists()


def why_not_merged(record, person):
    """Say that money which is agreed is paid first: with the record, it would go to where the other one is paid."""
    if Claim.objects.owed().filter(person__in=[record, person]).exists():
        return _("Money is agreed for one of them and not paid yet. Once it is paid, they can be put together.")
    return ""


KEPT_ONCE = (
    KeptOnce("payments.Claim", _was_sent, _is_an_empty_draft),
    KeptOnce("payments.EarningsLimit"),
    KeptOnce("payments.RecognitionChoice"),
    KeptOnce("payments.AskedBefore"),
)
