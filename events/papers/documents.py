"""Draw the agenda and the minutes of a meeting as tagged PDFs, in standard or large print."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from events.meetings.page import MeetingPage
from events.papers.models import MeetingPaper
from people.models import Person
from wellbeing.lib import pdf

JOB_KIND = "meeting_paper"


def html_of(paper: MeetingPaper) -> str:
    """Return what `paper` says now as HTML: without the parts for members only where it is of the published minutes."""
    whole = paper.what != MeetingPaper.What.PUBLISHED
    asked_by = paper.asked_by.user
    # Only somebody who has signed in asks for a paper.
    assert asked_by is not None
    page = MeetingPage(paper.meeting, asked_by, timezone.localdate(), whole=whole)
    context = {
        "meeting": paper.meeting,
        "event": paper.meeting.event,
        "programme": paper.meeting.group.programme,
        "page": page,
        "is_agenda": paper.what == MeetingPaper.What.AGENDA,
        "made_on": timezone.localdate(),
        "print": "" if paper.layout == Person.LetterSize.STANDARD else paper.layout,
        "service_name": settings.SERVICE_NAME,
    }
    return render_to_string("events/papers/meeting_paper.html", context)


def draw(paper: MeetingPaper) -> bytes:
    """Draw `paper`. Raises pdf.TooMuchError."""
    return pdf.render(html_of(paper), css=render_to_string("events/papers/meeting_paper.css"))
