"""The page of results as one reader sees it: bars and the table beneath, actions, files."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.reviews import queries, rules
from programmes.reviews.models import Layout, ReviewRound, Section
from programmes.reviews.results import Line, Means, Results
from wellbeing.lib.dates import short_date
from wellbeing.lib.types import User

# Bars are drawn from 1 to 5 on a line of this length.
LENGTH = 1000
BY_SECTION = "section"


class ResultsPage:
    """The results of one round as `user` may see them; `order` is "section", or the largest gap first."""

    def __init__(self, review: ReviewRound, user: User, *, order: str = "") -> None:
        self.review, self.user = review, user
        self.by_section = order == BY_SECTION
        self.results = Results(review)

    @cached_property
    def is_inside(self) -> bool:
        return rules.is_inside(self.user, self.review.programme)

    @cached_property
    def may_run(self) -> bool:
        return bool(rules.can_run_reviews(self.user, self.review.programme))

    @cached_property
    def may_add_action(self) -> bool:
        return self.is_inside and bool(rules.can_add_action(self.user, self.review))

    @property
    def headline(self) -> dict[str, Any] | None:
        """Return the largest gap in words; None where there is none to show."""
        line = self.results.headline
        if line is None or line.gap is None:
            return None
        return {"statement": line.statement.words, "gap": abs(line.gap), "means": self._means(line), "why": _lead(line)}

    @property
    def lines(self) -> list[Line]:
        return self.results.lines if self.by_section else self.results.by_gap

    @cached_property
    def bars(self) -> list[dict[str, Any]]:
        """Return a bar for each statement, with a line for each group that is shown."""
        return [
            {
                "label": line.statement.words,
                "section": Section(line.statement.section).label,
                "gap": _signed(line.gap),
                "lines": [
                    {
                        "tone": side.value,
                        "label": side.label,
                        "mean": cell.mean,
                        "x": place_of(cell.low),
                        "width": max(place_of(cell.high) - place_of(cell.low), 8),
                        "at": place_of(cell.mean),
                    }
                    if (cell := line.cells[side]).mean is not None
                    else {"tone": side.value, "label": side.label, "mean": None}
                    for side in self.results.shown_sides
                ],
                "action_url": self._action_url(line),
            }
            for line in self.lines
        ]

    def _action_url(self, line: Line) -> str:
        # An open or closed round has its rule.
        assert self.review.rule is not None
        if not self.may_add_action or not line.is_low(self.review.rule.low_mean):
            return ""
        return f"{reverse('review_action', args=[self.review.pk])}?statement={line.statement.pk}"

    @property
    def columns(self) -> list[dict[str, Any]]:
        columns: list[dict[str, Any]] = [{"label": _("Statement")}, {"label": _("Section")}]
        for side in self.results.shown_sides:
            columns += [
                {"label": side.label, "numeric": True},
                {"label": _("Middle half"), "numeric": True},
                {"label": _("Answers"), "numeric": True},
            ]
        return [*columns, {"label": _("Gap"), "numeric": True}] if self.compares else columns

    @property
    def compares(self) -> bool:
        """Return whether both groups that are compared are shown."""
        return any(line.gap is not None for line in self.results.lines)

    @property
    def rows(self) -> list[dict[str, Any]]:
        rows = []
        for line in self.lines:
            staff = line.statement.staff_words
            cells = [
                {
                    "text": line.statement.words,
                    "detail": _("Staff were asked: %(words)s") % {"words": staff} if staff else "",
                },
                {"text": Section(line.statement.section).label},
            ]
            for side in self.results.shown_sides:
                cell = line.cells[side]
                number = "" if cell.mean is None else cell.number if cell.number is not None else self._few_or_more
                cells += [
                    {"text": _("Too few") if cell.mean is None else cell.mean},
                    {"text": cell.middle},
                    {"text": number},
                ]
            rows.append({"cells": [*cells, {"text": _signed(line.gap)}] if self.compares else cells})
        return rows

    @property
    def _few_or_more(self) -> str:
        return _("%(few)s or more") % {"few": self.review.fewest}

    @property
    def section_columns(self) -> list[dict[str, Any]]:
        sides = [{"label": side.label, "numeric": True} for side in self.results.shown_sides]
        return [{"label": _("Section")}, *sides, {"label": _("Gap"), "numeric": True}]

    @property
    def section_rows(self) -> list[dict[str, Any]]:
        return [self._mean_row(means) for means in self.results.sections]

    @property
    def trend_columns(self) -> list[dict[str, Any]]:
        return [{"label": _("Review")}, *self.section_columns[1:]]

    @property
    def trend_rows(self) -> list[dict[str, Any]]:
        return [self._mean_row(means) for means in self.results.trend]

    @property
    def trend_bars(self) -> list[dict[str, Any]]:
        """Return a bar for each round, with the mean of each group."""
        return [
            {
                "label": means.label,
                "gap": _signed(means.gap),
                "lines": [
                    {"tone": side.value, "label": side.label, "mean": mean, "x": 0, "width": 0, "at": place_of(mean)}
                    for side in self.results.shown_sides
                    if (mean := means.by_side[side]) is not None
                ],
            }
            for means in self.results.trend
        ]

    def _mean_row(self, means: Means) -> dict[str, Any]:
        sides = [
            {"text": _("Too few") if means.by_side[side] is None else means.by_side[side]}
            for side in self.results.shown_sides
        ]
        return {"cells": [{"text": means.label}, *sides, {"text": _signed(means.gap)}]}

    def _means(self, line: Line) -> list[tuple[str, Decimal | None]]:
        return [(str(side.label), line.cells[side].mean) for side in self.results.shown_sides]

    @property
    def answered(self) -> list[tuple[str, str]]:
        """Return how many of each group answered, in words."""
        few = _("fewer than %(few)s") % {"few": self.review.fewest}
        return [
            (str(side.label), str(number) if number is not None else _("not shown"))
            if side in self.results.shown_sides
            else (str(side.label), few)
            for side, number in self.results.answered.items()
        ]

    @property
    def comments(self) -> list[tuple[str, str, list[str]]]:
        """Return the comments, for those inside: what is shared with everyone has none."""
        return self.results.comments if self.is_inside else []

    @cached_property
    def actions(self) -> list[dict[str, Any]]:
        """Return the actions that followed, for those inside."""
        return [
            {
                "cells": [
                    {"text": row.point.title, "url": reverse("action_point", args=[row.point_id])},
                    {"text": row.statement.words if row.statement else ""},
                    {"text": row.point.owner.full_name},
                    {"text": short_date(row.point.due_on)},
                    {"text": row.point.get_status_display()},
                ]
            }
            for row in (queries.actions_of(self.review) if self.is_inside else [])
        ]

    @property
    def action_columns(self) -> list[dict[str, Any]]:
        return [{"label": label} for label in (_("Action"), _("Because of"), _("Who"), _("By when"), _("How far"))]

    @property
    def papers(self) -> list[tuple[str, str]]:
        """Return the address and label of each print of the results."""
        return [
            (reverse("review_paper_ask", args=[self.review.pk, layout.value]), str(layout.label))
            for layout in (Layout.STANDARD, Layout.LARGE_PRINT)
        ]


def place_of(value: Decimal | int | None) -> int:
    """Return where `value`, from 1 to 5, stands on a bar."""
    return 0 if value is None else round((Decimal(value) - 1) / 4 * LENGTH)


def _signed(gap: Decimal | None) -> str:
    """Return a gap with its sign: below nought where people with lived experience answered lower than staff."""
    if gap is None:
        return ""
    return f"+{gap}" if gap > 0 else f"{gap}".replace("-", "−")


def _lead(line: Line) -> str:
    # A headline has a gap.
    assert line.gap is not None
    if line.gap < 0:
        return _("People with lived experience agree less than staff do.")
    return _("People with lived experience agree more than staff do.")
