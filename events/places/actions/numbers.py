"""Say how many places an event has, and close or open its waiting list."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from events.places import line, queries, rules
from events.places.models import Places
from events.planning.models import Event
from events.planning.transitions import EventError, lock_event
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def set_places(
    *, event: Event, number: int | None, by: User, kept: int = 0, open_from: dt.date | None = None
) -> Places:
    """Say how many places `event` has, and how many of them are kept. Return the Places.

    None is no limit. What becomes free is offered to those who wait. Raises EventError when the event has started or
    was cancelled, when more people come already than there would be places, and when the numbers make no sense. Locks
    the event.
    """
    event = lock_event(event.pk)
    rules.can_set_places(by, event).insist(EventError)
    if number is not None and number < 1:
        raise EventError(_("Enter 1 place or more, or leave it empty where there is no limit."), field="number")
    if kept > (number or 0):
        raise EventError(_("You cannot keep more places than there are."), field="kept")
    if open_from is not None and not kept:
        raise EventError(_("Enter how many places are kept, or leave this date empty."), field="open_from")
    if open_from is not None and open_from > event.day:
        raise EventError(_("Enter a day on or before the day of the event."), field="open_from")
    if number is not None and (given := queries.given_within(event)) > number:
        raise EventError(
            _("%(number)s people have a place already, or are offered one. Enter that number or a higher one.")
            % {"number": given},
            field="number",
        )
    places, _is_new = Places.objects.update_or_create(
        event=event, defaults={"number": number, "kept": kept, "open_from": open_from, "set_by": by.person}
    )
    line.offer_what_is_free(event)
    return places


@action
def close_list(*, event: Event, by: User) -> int:
    """Close the waiting list: nobody is put on it, nothing is offered by itself. Return how many were told.

    Those who wait without an offer are told that no place came free; an offer that was made still counts. Raises
    EventError where there are no places, or the list was closed before. Locks the event.
    """
    event, places = _locked(event, by)
    if places.closed_at:
        raise EventError(_("This list was closed before."))
    places.closed_at, places.closed_by = timezone.now(), by.person
    places.save()
    return line.tell_that_it_is_closed(event, places)


@action
def open_list(*, event: Event, by: User) -> Places:
    """Open a waiting list that was closed, and offer what is free. Locks the event."""
    event, places = _locked(event, by)
    places.closed_at, places.closed_by = None, None
    places.save()
    line.offer_what_is_free(event)
    return places


def _locked(event: Event, by: User) -> tuple[Event, Places]:
    event = lock_event(event.pk)
    rules.can_set_places(by, event).insist(EventError)
    places = queries.places_of(event)
    if places is None or places.number is None:
        raise EventError(_("This event has no number of places, so it has no waiting list."))
    return event, places
