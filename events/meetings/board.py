"""Who came to the meetings of a steering group, on its dashboard: numbers, no names."""

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.meetings.models import Meeting
from people.models import User
from programmes.models import Group, Programme
from programmes.registry import DashboardPart, Line, Shown
from wellbeing.lib.dates import short_date

# The latest meetings; the list of events has the rest.
MOST = 4


def attendance(user: User | None, programme: Programme, on: dt.date) -> Shown:
    """Show how many of the members who were asked came to each of the latest meetings of the steering groups."""
    meetings = (
        Meeting.objects.filter(
            group__programme=programme, group__kind=Group.Kind.STEERING, event__starts_at__date__lte=on
        )
        .annotate(
            recorded=Count("event__attendances"),
            came=Count("event__attendances", filter=Q(event__attendances__came=True)),
        )
        .filter(recorded__gt=0)
        .select_related("event", "group")
        .order_by("-event__starts_at")[:MOST]
    )
    return Shown(
        lines=[
            Line(
                text=f"{meeting.event}, {short_date(meeting.event.starts_at.date())}",
                detail=_("%(came)s of %(asked)s came") % {"came": meeting.came, "asked": meeting.recorded},
                url=reverse("meeting", args=[meeting.pk]) if user is not None else "",
            )
            for meeting in meetings
        ],
        nothing=_("Nobody has recorded yet who came to a meeting."),
    )


ATTENDANCE = DashboardPart("attendance", gettext_lazy("Who came to the meetings"), 72, attendance)
