"""Who is there, from what was noted at the door."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from events.day.models import DoorNote
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

    def hours(self, event: Event) -> Decimal | None:
        """Return the hours from arriving to leaving within the event, to the quarter of an hour.

        None for somebody who did not leave before its end: they were there from its start to its end, as nobody is paid
        less for a queue at the door. At least a quarter of an hour.
        """
        if self.left is None or self.left >= event.ends_at:
            return None
        seconds = (self.left - max(event.starts_at, self.arrived or event.starts_at)).total_seconds()
        quarters = (Decimal(seconds) / 900).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return max(quarters, Decimal(1)) * QUARTER


def there(event: Event) -> dict[PersonId, There]:
    """Return how each person stands who was noted at the door of `event` and is, or was, there. One query."""
    return folded(DoorNote.objects.filter(event=event).order_by("at", "pk"))


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
