"""Keep the venue book of a programme: add, change, check and archive venues."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import registry
from events.venues import rules
from events.venues.models import Venue, VenueFact
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

# {kind of fact: (answer, note)}
Facts = Mapping[str, tuple[str, str]]


@action
def add(*, programme: Programme, by: User, **values: Any) -> Venue:
    """Add a venue to the book of `programme`. Return the Venue. `values` are those of `_write`.

    Raises ActionError when the book has another venue of that name, and for a check in the future. Locks the programme.
    """
    rules.can_keep_book(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    return _write(Venue(programme=programme), by, **values)


@action
def edit(*, venue: Venue, by: User, **values: Any) -> list[int]:
    """Change a venue, as `add` takes it. Return the ids of the events to come that have its new name or address now.

    Those who know of them are told, as when an event is changed. Events of the past keep what they had. Raises
    ActionError for what `add` refuses, and for an archived venue. Locks the programme and the venue.
    """
    Programme.objects.select_for_update().get(pk=venue.programme_id)
    venue = Venue.objects.select_for_update(of=("self",)).select_related("programme").get(pk=venue.pk)
    rules.can_change(by, venue).insist()
    before = (venue.name, venue.address)
    _write(venue, by, **values)
    if (venue.name, venue.address) == before:
        return []
    return [event.pk for follow in registry.after_venue_changed for event in follow(venue, by)]


def _write(
    venue: Venue,
    by: User,
    *,
    name: str,
    address: str = "",
    how_to_find: str = "",
    station: str = "",
    facts: Facts | None = None,
    checked_on: dt.date | None = None,
) -> Venue:
    """Save a venue as it is to be. `checked_on` is when `by` checked its facts."""
    venue.name, venue.address, venue.how_to_find, venue.station = name.strip(), address, how_to_find, station.strip()
    _check_name(venue)
    _note_check(venue, checked_on, by)
    venue.save()
    _keep_facts(venue, facts or {})
    return venue


@action
def archive(*, venue: Venue, by: User) -> Venue:
    """Take a venue out of the book, so that no new event is planned there. Return the Venue. Locks the venue."""
    venue = Venue.objects.select_for_update(of=("self",)).select_related("programme").get(pk=venue.pk)
    rules.can_change(by, venue).insist()
    venue.archived_at = timezone.now()
    venue.save(update_fields=["archived_at"])
    return venue


@action
def take_back(*, venue: Venue, by: User) -> Venue:
    """Take an archived venue back into the book. Return the Venue.

    Raises ActionError when the book has another one of that name meanwhile. Locks the programme and the venue.
    """
    Programme.objects.select_for_update().get(pk=venue.programme_id)
    venue = Venue.objects.select_for_update(of=("self",)).select_related("programme").get(pk=venue.pk)
    rules.can_keep_book(by, venue.programme).insist()
    venue.archived_at = None
    _check_name(venue)
    venue.save(update_fields=["archived_at"])
    return venue


def _check_name(venue: Venue) -> None:
    if not venue.name:
        raise ActionError(_("Enter the name of the venue."), field="name")
    others = Venue.objects.in_use().filter(programme=venue.programme_id, name__iexact=venue.name)
    if others.exclude(pk=venue.pk).exists():
        raise ActionError(
            _("The book has a venue of this name. Choose another name, or change that one."), field="name"
        )


def _note_check(venue: Venue, checked_on: dt.date | None, by: User) -> None:
    if checked_on is None or checked_on == venue.checked_on:
        return
    if checked_on > today():
        raise ActionError(_("Enter today or an earlier day."), field="checked_on")
    venue.checked_on, venue.checked_by = checked_on, by.person


def _keep_facts(venue: Venue, facts: Facts) -> None:
    rows = {fact.kind: fact for fact in venue.facts.all()}
    for kind, (answer, note) in facts.items():
        fact = rows.get(kind) or VenueFact(venue=venue, kind=kind)
        if fact.pk is None or (fact.answer, fact.note) != (answer, note):
            fact.answer, fact.note = answer, note
            fact.save()
