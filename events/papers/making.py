"""Make papers of meetings in a worker."""

from events.papers import documents
from events.papers.models import MeetingPaper
from people.jobs.running import make_once


def make(job):
    """Do a `meeting_paper` job: make the paper, once. Safe to run twice and to be killed half-way."""
    rows = MeetingPaper.objects.select_related("meeting__event", "meeting__group__programme", "asked_by__user")
    row = rows.get(pk=job.subject_id)
    make_once(job, row, f"meeting-{row.pk}.pdf", lambda: documents.draw(row))
