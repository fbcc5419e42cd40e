"""Have agendas and minutes made as PDFs."""

from events.meetings.models import Meeting
from events.meetings.transitions import lock_meeting
from events.papers import documents, rules
from events.papers.models import MeetingPaper
from people.jobs import actions as job_actions
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def ask_for_paper(*, meeting: Meeting, what: str, layout: str, by: User) -> MeetingPaper:
    """Have a worker make the agenda or the minutes as a PDF. Return it, not made yet; one that waits is returned.

    Raises ActionError for what `by` may not read. Locks the meeting.
    """
    meeting = lock_meeting(meeting.pk)
    rules.can_have_paper(by, meeting, what).insist()
    waiting = MeetingPaper.objects.filter(meeting=meeting, what=what, layout=layout, made_at=None).first()
    if waiting is None:
        waiting = MeetingPaper.objects.create(meeting=meeting, what=what, layout=layout, asked_by=by.person)
    job_actions.start(kind=documents.JOB_KIND, subject_id=waiting.pk, by=by, total=1)
    return waiting
