"""Who is there, from what was noted at the door."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from events.day.models import DoorNote
from events.planning.calculations import EventDay
from events.planning.models import Event
from wellbeing.lib.types import PersonId

QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class There:
    """When somebody arrived, and left again; None for what was not noted, or undone."""

    arrived: dt.datetime | None = None
    left: dt.datetime | None = None
    supporters: int = 0

    @property
    def state(self) -> str:
        """Return "left", "arrived" or ""."""
        return "left" if self.left else "arrived" if self.arrived else ""

    def after(self, note: DoorNote) -> "There":
        """Return how it stands after somebody arrived or left. Who comes back counts from the first arrival."""
        if note.what == DoorNote.What.ARRIVED:
            return There(self.arrived or note.at, None, note.supporters or self.supporters)
        return replace(self, arrived=self.arrived or note.at, left=note.at)

    def hours(self, event: Event | EventDay) -> Decimal | None:
        """Return the hours from arriving to leaving within the event or a day of it, to the quarter of an hour.

        None for somebody who did not leave before its end: they were there from its start to its end, as nobody is paid
        less for a queue at the door. At least a quarter of an hour.
        """
        if self.left is None or self.left >= event.ends_at:
            return None
        seconds = (self.left - max(event.starts_at, self.arrived or event.starts_at)).total_seconds()
        quarters = (Decimal(seconds) / 900).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return max(quarters, Decimal(1)) * QUARTER


def there(event: Event, on: dt.date | None = None) -> dict[PersonId, There]:
    """Return how each person stands who was noted at the door of `event` and is, or was, there. One query.

    With `on`, by the notes of that day alone: somebody who left in the evening is not there the next morning.
    """
    notes = DoorNote.objects.filter(event=event).order_by("at", "pk")
    return folded(notes.filter(at__date=on) if on and event.has_several_days else notes)


def there_by_day(event: Event) -> dict[int, dict[PersonId, There]]:
    """Return how each person stood on each day of `event` on which somebody was noted, by its number. One query."""
    numbers = {day.date: day.number for day in event.days}
    notes: dict[int, list[DoorNote]] = {}
    for note in DoorNote.objects.filter(event=event).order_by("at", "pk"):
        if number := numbers.get(timezone.localdate(note.at)):
            notes.setdefault(number, []).append(note)
    return {number: folded(of_day) for number, of_day in notes.items()}


def folded(notes: Iterable[DoorNote]) -> dict[PersonId, There]:
    """Put `notes`, in their order, together: how each person stands. A mistake takes back the note before it."""
    steps: dict[PersonId, list[There]] = {}
    for note in notes:
        mine = steps.setdefault(note.person_id, [There()])
        if note.what != DoorNote.What.UNDONE:
            mine.append(mine[-1].after(note))
        elif len(mine) > 1:
            mine.pop()
    return {person: mine[-1] for person, mine in steps.items() if mine[-1].state}
