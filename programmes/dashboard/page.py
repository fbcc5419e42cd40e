"""The dashboard as its reader sees it: every part with what it shows, ready to be drawn on a page or on paper."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from programmes import registry
from programmes.programme.models.programmes import Programme
from programmes.registry import Chart, DashboardPart, Shown
from wellbeing.lib.types import User

# The length of a whole bar of components/bars.html, and of the shortest part that can be seen.
WHOLE, SHORTEST = 1000, 4


@dataclass(frozen=True)
class PartOnPage:
    """One part of the dashboard with all that it shows."""

    part: DashboardPart
    shown: Shown

    @property
    def key(self) -> str:
        return self.part.key

    @property
    def title(self) -> str:
        return str(self.part.title)

    @property
    def is_empty(self) -> bool:
        return not (self.shown.figures or self.shown.lines or self.shown.chart)

    @property
    def hides_few(self) -> bool:
        """Return whether a figure is left out because so few people are behind it."""
        return any(figure.value is None for figure in self.shown.figures)

    @cached_property
    def bars(self) -> list[dict[str, Any]]:
        """Return the bars of the chart, as components/bars.html takes them."""
        return bars_of(self.shown.chart) if self.shown.chart else []

    @property
    def legend(self) -> list[dict[str, Any]]:
        chart = self.shown.chart
        return [{"tone": tone, "label": label} for tone, label in chart.legend] if chart else []

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Return the headings of the table beneath the chart, as components/table.html takes them."""
        chart = self.shown.chart
        return [{"label": label} for label in (chart.first, *chart.columns)] if chart else []

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the lines of that table."""
        chart = self.shown.chart
        bars = chart.bars if chart else []
        return [{"cells": [{"text": bar.label}, *({"text": text or "–"} for text in bar.cells)]} for bar in bars]


def bars_of(chart: Chart) -> list[dict[str, Any]]:
    """Return the bars of `chart` as components/bars.html takes them, their lengths from 0 to 1000."""
    drawn = []
    for bar in chart.bars:
        parts, start = [], 0
        for tone, number in bar.parts:
            x, end = start * WHOLE // bar.whole, (start + number) * WHOLE // bar.whole
            parts.append({"tone": tone, "x": x, "width": max(end - x, SHORTEST)})
            start += number
        limit = WHOLE if bar.whole else 0
        drawn.append({"label": bar.label, "url": bar.url, "text": bar.text, "parts": parts, "limit": limit})
    return drawn


def parts_for(user: User | None, programme: Programme, on: dt.date) -> list[PartOnPage]:
    """Return the parts of the dashboard of `programme` on the day `on` for `user`, in their order.

    Without a user: as the board paper shows them to each of those who may open the dashboard.
    """
    found = []
    for part in sorted(registry.dashboard_parts.values(), key=lambda one: one.order):
        shown = part.show(user, programme, on)
        if shown is not None:
            found.append(PartOnPage(part, shown))
    return found
