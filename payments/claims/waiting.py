"""Questions about approved claims that wait to be paid, for an advance that is recorded meanwhile."""

from django.db.models import F

from events.models import Event
from payments.advances.hooks import WaitingClaim
from payments.claims.models.claim import Claim, ClaimQuerySet
from people.models import Person
from programmes.models import Programme


def approved_for_advance(programme: Programme, person: Person, event: Event | None) -> ClaimQuerySet:
    """Return the approved claims of `person` with money still to be paid and in no run, the one promised first before.

    An advance for an `event` comes off no claim for an earlier day. What came back from the bank is not among them: it
    was settled once, and is paid again as it was.
    """
    rows = Claim.objects.filter(
        programme=programme,
        person=person,
        status__in=[Claim.Status.APPROVED, Claim.Status.PARTLY_APPROVED],
        money_pence__gt=0,
    )
    if event is not None:
        rows = rows.filter(activity_date__gte=event.day)
    return rows.order_by(F("pay_by").asc(nulls_last=True), "pk")


def as_waiting(claim: Claim) -> WaitingClaim:
    """Describe an approved claim as the wing of advances knows it."""
    return WaitingClaim(claim.pk, claim.reference, claim.description, claim.money_pence or 0)


def waiting_for_advance(programme: Programme, person: Person, event: Event | None) -> list[WaitingClaim]:
    """List the claims of `approved_for_advance` as the wing of advances knows them."""
    return [as_waiting(claim) for claim in approved_for_advance(programme, person, event)]
