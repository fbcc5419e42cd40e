"""Say who may read, add, change and withdraw the papers of an event."""

from django.utils.translation import gettext as _

from events.inviting.models import Invitation
from events.meetings.models import Meeting
from events.meetings.rules import can_read_whole
from events.papers.models import AttachedPaper, MeetingPaper
from events.papers.queries import meeting_of
from events.planning.models import Event
from events.planning.rules import can_manage_event
from programmes.groups import queries as group_queries
from programmes.groups import rules as group_rules
from programmes.programme.rules import can_manage_programme
from wellbeing.lib.dates import today
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_have_paper(user: User, meeting: Meeting, what: str) -> Ruling:
    """May `user` have the agenda or the minutes as a PDF? Yes for what they read on the pages."""
    if what == MeetingPaper.What.PUBLISHED:
        return YES if meeting.is_published else Ruling(_("The minutes are not published yet."))
    if can_read_whole(user, meeting):
        return YES
    return Ruling(_("Only members of this group and programme staff read this."))


def can_read_papers(user: User, event: Event) -> bool:
    """May `user` read the papers that come with the event? Yes for staff, those invited, and members of its group.

    Those of a draft are for staff alone. A member who declared an interest in a proposal reads on, as they do on the
    proposal's page: they take no part.
    """
    if can_manage_programme(user, event.programme):
        return True
    if event.is_draft:
        return False
    if event.group is not None and group_queries.term_of(user, event.group, today()) is not None:
        return True
    return Invitation.objects.filter(event=event, person__user=user).exists()


def can_keep_papers(user: User, event: Event) -> Ruling:
    """May `user` say which formats were made, and withdraw papers? Yes for staff, and the chairs of its group."""
    return group_rules.can_lead(user, event.group) if event.group is not None else can_manage_event(user, event)


def can_add_papers(user: User, event: Event) -> Ruling:
    """May `user` add papers to the event and change them? Yes for those who keep them, until minutes are agreed."""
    if event.status == Event.Status.CANCELLED:
        return Ruling(_("This event was cancelled."))
    meeting = meeting_of(event)
    if meeting is not None and meeting.is_agreed:
        return Ruling(_("The minutes are agreed, so no more papers come with this meeting."))
    return can_keep_papers(user, event)


def can_change_paper(user: User, paper: AttachedPaper) -> Ruling:
    """May `user` change `paper`, or add it in another format? Yes for those who may add one, until it is withdrawn."""
    if paper.is_withdrawn:
        return Ruling(_("This paper was withdrawn."))
    return can_add_papers(user, paper.event)
