"""Work of the workers on decisions, by the clock."""

from celery import shared_task
from django.utils import timezone

from programmes.decisions.actions import deciding, drafts


@shared_task(name="programmes.tasks.seal_decisions")
def seal_decisions():
    """Seal the decisions that were made before records were sealed. Safe to run twice."""
    deciding.seal_those_of_before(by=None)


@shared_task(name="programmes.tasks.purge_decision_drafts")
def purge_decision_drafts():
    """Throw away what was begun about proposals closed some time ago and never sent. Safe to run twice."""
    drafts.purge(now=timezone.now(), by=None)
