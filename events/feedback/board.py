"""Show on the steering group's dashboard how people found the events of a year, both groups side by side."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.feedback.models import Side
from events.feedback.results import year_of
from people.models import User
from programmes.models import Programme
from programmes.registry import DashboardPart, Line, Shown


def feedback(_user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show each question about the events of the last year: the mean of each group, from 1, no, to 5, yes."""
    lines, events = year_of(programme, on)
    note = ngettext(
        "From 1, no, to 5, yes. From %(n)s event; groups of which few people answered are left out.",
        "From 1, no, to 5, yes. From %(n)s events; groups of which few people answered are left out.",
        events,
    ) % {"n": events}
    return Shown(
        lines=[
            Line(
                text=line.question.words,
                detail=_("lived experience %(lived)s, staff and partners %(staff)s")
                % {
                    "lived": _words(line.cells[Side.LIVED_EXPERIENCE].mean),
                    "staff": _words(line.cells[Side.STAFF].mean),
                },
            )
            for line in lines
        ],
        note=note if lines else "",
        nothing=_(
            "Nothing can be shown yet: feedback on an event is shown once it is closed and enough have answered."
        ),
    )


def _words(mean):
    return _("too few") if mean is None else mean


FEEDBACK = DashboardPart("feedback", gettext_lazy("How people found the events"), 76, feedback)
