"""What a person had before they claimed it: recording it, and taking it off what they are paid."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.advances import queries, rules
from payments.advances.models import Advance, AdvanceUse, Booking
from payments.policy.models.kinds import ExpenseKind
from people.models import Person
from programmes.programme.queries import holding
from wellbeing.lib.errors import ActionError


class AdvanceError(ActionError):
    """A rule refused something about an advance or a thing booked and paid direct."""


@transaction.atomic
def record(*, programme, person, by, amount_pence, paid_on, how, event=None, note=""):
    """Record that `person` had `amount_pence` on the day `paid_on`, before claiming it. Returns the Advance.

    `how` is an Advance.How; `event`, if it was given for one, is of `programme`. Raises AdvanceError for one's own,
    for somebody outside the programme, for nothing and for a day to come.
    """
    _must_be_for(programme, person, by, event)
    if amount_pence <= 0:
        raise AdvanceError(_("Enter an amount that is more than nothing."), field="amount")
    if paid_on > timezone.localdate():
        raise AdvanceError(_("Record an advance once the person has it."), field="paid_on")
    return Advance.objects.create(
        programme=programme,
        person=person,
        event=event,
        amount_pence=amount_pence,
        paid_on=paid_on,
        how=Advance.How(how),
        note=note.strip(),
        recorded_by=by.person,
    )


@transaction.atomic
def close(*, advance, by, reason):
    """Close an advance, because the rest was given back or it was a mistake: nothing more comes off for it.

    What came off claims already stays. Raises AdvanceError for one's own, a closed one, and without a reason.
    """
    advance = Advance.objects.select_for_update(of=("self",)).get(pk=advance.pk)
    _must_not_be_own(by, advance.person_id)
    rules.can_record_advances(by, advance.programme_id).insist(AdvanceError)
    if advance.closed_at:
        raise AdvanceError(_("This advance has been closed already."))
    if not reason.strip():
        raise AdvanceError(_("Say why."), field="reason")
    advance.closed_at, advance.closed_by, advance.closed_reason = timezone.now(), by.person, reason.strip()
    advance.save(update_fields=["closed_at", "closed_by", "closed_reason"])
    return advance


@transaction.atomic
def book(*, programme, person, by, kind, cost_pence, description="", event=None, on=None):
    """Record a thing booked for `person` and paid direct, such as a train ticket. Returns the Booking.

    It is for the day `on`, or that of `event`. Raises AdvanceError as `record`, and when neither says which day.
    """
    _must_be_for(programme, person, by, event)
    if cost_pence <= 0:
        raise AdvanceError(_("Enter an amount that is more than nothing."), field="cost")
    on = on or (event.day if event else None)
    if on is None:
        raise AdvanceError(_("Choose the event, or enter the day it is for."), field="on")
    return Booking.objects.create(
        programme=programme,
        person=person,
        event=event,
        kind=ExpenseKind(kind),
        description=description.strip(),
        cost_pence=cost_pence,
        on=on,
        recorded_by=by.person,
    )


@transaction.atomic
def unbook(*, booking, by, reason):
    """Take a thing off the list that was cancelled or a mistake. Raises AdvanceError as `close`."""
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    _must_not_be_own(by, booking.person_id)
    rules.can_record_advances(by, booking.programme_id).insist(AdvanceError)
    if booking.removed_at:
        raise AdvanceError(_("This has been taken off the list already."))
    if not reason.strip():
        raise AdvanceError(_("Say why."), field="reason")
    booking.removed_at, booking.removed_by, booking.removed_reason = timezone.now(), by.person, reason.strip()
    booking.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    return booking


# When a claim is approved


def open_pence(claim):
    """What may come off `claim`, in pence, held for this transaction: no other approval uses it meanwhile."""
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


def _must_be_for(programme, person, by, event):
    rules.can_record_advances(by, programme).insist(AdvanceError)
    _must_not_be_own(by, person.pk)
    if not Person.objects.filter(holding(programme), pk=person.pk).exists():
        raise AdvanceError(_("This person is not in this programme."), field="person")
    if event is not None and event.programme_id != programme.pk:
        raise AdvanceError(_("This event is not in this programme."), field="event")


def _must_not_be_own(by, person_id):
    if by.person.pk == person_id:
        raise AdvanceError(_("Somebody else records what you were given."), field="person")
