"""The nightly work of privacy, which beat starts."""

import logging

from celery import shared_task
from django.core.files.storage import default_storage
from django.utils import timezone

from people.privacy import hooks
from people.privacy.actions import retention
from people.privacy.models import DueForRetention, FileToRemove

logger = logging.getLogger(__name__)

FILES_AT_MOST = 500


@shared_task(name="people.timed.keep_no_longer")
def keep_no_longer():
    """List what has been kept long enough, and remove what has been listed for its time."""
    for kind in hooks.retention_kinds:
        retention.list_due(kind=kind, by=None)
    remove_what_is_due(timezone.localdate())


@shared_task(name="people.timed.remove_files")
def remove_files():
    """Remove the files that their storage did not remove when they should have gone. Return how many went."""
    number = 0
    for row in FileToRemove.objects.due(timezone.now())[:FILES_AT_MOST]:
        try:
            default_storage.delete(row.name)
        except OSError:
            # The others fail for the same reason; the next turn is soon.
            logger.exception("A file could still not be removed.")
            return number
        row.delete()
        number += 1
    return number


def keep_in_mind(name):
    """Note that the file called `name` in the private storage is to be removed. Harmless the second time."""
    FileToRemove.objects.get_or_create(name=name)


def remove_what_is_due(on):
    """Remove what is due by the day `on`, one transaction each. Return how many."""
    number = 0
    for line in DueForRetention.objects.due(on)[: retention.MOST_A_NIGHT]:
        try:
            number += retention.remove_due(line=line, by=None)
        except Exception:
            # One that cannot be removed leaves the others to go; the log has the reason, without a name.
            logger.exception("Line %s of what is due to be removed stopped.", line.pk)
    return number
