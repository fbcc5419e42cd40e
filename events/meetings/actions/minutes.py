"""Write the minutes of a meeting, let members correct them, record that they were agreed, and publish them."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from events.meetings import rules, telling
from events.meetings.models import (
    AgendaItem,
    AgreedRecord,
    Correction,
    Meeting,
    MeetingAction,
    MinutesNote,
)
from events.meetings.queries import lists, record
from events.meetings.transitions import lock_meeting, transition
from events.planning.models import Event
from people.models import Person
from programmes.decisions.actions import following
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def write_item(*, item: AgendaItem, said: str, agreed: str, by: User, members_only: bool = False) -> AgendaItem:
    """Write down what was said of an item and what was agreed, and whether it is for members only. Return the item.

    Raises ActionError before the meeting starts, once the minutes are agreed, and for a break. Locks the meeting.
    """
    meeting = lock_meeting(item.meeting_id)
    rules.can_minute(by, meeting).insist()
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.is_break or item.is_out:
        raise ActionError(_("Minutes are written for what the meeting talked about."))
    item.said, item.agreed, item.members_only = said.strip(), agreed.strip(), members_only
    item.save(update_fields=["said", "agreed", "members_only"])
    _begin(meeting)
    return item


@action
def add_action(
    *,
    meeting: Meeting,
    title: str,
    owner: Person,
    due_on: dt.date,
    by: User,
    item: AgendaItem | None = None,
) -> MeetingAction:
    """Write down that `owner` does something by `due_on`, as the meeting agreed, perhaps under `item`. Return it.

    Raises ActionError as `following.add_point` does, and for another meeting's item. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_minute(by, meeting).insist()
    if item is not None and (item.meeting_id != meeting.pk or item.is_out):
        raise ActionError(_("Choose something that was on the agenda of this meeting."), field="item")
    point = following.add_point(
        group=meeting.group,
        title=title,
        owner=owner,
        due_on=due_on,
        by=by,
        decision=item.decision if item else None,
    )
    _begin(meeting)
    return MeetingAction.objects.create(meeting=meeting, item=item, point=point)


@action
def send(*, meeting: Meeting, by: User) -> Meeting:
    """Send the minutes to the members to correct. Return the Meeting.

    Raises ActionError before anything is written and until who came is recorded. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_minute(by, meeting).insist()
    if meeting.minutes == Meeting.Minutes.NONE:
        raise ActionError(_("Nothing is written yet. Write what was said and agreed first."))
    if meeting.event.status != Event.Status.HELD:
        raise ActionError(_("Record who came to the meeting first: the minutes say who was there."))
    transition(meeting, Meeting.Minutes.TO_CORRECT)
    meeting.save(update_fields=["minutes"])
    telling.tell_minutes(meeting, but=by.person)
    return meeting


@action
def correct(*, meeting: Meeting, words: str, by: User, item: AgendaItem | None = None) -> Correction:
    """Say what is not right in the minutes. Return the Correction.

    Raises ActionError while they are still being written and once they are agreed. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_correct(by, meeting).insist()
    if item is not None and item.meeting_id != meeting.pk:
        raise ActionError(_("Choose something that was on the agenda of this meeting."), field="item")
    if not words.strip():
        raise ActionError(_("Say what is not right."), field="words")
    return Correction.objects.create(meeting=meeting, item=item, words=words.strip(), person=by.person)


@action
def settle(*, correction: Correction, settled_as: str, by: User, why: str = "") -> Correction:
    """Say what became of a correction: the minutes were changed, or stay, and why. Return it.

    Raises ActionError without a reason where they stay, and for one that has an answer. Locks the meeting and it.
    """
    meeting = lock_meeting(correction.meeting_id)
    rules.can_agree(by, meeting).insist()
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if correction.settled_as:
        raise ActionError(_("This has an answer already."))
    if settled_as == Correction.Settled.STAYS and not why.strip():
        raise ActionError(_("Say why the minutes stay as they are."), field="why")
    correction.settled_as, correction.settled_why, correction.settled_by = settled_as, why.strip(), by.person
    correction.save(update_fields=["settled_as", "settled_why", "settled_by"])
    return correction


@action
def agree(*, meeting: Meeting, at: Meeting, by: User) -> Meeting:
    """Record that the group agreed the minutes of `meeting` `at` a later one. Return the Meeting.

    From then on they never change; who was there, interests, decisions and actions are kept as they are. Raises
    ActionError for a meeting that is not later or has not begun, and while a correction has no answer. Locks the
    meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_agree(by, meeting).insist()
    if not lists.where_agreed(meeting, timezone.now()).filter(pk=at.pk).exists():
        raise ActionError(_("Choose a later meeting of this group that has begun."), field="at")
    if meeting.corrections.filter(settled_as="").exists():
        raise ActionError(_("Somebody said that something is not right. Answer that first."))
    AgreedRecord.objects.create(meeting=meeting, facts=record.facts_now(meeting))
    transition(meeting, Meeting.Minutes.AGREED)
    meeting.agreed_at_meeting, meeting.agreed_on, meeting.agreed_by = at, at.event.day, by.person
    meeting.save(update_fields=["minutes", "agreed_at_meeting", "agreed_on", "agreed_by"])
    return meeting


@action
def publish(*, meeting: Meeting, by: User) -> Meeting:
    """Let everybody in the programme read the minutes, without what is for members only. Return the Meeting.

    Members and those who came are told; the whole programme where the group's rules say so. Raises ActionError before
    they are agreed and once they are published. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_publish(by, meeting).insist()
    meeting.published_on, meeting.published_by = today(), by.person
    meeting.save(update_fields=["published_on", "published_by"])
    telling.tell_published(meeting, but=by.person)
    return meeting


@action
def add_note(*, meeting: Meeting, words: str, by: User, members_only: bool = False) -> MinutesNote:
    """Add a dated note beside minutes that are agreed. Return it. Raises ActionError before. Locks the meeting."""
    meeting = lock_meeting(meeting.pk)
    rules.can_note(by, meeting).insist()
    if not words.strip():
        raise ActionError(_("Write the note."), field="words")
    return MinutesNote.objects.create(
        meeting=meeting, words=words.strip(), members_only=members_only, written_on=today(), written_by=by.person
    )


def _begin(meeting: Meeting) -> None:
    if meeting.minutes == Meeting.Minutes.NONE:
        transition(meeting, Meeting.Minutes.DRAFT)
        meeting.save(update_fields=["minutes"])
