"""bin/setup: harmless to repeat, and plain about what it does not know."""

import resource
import subprocess

from wellbeing.local.places import PROJECT


def setup(*arguments):
    return subprocess.run(["bin/setup", *arguments], check=False, cwd=PROJECT, capture_output=True, text=True)


def test_with_everything_there_it_says_nothing_and_costs_little():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = setup()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 5, f"{spent:.1f} s of processor time"


def test_an_unknown_argument_is_refused():
    result = setup("--tests")
    assert result.returncode == 1
    assert result.stderr == "usage: bin/setup [--test]\n"
