"""`python -m wellbeing.bench [PART …]`: run by bin/bench beside fresh servers."""

import argparse
import os
import subprocess
import sys

from .database import kept, named, open_database

OF_MANY_CLAIMS = ("money", "export")


def main(arguments):
    """Measure the parts that are asked for, print their tables, and return 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "part",
        nargs="?",
        choices=["pages", "door", "people", "money", "import", "mails", "export", "letters", "seed", "load", "all"],
        default="all",
        help="what to measure (all)",
    )
    parser.add_argument("--people", type=int, default=5000, help="people invited to the event (5000)")
    parser.add_argument("--directory", type=int, default=50000, help="people in the directory (50000)")
    parser.add_argument("--claims", type=int, default=100_000, help="claims of the programme (100000)")
    parser.add_argument("--seconds", type=int, default=30, help="seconds of taps at the door (30)")
    parser.add_argument("--rows", type=int, default=10_000, help="people in the spreadsheet (10000)")
    parser.add_argument("--mails", type=int, default=1000, help="people invited by email (1000)")
    parser.add_argument("--letters", type=int, default=200, help="people invited by letter (200)")
    parser.add_argument("--load-seconds", type=int, default=600, help="seconds of fifty people at once (600)")
    options = parser.parse_args(arguments)
    if options.part == "seed":
        return 0 if seed(options) else 1
    if options.part in OF_MANY_CLAIMS:
        return 0 if of_many_claims(options.part, options.claims) else 1
    held = others(options)
    for part in (*OF_MANY_CLAIMS, "seed") if options.part == "all" else ():
        # Django reads its settings once, and these parts have a database of their own.
        sizes = [f"--claims={options.claims}", f"--people={options.people}"]
        again = [sys.executable, "-m", "wellbeing.bench", part, *sizes]
        held = subprocess.run(again, check=False).returncode == 0 and held
    return 0 if held else 1


def of_many_claims(part, claims):
    """Measure claims on a database that is kept for the day. Return whether all bounds hold."""
    with kept(f"wellbeing_bench_money{claims}") as url:
        start_django(url)
        from . import export, money

        return {"money": money, "export": export}[part].measure(claims)


def seed(options):
    """Measure how a large programme is made, on a new database. Return whether the bound holds."""
    with named("wellbeing_bench_seed") as url:
        start_django(url)
        from . import seed

        return seed.measure(options.people, options.claims)


def others(options):
    """Measure the other parts that are asked for, on a new database. Return whether all bounds hold."""
    with named("wellbeing_bench") as url:
        start_django(url)
        from . import directory, door, event, letters, load, mails, pages, people_import

        held = True
        if options.part in {"people", "all"}:
            held = directory.measure(options.directory)
        if options.part != "people":
            scene = event.invite_many(options.people)
            if options.part in {"pages", "all"}:
                held = pages.measure(scene) and held
            if options.part in {"door", "all"}:
                held = door.measure(scene, options.seconds) and held
            if options.part in {"import", "all"}:
                held = people_import.measure(scene, options.rows) and held
            if options.part in {"mails", "all"}:
                held = mails.measure(scene, options.mails) and held
            if options.part in {"load", "all"}:
                held = load.measure(scene, options.load_seconds) and held
            if options.part in {"letters", "all"}:
                held = letters.measure(scene, options.letters) and held
    return held


def start_django(url):
    """Start Django on the database at `url`."""
    # Before Django reads its settings.
    os.environ |= {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "wellbeing.settings",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECOND_FACTOR_REQUIRED": "false",
    }
    open_database()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
