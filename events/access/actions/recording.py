"""Record after an event how far needs were met, tell their people, and take in what they say to it."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from events.access import emails, queries, rules
from events.access.models import EventNeed, NeedsTold
from events.planning.models import Event
from events.planning.rules import can_manage_event
from events.planning.transitions import EventError, lock_event
from people.messages.telling import tell_many
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def record(*, event: Event, results: Mapping[int, tuple[str, str]], by: User) -> list[NeedsTold]:
    """Record how far needs were met: {need: (result, note)}. Return for whom something was recorded.

    A person is told once all their needs at the event are recorded, and again whenever one is recorded anew.
    Recording the same again changes nothing. Raises EventError before the event
    starts, when it was cancelled, and for something not met without a note. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_record(by, event).insist(EventError)
    needs = {need.pk: need for need in queries.needs_to_record(event)}
    now, people = timezone.now(), set()
    for pk, (result, typed) in results.items():
        need, note = needs.get(pk), typed.strip()
        if need is None or not result:
            continue
        if result not in EventNeed.Result:
            raise EventError(_("Choose whether it was met."), field=f"result-{pk}")
        if result != EventNeed.Result.MET and not note:
            raise EventError(_("Say how it went. The person reads this."), field=f"note-{pk}")
        if (need.result, need.note) == (result, note):
            continue
        need.result, need.note = result, note
        need.recorded_by, need.recorded_at = by.person, now
        need.save()
        people.add(need.person_id)
    return _tell(event, people, needs)


def _tell(event: Event, people: set[int], needs: Mapping[int, EventNeed]) -> list[NeedsTold]:
    """Tell those of `people` all of whose needs are recorded."""
    told = []
    for person_id in sorted(people):
        theirs = [need for need in needs.values() if need.person_id == person_id]
        if not all(need.result for need in theirs):
            continue
        row, _is_new = NeedsTold.objects.get_or_create(event=event, person_id=person_id)
        row.times += 1
        row.save()
        row.event, row.person = event, theirs[0].person
        told.append(row)
    tell_many(
        emails.how_needs_were_met(row, [need for need in needs.values() if need.person_id == row.person_id])
        for row in told
    )
    return told


@action
def reply(*, told: NeedsTold, replies: Mapping[int, tuple[str, str]], by: User | None) -> list[EventNeed]:
    """Record what a person says to what was recorded: {need: (reply, words)}. Return the needs that were answered.

    `by` is None for somebody who used the personal link, and the colleague who writes it down for them. Raises
    EventError for another person's, and for "that is not so" without words. Locks the event.
    """
    event = lock_event(told.event_id)
    is_own = by is None or by.person.pk == told.person_id
    if by is not None and not is_own:
        can_manage_event(by, event).insist(EventError)
    rows = EventNeed.objects.select_for_update().counted().filter(event=event, person=told.person_id)
    needs = {need.pk: need for need in rows.exclude(result="")}
    taken_by = None if by is None or is_own else by.person
    answered = []
    for pk, (said, typed) in replies.items():
        need, words = needs.get(pk), typed.strip()
        if need is None or not said:
            continue
        if said not in EventNeed.Reply:
            raise EventError(_("Choose whether that is so."), field=f"reply-{pk}")
        if said == EventNeed.Reply.NOT_SO and not words:
            raise EventError(_("Tell us in a few words what is not so."), field=f"words-{pk}")
        if (need.reply, need.reply_words, need.reply_taken_by_id) == (said, words, taken_by and taken_by.pk):
            continue
        need.reply, need.reply_words, need.reply_taken_by = said, words, taken_by
        need.replied_at = timezone.now()
        need.save()
        answered.append(need)
    if taken_by is not None and answered:
        tell_many([emails.reply_written_down(told, answered, taken_by)])
    return answered
