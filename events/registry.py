"""Where payments plugs into events: what an event offers, what follows when someone came or it was cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from people.registry import Panel
from wellbeing.lib.types import PersonId, User

if TYPE_CHECKING:
    from events.day.models import Attendance
    from events.inviting.models import Invitation
    from events.planning.models import Event
    from people.models import Person

# Return what taking part in the event is paid, or None. People read it before they say yes.
offers: list[Callable[[Event], Offer | None]] = []
# Return the offers to those people who are paid differently, for what they do.
personal_offers: list[Callable[[Event, Iterable[PersonId]], dict[PersonId, Offer]]] = []
# Called with the event and the invitations of those paid for coming, in the transaction that tells them what they are
# paid: as their message is written, or as they are invited without an address and rung up.
after_offering: list[Callable[[Event, Iterable[Invitation]], None]] = []
# Return a sentence for staff who are about to cancel the event, such as what it costs; "" for nothing.
before_cancelling: list[Callable[[Event], str]] = []
# Called with the event and the user, in the transaction that cancelled it. An ActionError undoes that.
after_cancelling: list[Callable[[Event, User], None]] = []
# Called in the transaction that recorded attendance, for each person who came and for each who was recorded as having
# come and did not (`attendance.came` is False then). Called again on each correction, so it must be safe to repeat. An
# ActionError undoes the whole recording and is shown with the person's name: for example when somebody is unticked
# whose claim has gone in.
after_attendance: list[Callable[[Attendance, User], None]] = []
# Return a sentence for staff who have just recorded who came, such as how many claims wait now; "" for nothing.
said_after_attendance: list[Callable[[Event], str]] = []
# Return the panel an app above adds to an event's page, or None.
event_panels: list[Callable[[User, Event], Panel | None]] = []


@dataclass(frozen=True)
class Offer:
    """The payment an event offers, in sentences for a reader. Each text is whole and translated."""

    time: str
    expenses: list[str] = field(default_factory=list)
    when_paid: str = ""
    if_cancelled: str = ""
    # The whole of it in a sentence or two, for those who read no further.
    in_short: str = ""


def offer_for(event: Event, person: Person | None = None) -> Offer | None:
    """Return the offer for `event`, or None where no app above makes one (no policy is in force that day).

    With `person` it is the offer to them, otherwise the one to anybody who takes part.
    """
    if person is not None and (own := offers_for(event, [person.pk]).get(person.pk)):
        return own
    for make in offers:
        offer = make(event)
        if offer:
            return offer
    return None


def offers_for(event: Event, people: Iterable[PersonId]) -> dict[PersonId, Offer]:
    """Return the offers to those of `people` who are paid differently from anybody who takes part."""
    results: dict[PersonId, Offer] = {}
    for make in personal_offers:
        results.update(make(event, people))
    return results


def offers_made(event: Event, invitations: Iterable[Invitation]) -> None:
    """Tell every app that the people of `invitations`, all paid for coming, were told what they are paid."""
    invitations = list(invitations)
    for keep in after_offering if invitations else ():
        keep(event, invitations)


def panels_for(user: User, event: Event) -> list[Panel]:
    """Return the panels of every app for the page of `event`, in their order."""
    panels = [make(user, event) for make in event_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)
