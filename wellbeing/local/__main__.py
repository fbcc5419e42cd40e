"""`python -m wellbeing.local demo|test|run`: what bin/demo and bin/test call once the set-up is done."""

import argparse
import os
import sys

from . import demo, testing
from .places import PROJECT, LocalError


def main(arguments):
    """Returns the exit status."""
    os.chdir(PROJECT)
    command, *rest = arguments or ["--help"]
    try:
        if command == "test":
            return testing.run(rest)
        parser = argparse.ArgumentParser(prog="python -m wellbeing.local")
        commands = parser.add_subparsers(dest="command", required=True)
        commands.add_parser("test", help="every check, then pytest with the arguments given", add_help=False)
        runner = commands.add_parser("run", help="one command beside fresh test servers")
        runner.add_argument("what", nargs=argparse.REMAINDER)
        demonstration = commands.add_parser("demo", help="the demo programme, until Ctrl-C", prog="bin/demo")
        demonstration.add_argument("--fresh", action="store_true", help="drop the demo's data and start anew")
        demonstration.add_argument("--check", action="store_true", help="start, open two pages, stop")
        chosen = parser.parse_args(arguments)
        if chosen.command == "run":
            if not chosen.what:
                parser.error("run: which command?")
            return testing.run_command(chosen.what)
        return demo.run(fresh=chosen.fresh, check=chosen.check)
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
