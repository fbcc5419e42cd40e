"""Say who may read, prepare, minute, correct, agree and publish."""

from django.utils.translation import gettext as _

from events.inviting.rules import can_invite
from events.meetings.models import Meeting
from events.planning.models import Event
from events.planning.rules import can_plan_meeting_of
from programmes.groups import queries as group_queries
from programmes.groups import rules as group_rules
from programmes.models import Group, Term
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.dates import today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_plan(user: User, group: Group) -> Ruling:
    """May `user` plan a meeting of `group`? Yes for its chairs and staff of the programme."""
    return can_plan_meeting_of(user, group)


def can_invite_members(user: User, meeting: Meeting) -> Ruling:
    """May `user` invite everybody who serves on the group? Yes for staff of the programme, until it starts."""
    return can_invite(user, meeting.event)


def can_make_meeting(user: User, event: Event) -> Ruling:
    """May `user` make `event` a meeting of its group? Yes for the chairs and staff, unless it was cancelled."""
    if event.group is None:
        return Ruling(_("Choose the group whose meeting it is first: change the event."))
    if event.is_draft:
        return Ruling(_("This event is a draft. Publish it first."))
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled."))
    return group_rules.can_lead(user, event.group)


def can_read_whole(user: User, meeting: Meeting) -> bool:
    """May `user` read the agenda and all of the minutes? Yes for members of the group and programme staff."""
    if can_manage_programme(user, meeting.group.programme):
        return True
    return group_queries.term_of(user, meeting.group, today()) is not None


def can_prepare(user: User, meeting: Meeting) -> Ruling:
    """May `user` build and order the agenda, and send it? Yes for the chairs and staff, until minutes are agreed."""
    if meeting.event.status == Event.Status.CANCELLED:
        return Ruling(_("This meeting was cancelled."))
    if meeting.is_agreed:
        return Ruling(_("The minutes are agreed, so they no longer change. You can add a note to them."))
    return group_rules.can_lead(user, meeting.group)


def can_add_item(user: User, meeting: Meeting) -> Ruling:
    """May `user` add something to the agenda? Yes for members and staff until it starts; then for those who minute."""
    if meeting.event.status == Event.Status.CANCELLED or meeting.is_agreed or meeting.event.has_started:
        return can_prepare(user, meeting)
    if can_read_whole(user, meeting):
        return YES
    return Ruling(_("Only members of this group and programme staff can add to its agenda."))


def can_minute(user: User, meeting: Meeting) -> Ruling:
    """May `user` write the minutes? Yes for the chairs and staff once it has started, until they are agreed."""
    allowed = can_prepare(user, meeting)
    if not allowed:
        return allowed
    if not meeting.event.has_started:
        return Ruling(_("Minutes are written once the meeting has started."))
    return YES


def can_correct(user: User, meeting: Meeting) -> Ruling:
    """May `user` say what is not right in the minutes? Yes for members and staff, between sending and agreeing them."""
    if meeting.is_agreed:
        return Ruling(_("The minutes are agreed, so they no longer change. Ask the chair to add a note to them."))
    if meeting.minutes != Meeting.Minutes.TO_CORRECT:
        return Ruling(_("The minutes are still being written."))
    if can_read_whole(user, meeting):
        return YES
    return Ruling(_("Only members of this group and programme staff correct its minutes."))


def can_agree(user: User, meeting: Meeting) -> Ruling:
    """May `user` record that the minutes were agreed? Yes for the chairs and staff, once members could correct them."""
    allowed = can_minute(user, meeting)
    if not allowed:
        return allowed
    if meeting.minutes != Meeting.Minutes.TO_CORRECT:
        return Ruling(_("Send the minutes to the members first, so that they can correct them."))
    return YES


def can_publish(user: User, meeting: Meeting) -> Ruling:
    """May `user` publish the minutes? Yes for the chairs and staff, once, after they are agreed."""
    if not meeting.is_agreed:
        return Ruling(_("Minutes are published once they are agreed."))
    if meeting.is_published:
        return Ruling(_("The minutes are published."))
    return group_rules.can_lead(user, meeting.group)


def can_note(user: User, meeting: Meeting) -> Ruling:
    """May `user` add a dated note to agreed minutes? Yes for the chairs and staff."""
    if not meeting.is_agreed:
        return Ruling(_("Until the minutes are agreed, change the minutes themselves."))
    return group_rules.can_lead(user, meeting.group)


def can_offer_talk(user: User, meeting: Meeting) -> Ruling:
    """May `user` offer members a talk before or after the meeting? Yes for the chairs and staff."""
    if meeting.event.status == Event.Status.CANCELLED:
        return Ruling(_("This meeting was cancelled."))
    return group_rules.can_lead(user, meeting.group)


def is_offered_talks(term: Term | None) -> bool:
    """Are talks around meetings offered to the member with `term`? Yes to those with lived experience."""
    return term is not None and term.seat == Term.Seat.LIVED_EXPERIENCE
