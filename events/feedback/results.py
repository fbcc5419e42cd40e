"""Show how people found an event: each question by group, side by side, and their own words.

Nothing here is shown of a group of which fewer people answered than was promised, in no file either. The year's means
are made of the means that are shown, so that none can be worked out from them; numbers of answers are left out where
the rest would tell how few said "does not apply".
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from events.feedback import queries
from events.feedback.models import FeedbackQuestion, FeedbackRound, FeedbackWords, Side
from programmes.models import Programme
from programmes.reviews.calculations import gap_between, mean_of, spread_of
from wellbeing.lib.suppression import may_show, suppressed

ONE, OTHER = Side.LIVED_EXPERIENCE, Side.STAFF


@dataclass(frozen=True)
class Cell:
    """One group's answers to one question: nothing where hidden. `number` is None where that says too much."""

    mean: Decimal | None = None
    number: int | None = None


@dataclass(frozen=True)
class Line:
    """One question with what each group said."""

    question: FeedbackQuestion
    cells: Mapping[str, Cell]

    @property
    def gap(self) -> Decimal | None:
        """Return how much higher people with lived experience answered than the others; None where one is hidden."""
        return gap_between(self.cells[ONE].mean, self.cells[OTHER].mean)


@dataclass(frozen=True)
class Said:
    """Own words, and the name their giver put to them, or ""."""

    words: str
    name: str
    for_staff_alone: bool


class Results:
    """The results of the feedback on one event. Three queries, however many questions and answers there are."""

    def __init__(self, round: FeedbackRound) -> None:
        self.round = round

    @cached_property
    def _asked(self) -> dict[str, tuple[int, int]]:
        return {side: counts for (_pk, side), counts in queries.answered_by_side([self.round]).items()}

    @cached_property
    def shown_sides(self) -> list[Side]:
        """Return the groups of which enough people answered."""
        return [side for side in Side if _enough(self._asked.get(side, (0, 0))[1], self.round.fewest)]

    @cached_property
    def answered(self) -> dict[Side, int | None]:
        """Return how many of each group answered; None where that is not shown."""
        counts = suppressed([self._asked.get(side, (0, 0))[1] for side in Side], self.round.fewest)
        return dict(zip(Side, counts, strict=True))

    @cached_property
    def lines(self) -> list[Line]:
        """Return every question in the order it was asked in."""
        answered = {side: counts[1] for side, counts in self._asked.items()}
        return _lines(queries.tallies_of([self.round]).get(self.round.pk, {}), answered, self.round.fewest)

    def words(self, *, for_staff: bool) -> list[tuple[FeedbackWords.Topic, list[Said]]]:
        """Return own words by what they are about, in an order drawn by lot; without those for staff alone for others.

        Of a group that is not shown, only words with a name their giver put to them.
        """
        rows = self.round.words.order_by("pk")
        if not for_staff:
            rows = rows.filter(readers=FeedbackWords.Readers.RESULTS)
        shown = [row for row in rows if row.side in self.shown_sides or row.name]
        return [
            (
                topic,
                [
                    Said(row.words, row.name, row.readers == FeedbackWords.Readers.STAFF)
                    for row in shown
                    if row.topic == topic
                ],
            )
            for topic in FeedbackWords.Topic
        ]


def year_of(programme: Programme, on: dt.date) -> tuple[list[Line], int]:
    """Return each question over the events of the year up to `on`, and how many events have any of it to show.

    The mean of a group is that of its means at each event where it is shown. Three queries.
    """
    rounds = queries.closed_in_a_year(programme, on)
    answered = queries.answered_by_side(rounds)
    tallies = queries.tallies_of(rounds)
    found: dict[FeedbackQuestion, dict[str, list[Decimal]]] = {}
    events = 0
    for round in rounds:
        by_side = {side.value: answered.get((round.pk, side), (0, 0))[1] for side in Side}
        lines = _lines(tallies.get(round.pk, {}), by_side, round.fewest)
        events += any(cell.mean is not None for line in lines for cell in line.cells.values())
        for line in lines:
            means = found.setdefault(line.question, {side.value: [] for side in Side})
            for side, cell in line.cells.items():
                if cell.mean is not None:
                    means[side].append(cell.mean)
    lines = [Line(q, {side: Cell(mean_of(means)) for side, means in sides.items()}) for q, sides in found.items()]
    return [line for line in lines if any(cell.mean is not None for cell in line.cells.values())], events


def _enough(answered: int, fewest: int) -> bool:
    return answered > 0 and may_show(answered, fewest)


def _lines(
    tallies: Mapping[FeedbackQuestion, Mapping[str, Mapping[int, int]]], answered: Mapping[str, int], fewest: int
) -> list[Line]:
    return [
        Line(question, {side: _cell(counts.get(side, {}), answered.get(side, 0), fewest) for side in Side.values})
        for question, counts in tallies.items()
    ]


def _cell(counts: Mapping[int, int], answered: int, fewest: int) -> Cell:
    spread = spread_of(counts)
    if spread is None or not _enough(answered, fewest) or not _enough(spread.number, fewest):
        return Cell()
    # Those who said "does not apply", and those who left it out.
    number, _others = suppressed([spread.number, answered - spread.number], fewest)
    return Cell(spread.mean, number)
