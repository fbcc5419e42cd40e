"""Say in words how often somebody wishes to be invited, and that they take a break."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.choosing.calculations import LimitStanding
from programmes.models import Pause
from wellbeing.lib.dates import short_date


def limit_in_words(number: int, months: int) -> str:
    """Say a wish how often to be invited: "At most 2 invitations in 6 months"."""
    if number == 0:
        return _("No invitations at present")
    at_most = ngettext("At most %(n)s invitation", "At most %(n)s invitations", number) % {"n": number}
    within = ngettext("in %(n)s month", "in %(n)s months", months) % {"n": months}
    return f"{at_most} {within}"


def standing_in_words(standing: LimitStanding) -> str:
    """Say how often somebody was asked, and how often they wish to be: "Asked 2 times, wishes: at most 2 …"."""
    if standing.number == 0:
        return _("Wishes no invitations at present")
    asked = ngettext("asked %(n)s time", "asked %(n)s times", standing.asked) % {"n": standing.asked}
    return _("%(wish)s: %(asked)s") % {"wish": limit_in_words(standing.number, standing.months), "asked": asked}


def away_in_words(pause: Pause) -> str:
    """Say until when somebody takes a break: "Takes a break until 3 March 2027"."""
    if pause.ends_on is None:
        return _("Takes a break")
    return _("Takes a break until %(day)s") % {"day": short_date(pause.ends_on)}
