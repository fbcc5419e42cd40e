"""Choose the claims a report is about, so that two reports about the same period count the same claims."""

from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate

from payments.claims.models.claim import NOTHING_OWED, Claim


def settled_claims(first, last, **where):
    """Return the claims settled from the day `first` to the day `last`, each with its day as `settled_on`.

    Settled is paid; or approved with nothing left to give, as the person took nothing or had it in advance. A payment
    the bank sent back is neither. `where` narrows by programme or person.
    """
    over = Q(status=Claim.Status.PAID) | (Q(status__in=Claim.PAYABLE) & NOTHING_OWED)
    return (
        Claim.objects.filter(over, **where)
        .annotate(settled_on=Coalesce("paid_on", TruncDate("approved_at")))
        .filter(settled_on__range=(first, last))
    )
