"""Ask people again whether they come, when the event they replied to has moved to another time."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from events.planning.models import Event
from wellbeing.lib.actions import action
from wellbeing.lib.types import User

TIMES = ("starts_at", "ends_at")


@action
def ask_again(*, event: Event, before: Mapping[str, Any], by: User) -> int:
    """Note of each reply that it was for the time the event had `before`. Return how many people are asked again.

    `before` has `starts_at` and `ends_at`. Replies to a time that the event has again, because it was moved back, count
    as they did. Nothing happens where the time is the same. The caller holds the event.
    """
    if all(before[name] == getattr(event, name) for name in TIMES):
        return 0
    was: dict[str, dt.datetime] = {"replied_for_start": before["starts_at"], "replied_for_end": before["ends_at"]}
    now = {"replied_for_start": event.starts_at, "replied_for_end": event.ends_at}
    replied = event.invitations.exclude(reply="")
    replied.filter(replied_for_start=None).update(**was)
    replied.filter(**now).update(replied_for_start=None, replied_for_end=None)
    return event.invitations.asked_again().count()
