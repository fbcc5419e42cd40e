"""`python -m wellbeing.drill [--seed N] [--minutes M] [--faults …]`: run by bin/drill."""

import argparse
import datetime as dt
import json
import os
import random
import signal
import sys
import time

from wellbeing.local.demo import Stop
from wellbeing.local.places import PROJECT, LocalError

from . import clock, faults, report
from .installation import PROGRAMS, Installation
from .load import Scene, everybody
from .notes import Notes
from .post import Post

# Until everybody has signed in and done something, at most.
WARM_SECONDS = 180
USUAL_SECONDS = 10
# Long enough for a worker's lease of two minutes to run out and its work to be done by another.
QUIET_SECONDS = 400
CLOCK_BEFORE, CLOCK_AFTER = 12, 20


def main(arguments):
    """Play the faults, check what is left, write the report. Return 0 only when everything held."""
    options = _options(arguments)
    for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop_signal, _raise_stop)
    os.chdir(PROJECT)
    post = Post()
    drill = Drill(options, post)
    try:
        return 0 if drill.play() else 1
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    except Stop as stop:
        print("\nStopping.", flush=True)
        return 128 + stop.args[0]
    finally:
        for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop_signal, signal.SIG_IGN)
        drill.end()
        post.stop()


def _options(arguments):
    parser = argparse.ArgumentParser(prog="bin/drill", description="Faults against the real servers, under load.")
    parser.add_argument("--seed", type=int, help="which faults come when (a new one each time)")
    parser.add_argument("--minutes", type=float, default=10, help="how long faults are played under load (10)")
    known = [*faults.KINDS, faults.CLOCK]
    parser.add_argument("--faults", help=f"these alone, with commas between: {', '.join(known)}")
    options = parser.parse_args(arguments)
    options.seed = random.randrange(10_000) if options.seed is None else options.seed
    options.faults = options.faults.split(",") if options.faults else known
    if unknown := set(options.faults) - set(known):
        parser.error(f"unknown faults: {', '.join(sorted(unknown))}")
    return options


def _raise_stop(number, _frame):
    for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop_signal, signal.SIG_IGN)
    raise Stop(number)


