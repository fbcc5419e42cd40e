"""Questions about what a person had before they claimed it: advances, and things booked and paid direct."""

from django.db.models import Q, Sum

from payments.advances.models import Advance, AdvanceUse, Booking


def open_advances(claim):
    """The advances that may come off `claim`, the one for its own event first, then the oldest.

    They are of its person and programme and not closed. One for a later event waits for that event: it was given to
    be spent on it.
    """
    for_its_day = Q(event=None) | Q(event__starts_at__date__lte=claim.activity_date)
    found = Advance.objects.filter(for_its_day, person=claim.person_id, programme=claim.programme_id, closed_at=None)
    return sorted(
        found.order_by("paid_on", "pk"),
        key=lambda advance: advance.event_id is None or advance.event_id != claim.event_id,
    )


def left_of(advances):
    """What is left of each of `advances` (Advance rows): {id: pence}. Read anew each time."""
    used = dict(
        AdvanceUse.objects.filter(advance__in=[advance.pk for advance in advances])
        .order_by()
        .values_list("advance")
        .annotate(Sum("pence"))
    )
    return {advance.pk: advance.amount_pence - used.get(advance.pk, 0) for advance in advances}


def open_pence(claim):
    """What may come off `claim` because its person had it already, in pence, as things stand now."""
    return sum(left_of(open_advances(claim)).values())


def bookings_for(claim):
    """What was booked and paid direct for the person and the event or day of `claim`, as a list."""
    its_own = Q(event=None, on=claim.activity_date)
    if claim.event_id:
        its_own |= Q(event=claim.event_id)
    return list(
        Booking.objects.not_removed()
        .filter(its_own, person=claim.person_id, programme=claim.programme_id)
        .order_by("on", "pk")
    )


def claimed_as_well(claim, bookings):
    """The lines of `claim` whose kind is among `bookings` too: perhaps the same thing twice, perhaps another one."""
    booked = {booking.kind for booking in bookings}
    return [line for line in claim.lines.all() if line.expense_kind in booked]
