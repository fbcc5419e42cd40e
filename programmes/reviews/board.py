"""The gap of the latest 4Pi review on the dashboard: both groups side by side, the largest gap first."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.programme.models.programmes import Programme
from programmes.registry import DashboardPart, Figure, Line, Shown
from programmes.reviews.models import ReviewRound, Side
from programmes.reviews.results import Results
from wellbeing.lib.dates import short_date
from wellbeing.lib.types import User

# The dashboard says where the two groups differ most; the results say the rest.
MOST = 3


def gap(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show the statements of the latest closed review on which people with lived experience and staff differ most."""
    review = ReviewRound.objects.filter(programme=programme, closed_on__lte=on).last_closed()
    if review is None:
        return Shown(nothing=_("No 4Pi review has been closed yet."))
    results = Results(review)
    url = reverse("review", args=[review.pk]) if user is not None else ""
    wide = [line for line in results.by_gap if line.gap is not None][:MOST]
    figures = [Figure(_("Largest gap"), str(abs(wide[0].gap)), url)] if wide and wide[0].gap is not None else []
    return Shown(
        figures=figures,
        lines=[
            Line(
                text=line.statement.words,
                detail=_("lived experience %(lived)s, staff %(staff)s")
                % {"lived": line.cells[Side.LIVED_EXPERIENCE].mean, "staff": line.cells[Side.STAFF].mean},
            )
            for line in wide
        ],
        more=(str(review), url) if url else None,
        note=_("From 1, not at all, to 5, fully. Closed on %(date)s.") % {"date": short_date(review.closed_on)}
        if review.closed_on
        else "",
        nothing=_("Too few people answered the latest review for a gap to be shown."),
    )


GAP = DashboardPart("gap", gettext_lazy("4Pi: where the two groups differ most"), 90, gap)
