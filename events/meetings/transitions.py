"""Lock a meeting, and move its minutes from state to state."""

from django.utils.translation import gettext as _

from events.meetings.models import Meeting
from wellbeing.lib.errors import ActionError


def lock_meeting(meeting_id: int) -> Meeting:
    """Lock the meeting until the transaction ends, and return it read afresh, with its event and group."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("event__programme", "group__programme")
    return rows.get(pk=meeting_id)


def transition(meeting: Meeting, status: str) -> None:
    """Give the minutes of a locked meeting their next state. Raises ActionError for a step that is not in the table."""
    if status not in Meeting.TRANSITIONS[Meeting.Minutes(meeting.minutes)]:
        raise ActionError(
            _("These minutes are “%(now)s”, so they cannot become “%(next)s”.")
            % {"now": meeting.get_minutes_display(), "next": Meeting.Minutes(status).label}
        )
    meeting.minutes = status
