"""Take a person's advances off a claim that is being approved."""

from collections.abc import Iterable

from payments.advances import queries
from payments.advances.models import Advance, AdvanceUse
from wellbeing.lib.types import Pence


def open_pence(claim: queries.Claimed) -> Pence:
    """Lock the open advances for `claim`. Returns how many pence may come off it."""
    ids = [advance.pk for advance in queries.open_advances(claim)]
    # Locked in one order, and read anew once they are locked.
    locked = list(Advance.objects.select_for_update(of=("self",)).filter(pk__in=ids, closed_at=None).order_by("pk"))
    return sum(queries.left_of(locked).values())


def lock_of(claims: Iterable[queries.Claimed]) -> None:
    """Lock, in one order, the advances of the people of `claims`, before several are approved in one transaction."""
    programmes, people = ({claim.programme_id for claim in claims}, {claim.person_id for claim in claims})
    rows = Advance.objects.select_for_update(of=("self",)).filter(programme__in=programmes, person__in=people)
    list(rows.filter(closed_at=None).order_by("pk"))


def use(claim):
    """Record which advances make up the `advance_recovered_pence` of `claim`, when it is approved."""
    rest = claim.advance_recovered_pence
    if not rest:
        return
    advances = queries.open_advances(claim)
    left = queries.left_of(advances)
    for advance in advances:
        pence = min(rest, left[advance.pk])
        if pence:
            AdvanceUse.objects.create(advance=advance, claim=claim, pence=pence)
            rest -= pence
