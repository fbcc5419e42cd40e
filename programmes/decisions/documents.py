"""Draw the record of one decision as a tagged PDF, in standard or large print."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string

from programmes.decisions.page import DecisionPage
from wellbeing.lib import pdf

STANDARD, LARGE = "standard", "large-print"
LAYOUTS = (STANDARD, LARGE)


def html_of(page: DecisionPage, layout: str, on: dt.date) -> str:
    """Return the record of a closed decision as HTML: all that `page` shows its reader, and no name that it does not.

    `on` is the day it is made.
    """
    decision = page.decision
    context = {
        "page": page,
        "decision": decision,
        "programme": decision.programme,
        "made_on": on,
        # Large print is as large as its reader chose.
        "print": f"print-{page.user.person.large_print.value}" if layout == LARGE else "",
        "service_name": settings.SERVICE_NAME,
    }
    return render_to_string("programmes/decisions/record.html", context)


def record(page: DecisionPage, layout: str, on: dt.date) -> bytes:
    """Draw the record of a closed decision for the reader of `page`. Raises pdf.TooMuchError."""
    return pdf.render(html_of(page, layout, on), css=render_to_string("programmes/paper.css"))
