"""Take an advance off claims that were approved before it was recorded, and that no payment run has taken yet."""

from payments.advances import queries as advance_queries
from payments.advances.hooks import split
from payments.advances.models import Advance, AdvanceUse
from payments.claims.waiting import approved_for_advance, as_waiting
from people.models import User
from wellbeing.lib.actions import action


@action
def take_off_waiting(*, advance: Advance, by: User | None) -> list[AdvanceUse]:
    """Take what is left of `advance` off its person's approved claims, the one promised first before the others.

    Returns the AdvanceUses; [] where no such claim waits any more, or the advance is closed. Locks the claims, then the
    advance.
    """
    rows = approved_for_advance(advance.programme, advance.person, advance.event)
    claims = {claim.pk: claim for claim in rows.select_for_update(of=("self",), no_key=True)}
    advance = Advance.objects.select_for_update(of=("self",)).get(pk=advance.pk)
    left = 0 if advance.closed_at else advance_queries.left_of([advance])[advance.pk]
    uses = []
    for waiting, pence in split([as_waiting(claim) for claim in claims.values()], left):
        claim = claims[waiting.pk]
        claim.money_pence = waiting.money_pence - pence
        claim.advance_recovered_pence = (claim.advance_recovered_pence or 0) + pence
        claim.save(update_fields=["money_pence", "advance_recovered_pence"])
        uses.append(AdvanceUse.objects.create(advance=advance, claim=claim, pence=pence))
    return uses
