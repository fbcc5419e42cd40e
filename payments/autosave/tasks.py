"""Delete what was typed and never saved, in a worker."""

from celery import shared_task
from django.utils import timezone

from payments.autosave import drafts


@shared_task(name="payments.tasks.purge_form_drafts")
def purge_form_drafts():
    """Throw away what was typed and never saved."""
    drafts.purge(timezone.now())
