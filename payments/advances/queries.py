"""Questions about advances, and about things booked and paid direct."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.db.models import Q, Sum

from payments.advances.models import Advance, AdvanceUse, Booking
from wellbeing.lib.types import EventId, Pence, PersonId, ProgrammeId


class Claimed(Protocol):
    """The fields of a Claim that are read here. Claims are a wing above this one."""

    @property
    def person_id(self) -> PersonId: ...
    @property
    def programme_id(self) -> ProgrammeId: ...
    @property
    def event_id(self) -> EventId | None: ...
    @property
    def activity_date(self) -> dt.date: ...


class LineOfKind(Protocol):
    """The field of a ClaimLine that is read here."""

    @property
    def expense_kind(self) -> str: ...


Line = TypeVar("Line", bound=LineOfKind)


def open_advances(claim: Claimed) -> list[Advance]:
    """Return the advances that may come off `claim`, the one for its own event first, then the oldest.

    They are of its person and programme and not closed. One for a later event waits for that event: it was given to
    be spent on it.
    """
    for_its_day = Q(event=None) | Q(event__starts_at__date__lte=claim.activity_date)
    rows = Advance.objects.filter(for_its_day, person=claim.person_id, programme=claim.programme_id, closed_at=None)
    return sorted(
        rows.order_by("paid_on", "pk"),
        key=lambda advance: advance.event_id is None or advance.event_id != claim.event_id,
    )


def left_of(advances: Iterable[Advance]) -> dict[int, Pence]:
    """Return the pence left of each of `advances`, by advance id. Read anew each time."""
    used = dict(
        AdvanceUse.objects.filter(advance__in=[advance.pk for advance in advances])
        .order_by()
        .values_list("advance")
        .annotate(Sum("pence"))
    )
    return {advance.pk: advance.amount_pence - used.get(advance.pk, 0) for advance in advances}


def open_pence(claim: Claimed) -> Pence:
    """Return the pence of advances that may come off `claim`, as things stand now."""
    return sum(left_of(open_advances(claim)).values())


def bookings_for(claim: Claimed) -> list[Booking]:
    """Return the bookings for the person and the event or day of `claim`."""
    its_own = Q(event=None, on=claim.activity_date)
    if claim.event_id:
        its_own |= Q(event=claim.event_id)
    return list(
        Booking.objects.not_removed()
        .filter(its_own, person=claim.person_id, programme=claim.programme_id)
        .order_by("on", "pk")
    )


def claimed_as_well(lines: Iterable[Line], bookings: Iterable[Booking]) -> list[Line]:
    """Return those of `lines` of a kind that was booked too: perhaps the same thing twice, perhaps another one."""
    booked = {booking.kind for booking in bookings}
    return [line for line in lines if line.expense_kind in booked]
