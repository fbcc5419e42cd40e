"""Find what people are to be reminded of on a day, and what they were reminded of before."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from people.messages.models import Message
from programmes import registry
from programmes.programme.models.programmes import Programme
from programmes.programme.queries import away_on
from programmes.registry import ReminderSubject, ToRemind
from programmes.reminders import calculations
from programmes.reminders.models import Reminder, ReminderRule
from wellbeing.lib.types import PersonId

# The days on which somebody was reminded of each thing, by person and thing.
Before = dict[tuple[PersonId, str], list[dt.date]]


@dataclass(frozen=True)
class Work:
    """One subject of one programme, with its rule; None where another page sets the days."""

    programme: Programme
    subject: ReminderSubject
    rule: ReminderRule | None

    def people(self, on: dt.date) -> Iterable[PersonId]:
        """Return the keys of those who may have to be reminded on the day `on`."""
        away = self._away(on)
        return (one for one in self.subject.people(self.programme, self.rule, on) if one not in away)

    def find(self, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
        """Return what `people`, or everybody, are silent about on the day `on`."""
        away = self._away(on)
        found = self.subject.find(self.programme, self.rule, on, people)
        return [thing for thing in found if thing.person.pk not in away]

    def _away(self, on: dt.date) -> set[PersonId]:
        """Return who takes a break, where the subject asks them for a part."""
        return away_on(self.programme, on) if self.subject.asks_for_a_part else set()


def work_on(on: dt.date, programmes: Iterable[Programme]) -> list[Work]:
    """Return what reminders go by in `programmes` on the day `on`; subjects that are off are left out."""
    programmes = list(programmes)
    rules = ReminderRule.objects.effective_on([programme.pk for programme in programmes], on)
    work = []
    for programme in programmes:
        for subject in registry.subjects_in_order():
            rule = None if subject.elsewhere else rules.get((programme.pk, subject.key))
            if subject.elsewhere or (rule and rule.is_on):
                work.append(Work(programme, subject, rule))
    return work


def reminded_before(things: Iterable[ToRemind]) -> Before:
    """Return the days on which the people of `things` were reminded of them before. One query."""
    things = list(things)
    rows = Reminder.objects.filter(
        person__in={one.person.pk for one in things}, thing__in={one.thing for one in things}
    )
    before: Before = {}
    for person, thing, on in rows.order_by("on").values_list("person", "thing", "on"):
        before.setdefault((person, thing), []).append(on)
    return before


def due_today(things: Iterable[ToRemind], before: Before, on: dt.date) -> list[ToRemind]:
    """Return those of `things` of which a reminder is due on the day `on`."""
    return [
        one
        for one in things
        if calculations.is_due(one.occasions, one.at_most, before.get((one.person.pk, one.thing), []), on)
    ]


def have_had_one(people: Collection[PersonId], on: dt.date) -> set[PersonId]:
    """Return those of `people` who have had their reminder of the day `on`, from whichever programme."""
    return set(Reminder.objects.filter(person__in=people, on=on).values_list("person", flat=True))


def people_to_remind(programme: Programme, on: dt.date) -> dict[str, set[PersonId]]:
    """Return who would be reminded if the reminders of `programme` went out on `on`, by the key of the subject.

    Without those who have had a reminder on that day. The same number of queries for few people and for many.
    """
    found = {work.subject.key: work.find(on, None) for work in work_on(on, [programme])}
    before = reminded_before(one for things in found.values() for one in things)
    due = {key: {one.person.pk for one in due_today(things, before, on)} for key, things in found.items()}
    had = have_had_one(set().union(*due.values()), on)
    return {key: people - had for key, people in due.items()}


def rules_of(programme: Programme) -> QuerySet[ReminderRule]:
    """Return every rule that `programme` has set, the latest first."""
    return programme.reminder_rules.select_related("set_by").order_by("-effective_from", "-pk")


def planned(programme: Programme, on: dt.date, subject: str = "") -> list[ReminderRule]:
    """Return the rules of `programme` that will start after the day `on`, the earliest first; of one subject if named.

    Of those with the same subject and day only the one that was set last will.
    """
    rows = programme.reminder_rules.filter(effective_from__gt=on, **({"subject": subject} if subject else {}))
    newest = {(row.effective_from, row.subject): row for row in rows.order_by("effective_from", "pk")}
    return list(newest.values())


def reminders_of(programme: Programme) -> QuerySet[Any]:
    """Return each time somebody was reminded by `programme`, the latest first, with how it reached them."""
    messages = Prefetch("notice__messages", Message.objects.order_by("pk"))
    return Reminder.objects.filter(programme=programme).select_related("person", "notice").prefetch_related(messages)
