"""Build the agenda of a meeting, change and order it, and tell the members of it."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from events.meetings import rules, telling
from events.meetings.calculations import breaks_before
from events.meetings.models import AgendaItem, Meeting, MeetingRules
from events.meetings.queries import building
from events.meetings.transitions import lock_meeting
from people.models import Person
from programmes.groups import queries as group_queries
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def build(*, meeting: Meeting, by: User) -> list[AgendaItem]:
    """Put on the agenda what waits for the group and is not there yet. Return the items added, without breaks.

    Items that people changed, moved or took out stay so. The first time, what was found stands before what members
    added, and breaks are put in where a stretch would be longer than the group's rules say. Raises ActionError once the
    minutes are agreed. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_prepare(by, meeting).insist()
    how = MeetingRules.objects.in_force_on(meeting.group, meeting.event.day)
    there = list(meeting.items.order_by("position", "pk"))
    known = {item.source for item in there if item.source}
    new = [
        AgendaItem(
            meeting=meeting,
            kind=thing.kind,
            source=thing.source,
            title=thing.title,
            minutes=how.item_minutes,
            leader=thing.leader,
            decision=thing.decision,
            earlier_meeting=thing.earlier_meeting,
            members_only=thing.members_only,
            position=0,
        )
        for thing in building.things_for(meeting)
        if thing.source not in known
    ]
    ordered = [*there, *new] if known else [*new, *there]
    if not any(item.is_break for item in there):
        ordered = _with_breaks(meeting, ordered, how)
    _write(ordered)
    return new


@action
def add_item(
    *, meeting: Meeting, title: str, minutes: int, by: User, detail: str = "", leader: Person | None = None
) -> AgendaItem:
    """Add something to the end of the agenda. Return it. Members may until the meeting starts.

    Raises ActionError later, and for a leader who has no part in the programme. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_add_item(by, meeting).insist()
    _must_be_in_programme(meeting, leader)
    return AgendaItem.objects.create(
        meeting=meeting,
        kind=AgendaItem.Kind.OTHER,
        title=title.strip(),
        detail=detail.strip(),
        minutes=minutes,
        leader=leader,
        added_by=by.person,
        position=_next_position(meeting),
    )


@action
def add_break(*, meeting: Meeting, by: User) -> AgendaItem:
    """Add a break to the end of the agenda, as long as the group's rules say. Return it. Locks the meeting."""
    meeting = lock_meeting(meeting.pk)
    rules.can_prepare(by, meeting).insist()
    how = MeetingRules.objects.in_force_on(meeting.group, meeting.event.day)
    made = _break(meeting, how)
    made.added_by, made.position = by.person, _next_position(meeting)
    made.save()
    return made


@action
def change_item(
    *, item: AgendaItem, title: str, minutes: int, by: User, detail: str = "", leader: Person | None = None
) -> AgendaItem:
    """Change what an item says, how long it takes and who leads it. Return it.

    Raises ActionError once the minutes are agreed, and for a leader who has no part in the programme. Locks the
    meeting.
    """
    item = _locked(item)
    rules.can_prepare(by, item.meeting).insist()
    if leader is None or leader.pk != item.leader_id:
        _must_be_in_programme(item.meeting, leader)
    item.title, item.detail, item.minutes, item.leader = title.strip(), detail.strip(), minutes, leader
    item.save(update_fields=["title", "detail", "minutes", "leader"])
    return item


@action
def move(*, item: AgendaItem, up: bool, by: User) -> AgendaItem:
    """Move an item one place up or down in the order. Return it; the first and the last stay. Locks the meeting."""
    item = _locked(item)
    rules.can_prepare(by, item.meeting).insist()
    ordered = list(item.meeting.items.filter(is_out=False).order_by("position", "pk"))
    place = [other.pk for other in ordered].index(item.pk) if not item.is_out else 0
    other = place - 1 if up else place + 1
    if not item.is_out and 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
        _write(ordered)
    return item


@action
def take_out(*, item: AgendaItem, by: User) -> AgendaItem:
    """Take an item out of the agenda. Return it. It can be put back; building does not add it again.

    Raises ActionError for one the minutes say something about. Locks the meeting.
    """
    item = _locked(item)
    rules.can_prepare(by, item.meeting).insist()
    if item.said or item.agreed or item.actions.exists():
        raise ActionError(_("The minutes say something about this, so it stays."))
    item.is_out = True
    item.save(update_fields=["is_out"])
    return item


@action
def put_back(*, item: AgendaItem, by: User) -> AgendaItem:
    """Put an item that was taken out back, at the end of the agenda. Return it. Locks the meeting."""
    item = _locked(item)
    rules.can_prepare(by, item.meeting).insist()
    item.is_out, item.position = False, _next_position(item.meeting)
    item.save(update_fields=["is_out", "position"])
    return item


@action
def send(*, meeting: Meeting, by: User) -> Meeting:
    """Tell the members what is on the agenda. Return the Meeting. Told again, they get it as it is then.

    Raises ActionError for an empty agenda, and once the meeting has started. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_prepare(by, meeting).insist()
    if meeting.event.has_started:
        raise ActionError(_("The meeting has started, so members are not told of its agenda any more."))
    if not meeting.items.filter(is_out=False).exists():
        raise ActionError(_("There is nothing on the agenda yet. Build it, or add something."))
    meeting.agenda_sent_at = timezone.now()
    meeting.save(update_fields=["agenda_sent_at"])
    telling.tell_agenda(meeting, but=by.person)
    return meeting


def _locked(item: AgendaItem) -> AgendaItem:
    meeting = lock_meeting(item.meeting_id)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    item.meeting = meeting
    return item


def _must_be_in_programme(meeting: Meeting, leader: Person | None) -> None:
    if leader is None:
        return
    if not group_queries.people_of(meeting.group, meeting.event.day).filter(pk=leader.pk).exists():
        raise ActionError(_("Choose somebody who is in the programme on that day."), field="leader")


def _with_breaks(meeting: Meeting, items: Sequence[AgendaItem], how: MeetingRules) -> list[AgendaItem]:
    places = set(breaks_before([item.minutes for item in items if not item.is_out], how.longest_stretch))
    result: list[AgendaItem] = []
    place = 0
    for item in items:
        if not item.is_out:
            if place in places:
                result.append(_break(meeting, how))
            place += 1
        result.append(item)
    return result


def _break(meeting: Meeting, how: MeetingRules) -> AgendaItem:
    return AgendaItem(
        meeting=meeting, kind=AgendaItem.Kind.BREAK, title=_("Break"), minutes=how.break_minutes, position=0
    )


def _write(ordered: Sequence[AgendaItem]) -> None:
    """Number the items in this order; write those that are new or have another number now."""
    moved = []
    for position, item in enumerate(ordered, start=1):
        if item.position != position:
            item.position = position
            moved.append(item)
    new, known = [item for item in moved if item.pk is None], [item for item in moved if item.pk]
    AgendaItem.objects.bulk_update(known, ["position"])
    AgendaItem.objects.bulk_create(new)


def _next_position(meeting: Meeting) -> int:
    last = meeting.items.order_by("-position").first()
    return last.position + 1 if last else 1
