"""Count who runs an event and who is coming, by the part they have in the programme on the day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from events.day.queries import Part
from events.inviting.models import Invitation
from events.planning.models import Event
from events.sessions import queries as session_queries
from programmes.models import Membership, Role, Term
from wellbeing.lib.types import PersonId


@dataclass(frozen=True)
class Balance:
    """How many run an event, and how many are coming besides, in each part: [(part, number), …]."""

    running: list[tuple[Part, int]]
    coming: list[tuple[Part, int]]


def balance_of(event: Event) -> Balance:
    """Count who helps to run the event, and who else is coming, in each part that somebody has. Four queries."""
    replies = list(event.invitations.values_list("person_id", "reply", "facilitates"))
    cannot = {person for person, reply, _helps in replies if reply == Invitation.Reply.NOT_COMING}
    running = {person for person, _reply, helps in replies if helps} | session_queries.running_sessions(event)
    running -= cannot
    coming = {person for person, reply, _helps in replies if reply == Invitation.Reply.COMING} - running
    parts = parts_of_people(event, running | coming)
    return Balance(_counted(parts, running), _counted(parts, coming))


def parts_of_people(event: Event, people: Iterable[PersonId]) -> dict[PersonId, Part]:
    """Return the part of each of `people` in the programme on the day: the first of `Part` they have. Two queries."""
    people = set(people)
    roles: dict[PersonId, set[str]] = {}
    held = Membership.objects.effective_on(event.day).filter(programme=event.programme_id, person__in=people)
    for person, role in held.values_list("person_id", "role"):
        roles.setdefault(person, set()).add(role)
    seats: dict[PersonId, set[str]] = {}
    terms = Term.objects.effective_on(event.day).filter(group__programme=event.programme_id, person__in=people)
    for person, seat in terms.values_list("person_id", "seat"):
        seats.setdefault(person, set()).add(seat)
    return {person: _part(roles.get(person, set()), seats.get(person, set())) for person in people}


def _part(roles: set[str], seats: set[str]) -> Part:
    if Role.LIVED_EXPERIENCE in roles or Term.Seat.LIVED_EXPERIENCE in seats:
        return Part.LIVED_EXPERIENCE
    if Term.Seat.PARTNER in seats:
        return Part.PARTNER
    if roles & {Role.STAFF, Role.FINANCE} or Term.Seat.STAFF in seats:
        return Part.STAFF
    return Part.OTHER


def _counted(parts: dict[PersonId, Part], people: set[PersonId]) -> list[tuple[Part, int]]:
    numbers = Counter(parts[person] for person in people)
    return [(part, numbers[part]) for part in Part if part in numbers]
