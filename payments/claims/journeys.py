"""Questions about journeys: the last one to a place, and the miles of a year."""

from decimal import Decimal

from django.db.models import Case, Sum, Value, When

from events.models import Event
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.policy import calculations
from payments.policy.models.kinds import ExpenseKind, Vehicle

JOURNEYS = (ExpenseKind.MILEAGE, ExpenseKind.PUBLIC_TRANSPORT)
# Earlier journeys looked at for one to the same place.
MAX_EARLIER = 50


def last_journey(claim: Claim) -> ClaimLine | None:
    """Return the line of the person's last journey to the place of `claim`, which its policy covers too, or None.

    Journeys of the same programme count first, then the newest. None where the claim has a journey already, and where
    it is for no event at a place.
    """
    covered = [kind for kind in JOURNEYS if claim.terms.expense_rules_for(kind)]
    if any(line.expense_kind in JOURNEYS for line in claim.lines.all()) or not covered or claim.event is None:
        return None
    here_first = Case(When(claim__programme=claim.programme_id, then=Value(0)), default=Value(1))
    earlier = (
        ClaimLine.objects.filter(
            claim__person=claim.person_id, claim__event__isnull=False, expense_kind__in=covered, adds_to=None
        )
        .exclude(claim=claim.pk)
        .exclude(claim__status=Claim.Status.WITHDRAWN)
        .select_related("claim__event")
        .order_by(here_first, "-on", "-pk")
    )
    return next((line for line in earlier[:MAX_EARLIER] if _at_one_place(line.claim.event, claim.event)), None)


def _at_one_place(one: Event | None, other: Event | None) -> bool:
    """Whether two events are at one place: the same address, or the same venue where one of them has no address."""
    if one is None or other is None:
        return False
    if one.venue_address.strip() and other.venue_address.strip():
        return _words(one.venue_address) == _words(other.venue_address)
    return bool(one.venue_name.strip()) and _words(one.venue_name) == _words(other.venue_name)


def _words(place: str) -> list[str]:
    return place.casefold().replace(",", " ").split()


def miles_before(line: ClaimLine, vehicle: str) -> Decimal:
    """Add up the miles with `vehicle` that the person of `line` claimed before it, in the tax year of its day.

    Before means entered before, on any claim not taken back: each mile then has one place in the year's bands. Lines
    at a programme's own rate are for cars.
    """
    first, last = calculations.tax_year(line.on)
    vehicles = [vehicle, ""] if vehicle == Vehicle.CAR else [vehicle]
    others = ClaimLine.objects.filter(
        claim__person=line.claim.person_id,
        expense_kind=ExpenseKind.MILEAGE,
        adds_to=None,
        vehicle__in=vehicles,
        on__range=(first, last),
    ).exclude(claim__status=Claim.Status.WITHDRAWN)
    if line.pk:
        others = others.filter(pk__lt=line.pk)
    return others.aggregate(miles=Sum("miles"))["miles"] or Decimal(0)
