"""Work of the workers on decisions, by the clock."""

from celery import shared_task

from programmes.decisions.actions import deciding


@shared_task(name="programmes.tasks.seal_decisions")
def seal_decisions():
    """Seal the decisions that were made before records were sealed. Safe to run twice."""
    deciding.seal_those_of_before(by=None)
