"""Check the values of a rule of reminders before it is set: the sentences of the action and of the form."""

import datetime as dt

from django.utils.translation import gettext as _

from programmes.reminders.models import MAX_DAYS, MAX_TIMES
from wellbeing.lib.dates import today


def problems_of(
    days: int | None, at_most: int | None, again_after: int | None, effective_from: dt.date | None
) -> dict[str, str]:
    """Return the problems of a rule with these values by field, each in a sentence. None is a value not known yet."""
    problems = {}
    if days is not None and not 0 <= days <= MAX_DAYS:
        problems["days"] = days_wanted()
    if at_most is not None and not 1 <= at_most <= MAX_TIMES:
        problems["at_most"] = times_wanted()
    elif at_most is not None and at_most > 1 and not 1 <= (again_after or 0) <= MAX_DAYS:
        problems["again_after"] = days_between_wanted()
    if effective_from is not None and effective_from < today():
        problems["effective_from"] = _("The day this starts must be today or later.")
    return problems


def days_wanted() -> str:
    """Return what to enter for the day of the first reminder."""
    return _("Enter how many days there are between that day and the first reminder, from 0 to %(most)s.") % {
        "most": MAX_DAYS
    }


def times_wanted() -> str:
    """Return what to enter for the number of reminders."""
    return _("Enter how many reminders a person gets at most, from 1 to %(most)s.") % {"most": MAX_TIMES}


def days_between_wanted() -> str:
    """Return what to enter for the days between two reminders."""
    return _("Enter how many days there are between two reminders, from 1 to %(most)s.") % {"most": MAX_DAYS}
