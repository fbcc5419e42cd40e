"""Gather what people are to be reminded of into one message for each person and day."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from people.directory.models import Person
from people.messages.models import Message, Notice
from people.messages.telling import tell_many, withdraw
from programmes.programme.models.programmes import Programme
from programmes.registry import ToRemind
from programmes.reminders import emails, queries
from programmes.reminders.models import MAX_WORDS, Reminder
from programmes.reminders.queries import Work
from wellbeing.lib.types import PersonId

# People read and written to at a time: each batch is one transaction.
BATCH = 200


def send_due(on: dt.date) -> int:
    """Write the reminders due on the day `on`. Return how many people are reminded.

    Each person gets one message at most, however often this runs and however many at once. Earlier reminders that
    still wait and are answered are withdrawn.
    """
    work = queries.work_on(on, Programme.objects.order_by("pk"))
    _withdraw_answered(work, on)
    concerns: dict[PersonId, set[int]] = {}
    for number, one in enumerate(work):
        for person in one.people(on):
            concerns.setdefault(person, set()).add(number)
    # Those with the same subjects together: a batch then asks about few.
    people = sorted(concerns, key=lambda person: (sorted(concerns[person]), person))
    reminded = 0
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        asked = sorted(set().union(*(concerns[person] for person in batch)))
        with transaction.atomic():
            reminded += _remind(batch, [work[number] for number in asked], on)
    return reminded


def _withdraw_answered(work: Collection[Work], on: dt.date) -> None:
    """Withdraw reminders that still wait to be sent, posted or told and that nobody needs any more.

    Those whose things are all answered or over: nobody is rung about a reply they gave yesterday.
    """
    waiting = Message.objects.filter(status=Message.Status.WAITING, notice__kind="reminder").order_by("notice")
    ids = list(waiting.values_list("notice", flat=True).distinct())
    for start in range(0, len(ids), BATCH):
        rows = list(Reminder.objects.filter(notice__in=ids[start : start + BATCH]))
        people, said = {row.person_id for row in rows}, {(row.programme_id, row.subject) for row in rows}
        asked = [one for one in work if (one.programme.pk, one.subject.key) in said]
        silent = {(thing.person.pk, thing.thing) for one in asked for thing in one.find(on, people)}
        needed = {row.notice_id for row in rows if (row.person_id, row.thing) in silent}
        over = {row.notice_id for row in rows} - needed
        with transaction.atomic():
            withdraw(Notice.objects.filter(pk__in=over))


def _remind(people: Collection[PersonId], work: Collection[Work], on: dt.date) -> int:
    """Remind those of `people` for whom something is due and who had no reminder today. Return how many. Locks them.

    Read once they are locked: another worker may have reminded them meanwhile, or they may have answered.
    """
    locked = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=people).order_by("pk")
    waiting = set(locked.values_list("pk", flat=True))
    waiting -= queries.have_had_one(waiting, on)
    found = [(one.programme, thing) for one in work for thing in one.find(on, waiting)]
    before = queries.reminded_before(thing for _programme, thing in found)
    due: dict[PersonId, dict[Programme, list[ToRemind]]] = {}
    for programme, thing in found:
        if queries.due_today([thing], before, on):
            due.setdefault(thing.person.pk, {}).setdefault(programme, []).append(thing)
    spoken = [_most_urgent(of_person) for of_person in due.values()]
    notices = tell_many(emails.reminder(things[0].person, programme, things, on) for programme, things in spoken)
    Reminder.objects.bulk_create(
        Reminder(
            programme=programme,
            person=thing.person,
            subject=thing.subject,
            thing=thing.thing,
            number=len(before.get((thing.person.pk, thing.thing), [])) + 1,
            on=on,
            words=thing.sentence[:MAX_WORDS],
            notice=notice,
        )
        for (programme, things), notice in zip(spoken, notices, strict=True)
        for thing in things
    )
    return len(spoken)


def _most_urgent(due: dict[Programme, list[ToRemind]]) -> tuple[Programme, list[ToRemind]]:
    """Return the programme that speaks today, that of what is due first, with its things, the most urgent first.

    Reminders of other programmes wait for another day: their staff must not read these, and nobody gets two messages.
    """
    programme = min(due, key=lambda one: (min(thing.due for thing in due[one]), one.pk))
    return programme, sorted(due[programme], key=lambda thing: (thing.due, thing.thing))
