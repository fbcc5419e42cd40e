"""Sums about places: how many are free, and for whom."""

import datetime as dt
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class PlaceCount:
    """The places of an event on a day. `number` is None where there is no limit.

    `kept` are kept for people with lived experience that day. `taken` and `held` (offers that wait for an answer) are
    counted in two: those of people with lived experience, and those of `others`.
    """

    number: int | None
    kept: int = 0
    taken: int = 0
    taken_by_others: int = 0
    held: int = 0
    held_for_others: int = 0

    @property
    def free(self) -> int | None:
        """Return how many places nobody has or is offered, which is never below nothing; None without a limit."""
        return None if self.number is None else max(0, self.number - self.taken - self.held)

    @property
    def kept_and_free(self) -> int:
        """Return how many of the free places are for people with lived experience alone."""
        if self.number is None or self.free is None:
            return 0
        room_for_others = max(0, self.number - self.kept - self.taken_by_others - self.held_for_others)
        return max(0, self.free - room_for_others)

    def fits(self, *, lived_experience: bool) -> bool:
        """Return whether a place is free for somebody with lived experience, or for somebody without."""
        if self.free is None:
            return True
        return self.free > (0 if lived_experience else self.kept_and_free)

    def with_offer(self, *, lived_experience: bool) -> "PlaceCount":
        """Return the count with one offer more."""
        others = self.held_for_others + (not lived_experience)
        return replace(self, held=self.held + 1, held_for_others=others)


@dataclass(frozen=True)
class HoldTimes:
    """How many hours an offer is held: see `events.places.models.OfferRules`."""

    hours: int
    by_hand_hours: int
    near_within: int
    near_hours: int
    none_within: int

    def held_for(self, now: dt.datetime, starts_at: dt.datetime, *, by_hand: bool) -> int:
        """Return for how many hours a place offered `now` is held."""
        if starts_at - now <= dt.timedelta(hours=self.near_within):
            return self.near_hours
        return self.by_hand_hours if by_hand else self.hours

    def too_late(self, now: dt.datetime, starts_at: dt.datetime) -> bool:
        """Return whether the start is too near for a place to be offered by itself."""
        return starts_at - now <= dt.timedelta(hours=self.none_within)
