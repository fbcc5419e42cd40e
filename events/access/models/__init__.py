"""The models of access at events."""

from events.access.models.arrangements import Arrangement, ArrangementDays
from events.access.models.needs import EventNeed, NeedsTold

__all__ = ["Arrangement", "ArrangementDays", "EventNeed", "NeedsTold"]
