"""Work of the workers on imports, by the clock."""

from celery import shared_task

from programmes.importing import queries
from programmes.importing.actions import files
from wellbeing.lib.dates import today


@shared_task(name="programmes.tasks.clear_imports")
def clear_imports():
    """Delete files and rows of imports whose time to undo, or to be put right, is over. Safe to run twice."""
    for people_import in queries.to_clear(today()):
        files.clear(people_import=people_import, by=None)
