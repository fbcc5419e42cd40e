"""Plan an event like another, several in one step, and change or cancel the later ones of a series together."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import registry
from events.planning import actions as planning_actions
from events.planning import rules
from events.planning.models import Event, EventSeries
from events.planning.transitions import EventError, lock_event
from events.series import queries
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def plan_like(*, programme: Programme, by: User, like: Event | None = None, **event: Any) -> Event:
    """Plan one event, with the sessions and the series of `like`. Return the Event.

    `event` are the fields `events.planning.actions.create` takes. Raises EventError as that does.
    """
    made = planning_actions.create(programme=programme, by=by, series=like.series if like else None, **event)
    _copied(made, like, by)
    return made


@action
def plan_series(
    *,
    programme: Programme,
    by: User,
    dates: Sequence[Mapping[str, Any]],
    like: Event | None = None,
    **event: Any,
) -> list[Event]:
    """Plan an event on each of `dates`, linked as a series. Return the Events in their order.

    Each date gives `starts_at`, `ends_at` and `reply_by`; `event` are the other fields of
    `events.planning.actions.create`. With `like` they have its sessions, and join its series or begin one with it.
    Raises EventError as `create` does, naming the day, and without dates. Locks `like`.
    """
    rules.can_plan_events(by, programme).insist(EventError)
    if not dates:
        raise EventError(_("Tick at least one date."))
    series = None
    if like is not None:
        like = lock_event(like.pk)
        series = like.series
    if series is None:
        series = EventSeries.objects.create(programme=programme, made_by=by.person)
    if like is not None and like.series_id is None and rules.can_edit(by, like):
        like.series = series
        like.save(update_fields=["series"])
    made = []
    for each in sorted(dates, key=lambda date: date["starts_at"]):
        try:
            one = planning_actions.create(programme=programme, by=by, series=series, **{**event, **each})
        except ActionError as error:
            day = short_date(timezone.localtime(each["starts_at"]))
            raise EventError(_("%(day)s: %(problem)s") % {"day": day, "problem": str(error)}) from None
        # The first one has put the place that was typed in the book.
        if event.get("keep_in_book"):
            event = {**event, "keep_in_book": False, "venue": one.venue}
        _copied(one, like, by)
        made.append(one)
    return made


@action
def change_later(*, event: Event, by: User) -> list[Event]:
    """Give the later events of a series what `event` has now: all but their day and its replies. Return them.

    Those who know of them are told, as when one is changed. Raises EventError, naming the day, as
    `events.planning.actions.edit` does. Locks each event.
    """
    rules.can_manage_event(by, event).insist(EventError)
    shared = {name: getattr(event, name) for name in queries.SHARED}
    changed = []
    for later in queries.what_would_change(event):
        if not later.changes:
            continue
        try:
            changed.append(planning_actions.edit(event=later.event, by=by, **shared, **_times_on(event, later.event)))
        except ActionError as error:
            problem = {"day": short_date(later.event.starts_at), "problem": str(error)}
            raise EventError(_("%(day)s: %(problem)s") % problem) from None
    return changed


@action
def cancel_with_later(*, event: Event, by: User, reason: str = "") -> list[Event]:
    """Cancel an event and the later ones of its series; drafts among those are thrown away. Return those cancelled.

    Those who know of them are told. Raises EventError as `events.planning.actions.cancel` does. Locks each event.
    """
    cancelled = []
    for each in [event, *queries.later_ones(event)]:
        if each.is_draft:
            planning_actions.discard(event=each, by=by)
        else:
            planning_actions.cancel(event=each, by=by, reason=reason)
            cancelled.append(each)
    return cancelled


@action
def publish_series(*, event: Event, by: User) -> list[Event]:
    """Publish a draft and the later drafts of its series. Return them. Raises EventError as `publish` does."""
    drafts = [event, *queries.later_ones(event).filter(status=Event.Status.DRAFT)]
    return [planning_actions.publish(event=each, by=by) for each in drafts]


def _copied(made: Event, like: Event | None, by: User) -> None:
    if like is None:
        return
    for follow in registry.after_copying:
        follow(made, like, by)


def _times_on(event: Event, later: Event) -> dict[str, Any]:
    """Return the times of `event` on the days of `later`."""
    first, last = event.days[0], event.days[-1]
    zone = timezone.get_default_timezone()
    ends_on = later.day + (timezone.localdate(last.ends_at) - first.date)
    return {
        "starts_at": dt.datetime.combine(later.day, first.starts, tzinfo=zone),
        "ends_at": dt.datetime.combine(ends_on, last.ends, tzinfo=zone),
        "day_starts": list(event.day_starts),
        "day_ends": list(event.day_ends),
    }
