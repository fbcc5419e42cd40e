"""Keep the arrangements of events up with what people need: new needs, changed ones, and those that fall away."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from events.access import queries
from events.access.calculations import LISTS_OF_KINDS, SHARED_KINDS
from events.access.models import Arrangement, ArrangementDays, EventNeed
from events.access.models.arrangements import LISTS
from events.access.transitions import drop, due_on, reopen, transition
from events.planning.models import Event
from events.planning.transitions import lock_event
from people.directory.models import Person
from people.needs.models import AccessNeed, said_of
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.types import PersonId, User


@action
def gather(*, event: Event, by: User | None, people: Collection[PersonId] | None = None) -> None:
    """Make the needs and arrangements of an event to come what those of `people` (None: all) need now.

    A new need is arranged for by itself, or with those that share one arrangement. A changed one is marked on its
    arrangement, which is to do again. A need of somebody who does not come falls away, and its arrangement with it
    where nobody else needs it; both are kept. Safe to repeat. Locks the event.
    """
    event = lock_event(event.pk)
    if event.status == Event.Status.HELD or (event.status == Event.Status.PLANNED and event.has_started):
        return
    Gathering(event, people).run()


@action
def gather_for(*, person: Person, by: User | None) -> None:
    """Do the same for one person at every event to come that they said they come to. Locks each event."""
    events = Event.objects.filter(
        status=Event.Status.PLANNED, starts_at__gt=timezone.now(), invitations__person=person
    ).order_by("pk")
    for event in events:
        gather(event=event, by=by, people=[person.pk])


@action
def event_moved(*, event: Event, day_before: dt.date, by: User | None) -> None:
    """Look again at what is arranged for an event whose day, time or place is a new one; days move with its day.

    A finished arrangement is to do again, and says why. Locks the event.
    """
    event = lock_event(event.pk)
    if event.has_started:
        return
    for row in Arrangement.objects.select_for_update().filter(event=event).live():
        row.due_on = min(max(row.due_on + (event.day - day_before), today()), event.day)
        if row.status == Arrangement.Status.DONE:
            row.change = Arrangement.Change.MOVED
            reopen(row)
        row.save()


class Gathering:
    """One pass over the needs of `people` at a locked event."""

    def __init__(self, event: Event, people: Collection[PersonId] | None) -> None:
        self.event, self.now = event, timezone.now()
        self.wanted = queries.wanted_at(event, people)
        rows = EventNeed.objects.filter(event=event)
        if people is not None:
            rows = rows.filter(person__in=people)
        self.needs = {(row.person_id, row.whose, row.kind): row for row in rows}
        self.arrangements = {row.pk: row for row in Arrangement.objects.select_for_update().filter(event=event)}
        self.days = ArrangementDays.objects.before_event(today())
        self.touched: set[int] = set()

    def run(self) -> None:
        """Write what is new, what changed and what fell away."""
        for key, words in self.wanted.items():
            need = self.needs.get(key)
            if need is None:
                self.add(key, words)
            elif need.gone_at is not None:
                self.bring_back(need, words)
            elif need.words != words:
                self.change(need, words)
        gone = [need for key, need in self.needs.items() if key not in self.wanted and need.gone_at is None]
        for need in gone:
            self.let_go(need)
        if self.event.status == Event.Status.CANCELLED:
            self.drop_the_rest()
        for pk in self.touched:
            self.arrangements[pk].save()

    def add(self, key: queries.NeedKey, words: str) -> None:
        """Write a new need, with an arrangement of its own or the one that it shares."""
        person_id, whose, kind = key
        shared = self.shared(kind)
        change = EventNeed.Change.NEW if shared else ""
        arrangement = shared or self.new_arrangement(kind, whose)
        if shared:
            self.look_again(shared)
        EventNeed.objects.create(
            event=self.event,
            person_id=person_id,
            whose=whose,
            kind=kind,
            words=words,
            arrangement=arrangement,
            change=change,
        )

    def shared(self, kind: str) -> Arrangement | None:
        """Return the arrangement that serves everybody who has this kind of need, if there is one."""
        if kind not in SHARED_KINDS:
            return None
        rows = (row for row in self.arrangements.values() if row.kind == kind and row.is_live)
        return min(rows, key=lambda row: row.pk, default=None)

    def new_arrangement(self, kind: str, whose: str) -> Arrangement:
        lists = {LISTS[name]: True for name in LISTS_OF_KINDS.get(kind, ())}
        # One that serves everybody who has the need is not called by who had it first.
        label = AccessNeed.Kind(kind).label
        arrangement = Arrangement.objects.create(
            event=self.event,
            kind=kind,
            title=str(label) if kind in SHARED_KINDS else said_of(label, whose),
            due_on=due_on(self.event, kind, self.days),
            **lists,
        )
        self.arrangements[arrangement.pk] = arrangement
        return arrangement

    def bring_back(self, need: EventNeed, words: str) -> None:
        """Take up a need again that had fallen away, and its arrangement."""
        need.words_before = need.words if need.words != words else ""
        need.gone_at, need.words, need.change = None, words, EventNeed.Change.NEW
        need.save()
        arrangement = self.arrangements[need.arrangement_id]
        if not arrangement.is_live:
            transition(arrangement, Arrangement.Status.TO_DO)
            arrangement.change = ""
        self.look_again(arrangement)

    def change(self, need: EventNeed, words: str) -> None:
        """Write the new words of a need. Until staff have looked, the words they knew stay beside them."""
        if not need.change:
            need.change, need.words_before = EventNeed.Change.CHANGED, need.words
        need.words = words
        need.save()
        self.look_again(self.arrangements[need.arrangement_id])

    def let_go(self, need: EventNeed) -> None:
        """Let a need fall away, and its arrangement where that serves nobody else and nobody added it by hand."""
        need.gone_at, need.change = self.now, EventNeed.Change.GONE
        arrangement = self.arrangements[need.arrangement_id]
        others = EventNeed.objects.current().filter(arrangement=arrangement).exclude(pk=need.pk)
        cancelled = self.event.status == Event.Status.CANCELLED
        # An arrangement that was added by hand may serve more than the needs it was linked to.
        if arrangement.is_live and not others.exists() and (cancelled or arrangement.added_by_id is None):
            need.change = ""
            drop(arrangement, self.why(need))
            self.touched.add(arrangement.pk)
        need.save()

    def drop_the_rest(self) -> None:
        """Let what was arranged for nobody in particular fall away with its event."""
        for arrangement in self.arrangements.values():
            if arrangement.is_live:
                drop(arrangement, Arrangement.Why.CANCELLED)
                self.touched.add(arrangement.pk)

    def why(self, need: EventNeed) -> str:
        if self.event.status == Event.Status.CANCELLED:
            return Arrangement.Why.CANCELLED
        comes = self.event.invitations.filter(person=need.person_id, reply__in=queries.COMES).exists()
        return Arrangement.Why.NOT_NEEDED if comes else Arrangement.Why.NOBODY_COMES

    def look_again(self, arrangement: Arrangement) -> None:
        reopen(arrangement)
        self.touched.add(arrangement.pk)
