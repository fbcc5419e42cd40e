"""Make board papers in a worker."""

from django.utils import timezone

from people.jobs.running import make_once
from programmes.dashboard import documents
from programmes.dashboard.models import BoardPaper


def make(job):
    """Do a `board_paper` job: make the paper, once. Safe to run twice and to be killed half-way."""
    row = BoardPaper.objects.select_related("programme").get(pk=job.subject_id)
    make_once(job, row, f"board-{row.pk}.pdf", lambda: documents.paper(row.programme, row.layout, timezone.localdate()))