class Drill:
    """One drill: `play()`, and always `end()`."""

    def __init__(self, options, post):
        self.options, self.post = options, post
        self.installation = Installation(post.port)
        self.folder = self.installation.instance.own_folder / str(options.seed)
        self.notes = Notes()
        self.head: list[str] = []
        self.actors: list = []
        self.scene: Scene | None = None

    def play(self):
        """Do everything, from empty folders to the report. Return whether everything held. Raises LocalError."""
        lock = self.installation.instance.lock()
        if lock is None:
            raise LocalError("A drill is going on in this folder already.")
        with lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            say(f"Seed {self.options.seed}. Making an installation.")
            self.installation.make()
            cast = self.installation.load()
            self.installation.start_programs()
            self._load(cast)
            self._faults()
            self._clock()
            self._calm()
            found = self._check(cast)
            return self._report(found)

    def _load(self, cast):
        self.scene = Scene(self.installation, self.post, self.notes, cast, self.options.seed)
        self.actors = everybody(self.scene)
        self.notes.began = time.monotonic()
        for actor in self.actors:
            actor.start()
        deadline = time.monotonic() + WARM_SECONDS
        while time.monotonic() < deadline and not all(actor.turns for actor in self.actors):
            self.installation.pause(0.5)
        # From here on the usual times without a fault are known.
        self.installation.pause(USUAL_SECONDS)

    def _faults(self):
        kinds = [kind for kind in self.options.faults if kind != faults.CLOCK]
        if not kinds:
            return
        plan = faults.Plan(self.options.seed, kinds)
        until = time.monotonic() + self.options.minutes * 60
        faults.play_all(plan, until, self.installation, self.post, self.notes, say)
        self.head.append(
            f"{len(self.notes.faults)} faults in {self.options.minutes:g} minutes, seed {self.options.seed}"
        )
        self.head.append(f"Disk full: {self.installation.disk_words}")

    def _clock(self):
        """Let the programs, under load, live through midnight and both changes of summer time."""
        if faults.CLOCK not in self.options.faults:
            return
        assert self.scene is not None
        for what, moment in clock.odd_moments(dt.datetime.now(tz=dt.UTC)):
            # Pages come again some time before the moment.
            before = CLOCK_BEFORE + 1.5 * self.installation.boot_seconds
            self.notes.begins(f"clock: {what}")
            say(f"{time.monotonic() - self.notes.began:5.0f} s  clock: {what}")
            self.scene.clock_offset = self.installation.set_clock(moment.timestamp() - before)
            self.installation.pause(before)
            self.installation.wait_for_web()
            self.installation.pause(CLOCK_AFTER)
            self.notes.ends(f"clock: {what}")
        self.head.append(
            "Clock: web server, workers and beat ran under a clock moved by time-machine to shortly before midnight and"
            " both changes of summer time; PostgreSQL kept the real time"
        )

    def _calm(self):
        """End the load, and wait until workers have done all there is to do, or QUIET_SECONDS have gone."""
        assert self.scene is not None
        self.scene.over.set()
        for actor in self.actors:
            actor.join(60)
        say("Waiting until all work is done.")
        began = time.monotonic()
        while time.monotonic() - began < QUIET_SECONDS and not self._is_calm():
            self.installation.pause(5)
        self.head.append(f"Work was done {time.monotonic() - began:.0f} seconds after the last fault and the last page")
        self.installation.hold(*PROGRAMS)

    def _is_calm(self):
        """Return whether nothing is due or under way, and nothing comes of what beat had sent when it was stopped."""
        if self._django("settled") != 0:
            return False
        self.installation.hold("beat")
        self.installation.pause(5)
        if self._django("settled") == 0:
            return True
        self.installation.let_go("beat")
        return False

    def _django(self, found, seen="-"):
        before = ["wellbeing.drill.clocked", self.installation.clock, "-m"] if self.installation.clock else []
        return self.installation.run(*before, "wellbeing.drill.invariants", str(seen), str(found), may_fail=True)

    def _check(self, cast):
        seen, found = self.folder / "seen.json", self.folder / "found.json"
        interrupted = sum(name in faults.MAY_DOUBLE_MAIL for name, _began, _ended in self.notes.faults)
        mails = [[mail.ident, mail.to] for mail in self.post.mails]
        values = {
            "facts": self.notes.facts,
            "mails": mails,
            "last_message": cast["last_message"],
            # Each of the worker's two processes has one mail in hand.
            "doubles_allowed": 2 * interrupted,
        }
        seen.write_text(json.dumps(values))
        if self._django(found, seen) != 0:
            raise LocalError(f"The checks could not be done. See {self.installation.instance.logs}/steps.log")
        return json.loads(found.read_text())

    def _report(self, found):
        assert self.scene is not None
        lines = report.outcome(found, self.notes)
        turns = {actor.name: actor.turns for actor in self.actors}
        self.head.append(f"Turns: {', '.join(f'{name} {count}' for name, count in turns.items())}")
        self.head.append(f"{len(self.post.mails)} mails came, {sum(self.notes.statuses.values())} pages were asked for")
        if self.installation.died:
            self.head.append(f"Ended by themselves and started again: {', '.join(self.installation.died)}")
        if self.scene.lost_ways:
            ways = ", ".join(f"{count} × {words}" for words, count in self.scene.lost_ways.most_common())
            self.head.append(f"People began again: {ways}")
        path = self.folder / "report.md"
        path.write_text(report.markdown(self.head, lines, found, self.notes))
        say(f"\n{report.table(lines)}\n\nThe report: {os.path.relpath(path)}")
        return report.holds(lines)

    def end(self):
        """Leave no process behind, however far the drill came."""
        if self.scene:
            self.scene.over.set()
        self.installation.stop()


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
