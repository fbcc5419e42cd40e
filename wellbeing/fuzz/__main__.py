"""`python -m wellbeing.fuzz`: run by bin/fuzz beside fresh servers."""

import argparse
import os
import sys
import tempfile

from wellbeing.bench.database import named, open_database


def main(arguments):
    """Send the requests, print what came back, and return 1 where anything broke."""
    parser = argparse.ArgumentParser(prog="bin/fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="how many requests (20000)")
    parser.add_argument("--seed", type=int, default=1, help="which requests (1); the same seed sends the same ones")
    parser.add_argument("--pages", type=int, default=150, help="how many pages each visitor walks first (150)")
    parser.add_argument("--only", type=int, help="send the one request of this number, and show it")
    options = parser.parse_args(arguments)
    with named("wellbeing_fuzz") as url, tempfile.TemporaryDirectory(prefix="wellbeing-fuzz-") as folder:
        start_django(url, folder)
        from . import run

        return 0 if run.everything(options.requests, options.seed, options.pages, options.only) else 1


def start_django(url, folder):
    """Start Django as the demo, on the database at `url` and with its files in `folder`."""
    # Before Django reads its settings.
    os.environ |= {
        "DATABASE_URL": url,
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "wellbeing.fuzz.settings",
        "ENVIRONMENT": "demo",
        "ALLOWED_HOSTS": "testserver",
        "SITE_URL": "http://testserver",
    }
    open_database()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
