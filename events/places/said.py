"""Say in words how the places of an event stand."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.places.calculations import PlaceCount
from events.places.models import Places, WaitingPlace
from wellbeing.lib.dates import long_date, time_of_day


def in_numbers(count: PlaceCount, places: Places | None) -> str:
    """Say how many places are taken and kept: "12 of 20 places are taken, 4 kept for …"; "" without a limit."""
    if count.number is None:
        return ""
    words = ngettext(
        "%(taken)s of %(number)s place is taken", "%(taken)s of %(number)s places are taken", count.number
    ) % {"taken": count.taken, "number": count.number}
    parts = [words]
    if count.held:
        parts.append(ngettext("%(n)s is offered", "%(n)s are offered", count.held) % {"n": count.held})
    if count.kept:
        kept = ngettext(
            "%(n)s is kept for people with lived experience",
            "%(n)s are kept for people with lived experience",
            count.kept,
        ) % {"n": count.kept}
        if places and places.open_from:
            kept = _("%(kept)s until %(day)s") % {"kept": kept, "day": long_date(places.open_from)}
        parts.append(kept)
    return f"{', '.join(parts)}."


def taken_of(taken: int, number: int) -> str:
    """Say "12 of 20", for a list."""
    return _("%(taken)s of %(number)s") % {"taken": taken, "number": number}


def deadline_in_words(row: WaitingPlace) -> str:
    """Say until when an offer is held."""
    assert row.until is not None
    return _("%(time)s on %(day)s") % {"time": time_of_day(row.until), "day": long_date(row.until)}
