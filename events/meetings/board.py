"""Who came to the meetings of a steering group, on its dashboard: numbers, no names."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.meetings.models import Meeting
from people.models import User
from programmes.models import Group, Programme
from programmes.registry import DashboardPart, Line, Shown
from wellbeing.lib.dates import short_date
from wellbeing.lib.prepared import prepared

# The latest meetings; the list of events has the rest.
MOST = 4


@prepared
def _attended(programme: int, on: dt.date) -> QuerySet[Any, Any]:
    meetings = Meeting.objects.filter(
        group__programme=programme, group__kind=Group.Kind.STEERING, event__starts_at__date__lte=on
    )
    came = Count("event__attendances", filter=Q(event__attendances__came=True))
    counted = meetings.annotate(recorded=Count("event__attendances"), came=came).filter(recorded__gt=0)
    rows = counted.order_by("-event__starts_at")
    return rows.values_list("pk", "event__title", "event__starts_at", "recorded", "came")[:MOST]


def attendance(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show how many of the members who were asked came to each of the latest meetings of the steering groups."""
    return Shown(
        lines=[
            Line(
                text=f"{title}, {short_date(starts_at)}",
                detail=_("%(came)s of %(asked)s came") % {"came": came, "asked": recorded},
                url=reverse("meeting", args=[meeting]) if user is not None else "",
            )
            for meeting, title, starts_at, recorded, came in _attended(programme.pk, on)
        ],
        nothing=_("Nobody has recorded yet who came to a meeting."),
    )


ATTENDANCE = DashboardPart("attendance", gettext_lazy("Who came to the meetings"), 72, attendance)
