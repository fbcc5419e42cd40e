"""Count who takes part, and keep of it what can be shown: bands, and no column that would give a count away.

Answers are read here and forgotten here. Every column that was shown before is looked at, of any programme: two
reports, two programmes and two stages are a pair of columns like any other.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from people.models import MonitoringQuestion
from people.monitoring import queries as monitoring
from programmes.heard.queries import fewest_for_members
from programmes.participation.models import ParticipationReport
from programmes.participation.periods import Period
from programmes.participation.stages import IN, stages
from programmes.programme.models.programmes import Programme
from wellbeing.lib.banding import Column, bands_of, is_too_close, keeps_apart
from wellbeing.lib.types import PersonId

# The line of those who did not answer.
UNANSWERED = "unanswered"
# Why a column is not shown.
FEW, SAME, OPEN = "few", "same", "open"


@dataclass(frozen=True)
class Earlier:
    """A stage of an earlier report: its people, and by question the bands that were shown."""

    people: frozenset[PersonId]
    bands: Mapping[str, Mapping[str, int]]


def build(programme: Programme, period: Period, on: dt.date) -> dict[str, Any]:
    """Return the content of the report on `period`, counted with the answers of the day `on`."""
    width = fewest_for_members(on)
    people = people_of_stages(programme, period.first, period.last)
    earlier = [one for one in shown_before() if one.people & people[IN]]
    everybody = people[IN].union(*(one.people for one in earlier))
    questions = [
        _question(row, people, earlier, monitoring.answers_to_count(everybody, row.key), width)
        for row in monitoring.questions(on)
    ]
    return {
        "width": width,
        "stages": [
            {
                "key": stage.key,
                "title": str(stage.title),
                "explained": str(stage.explained),
                "people": len(people[stage.key]) if len(people[stage.key]) >= 2 * width else None,
            }
            for stage in stages()
        ],
        "questions": questions,
    }


def nothing_to_show(programme: Programme, period: Period, on: dt.date) -> str:
    """Return why a report on `period` would show nothing, FEW or SAME, or "". It depends on no answer."""
    width = fewest_for_members(on)
    people = people_of_stages(programme, period.first, period.last)[IN]
    if len(people) < 2 * width:
        return FEW
    return SAME if any(_is_said_already(people, one.people, width) for one in shown_before()) else ""


def people_of_stages(programme: Programme, first: dt.date, last: dt.date) -> dict[str, frozenset[PersonId]]:
    """Return by stage who was in it between two days, all of them people in the programme."""
    found: dict[str, frozenset[PersonId]] = {}
    for stage in stages():
        people = frozenset(stage.people(programme, first, last))
        found[stage.key] = people & found[IN] if IN in found else people
    return found


def shown_before() -> list[Earlier]:
    """Return every column that a report shows, of any programme, with the people it is about."""
    found = []
    for report in ParticipationReport.objects.select_related("programme").order_by("pk"):
        people = people_of_stages(report.programme, report.first_on, report.last_on)
        for key, members in people.items():
            bands = {
                question["key"]: question["columns"][key]["bands"]
                for question in report.content["questions"]
                if question["columns"].get(key, {}).get("bands")
            }
            if bands:
                found.append(Earlier(members, bands))
    return found


def _question(
    question: MonitoringQuestion,
    people: Mapping[str, frozenset[PersonId]],
    earlier: Sequence[Earlier],
    said: Mapping[PersonId, str],
    width: int,
) -> dict[str, Any]:
    lines = [*(one.key for one in question.choices), UNANSWERED]
    answers = _Answers(said, lines)
    before = [Column(one.people, one.bands[question.key]) for one in earlier if question.key in one.bands]
    here: list[Column] = []
    columns: dict[str, dict[str, Any]] = {}
    for key, members in people.items():
        # Whatever was asked then: people are not counted twice.
        if any(_is_said_already(members, one.people, width) for one in earlier):
            columns[key] = {"why": SAME}
            continue
        columns[key] = _column(members, [*before, *here], answers, lines, width)
        if bands := columns[key].get("bands"):
            here.append(Column(members, bands))
    return {
        "key": question.key,
        "title": question.title,
        "words": question.words,
        "lines": [[one.key, one.words] for one in question.choices],
        "columns": columns,
    }


def _is_said_already(people: frozenset[PersonId], before: frozenset[PersonId], width: int) -> bool:
    """Return whether an earlier report is about these people, or almost: a change since would tell of answers."""
    return people == before or is_too_close(people, before, width)


class _Answers(dict[PersonId, str]):
    """The line of each person; of those who did not answer, or nothing that is asked now, the line for that."""

    def __init__(self, said: Mapping[PersonId, str], lines: Iterable[str]) -> None:
        known = set(lines)
        super().__init__({person: option for person, option in said.items() if option in known})

    def __missing__(self, person: PersonId) -> str:
        return UNANSWERED


def _column(
    people: frozenset[PersonId], before: Iterable[Column], answers: Mapping[PersonId, str], lines: list[str], width: int
) -> dict[str, Any]:
    """Return the bands of one column, or why it is not shown."""
    if len(people) < 2 * width:
        return {"why": FEW}
    if any(is_too_close(people, one.people, width) for one in before):
        return {"why": SAME}
    counts = dict.fromkeys(lines, 0)
    for person in people:
        counts[answers[person]] += 1
    bands = bands_of(counts, width)
    if bands is None or not all(keeps_apart(Column(people, bands), one, answers, width) for one in before):
        return {"why": OPEN}
    return {"bands": bands}
