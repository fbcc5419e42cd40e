"""Read the profile of an area from the rows of a spreadsheet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from people.models import MonitoringQuestion
from people.monitoring.models import PREFER_NOT
from wellbeing.lib.dates import today

HEADINGS = ("question", "answer", "per cent", "source", "date")
MOST_PROBLEMS = 10
MOST_ROWS = 500


@dataclass
class Read:
    """The shares by (question, source, day), and what is wrong, in sentences."""

    shares: dict[tuple[str, str, dt.date], dict[str, Decimal]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def template_rows(questions: Sequence[MonitoringQuestion]) -> list[list[str]]:
    """Return the rows of an empty file to fill in: a row for each answer."""
    return [
        [question.key, option.words, "", "", ""]
        for question in questions
        for option in question.choices
        if option.key != PREFER_NOT
    ]


def read(rows: Sequence[Sequence[str]], questions: Mapping[str, MonitoringQuestion]) -> Read:
    """Read `rows`, the first of which has the headings. Rows without a share are left out.

    A question and an answer are named by their key or their words.
    """
    found = Read()
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    missing = [name for name in HEADINGS if name not in heads]
    if missing:
        found.problems.append(
            _("The first row needs these headings: %(all)s. Missing: %(missing)s.")
            % {"all": ", ".join(HEADINGS), "missing": ", ".join(missing)}
        )
        return found
    places = [heads.index(name) for name in HEADINGS]
    sources: dict[str, tuple[str, dt.date]] = {}
    for number, row in enumerate(rows[1:], 2):
        question, answer, percent, source, day = (row[place].strip() for place in places)
        if not percent:
            continue
        problem = _take(found, questions, sources, (question, answer, percent, source, day))
        if problem and len(found.problems) < MOST_PROBLEMS:
            found.problems.append(_("Row %(number)s: %(problem)s") % {"number": number, "problem": problem})
    if not found.shares and not found.problems:
        found.problems.append(_("There is no share in this file. Fill in the column “per cent”."))
    return found


def _take(
    found: Read,
    questions: Mapping[str, MonitoringQuestion],
    sources: dict[str, tuple[str, dt.date]],
    cells: tuple[str, str, str, str, str],
) -> str:
    """Add one row to what is `found`; return what is wrong with it, or ""."""
    asked, said, share, source, day = cells
    question = next((one for one in questions.values() if _same(asked, one.key, one.title, one.words)), None)
    if question is None:
        return _("there is no question called “%(name)s”.") % {"name": asked[:60]}
    option = next((one for one in question.choices if one.key != PREFER_NOT and _same(said, one.key, one.words)), None)
    if option is None:
        return _("“%(question)s” has no answer “%(name)s”.") % {"question": question.title, "name": said[:60]}
    percent, counted_on = _number(share), _day(day)
    if percent is None or not 0 <= percent <= 100:
        return _("“%(share)s” is no share. Enter a number from 0 to 100, such as 12.5.") % {"share": share[:20]}
    if not source or len(source) > 200:
        return _("say where the number is from, in 200 letters at most.")
    if counted_on is None or counted_on > today():
        return _("“%(day)s” is no day of the past. Enter it as 21/03/2021 or 2021-03-21.") % {"day": day[:20]}
    if sources.setdefault(question.key, (source, counted_on)) != (source, counted_on):
        return _("all shares of “%(question)s” need the same source and date.") % {"question": question.title}
    shares = found.shares.setdefault((question.key, source, counted_on), {})
    if option.key in shares:
        return _("“%(name)s” is there twice.") % {"name": option.words}
    shares[option.key] = percent
    return ""


def _same(text: str, *names: str) -> bool:
    return text.casefold() in {name.casefold() for name in names}


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.removesuffix("%").strip())
        return number.quantize(Decimal("0.1")) if number.is_finite() and abs(number) < 1000 else None
    except InvalidOperation:
        return None


def _day(text: str) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007  (a day, and no moment)
        except ValueError:
            continue
    return None
