"""Draw the board paper as a tagged PDF, in standard print, large print or Easy Read."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string

from people.models import Person
from programmes.dashboard.models import BoardPaper
from programmes.dashboard.page import parts_for
from programmes.programme.models.programmes import Programme
from wellbeing.lib import pdf

JOB_KIND = "board_paper"
Layout = BoardPaper.Layout
# The class of the page, by layout.
PRINT = {
    Layout.STANDARD: "",
    Layout.LARGE: f"print-{Person.LetterSize.LARGE_18.value}",
    Layout.EASY_READ: pdf.ONE_SENTENCE_A_LINE,
}


def html_of(programme: Programme, layout: str, on: dt.date) -> str:
    """Return the dashboard as it is on the day `on` as HTML, as each of those who may open it may read it."""
    context = {
        "programme": programme,
        "parts": parts_for(None, programme, on),
        "made_on": on,
        "print": PRINT[Layout(layout)],
        "service_name": settings.SERVICE_NAME,
    }
    name = "easy_read" if layout == Layout.EASY_READ else "paper"
    return render_to_string(f"programmes/dashboard/{name}.html", context)


def paper(programme: Programme, layout: str, on: dt.date) -> bytes:
    """Draw the board paper of `programme` on the day `on`. Raises pdf.TooMuchError."""
    return pdf.render(html_of(programme, layout, on), css=render_to_string("programmes/paper.css"))
