"""Keep what the drill saw: which fault was on when, what people read, how long pages took, what was acknowledged."""

import statistics
import threading
import time
from collections import Counter, defaultdict

NONE = "no fault"
# A page asked for so soon after a fault may still suffer from it.
AFTER_SECONDS = 8
# How much longer than usual a page may take while Valkey is stopped: its patience is 1 second, once.
HUNG_VALKEY_SECONDS = 1.5


class Notes:
    """Everything that is seen while the servers run. Used by many threads."""

    def __init__(self):
        self.faults: list[tuple[str, float, float]] = []
        self.sentences: dict[str, Counter[str]] = defaultdict(Counter)
        self.naked: list[str] = []
        self.seconds: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.facts: list[dict] = []
        self.statuses: Counter[int] = Counter()
        self.began = time.monotonic()
        self._lock = threading.Lock()
        self._on: dict[str, float] = {}

    # Faults

    def begins(self, fault):
        with self._lock:
            self._on[fault] = time.monotonic()

    def ends(self, fault):
        with self._lock:
            self.faults.append((fault, self._on.pop(fault), time.monotonic()))

    def faults_between(self, began, ended):
        """Return the names of the faults that may have touched what went on between two moments."""
        with self._lock:
            past = [name for name, start, end in self.faults if start <= ended and began <= end + AFTER_SECONDS]
            now = [name for name, start in self._on.items() if start <= ended]
        return sorted({*past, *now})

    # Pages

    def page(self, kind, began, page, words):
        """Note one answer, or that none came: its time, its sentences and whether it leaves a person alone."""
        ended = time.monotonic()
        fault = " + ".join(self.faults_between(began, ended)) or NONE
        with self._lock:
            self.seconds[kind].append((began, ended))
            self.statuses[page.status if page else 0] += 1
            for sentence in [words] if page is None else page.sentences():
                self.sentences[fault][sentence] += 1
            if page is not None and page.is_naked:
                self.naked.append(f"{page.status} for {kind} during {fault}: {page.content[:200]!r}")

    def read(self, sentence):
        """Note a sentence that a person reads in what a page was told."""
        now = time.monotonic()
        fault = " + ".join(self.faults_between(now, now)) or NONE
        with self._lock:
            self.sentences[fault][sentence] += 1

    def too_slow(self):
        """Return sentences about pages that took too long while Valkey, and nothing else, was stopped."""
        found = []
        for kind, times in self.seconds.items():
            usual = [ended - began for began, ended in times if not self.faults_between(began, ended)]
            hung = [ended - began for began, ended in times if self.faults_between(began, ended) == ["hang-valkey"]]
            if len(usual) < 3:
                continue
            found += [
                f"{kind} took {seconds:.1f} s with Valkey stopped, and {max(usual):.1f} s at most without a fault"
                for seconds in hung
                if seconds > max(usual) + HUNG_VALKEY_SECONDS
            ]
        return found

    def pages_with_valkey_stopped(self):
        """Return (number of pages, the longest's seconds) while Valkey, and nothing else, was stopped."""
        times = [
            ended - began
            for each in self.seconds.values()
            for began, ended in each
            if self.faults_between(began, ended) == ["hang-valkey"]
        ]
        return len(times), max(times, default=0.0)

    def usual(self):
        """Return (number of pages, median seconds, longest seconds) without a fault."""
        times = [
            ended - began
            for each in self.seconds.values()
            for began, ended in each
            if not self.faults_between(began, ended)
        ]
        return len(times), statistics.median(times or [0.0]), max(times, default=0.0)

    # Acknowledged facts

    def fact(self, what, certain, **values):
        """Remember that a page acknowledged something (`certain`), or that nobody knows whether it was taken."""
        with self._lock:
            self.facts.append({"what": what, "certain": certain, **values})

    def count(self, what):
        """Return how often `what` was (acknowledged, left uncertain)."""
        certain = [fact["certain"] for fact in self.facts if fact["what"] == what]
        return sum(certain), len(certain) - sum(certain)
