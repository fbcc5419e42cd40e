"""Functions that wings above add to recording an advance."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wellbeing.lib.types import ClaimId, Pence

if TYPE_CHECKING:
    from events.models import Event
    from payments.advances.models import Advance
    from people.models import Person, User
    from programmes.models import Programme


@dataclass(frozen=True)
class WaitingClaim:
    """An approved claim in no payment run yet, and the money still to be paid to its person for it."""

    pk: ClaimId
    reference: str
    description: str
    money_pence: Pence


# Each returns the approved claims of a person that an advance, for that event or for none, can still come off, in the
# order in which it does.
waiting_claims: "list[Callable[[Programme, Person, Event | None], list[WaitingClaim]]]" = []

# Each takes an advance off those claims, in the transaction that recorded it.
take_off_waiting: "list[Callable[[Advance, User], None]]" = []


def waiting(programme: "Programme", person: "Person", event: "Event | None") -> list[WaitingClaim]:
    """Return the approved claims of `person` that an advance, for `event` or for none, can still come off."""
    return [claim for find in waiting_claims for claim in find(programme, person, event)]


def split(claims: Iterable[WaitingClaim], pence: Pence) -> list[tuple[WaitingClaim, Pence]]:
    """Say how much of an advance of `pence` would come off each of `claims`; those it does not reach are left out."""
    parts, rest = [], pence
    for claim in claims:
        part = min(rest, claim.money_pence)
        if part:
            parts.append((claim, part))
            rest -= part
    return parts
