"""The moments at which the clock of an installation does something odd: midnight, and the changes of summer time."""

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def odd_moments(now):
    """Return [(what, moment)]: the next midnight in London after `now`, then the next two changes of summer time."""
    local = now.astimezone(LONDON)
    tomorrow = dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time(), LONDON)
    found = [("midnight", tomorrow)]
    hour = dt.timedelta(hours=1)
    moment = tomorrow.astimezone(dt.UTC)
    while len(found) < 3:
        moment += hour
        before, after = (at.astimezone(LONDON).utcoffset() or dt.timedelta() for at in (moment - hour, moment))
        if before != after:
            found.append(("clocks go forward" if after > before else "clocks go back", moment))
    return [(what, moment.astimezone(dt.UTC)) for what, moment in found]
