"""Where payments plugs into events: what an event offers, what follows when someone came or it was cancelled."""

from dataclasses import dataclass, field

# fn(event) -> Offer or None: what taking part is paid, told before anyone says yes.
offers = []
# fn(event, person ids) -> {person id: Offer}: the offers to those of them paid otherwise, for what they do.
personal_offers = []
# fn(event) -> str: a sentence for staff who are about to cancel the event, such as what it costs; "" for nothing.
before_cancelling = []
# fn(event, by) -> None: runs in the transaction that cancelled the event. An ActionError it raises undoes that.
after_cancelling = []
# fn(attendance, by) -> None: runs in the transaction that recorded attendance, for each person who came (again on each
# correction, so it must be safe to repeat) and for each who was taken for having come and did not (`attendance.came` is
# False then). An ActionError it raises undoes the whole recording and is shown with the person's name: for example when
# somebody is unticked whose claim has gone in.
after_attendance = []
# fn(user, event) -> None or people.registry.Panel: what an app above adds to an event's page.
event_panels = []


@dataclass(frozen=True)
class Offer:
    """What an event pays, in sentences for a reader. Each text is whole and translated."""

    time: str
    expenses: list = field(default_factory=list)
    when_paid: str = ""
    if_cancelled: str = ""


def offer_for(event, person=None):
    """The Offer for `event`, or None where no app above makes one (no policy is in force that day).

    It is the one to `person` when told, otherwise the one to anybody who takes part.
    """
    if person is not None and (own := offers_for(event, [person.pk]).get(person.pk)):
        return own
    for make in offers:
        offer = make(event)
        if offer:
            return offer
    return None


def offers_for(event, people):
    """The Offers to those of `people` (ids) who are paid otherwise than anybody who takes part: {person id: Offer}."""
    found = {}
    for make in personal_offers:
        found.update(make(event, people))
    return found


def panels_for(user, event):
    """The Panels every app adds to the page of `event` for `user`, in their order."""
    panels = [make(user, event) for make in event_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)
