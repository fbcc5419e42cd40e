"""Record money given in advance, and things booked and paid direct."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Invitation
from payments.advances import hooks, rules
from payments.advances.models import Advance, AskedBefore, Booking
from payments.policy.models.kinds import ExpenseKind
from people.models import Person, User
from programmes.models import Programme
from programmes.programme.queries import holding
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import Pence, PersonId


class AdvanceError(ActionError):
    """A rule refused something about an advance or a thing booked and paid direct."""


@action
def record(
    *,
    programme: Programme,
    person: Person,
    by: User,
    amount_pence: Pence,
    paid_on: dt.date,
    how: str,
    event: Event | None = None,
    note: str = "",
    take_off_waiting: bool = False,
) -> Advance:
    """Record that `person` had `amount_pence` on the day `paid_on`, before claiming it. Returns the Advance.

    `how` is an Advance.How. With `take_off_waiting` it comes off their approved claims that no payment run has taken
    yet; the rest, and otherwise all of it, comes off the next claims that are approved. Raises AdvanceError, with the
    field, for an advance to oneself, for somebody outside the programme or an event of another, for nothing and for a
    day to come. Locks those claims.
    """
    _must_be_for(programme, person, by, event)
    if amount_pence <= 0:
        raise AdvanceError(_("Enter an amount that is more than nothing."), field="amount")
    if paid_on > timezone.localdate():
        raise AdvanceError(_("Record an advance once the person has it."), field="paid_on")
    advance = Advance.objects.create(
        programme=programme,
        person=person,
        event=event,
        amount_pence=amount_pence,
        paid_on=paid_on,
        how=Advance.How(how),
        note=note.strip(),
        recorded_by=by.person,
    )
    for take_off in hooks.take_off_waiting if take_off_waiting else ():
        take_off(advance, by)
    return advance


@action
def ask_before(*, invitation: Invitation, what: str, wants: bool, by: User | None) -> AskedBefore:
    """Keep whether the invited person would like `what` (AskedBefore.What) before the event. Return the AskedBefore.

    `by` is the colleague who takes it down, None the person themselves. What was said before is changed.
    """
    taken_by = by.person if by is not None and by.person != invitation.person else None
    row, new = AskedBefore.objects.get_or_create(
        event=invitation.event,
        person=invitation.person,
        what=AskedBefore.What(what),
        defaults={"wants": wants, "taken_by": taken_by},
    )
    if not new and row.wants != wants:
        row.wants, row.taken_by, row.asked_at = wants, taken_by, timezone.now()
        row.save()
    return row


@action
def close(*, advance: Advance, by: User, reason: str) -> Advance:
    """Close an advance, because the rest was given back or it was a mistake: nothing more comes off for it.

    What came off claims already stays. Raises AdvanceError for one's own advance, for a closed one, and without a
    reason. Locks the advance.
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


@action
def book(
    *,
    programme: Programme,
    person: Person,
    by: User,
    kind: str,
    cost_pence: Pence,
    description: str = "",
    event: Event | None = None,
    on: dt.date | None = None,
) -> Booking:
    """Record a thing booked for `person` and paid direct, such as a train ticket. Returns the Booking.

    It is for the day `on`, or that of `event`. Raises AdvanceError, with the field, where `record` does, and when
    neither says which day.
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


@action
def unbook(*, booking: Booking, by: User, reason: str) -> Booking:
    """Take a thing off the list that was cancelled or a mistake. Returns the Booking.

    Raises AdvanceError for one's own booking, for one that is off the list, and without a reason. Locks the booking.
    """
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


def _must_be_for(programme: Programme, person: Person, by: User, event: Event | None) -> None:
    rules.can_record_advances(by, programme).insist(AdvanceError)
    _must_not_be_own(by, person.pk)
    if not Person.objects.filter(holding(programme), pk=person.pk).exists():
        raise AdvanceError(_("This person is not in this programme."), field="person")
    if event is not None and event.programme_id != programme.pk:
        raise AdvanceError(_("This event is not in this programme."), field="event")


def _must_not_be_own(by: User, person_id: PersonId) -> None:
    if by.person.pk == person_id:
        raise AdvanceError(_("Somebody else records what you were given."), field="person")
