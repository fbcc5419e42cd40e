"""Find the day on which a role or a term of office ends."""

import datetime as dt

from django.utils.translation import gettext as _

from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Membership
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.errors import ActionError


def last_day_of(row: Membership | Term, last_day: dt.date | None) -> dt.date:
    """Return the day on which `row` ends: `last_day`, or yesterday when it is to stop at once (None).

    Raises ActionError when it would end before it began.
    """
    if last_day is None:
        # A row from today on that stops at once never held: it ends the day before it begins.
        return max(today(), row.starts_on) - dt.timedelta(days=1)
    if last_day < row.starts_on:
        raise ActionError(
            _("It began on %(date)s. The last day cannot be before that.") % {"date": short_date(row.starts_on)},
            field="last_day",
        )
    return last_day


def ends_in_words(row: Membership | Term) -> str:
    """Tell the person of `row` in a sentence when it ends. It has an end."""
    assert row.ends_on is not None
    if row.ends_on < today():
        return _("It has ended.")
    return _("Its last day is %(date)s.") % {"date": short_date(row.ends_on)}
