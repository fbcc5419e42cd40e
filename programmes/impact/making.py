"""Make papers about impact in a worker."""

from django.utils import timezone

from people.jobs.running import make_once
from programmes.impact import documents
from programmes.impact.models import ImpactPaper


def make(job):
    """Do an `impact_paper` job: make the paper, once. Safe to run twice and to be killed half-way."""
    row = ImpactPaper.objects.select_related("programme").get(pk=job.subject_id)
    make_once(
        job, row, f"impact-{row.pk}.pdf", lambda: documents.paper(row.programme, row.layout, timezone.localdate())
    )
