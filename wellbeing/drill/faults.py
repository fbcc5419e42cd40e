"""The faults, and which of them come when: by the seed, each kind once before any comes again."""

import random
import threading
import time

KINDS = (
    *(f"kill-{name}" for name in ("web", "worker", "receipts", "beat", "postgres", "valkey")),
    *(f"hang-{name}" for name in ("web", "worker", "receipts", "beat", "postgres", "valkey")),
    *(f"kill-one-{name}" for name in ("web", "worker")),
    *(f"mail-{mode}" for mode in ("refusing", "slow", "hung", "gone")),
    "disk-full",
)
CLOCK = "clock"
# Faults of these may double a mail: its worker, or what it writes down its success in, goes between the mail server's
# "yes" and our commit.
MAY_DOUBLE_MAIL = ("kill-worker", "kill-one-worker", "kill-postgres", "hang-postgres", "hang-worker")
LEAST, MOST = 3, 12
# How long the next fault waits for what the last one killed.
WELL_SECONDS = 90
# How often a second fault begins while the first is on.
BESIDE = 0.25


class Plan:
    """An endless list of (fault, seconds it lasts, seconds of peace after it), the same for the same seed."""

    def __init__(self, seed, kinds):
        self.rng = random.Random(seed)
        self.kinds = list(kinds)

    def __iter__(self):
        while True:
            round_of = self.kinds[:]
            self.rng.shuffle(round_of)
            for kind in round_of:
                yield kind, self.rng.uniform(LEAST, MOST), self.rng.uniform(2, 14), self.rng.random() < BESIDE


def subject(kind):
    """Return what a fault is done to: the name of a service, "disk" or "mail"."""
    return "mail" if kind.startswith("mail-") else "disk" if kind == "disk-full" else kind.rpartition("-")[2]


def play(kind, seconds, installation, post, notes):
    """Play one fault from its beginning to its end."""
    notes.begins(kind)
    try:
        how, _, name = kind.partition("-")
        if kind.startswith("kill-one-"):
            installation.kill_one(subject(kind), random.Random(seconds).choice)
            installation.pause(seconds)
        elif how == "kill":
            installation.kill(subject(kind), seconds)
        elif how == "hang":
            installation.hang(subject(kind), seconds)
        elif how == "mail":
            post.set(name)
            installation.pause(seconds)
            post.set("ok")
        else:
            installation.fill_disk(seconds)
    finally:
        notes.ends(kind)


def wait_until_well(installation):
    """Wait until pages come, so that the next fault meets people who do something."""
    deadline = time.monotonic() + WELL_SECONDS
    while not installation.answers() and time.monotonic() < deadline and not installation.is_ending:
        installation.pause(0.2)


def play_all(plan, until, installation, post, notes, say):
    """Play faults of the plan, one after the other and now and then two at once, until the moment `until`."""
    beside: dict[str, threading.Thread] = {}

    def join():
        for thread in beside.values():
            thread.join()
        beside.clear()

    for kind, seconds, peace, goes_on in plan:
        if time.monotonic() + LEAST > until or installation.is_ending:
            break
        if subject(kind) in beside:
            join()
        # A killed program comes back soon; a server that recovers takes its time by itself.
        most = LEAST if kind.startswith("kill-") else max(LEAST, until - time.monotonic())
        lasts = min(seconds, most)
        say(f"{time.monotonic() - notes.began:5.0f} s  {kind}, {lasts:.0f} s")
        arguments = (kind, lasts, installation, post, notes)
        if goes_on:
            beside[subject(kind)] = threading.Thread(target=play, args=arguments)
            beside[subject(kind)].start()
            installation.pause(1)
            continue
        play(*arguments)
        join()
        installation.pause(peace)
        wait_until_well(installation)
    join()
