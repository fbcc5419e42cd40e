"""Draw the paper about impact as a tagged PDF, in standard or large print."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string

from people.models import Person
from programmes.heard import queries as heard_queries
from programmes.impact import queries, wording
from programmes.impact.models import ImpactPaper
from programmes.programme.models.programmes import Programme
from wellbeing.lib import pdf

JOB_KIND = "impact_paper"


def html_of(programme: Programme, layout: str, on: dt.date) -> str:
    """Return the paper as it is on the day `on` as HTML. Counts of people are those that everybody may read."""
    impact = queries.impact_of(programme, on, heard_queries.fewest_for_everybody(on))
    large = Person.LetterSize.LARGE_18 if layout == ImpactPaper.Layout.LARGE else ""
    context = {
        "programme": programme,
        "impact": impact,
        "answers": wording.answers_in_words(impact),
        "replies": wording.replies_in_words(impact),
        "made_on": on,
        "print": large,
        "service_name": settings.SERVICE_NAME,
    }
    return render_to_string("programmes/impact/paper.html", context)


def paper(programme: Programme, layout: str, on: dt.date) -> bytes:
    """Draw the paper about the impact of `programme` on the day `on`. Raises pdf.TooMuchError."""
    return pdf.render(html_of(programme, layout, on), css=render_to_string("programmes/impact/paper.css"))
