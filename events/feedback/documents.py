"""Papers of what follows an event as tagged PDFs: the form to fill in by hand, and the report."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string

from events.feedback.models import Answer, FeedbackQuestion, FeedbackWords
from events.feedback.report import EventReport
from events.planning.models import Event
from people.models import Person
from wellbeing.lib import pdf
from wellbeing.lib.dates import today

Size = Person.LetterSize
STANDARD, LARGE = "standard", "large-print"
# The print of a paper, by what its address says.
SIZES = {STANDARD: Size.STANDARD.value, LARGE: Size.LARGE_18.value, "easy-read": Size.EASY_READ.value}
LAYOUTS = {name: SIZES[name] for name in (STANDARD, LARGE)}
# The class of the page, where it is not that of a large print.
PRINTS = {Size.STANDARD.value: "", Size.EASY_READ.value: pdf.ONE_SENTENCE_A_LINE}
STYLE = ("programmes/paper.css", "events/feedback/papers/style.css")


def form_html(
    event: Event,
    questions: Sequence[FeedbackQuestion],
    size: str,
    *,
    closes_on: dt.date | None = None,
    number: int | None = None,
) -> str:
    """Return the form about `event` as HTML. It has no name on it; a `number` only tells who has answered."""
    return _html(
        "form",
        event,
        size,
        {
            "questions": questions,
            "answers": [str(answer.label) for answer in Answer],
            "topics": [str(topic.label) for topic in FeedbackWords.Topic],
            "readers": [str(readers.label) for readers in FeedbackWords.Readers],
            "closes_on": closes_on,
            "number": number,
        },
    )


def form_paper(
    event: Event,
    questions: Sequence[FeedbackQuestion],
    size: str,
    *,
    closes_on: dt.date | None = None,
    number: int | None = None,
) -> bytes:
    """Draw the form about `event`, in a print of `Person.LetterSize`."""
    return _drawn(form_html(event, questions, size, closes_on=closes_on, number=number))


def report_html(report: EventReport, layout: str) -> str:
    """Return the report on an event as HTML."""
    return _html("report", report.event, LAYOUTS[layout], {"report": report, "made_on": today()})


def report_paper(report: EventReport, layout: str) -> bytes:
    """Draw the report on an event. Raises pdf.TooMuchError."""
    return _drawn(report_html(report, layout))


def _html(name: str, event: Event, size: str, context: dict) -> str:
    return render_to_string(
        f"events/feedback/papers/{name}.html",
        {
            "service_name": settings.SERVICE_NAME,
            "event": event,
            "programme": event.programme,
            "print": PRINTS.get(size, f"print-{size}"),
            **context,
        },
    )


def _drawn(html: str) -> bytes:
    return pdf.render(html, css="\n".join(render_to_string(name) for name in STYLE))
