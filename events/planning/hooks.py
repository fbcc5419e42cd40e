"""Functions that wings above add to the life of an event."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from wellbeing.lib.types import User

if TYPE_CHECKING:
    from events.planning.models import Event

# Called with the event, the day it was to be before, and who changed it, in the transaction that changed its day, time
# or place.
after_moving: "list[Callable[[Event, dt.date, User], None]]" = []
