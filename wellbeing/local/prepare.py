"""`python -m wellbeing.local.prepare`: bring the demo's static files and its database up to date.

Both in one process, as starting Django costs more than most of the work. Standard output is the demo's own words (who
can sign in); the rest goes to standard error.
"""

import gc
import hashlib
import os
import sys
from pathlib import Path

import django


def static_fingerprint():
    """Return a checksum over names, sizes and times of change of the files collectstatic would copy."""
    from django.contrib.staticfiles.finders import get_finders

    lines = [django.get_version()]
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            lines.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def collect_static():
    """Run collectstatic unless what is collected is up to date, or pages are served from the sources."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import override_settings

    if settings.WHITENOISE_USE_FINDERS:
        return
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    # Production also compresses each file, which takes seconds and helps nobody on the same machine.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)


def bring_data_up_to_date():
    """Migrate, then load the demo programme (which keeps the data that is there and moves its dates with today)."""
    from django.core.management import call_command

    from wellbeing import health
    from wellbeing.local import new_database

    # A sign of life kept on disk since the last run would call a worker ready that has yet to start.
    health.forget_signs_of_life()
    if new_database.is_empty():
        new_database.fill()
    else:
        call_command("migrate", interactive=False, stdout=sys.stderr)
    call_command("load_demo")


if __name__ == "__main__":
    # A tenth of the time went into looking for garbage; this process ends soon, and its memory with it.
    gc.disable()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    collect_static()
    bring_data_up_to_date()
