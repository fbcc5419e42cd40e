"""`python -m wellbeing.local COMMAND`: run by the scripts in bin/ once the set-up is done."""

import argparse
import os
import sys

from . import demo, dev, pictures, testing
from .places import PROJECT, LocalError

USAGE = """usage: python -m wellbeing.local COMMAND …
  demo [--fresh] [--check]   the demo programme, until Ctrl-C (bin/demo)
  dev [--fresh] [--check]    the same for developing: changes are served as they are saved (bin/dev)
  test [ARGUMENT …]          every check, then pytest with the arguments (bin/test)
  pictures                   the README's pictures, from a demo of its own (bin/pictures)
  run COMMAND [ARGUMENT …]   one command beside fresh test servers, for instance: run pytest tests/people"""


def demo_options(command, arguments):
    """Return the options after `command` (bin/demo or bin/dev), as a dictionary for demo.run."""
    parser = argparse.ArgumentParser(
        prog=command, description="The demo programme, until Ctrl-C. PORT chooses another port than 8000."
    )
    parser.add_argument("--fresh", action="store_true", help="drop the demo's data and start anew")
    parser.add_argument("--check", action="store_true", help="start, open two pages, print OK and stop")
    return vars(parser.parse_args(arguments))


def main(arguments):
    """Run the command that the first argument names. Return the exit status: 2 when it names nothing we know."""
    os.chdir(PROJECT)
    command, *rest = arguments or [""]
    try:
        if command == "demo":
            return demo.run(**demo_options("bin/demo", rest))
        if command == "dev":
            return demo.run(**demo_options("bin/dev", rest), kind=dev.Dev)
        if command == "test":
            return testing.run(rest)
        if command == "pictures":
            return pictures.take()
        if command == "run" and rest:
            return testing.run_command(rest)
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
