"""Tell administrators on their home page how the installation is: workers, disk and backups."""

import datetime as dt
import shutil

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from people import registry
from wellbeing import health
from wellbeing.lib.dates import short_date, time_of_day


def facts():
    """Return the rows of workers and scheduler, disk, and the age of the last backup."""
    return [
        {"label": _("Workers and scheduler"), "value": _workers()},
        {"label": _("Room for files"), "value": _room()},
        {"label": _("Last backup"), "value": _backup(timezone.now())},
    ]


def _workers():
    problems = {part: reason for part, reason in health.redis_problems().items() if reason}
    if not problems:
        return _("All of them showed in the last minute that they are at work")
    return "\n".join(_("%(part)s: %(reason)s") % {"part": part, "reason": why} for part, why in problems.items())


def _room():
    if settings.OBJECT_STORAGE_BUCKET:
        return _("In object storage, in the bucket %(name)s") % {"name": settings.OBJECT_STORAGE_BUCKET}
    try:
        disk = shutil.disk_usage(settings.DATA_DIR)
    except OSError:
        return _("Cannot be read")
    return _("%(free)s free of %(all)s") % {"free": filesizeformat(disk.free), "all": filesizeformat(disk.total)}


def _backup(now):
    """Say when the file that a backup touches at its end was touched last (docs/deploy.md)."""
    try:
        made_at = dt.datetime.fromtimestamp(settings.LAST_BACKUP.stat().st_mtime, dt.UTC)
    except OSError:
        return _("Not known: the backup does not say so yet. The guide to deployment says how it can.")
    return _("%(day)s at %(time)s (%(ago)s ago)") % {
        "day": short_date(made_at),
        "time": time_of_day(made_at),
        "ago": timesince(made_at, now),
    }


def register():
    """Register the rows once, when Django is ready."""
    registry.installation_facts.append(facts)
