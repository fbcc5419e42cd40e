"""Find the Chromium that draws the pages of tests and pictures."""

import os
from pathlib import Path

# The shell without windows draws the same pages for half the processor time.
PLACES = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")


def chromium():
    """Return the path of the Chromium that CHROMIUM names, else of the first there is in PLACES."""
    return os.environ.get("CHROMIUM") or next((path for path in PLACES if Path(path).exists()), PLACES[-1])
