"""Arrange what people need at an event: add to it, say who sees to it, say that it is done."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from events.access import queries, rules
from events.access.models import Arrangement, EventNeed
from events.access.models.arrangements import LISTS
from events.access.transitions import drop, reopen, transition
from events.planning.models import Event
from events.planning.rules import can_manage_event
from events.planning.transitions import EventError, lock_event
from people.directory.models import Person
from people.needs.models import AccessNeed
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.types import User


@action
def add(
    *,
    event: Event,
    by: User,
    title: str,
    due_on: dt.date,
    kind: str = AccessNeed.Kind.OTHER,
    owner: Person | None = None,
    how: str = "",
    lists: Collection[str] = (),
    needs: Iterable[EventNeed] = (),
) -> Arrangement:
    """Add an arrangement that serves several people, or nobody in particular. Return it.

    `lists` are the lists of the event it stands on (keys of LISTS). `needs` are moved to it from where they were
    arranged. Raises EventError for a day after the event, for somebody who cannot see to it, and when the event was
    cancelled. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_arrange(by, event).insist(EventError)
    arrangement = Arrangement(event=event, kind=kind, added_by=by.person)
    _fill(arrangement, title, due_on, owner, how, lists)
    arrangement.save()
    _cover(arrangement, needs)
    return arrangement


@action
def edit(
    *,
    arrangement: Arrangement,
    by: User,
    title: str,
    due_on: dt.date,
    owner: Person | None = None,
    how: str = "",
    lists: Collection[str] = (),
    needs: Iterable[EventNeed] = (),
) -> Arrangement:
    """Change an arrangement. Return it. `needs` more are moved to it from where they were arranged.

    Raises EventError as `add` does, and where it is no longer needed. Locks the event.
    """
    arrangement = _locked(arrangement)
    rules.can_change(by, arrangement).insist(EventError)
    _fill(arrangement, title, due_on, owner, how, lists)
    if arrangement.status == Arrangement.Status.DONE and owner is None:
        raise EventError(_("It is done, so it says who saw to it. Choose somebody."), field="owner")
    arrangement.save()
    _cover(arrangement, needs)
    return arrangement


@action
def mark_done(*, arrangement: Arrangement, how: str, by: User) -> Arrangement:
    """Say that something is arranged, and how. Return it. What changed before is then taken as seen.

    One that nobody saw to is that of `by` from then on. Raises EventError for a reader who may not, and where it is
    done or no longer needed. Locks the event.
    """
    arrangement = _locked(arrangement)
    rules.can_do(by, arrangement).insist(EventError)
    if arrangement.status == Arrangement.Status.DONE:
        raise EventError(_("Somebody said before that this is done."))
    transition(arrangement, Arrangement.Status.DONE)
    arrangement.how = how.strip()
    arrangement.owner = arrangement.owner or by.person
    arrangement.done_by, arrangement.done_at = by.person, timezone.now()
    arrangement.change = ""
    arrangement.save()
    _seen(arrangement)
    return arrangement


@action
def mark_to_do(*, arrangement: Arrangement, by: User) -> Arrangement:
    """Say that something is not arranged after all. Return it.

    Raises EventError for a reader who may not, and where it is not done. Locks the event.
    """
    arrangement = _locked(arrangement)
    rules.can_do(by, arrangement).insist(EventError)
    if arrangement.status != Arrangement.Status.DONE:
        raise EventError(_("This is not done, so there is nothing to take back."))
    reopen(arrangement)
    arrangement.save()
    return arrangement


@action
def mark_seen(*, arrangement: Arrangement, by: User) -> Arrangement:
    """Say that somebody has looked at what changed behind an arrangement. Return it. What is to do stays to do.

    Raises EventError for a reader who may not. Locks the event.
    """
    arrangement = _locked(arrangement)
    # An arrangement that fell away, or whose event was cancelled, has to be looked at, too.
    if arrangement.is_live and arrangement.owner_id == by.person.pk:
        rules.can_do(by, arrangement).insist(EventError)
    else:
        can_manage_event(by, arrangement.event).insist(EventError)
    arrangement.change = ""
    arrangement.save()
    _seen(arrangement)
    return arrangement


@action
def take_out(*, arrangement: Arrangement, by: User) -> Arrangement:
    """Say that an arrangement is not needed. Return it.

    Raises EventError where somebody who may come needs it. Locks the event.
    """
    arrangement = _locked(arrangement)
    rules.can_take_out(by, arrangement).insist(EventError)
    drop(arrangement, Arrangement.Why.TAKEN_OUT)
    # Who takes it out knows whether something was booked.
    arrangement.change = ""
    arrangement.save()
    _seen(arrangement)
    return arrangement


def _locked(arrangement: Arrangement) -> Arrangement:
    event = lock_event(arrangement.event_id)
    arrangement = Arrangement.objects.select_for_update(of=("self",)).select_related("owner").get(pk=arrangement.pk)
    arrangement.event = event
    return arrangement


def _fill(
    arrangement: Arrangement, title: str, due_on: dt.date, owner: Person | None, how: str, lists: Collection[str]
) -> None:
    event = arrangement.event
    if due_on > event.day:
        raise EventError(_("Enter the day of the event or an earlier date."), field="due_on")
    is_new = owner is not None and owner.pk != arrangement.owner_id
    if owner and is_new and not queries.possible_owners(event, today()).filter(pk=owner.pk).exists():
        raise EventError(
            _("Choose somebody of the programme's staff, or somebody who helps to run the event."), field="owner"
        )
    arrangement.title, arrangement.how = title.strip(), how.strip()
    arrangement.due_on, arrangement.owner = due_on, owner
    for name, field in LISTS.items():
        setattr(arrangement, field, name in lists)


def _cover(arrangement: Arrangement, needs: Iterable[EventNeed]) -> None:
    """Move `needs` of the event to `arrangement`; an arrangement that then serves nobody is covered by it."""
    keys = [need.pk for need in needs]
    rows = EventNeed.objects.current().filter(event=arrangement.event_id, pk__in=keys).exclude(arrangement=arrangement)
    left = set()
    for need in rows:
        left.add(need.arrangement_id)
        need.arrangement, need.change = arrangement, EventNeed.Change.NEW
        need.save()
    if left and arrangement.status == Arrangement.Status.DONE:
        reopen(arrangement)
        arrangement.save()
    elif left:
        _seen(arrangement)
    for other in Arrangement.objects.select_for_update().filter(pk__in=left, added_by=None).live():
        if not EventNeed.objects.current().filter(arrangement=other).exists():
            drop(other, Arrangement.Why.TOGETHER)
            other.save()


def _seen(arrangement: Arrangement) -> None:
    for need in EventNeed.objects.filter(arrangement=arrangement).exclude(change=""):
        need.change, need.words_before = "", ""
        need.save()
