"""Take what a person had before off a claim that is being approved."""

from payments.advances import queries
from payments.advances.models import Advance, AdvanceUse


def open_pence(claim):
    """Lock the open advances for `claim`, and return how much may come off it, in pence."""
    ids = [advance.pk for advance in queries.open_advances(claim)]
    # Locked in one order, and read anew once they are ours.
    held = list(Advance.objects.select_for_update(of=("self",)).filter(pk__in=ids, closed_at=None).order_by("pk"))
    return sum(queries.left_of(held).values())


def lock_of(claims):
    """Lock, in one order, the advances of whoever made `claims`, before several are approved in one transaction."""
    programmes, people = ({claim.programme_id for claim in claims}, {claim.person_id for claim in claims})
    held = Advance.objects.select_for_update(of=("self",)).filter(programme__in=programmes, person__in=people)
    list(held.filter(closed_at=None).order_by("pk"))


def use(claim):
    """Write down which advances make up what came off `claim` when it was approved (its `advance_recovered_pence`)."""
    rest = claim.advance_recovered_pence
    if not rest:
        return
    found = queries.open_advances(claim)
    left = queries.left_of(found)
    for advance in found:
        pence = min(rest, left[advance.pk])
        if pence:
            AdvanceUse.objects.create(advance=advance, claim=claim, pence=pence)
            rest -= pence
