"""Write what a text message says of an event: with as much as it has room for, the longest words first."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from events.inviting.changes import Change
from events.inviting.models import Invitation
from events.planning.models import Event
from wellbeing.lib.dates import day_and_times, week_day

# Letters of a title that leave room for the day and the place.
TITLE = 45


def invited(event: Event) -> list[str]:
    """Return the words of an invitation: what it is to, on which day, at what time, and where."""
    return _with_when_and_where(_("You are invited: %(event)s, %(when)s, %(place)s"), event)


def cancelled(event: Event) -> list[str]:
    """Return the words about an event that will not take place: which, and when and where it was to be."""
    return _with_when_and_where(_("Cancelled, it will not take place: %(event)s, %(when)s, %(place)s"), event)


def noted(invitation: Invitation) -> list[str]:
    """Return the words that confirm a reply: what was noted, of which event, and when and where it is."""
    sentence = _("We have noted “%(reply)s”: %(event)s, %(when)s, %(place)s")
    return _with_when_and_where(sentence, invitation.event, reply=invitation.get_reply_display())


def soon(invitation: Invitation) -> list[str]:
    """Return the words shortly before an event: that it is soon, when and where, and to say if one cannot come."""
    return _with_when_and_where(_("Soon: %(event)s, %(when)s, %(place)s. Can you still come?"), invitation.event)


def changed(event: Event, news: Sequence[Change]) -> list[str]:
    """Return the words about a changed event: what is new, and what it was before where there is room.

    Where it is not known what somebody knew of before, all of it as it is now.
    """
    if not news:
        return _with_when_and_where(_("Changed: %(event)s, now %(when)s, %(place)s"), event)
    first, *rest = news
    sentences = [
        [change.short.both for change in news],
        [first.short.both, *(change.short.now for change in rest)],
        [change.short.now for change in news],
        [change.short.least for change in news],
    ]
    words = [_changed(event.title, each) for each in sentences]
    return [*words, _changed(_cut(event.title), sentences[-1])]


def _changed(title: str, sentences: Sequence[str]) -> str:
    return _("Changed: %(event)s. %(news)s") % {"event": title, "news": ". ".join(sentences)}


def _with_when_and_where(sentence: str, event: Event, **more: object) -> list[str]:
    when = day_and_times(event.starts_at, event.ends_at, week_day)
    lines = event.place_lines or [_("online")]
    return [
        sentence % {"event": title, "when": when, "place": place, **more}
        for title, place in (
            (event.title, ", ".join(lines)),
            (event.title, lines[0]),
            (_cut(event.title), lines[0]),
        )
    ]


def _cut(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"
