"""Say what is new about an event: each line as a person knew it, and as it is now."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.planning.models import Event
from wellbeing.lib.dates import day_and_times, week_day


@dataclass(frozen=True)
class Short:
    """A change as a text message says it: with what was before, without, and in the fewest words."""

    both: str
    now: str
    least: str


@dataclass(frozen=True)
class Change:
    """One thing that is new: its heading, the words of before and of now, and those of a text message."""

    label: str
    before: str
    now: str
    short: Short


def what_is_new(before: Event, now: Event, *, with_link: bool) -> list[Change]:
    """Return what differs between an event as it was and as it is now, in the words people read.

    `with_link` says whether they may know the link to join online; others read whether there is one.
    """
    rows = [
        Change(_("Day and time"), _when(before), _when(now), _short_time(before, now)),
        Change(_("Place"), _where(before), _where(now), _short_place(before, now)),
        Change(_("Link to join online"), _link(before, with_link), _link(now, with_link), _short_link(before, now)),
    ]
    return [row for row in rows if row.before != row.now]


def _when(event: Event) -> str:
    """Return the time of an event in words; of one over several days with those of each day."""
    span = day_and_times(event.starts_at, event.ends_at)
    if not event.has_several_days:
        return span
    days = "; ".join(day_and_times(day.starts_at, day.ends_at) for day in event.days)
    return _("%(span)s (%(days)s)") % {"span": span, "days": days}


def _where(event: Event) -> str:
    return ", ".join(event.place_lines) or _("Online only")


def _link(event: Event, with_link: bool) -> str:
    if not event.online_link:
        return _("No link")
    return event.online_link if with_link else _("We send it to you when you have told us that you come")


def _short_time(before: Event, now: Event) -> Short:
    was, is_now = (day_and_times(event.starts_at, event.ends_at, week_day) for event in (before, now))
    both = _("New day or time: %(now)s (it was %(before)s)") % {"now": is_now, "before": was}
    alone = _("New day or time: %(now)s") % {"now": is_now}
    return Short(both, alone, alone)


def _short_place(before: Event, now: Event) -> Short:
    if not now.place_lines:
        words = _("It is online only now")
        return Short(words, words, words)
    name, whole = now.place_lines[0], ", ".join(now.place_lines)
    same_name = before.place_lines[:1] == [name]
    was = (", ".join(before.place_lines) if same_name else "".join(before.place_lines[:1])) or _("online only")
    sentence = _("New place: %(now)s")
    return Short(
        _("New place: %(now)s (it was %(before)s)") % {"now": whole, "before": was},
        sentence % {"now": whole},
        sentence % {"now": name},
    )


def _short_link(before: Event, now: Event) -> Short:
    if not now.online_link:
        words = _("You can no longer join online")
    elif before.online_link:
        words = _("There is a new link to join online")
    else:
        words = _("You can now join online")
    return Short(words, words, words)
