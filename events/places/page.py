"""The places of an event as pages show them, and of many events at a time."""

from dataclasses import dataclass

from events.places import queries, said
from events.planning.models import Event


@dataclass(frozen=True)
class Standing:
    """How the places of an event stand: in words, "" without a limit, and how many wait for an offer."""

    words: str
    waiting: int


def standing_of_event(event: Event) -> Standing:
    """Return how the places of `event` stand. Five queries at most."""
    places = queries.places_of(event)
    waiting = sum(1 for row in queries.line_of(event) if row.offered_at is None)
    return Standing(said.in_numbers(queries.count_of(event, places), places), waiting)


def taken_of(event: Event) -> str:
    """Say "12 of 20" of an event of `queries.with_places`; "" without a limit."""
    number = getattr(event, "room", None)
    return "" if number is None else said.taken_of(getattr(event, "taken", 0), number)
