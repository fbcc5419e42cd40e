"""The results of a round of review: each statement by group, the gaps between the groups, comments, and the trend.

Nothing here is shown of a group of which fewer people answered than the round's rule says, in no file either. Means of
sections and of rounds are made of the means that are shown, so that none can be worked out from them; numbers of
answers are left out where the rest would tell how few said "does not apply".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from programmes.reviews import queries
from programmes.reviews.calculations import gap_between, mean_of, spread_of
from programmes.reviews.models import ReviewRound, ReviewStatement, ReviewTally, Section, Side, in_order
from wellbeing.lib.suppression import may_show, suppressed

# The two groups whose answers are compared.
ONE, OTHER = Side.LIVED_EXPERIENCE, Side.STAFF
Counts = Mapping[int, int]


@dataclass(frozen=True)
class Cell:
    """One group's answers to one statement: nothing where hidden. `number` is None where that says too much."""

    mean: Decimal | None = None
    low: int | None = None
    high: int | None = None
    number: int | None = None

    @property
    def middle(self) -> str:
        """Return from where to where the middle half of the answers goes, in words."""
        if self.low is None:
            return ""
        return (
            str(self.low)
            if self.low == self.high
            else _("%(low)s to %(high)s")
            % {
                "low": self.low,
                "high": self.high,
            }
        )


@dataclass(frozen=True)
class Line:
    """One statement with what each group said."""

    statement: ReviewStatement
    cells: Mapping[str, Cell]

    @property
    def gap(self) -> Decimal | None:
        """Return how much higher people with lived experience answered than staff; None where one is hidden."""
        return gap_between(self.cells[ONE].mean, self.cells[OTHER].mean)

    @property
    def distance(self) -> Decimal:
        """Return the size of the gap; below nought where there is none to show, so that it comes last."""
        return Decimal(-1) if self.gap is None else abs(self.gap)

    def is_low(self, below: Decimal) -> bool:
        """Return whether a group's mean lies below this."""
        return any(cell.mean is not None and cell.mean < below for cell in self.cells.values())


@dataclass(frozen=True)
class Means:
    """The mean of each group over several statements, of a section or a whole round."""

    label: str
    by_side: Mapping[str, Decimal | None]

    @property
    def gap(self) -> Decimal | None:
        return gap_between(self.by_side[ONE], self.by_side[OTHER])


class Results:
    """The results of one round. Four queries, however many statements and answers there are; two more for the trend."""

    def __init__(self, review: ReviewRound) -> None:
        self.review = review

    @cached_property
    def sides(self) -> list[Side]:
        """Return the groups that were asked."""
        return [side for side in Side if self._asked.get(side, (0, 0))[0]]

    @cached_property
    def shown_sides(self) -> list[Side]:
        """Return the groups of which enough people answered."""
        return [side for side in self.sides if _enough(self._asked[side][1], self.review.fewest)]

    @cached_property
    def answered(self) -> dict[Side, int | None]:
        """Return how many of each group answered; None where that is not shown."""
        counts = suppressed([self._asked[side][1] for side in self.sides], self.review.fewest)
        return dict(zip(self.sides, counts, strict=True))

    @cached_property
    def lines(self) -> list[Line]:
        """Return every statement in the order it was asked in."""
        return _lines(self._tallies, {side: counts[1] for side, counts in self._asked.items()}, self.review.fewest)

    @cached_property
    def by_gap(self) -> list[Line]:
        """Return every statement, the largest gap between the two groups first."""
        return sorted(self.lines, key=lambda line: -line.distance)

    @property
    def headline(self) -> Line | None:
        """Return the statement with the largest gap; None where there is none to show."""
        first = self.by_gap[0] if self.by_gap else None
        return first if first and first.gap else None

    @cached_property
    def sections(self) -> list[Means]:
        """Return the means of each section."""
        return [
            _means(str(label), [line for line in self.lines if line.statement.section == section])
            for section, label in Section.choices
        ]

    @cached_property
    def comments(self) -> list[tuple[str, str, list[str]]]:
        """Return the comments of groups that are shown: [(section, group, comments in an order drawn by lot), …]."""
        found: dict[tuple[str, str], list[str]] = {}
        for section, side, words in self.review.comments.order_by("pk").values_list("section", "side", "words"):
            if side in self.shown_sides:
                found.setdefault((section, side), []).append(words)
        return [
            (str(section.label), str(side.label), found[section, side])
            for section in Section
            for side in self.shown_sides
            if (section, side) in found
        ]

    @cached_property
    def trend(self) -> list[Means]:
        """Return the means of each round of the programme up to this one, the oldest first."""
        reviews = queries.rounds_up_to(self.review)
        asked = queries.answered_by_side(reviews)
        tallies = _tallies_of(reviews)
        rows = []
        for review in reviews:
            answered: dict[str, int] = {side: asked.get((review.pk, side), (0, 0))[1] for side in Side}
            rows.append(_means(review.title, _lines(tallies.get(review.pk, {}), answered, review.fewest)))
        return rows

    @cached_property
    def _asked(self) -> dict[str, tuple[int, int]]:
        return {side: counts for (_pk, side), counts in queries.answered_by_side([self.review]).items()}

    @cached_property
    def _tallies(self) -> "Tallies":
        return _tallies_of([self.review]).get(self.review.pk, {})


# {statement: {group: {answer: how often}}}
Tallies = dict[ReviewStatement, dict[str, dict[int, int]]]


def _tallies_of(reviews: Iterable[ReviewRound]) -> dict[int, Tallies]:
    rows = ReviewTally.objects.filter(round__in=[review.pk for review in reviews]).select_related("statement")
    found: dict[int, Tallies] = {}
    for row in rows:
        sides = found.setdefault(row.round_id, {}).setdefault(row.statement, {})
        sides.setdefault(row.side, {})[row.value] = row.number
    return found


def _enough(answered: int, fewest: int) -> bool:
    return answered > 0 and may_show(answered, fewest)


def _lines(tallies: Tallies, answered: Mapping[str, int], fewest: int) -> list[Line]:
    """Return a line for each statement; `answered` is how many people of each group sent answers to the round."""
    return [
        Line(statement, {side: _cell(tallies[statement].get(side, {}), answered.get(side, 0), fewest) for side in Side})
        for statement in in_order(list(tallies))
    ]


def _cell(counts: Counts, answered: int, fewest: int) -> Cell:
    spread = spread_of(counts)
    if spread is None or not _enough(answered, fewest) or not _enough(spread.number, fewest):
        return Cell()
    # Those who said "does not apply", and those who left it out.
    others = answered - spread.number
    number, _others = suppressed([spread.number, others], fewest)
    return Cell(spread.mean, spread.low, spread.high, number)


def _means(label: str, lines: list[Line]) -> Means:
    return Means(
        label,
        {side: mean_of(mean for line in lines if (mean := line.cells[side].mean) is not None) for side in Side},
    )
