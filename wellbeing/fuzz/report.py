"""Count answers, gather what broke, and print both."""

import re
from collections import Counter, defaultdict

from .crawl import name_of

LONGEST_BODY = 1500


class Report:
    """The answers by visitor, and the defects, each once with an example."""

    def __init__(self, scene, walks):
        self.scene, self.walks = scene, walks
        self.requests = 0
        self.statuses: dict[int, Counter[int]] = defaultdict(Counter)
        self.kinds: Counter[str] = Counter()
        self.tried: dict[str, set] = defaultdict(set)
        self.failures: dict[tuple, tuple] = {}
        self.times: Counter[tuple] = Counter()

    def add(self, number, trial, outcome):
        """Count the requests of one try, and keep what is wrong."""
        self.kinds[trial.kind] += len(outcome.sent)
        self.tried[trial.kind].add((trial.visitor, trial.address, id(trial.form), trial.name))
        for sent in outcome.sent:
            self.requests += 1
            self.statuses[trial.visitor][sent.status // 100] += 1
        for kind, words in outcome.wrong:
            where = outcome.sent[-1] if outcome.sent else trial
            key = (kind, name_of(where.address), _place_of(words) if kind[0].isdigit() else "")
            self.times[key] += 1
            if key not in self.failures:
                self.failures[key] = (number, trial, outcome, words)
                print(f"BROKE {key} try {number}", flush=True)

    def print(self, seed, tries, seconds):
        """Print a line for each visitor, then each defect with how to send it again."""
        print(f"\n{'visitor':44}{'pages':>7}{'forms':>7}{'requests':>10}{'2xx':>8}{'3xx':>8}{'4xx':>8}{'5xx':>6}")
        for place, (visitor, walk) in enumerate(zip(self.scene.visitors, self.walks, strict=True)):
            pages = len({name_of(page) for page in walk.pages})
            counts = self.statuses[place]
            line = f"{visitor.name:44}{pages:>7}{len(walk.forms):>7}{counts.total():>10}"
            print(line + "".join(f"{counts[digit]:>{width}}" for digit, width in ((2, 8), (3, 8), (4, 8), (5, 6))))
        print(f"{self.requests:,} requests in {seconds:.0f} s")
        for kind, count in self.kinds.items():
            print(f"  {kind:10}{count:>8} requests; {len(self.tried[kind]):>6} of {len(tries[kind]):>6} tried")
        for key, (number, trial, outcome, words) in self.failures.items():
            print(f"\n{self.times[key]} × {' '.join(key)}\n  again: bin/fuzz --seed {seed} --only {number}")
            show(self.scene, trial, outcome, words)
        print(f"\n{len(self.failures) or 'No'} defects (seed {seed}).")


def show(scene, trial, outcome, words=""):
    """Print what one try sent and got."""
    print(f"  as {scene.visitors[trial.visitor].name}, {trial.kind} {trial.name}")
    for sent in outcome.sent:
        body = sent.body[:LONGEST_BODY].decode("latin-1").encode("unicode_escape").decode()
        print(f"  curl -X {sent.method} '{sent.address[:600]}' -H 'Content-Type: {sent.kind}' --data-binary $'{body}'")
        print(f"    answered {sent.status}")
    for kind, found in [("", words)] if words else outcome.wrong:
        print(f"  {kind} {found}".replace("\n", "\n    "))


def _place_of(words):
    """Return the last place in code that a traceback names, and its error."""
    places = re.findall(r'File "[^"]*?([^/"]+/[^/"]+)", line (\d+)', words)
    last = words.strip().splitlines()[-1][:80] if words.strip() else ""
    return f"{':'.join(places[-1])} {last}" if places else last
