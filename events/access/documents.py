"""Draw the lists of an event as tagged PDFs, in standard or large print."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string

from events.access.page import AccessList
from people.models import Person
from wellbeing.lib import pdf

STANDARD, LARGE = "standard", "large-print"
# The class of the page, by layout.
LAYOUTS = {STANDARD: "", LARGE: f"print-{Person.LetterSize.LARGE_18.value}"}


def html_of(page: AccessList, layout: str, on: dt.date) -> str:
    """Return a list of an event as HTML, as it is on the day `on`."""
    context = {
        "page": page,
        "event": page.event,
        "programme": page.event.programme,
        "made_on": on,
        "print": LAYOUTS[layout],
        "service_name": settings.SERVICE_NAME,
    }
    return render_to_string("events/access/list_paper.html", context)


def draw(page: AccessList, layout: str, on: dt.date) -> bytes:
    """Draw a list of an event. Raises pdf.TooMuchError."""
    return pdf.render(html_of(page, layout, on), css=render_to_string("programmes/paper.css"))
