"""Answer questions about series: the events that belong together."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.planning.models import Event
from wellbeing.lib.dates import time_of_day
from wellbeing.lib.types import User

# Fields that the later events of a series take over from one of them.
SHARED = (
    "title",
    "kind",
    "purpose",
    "can_change",
    "cannot_change",
    "venue",
    "venue_name",
    "venue_address",
    "online_link",
    "group",
    "organiser",
)


@dataclass(frozen=True)
class Later:
    """A later event of a series, and what of it would change: the labels of its fields."""

    event: Event
    changes: list[str]


def others_of(event: Event, user: User) -> QuerySet[Event]:
    """Return the other events of the series of `event` that `user` may open, by day; none without a series."""
    if event.series_id is None:
        return Event.objects.none()
    return Event.objects.visible_to(user).filter(series=event.series_id).exclude(pk=event.pk).order_by("starts_at")


def later_ones(event: Event) -> QuerySet[Event]:
    """Return the events of the series after `event` that can still change, by day."""
    if event.series_id is None:
        return Event.objects.none()
    open_states = [Event.Status.DRAFT, Event.Status.PLANNED]
    rows = Event.objects.filter(series=event.series_id, status__in=open_states, starts_at__gt=event.starts_at)
    return rows.select_related("programme", "organiser", "group", "venue").order_by("starts_at", "pk")


def what_would_change(event: Event) -> list[Later]:
    """Return the later events of the series, each with what differs from `event`."""
    return [Later(later, _differences(event, later)) for later in later_ones(event)]


def _differences(event: Event, later: Event) -> list[str]:
    labels = []
    for name in SHARED:
        field: Any = Event._meta.get_field(name)
        if getattr(event, field.attname) != getattr(later, field.attname):
            labels.append(str(field.verbose_name))
    if _times(event) != _times(later):
        labels.append(_("times"))
    return labels


def _times(event: Event) -> list[tuple[str, str]]:
    return [(time_of_day(day.starts_at), time_of_day(day.ends_at)) for day in event.days]
