"""Say in words when somebody takes a break."""

from django.utils.translation import gettext as _

from programmes.programme.models.pauses import Pause
from wellbeing.lib.dates import long_date


def break_in_words(pause: Pause) -> str:
    """Tell the person of a break in a sentence from when to when it goes."""
    params = {"day": long_date(pause.starts_on)}
    if pause.ends_on is None:
        return _("You are taking a break from %(day)s, until you tell us that you are back.") % params
    return _("You are taking a break from %(day)s. The last day of it is %(last)s.") % {
        **params,
        "last": long_date(pause.ends_on),
    }
