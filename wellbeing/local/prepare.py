"""`python -m wellbeing.local.prepare static|data`: bring the demo's static files, or its database, up to
date.

Of "data", standard output is the demo's own words (who can sign in); the rest goes to standard error.
"""

import hashlib
import os
import sys
from pathlib import Path

import django


def static_fingerprint():
    """What collectstatic would copy, as a checksum over names, sizes and times of change."""
    from django.contrib.staticfiles.finders import get_finders

    lines = [django.get_version()]
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            lines.append(f"{path} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def collect_static():
    """Run collectstatic unless what is collected is already up to date."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)


def bring_data_up_to_date():
    """Migrate, then load the demo programme (which keeps what is there and moves its dates with today)."""
    from django.core.management import call_command

    from wellbeing import health

    # A sign of life kept on disk since the last run would call a worker ready that has yet to start.
    health.forget_signs_of_life()
    call_command("migrate", interactive=False, stdout=sys.stderr)
    call_command("load_demo")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    {"static": collect_static, "data": bring_data_up_to_date}[sys.argv[1]]()
