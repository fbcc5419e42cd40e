"""Where other wings and payments plug into events: what an event offers, what stands beside it, what follows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from people.registry import Panel
from wellbeing.lib.types import PersonId, User

if TYPE_CHECKING:
    from events.day.models import Attendance
    from events.inviting.models import Invitation
    from events.planning.models import Event
    from events.venues.models import Venue
    from people.models import Person

# Return what taking part in the event is paid, or None. People read it before they say yes.
offers: list[Callable[[Event], Offer | None]] = []
# Return the offers to those people who are paid differently, for what they do.
personal_offers: list[Callable[[Event, Iterable[PersonId]], dict[PersonId, Offer]]] = []
# Return what those of the people are offered beside the event, such as a talk before it. Their invitation says it, and
# the page on which they reply asks whether they would like it.
beside: list[Callable[[Event, Iterable[PersonId]], dict[PersonId, list[Beside]]]] = []
# Called with the invitation, what the person said of each thing offered beside the event, by its key, and the colleague
# who takes it down (None: they said it themselves), in the transaction that records the reply. An ActionError undoes
# that.
after_beside: list[Callable[[Invitation, Mapping[str, bool], User | None], None]] = []
# Called with the event and the invitations of those paid for coming, in the transaction that tells them what they are
# paid: as their message is written, or as they are invited without an address and rung up.
after_offering: list[Callable[[Event, Iterable[Invitation]], None]] = []
# Called with the invitation as it will be recorded, its reply before, and who writes it down (None: the person, by
# their link), with the event locked. It may make another reply of it, such as a place on the waiting list. Return
# whether that says something new, although the reply is the same. An ActionError undoes the reply.
before_reply: list[Callable[[Invitation, str, User | None], bool]] = []
# Called with an invitation whose person shall no longer help to run the event, with the event locked. An ActionError
# undoes it.
before_helping_ends: list[Callable[[Invitation], None]] = []
# Return the panel that stands above the form of a reply and after it, or None. Also takes whether a colleague reads it,
# who takes the reply down. Otherwise nobody is signed in, and a link is passed on: it says nothing of the person that
# their reply does not say.
reply_panels: list[Callable[[Invitation, bool], Panel | None]] = []
# Called with the invitation and who wrote it down (None: the person, by their link), in the transaction that recorded
# a reply which said something new.
after_reply: list[Callable[[Invitation, User | None], None]] = []
# Called with the event, its day, time and place as they were before (the fields of `WHEN_AND_WHERE`), and who changed
# it, in the transaction that changed one of them.
after_moving: list[Callable[[Event, Mapping[str, Any], User], None]] = []
# Return a sentence about the event that only the invited person may read, signed in, such as that it takes them past a
# limit they set themselves; "" for nothing.
private_words: list[Callable[[Invitation], str]] = []
# Called with a changed event before it is saved; an ActionError undoes the change, and names the field of its form.
before_saving: list[Callable[[Event], None]] = []
# Called with a new event, the one it began as a copy of, and who planned it, in the transaction that planned it.
after_copying: list[Callable[[Event, Event, User], None]] = []
# Called with an event and the people who run its sessions, in the transaction that said so.
after_naming_facilitators: list[Callable[[Event, Iterable[PersonId]], None]] = []
# Called with a venue whose name or address changed, and who changed it, in that transaction. Return the events to come
# that changed with it.
after_venue_changed: list[Callable[[Venue, User], Iterable[Event]]] = []
# Return the names of the papers that come with the event, as those who are invited may read them.
paper_titles: list[Callable[[Event], list[str]]] = []
# Return the panel that stands on the page of the event that is a meeting, or None.
meeting_panels: list[Callable[[User, Event], Panel | None]] = []
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
# Return a sentence for each of the people whose claim for the event is ready for them to send; nobody else's.
claim_words: list[Callable[[Event, Iterable[PersonId]], dict[PersonId, str]]] = []
# Return what the event cost so far, or None where nothing is known.
costs: list[Callable[[Event], Cost | None]] = []
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
    # That they may take all of it or less, and the address of a page about money and benefits.
    choice: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Cost:
    """The cost of an event so far, in pence, and how many `people` are behind it; shown where they are `least` or more.

    `parts` are payment for time and expenses; None where they cannot stand apart. `unsent` is how many people who came
    have not sent their claim, so that more may follow.
    """

    total_pence: int
    parts: tuple[int, int] | None
    people: int
    least: int
    unsent: int = 0


@dataclass(frozen=True)
class Beside:
    """Something offered to one person beside an event, to take or leave. `key` names it in a form.

    `text` says what it is to that person, `when` when, where and with whom to anybody. `wanted` is the answer: yes, no,
    or None before. Each text is whole and translated.
    """

    key: str
    title: str
    text: str
    when: str
    wanted: bool | None = None
    # Whether the invitation says it, too. The page on which they reply always does.
    in_message: bool = True


def beside_for(event: Event, people: Iterable[PersonId]) -> dict[PersonId, list[Beside]]:
    """Return what those of `people` are offered beside the event; nothing for the others."""
    people = list(people)
    results: dict[PersonId, list[Beside]] = {}
    for make in beside:
        for person, things in make(event, people).items():
            results.setdefault(person, []).extend(things)
    return results


def beside_of(invitation: Invitation) -> list[Beside]:
    """Return what the invited person is offered beside the event."""
    return beside_for(invitation.event, [invitation.person_id]).get(invitation.person_id, [])


def beside_answered(invitation: Invitation, answers: Mapping[str, bool], taken_by: User | None) -> None:
    """Tell every wing what the invited person said of what they were offered beside the event."""
    for keep in after_beside if answers else ():
        keep(invitation, answers, taken_by)


def words_for(invitation: Invitation) -> list[str]:
    """Return what only the invited person may read beside their reply."""
    return [words for say in private_words if (words := say(invitation))]


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


def reply_that_fits(invitation: Invitation, before: str, by: User | None) -> bool:
    """Let every wing look at a reply before it is recorded. Return whether it says something new for one of them."""
    is_new = [look(invitation, before, by) for look in before_reply]
    return any(is_new)


def panels_beside_reply(invitation: Invitation, *, for_staff: bool = False) -> list[Panel]:
    """Return the panels of every wing for the page of a reply, in their order."""
    panels = [make(invitation, for_staff) for make in reply_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)


def claim_words_for(event: Event, people: Iterable[PersonId]) -> dict[PersonId, str]:
    """Return a sentence for each of `people` whose claim for `event` is ready for them to send."""
    people = list(people)
    words: dict[PersonId, str] = {}
    for make in claim_words:
        words.update(make(event, people))
    return words


def cost_of(event: Event) -> Cost | None:
    """Return what `event` cost so far, or None where no app above knows."""
    return next((cost for find in costs if (cost := find(event))), None)


def panels_for(user: User, event: Event) -> list[Panel]:
    """Return the panels of every app for the page of `event`, in their order."""
    panels = [make(user, event) for make in event_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)


def papers_of(event: Event) -> list[str]:
    """Return the names of the papers that come with `event`."""
    return [title for find in paper_titles for title in find(event)]


def panels_of_meeting(user: User, event: Event) -> list[Panel]:
    """Return the panels of every wing above for the page of the meeting that `event` is, in their order."""
    panels = [make(user, event) for make in meeting_panels]
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.order)
