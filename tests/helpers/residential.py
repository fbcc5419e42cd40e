"""An event of two days and a night: from 10am to 8pm, and from 9am to 1pm."""

import datetime as dt

from django.utils import timezone

from tests import factories as make

SECOND_STARTS, FIRST_ENDS = dt.time(9), dt.time(20)


def a_residential(programme, organiser=None, days=20, **fields):
    """Return an event of two days whose first is `days` from today: 10 hours, then 4."""
    first = timezone.localdate() + dt.timedelta(days=days)
    zone = timezone.get_default_timezone()
    return make.an_event(
        programme,
        organiser=organiser,
        title="Two days by the water",
        starts_at=dt.datetime.combine(first, dt.time(10), zone),
        ends_at=dt.datetime.combine(first + dt.timedelta(days=1), dt.time(13), zone),
        day_starts=[SECOND_STARTS],
        day_ends=[FIRST_ENDS],
        reply_by=first,
        **fields,
    )
