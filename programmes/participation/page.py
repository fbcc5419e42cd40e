"""Show a report on who takes part: one object for the page, the files and the paper."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.monitoring.models import PREFER_NOT
from programmes.participation.building import FEW, OPEN, SAME, UNANSWERED
from programmes.participation.comparing import FEWER, MORE, Share, compared, says_enough, share_of
from programmes.participation.models import AreaShare, ParticipationReport
from programmes.participation.stages import IN
from wellbeing.lib import spreadsheets
from wellbeing.lib.dates import short_date

WHY = {
    FEW: gettext_lazy("too few people"),
    SAME: gettext_lazy("almost the same people as in a column that is shown, here or in an earlier report"),
    OPEN: gettext_lazy("somebody’s answer could be worked out from it"),
}


@dataclass(frozen=True)
class Line:
    """One answer to a question: its words, its share in the area and among those who said, and its band by stage."""

    label: str
    area: Decimal | None
    share: Share | None
    bands: tuple[int | None, ...]
    against_area: str = ""


class QuestionOnPage:
    """One question of a report, beside the profile of the area."""

    def __init__(self, page: "ReportPage", content: dict[str, Any], shares: dict[str, AreaShare]) -> None:
        self.page, self.content, self.shares = page, content, shares
        self.title, self.words = content["title"], content["words"]
        self.base: dict[str, int] | None = content["columns"][IN].get("bands")
        self.said = frozenset(key for key, _words in content["lines"] if key != PREFER_NOT)

    @cached_property
    def lines(self) -> list[Line]:
        """Return a line for each answer, and one for those who did not answer."""
        keys = [*self.content["lines"], [UNANSWERED, _("Did not answer")]]
        return [self._line(key, words) for key, words in keys]

    def _line(self, key: str, words: str) -> Line:
        columns = self.content["columns"]
        bands = tuple(columns[stage["key"]].get("bands", {}).get(key) for stage in self.page.stages)
        area = self.shares[key].percent if key in self.shares else None
        share = share_of(key, self.base, self.said, self.page.width) if self.base and key in self.said else None
        against = compared(share, area) if share and area is not None and self.says_enough else ""
        return Line(words, area, share, bands, against)

    @cached_property
    def says_enough(self) -> bool:
        people = self.page.people
        return bool(self.base and people and says_enough(self.base, self.said, people, self.page.width))

    @property
    def sentences(self) -> list[str]:
        """Say whom the programme reaches and misses, as far as the numbers tell, and how many did not answer."""
        if self.base is None:
            return [_("No number is shown for this question: %(why)s.") % {"why": self.why_hidden(IN)}]
        found = [
            _("Did not answer: %(unanswered)s. Preferred not to say: %(prefer_not)s.")
            % {
                "unanswered": self.page.band(self.base[UNANSWERED]),
                "prefer_not": self.page.band(self.base[PREFER_NOT]),
            }
        ]
        if not self.says_enough:
            return [*found, _("Fewer than half said something, so nothing can be said about whom we miss.")]
        if not self.shares:
            return [*found, _("There is no profile of the area for this question yet.")]
        more = [line.label for line in self.lines if line.against_area == MORE]
        fewer = [line.label for line in self.lines if line.against_area == FEWER]
        if more:
            found.append(_("More of us than of the area: %(groups)s.") % {"groups": "; ".join(more)})
        if fewer:
            found.append(_("Whom we miss – fewer of us than of the area: %(groups)s.") % {"groups": "; ".join(fewer)})
        if not more and not fewer:
            found.append(_("No group is surely more or fewer among us than in the area. The numbers are rough."))
        return found

    @property
    def area_source(self) -> str:
        """Say where the profile of the area is from."""
        rows = {(row.source, row.counted_on): row for row in self.shares.values()}
        return "; ".join(f"{source}, {short_date(day)}" for source, day in rows)

    def why_hidden(self, stage: str) -> str:
        """Say why the column of a stage is not shown, or ""."""
        why = self.content["columns"][stage].get("why")
        return str(WHY[why]) if why else ""

    @property
    def hidden(self) -> list[str]:
        """Say of each stage that is not shown why, but for the first, whose absence the sentences explain."""
        return [
            f"{stage['title']}: {why}"
            for stage in self.page.stages
            if stage["key"] != IN and (why := self.why_hidden(stage["key"]))
        ]

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Return the columns of the table: those that are shown."""
        return [
            {"label": _("Answer")},
            *([{"label": _("In the area"), "numeric": True}] if self.shares else []),
            *([{"label": _("Of those who said"), "numeric": True}] if self.base else []),
            *({"label": self.page.stages[place]["title"], "numeric": True} for place in self.shown),
        ]

    @cached_property
    def shown(self) -> list[int]:
        """Return the places of the stages whose column is shown."""
        columns = self.content["columns"]
        return [place for place, stage in enumerate(self.page.stages) if "bands" in columns[stage["key"]]]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the table."""
        return [
            {
                "cells": [
                    {"text": line.label},
                    *([{"text": self.page.percent(line.area)}] if self.shares else []),
                    *([{"text": self.page.share(line.share)}] if self.base else []),
                    *({"text": self.page.band(line.bands[place])} for place in self.shown),
                ]
            }
            for line in self.lines
        ]


class ReportPage:
    """A report with all its questions, each beside the profile of the area as it is today."""

    def __init__(self, report: ParticipationReport) -> None:
        self.report = report
        self.programme = report.programme
        self.width: int = report.content["width"]
        self.stages: list[dict[str, Any]] = report.content["stages"]

    @property
    def people(self) -> int | None:
        """Return how many people were in the programme; None for few."""
        count: int | None = self.stages[0]["people"]
        return count

    @cached_property
    def questions(self) -> list[QuestionOnPage]:
        """Return the questions, each with the shares of the area."""
        shares: dict[str, dict[str, AreaShare]] = {}
        for row in AreaShare.objects.filter(programme=self.programme):
            shares.setdefault(row.question, {})[row.option] = row
        return [QuestionOnPage(self, one, shares.get(one["key"], {})) for one in self.report.content["questions"]]

    @property
    def stage_rows(self) -> list[dict[str, Any]]:
        """Return what each stage means, and how many people were in it."""
        few = _("fewer than %(number)s") % {"number": 2 * self.width}
        return [
            {
                "cells": [
                    {"text": stage["title"]},
                    {"text": _("Who %(did)s") % {"did": stage["explained"]}},
                    {"text": few if stage["people"] is None else stage["people"]},
                ]
            }
            for stage in self.stages
        ]

    @property
    def stage_columns(self) -> list[dict[str, Any]]:
        return [{"label": _("Column")}, {"label": _("Who is counted")}, {"label": _("People"), "numeric": True}]

    def band(self, lower: int | None) -> str:
        """Say a band in words."""
        if lower is None:
            return _("not shown")
        if lower == 0:
            return _("fewer than %(number)s") % {"number": self.width}
        return _("%(least)s to %(most)s") % {"least": lower, "most": lower + self.width - 1}

    @staticmethod
    def percent(number: Decimal | None) -> str:
        """Say a share of the area."""
        return "" if number is None else f"{number.normalize():f}%"

    @staticmethod
    def share(share: Share | None) -> str:
        """Say between which shares a group lies."""
        if share is None:
            return ""
        if share.least == 0:
            return _("up to %(most)s%%") % {"most": share.most}
        return _("%(least)s to %(most)s%%") % {"least": share.least, "most": share.most}

    # Files

    @property
    def file_columns(self) -> list[tuple[Any, str]]:
        """Return the columns of the files, (label, kind) each."""
        text = spreadsheets.TEXT
        first = [(_("Question"), text), (_("Answer"), text), (_("In the area, per cent"), spreadsheets.PERCENT)]
        return [*first, (_("Of those who said"), text), *((stage["title"], text) for stage in self.stages)]

    @property
    def file_rows(self) -> list[list[Any]]:
        """Return the rows of the files: what the page shows, and nothing else."""
        return [
            [
                question.title,
                line.label,
                line.area,
                self.share(line.share),
                *(self.band(band) for band in line.bands),
            ]
            for question in self.questions
            for line in question.lines
        ]
