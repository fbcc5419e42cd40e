"""Bring the demo's database, static files and programme up to date, in one process to load Django only once.

Standard output is the demo's own words (who can sign in); everything else goes to standard error.
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


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellbeing.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, stdout=sys.stderr)
    collect_static()
    call_command("load_demo")


if __name__ == "__main__":
    main()
