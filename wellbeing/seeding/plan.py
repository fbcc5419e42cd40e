"""Plan a large programme, and make it in one transaction."""

import datetime as dt
import string
from dataclasses import dataclass

import pghistory
from django.db import connection, transaction

from programmes.models import Programme

from .maker import Maker


class AlreadyThereError(Exception):
    """A programme made from this seed exists. The text says what to do."""


@dataclass(frozen=True)
class Plan:
    """The numbers to make. `today` is the day everything is laid around. Raises ValueError for impossible numbers."""

    people: int
    events: int
    claims: int
    seed: int
    today: dt.date

    def __post_init__(self):
        if self.people < 1 or self.events < 1 or self.claims < 0:
            raise ValueError("Ask for at least one person and one event, and no fewer than no claims.")
        if not 0 <= self.seed < 26**5:
            raise ValueError(f"--seed is a number from 0 to {26**5 - 1}.")
        if self.claims > self.people * self.past_events:
            raise ValueError(
                f"{self.claims:,} claims are too many: {self.people:,} people at {self.past_events:,} past events can "
                f"claim {self.people * self.past_events:,} times at most."
            )

    @property
    def past_events(self):
        """Return how many of the events are over: about five in six, and at least one."""
        return max(1, self.events - self.events // 6)

    @property
    def slug(self):
        return f"seeded-{self.seed}"

    @property
    def name(self):
        return f"Large Programme {self.seed}"

    @property
    def short_code(self):
        """Return S and the seed written in letters: two to six in all."""
        letters, number = "", self.seed
        while not letters or number:
            number, digit = divmod(number, 26)
            letters = string.ascii_uppercase[digit] + letters
        return f"S{letters}"


def make(plan):
    """Make the programme of `plan` in one transaction. Return {what: how many}.

    Raises AlreadyThereError when this seed's programme exists. Takes about two minutes for 50,000 people, 500 events
    and 100,000 claims.
    """
    if Programme.objects.filter(slug=plan.slug).exists():
        raise AlreadyThereError(
            f"{plan.name} is there already, so nothing was done. Another --seed adds another large programme."
        )
    with transaction.atomic(), pghistory.context(seed=plan.seed) as context:
        counts = Maker(plan, context.id).make()
    with connection.cursor() as cursor:
        # The planner guesses badly about tables that were empty a minute ago.
        cursor.execute("ANALYZE")
    return counts
