"""Work of the workers on doubles, by the clock."""

import logging

from celery import shared_task

from programmes.doubles import actions
from programmes.doubles.models import Merge
from programmes.programme.models.programmes import Programme
from wellbeing.lib.dates import today

logger = logging.getLogger(__name__)


@shared_task(name="programmes.tasks.find_doubles")
def find_doubles():
    """Look through every programme that is not over for records that may be one person. Safe to run twice."""
    for programme in Programme.objects.filter(ends_on__gte=today()).order_by("pk"):
        try:
            actions.look(programme=programme, by=None)
        except Exception:
            # The others are looked through all the same.
            logger.exception("Programme %s could not be looked through for doubles.", programme.pk)


@shared_task(name="programmes.tasks.clear_merges")
def clear_merges():
    """Delete what undoes records put together whose time for it is over. Safe to run twice."""
    for merge in Merge.objects.to_clear(today()):
        actions.clear(merge=merge, by=None)
