"""`python -m wellbeing.bench [PART …]`: run by bin/bench beside fresh servers."""

import argparse
import os
import sys

from .database import named, open_database


def main(arguments):
    """Measure the parts that are asked for, print their tables, and return 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "part",
        nargs="?",
        choices=["pages", "door", "people", "money", "import", "all"],
        default="all",
        help="what to measure (all)",
    )
    parser.add_argument("--people", type=int, default=5000, help="people invited to the event (5000)")
    parser.add_argument("--directory", type=int, default=50000, help="people in the directory (50000)")
    parser.add_argument("--claims", type=int, default=100_000, help="claims of the programme (100000)")
    parser.add_argument("--seconds", type=int, default=30, help="seconds of taps at the door (30)")
    parser.add_argument("--rows", type=int, default=10_000, help="people in the spreadsheet (10000)")
    options = parser.parse_args(arguments)
    with named("wellbeing_bench") as url:
        # Before Django reads its settings.
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "wellbeing.settings",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECOND_FACTOR_REQUIRED": "false",
        }
        open_database()
        from . import directory, door, event, money, pages, people_import

        held = True
        if options.part in {"people", "all"}:
            held = directory.measure(options.directory)
        if options.part in {"money", "all"}:
            held = money.measure(options.claims) and held
        if options.part not in {"people", "money"}:
            scene = event.invite_many(options.people)
            if options.part in {"pages", "all"}:
                held = pages.measure(scene) and held
            if options.part in {"door", "all"}:
                held = door.measure(scene, options.seconds) and held
            if options.part in {"import", "all"}:
                held = people_import.measure(scene, options.rows) and held
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
