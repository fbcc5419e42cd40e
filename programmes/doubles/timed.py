"""Work of the workers on doubles, by the clock."""

from celery import shared_task

from programmes.doubles import actions
from programmes.doubles.models import Merge
from programmes.programme.models.programmes import Programme
from wellbeing.lib.dates import today


@shared_task(name="programmes.tasks.find_doubles")
def find_doubles():
    """Look through every programme that is not over for records that may be one person. Safe to run twice."""
    for programme in Programme.objects.filter(ends_on__gte=today()).order_by("pk"):
        actions.look(programme=programme, by=None)


@shared_task(name="programmes.tasks.clear_merges")
def clear_merges():
    """Delete what undoes records put together whose time for it is over. Safe to run twice."""
    for merge in Merge.objects.to_clear(today()):
        actions.clear(merge=merge, by=None)
