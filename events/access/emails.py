"""Write what people are told about their needs at an event."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from events.access.models import EventNeed, NeedsTold
from people.directory.models import Person
from people.messages.drafts import Draft
from programmes.programme import news
from wellbeing.lib.dates import long_date

KIND = "needs_met"


def how_needs_were_met(told: NeedsTold, needs: Sequence[EventNeed]) -> Draft:
    """Write what was recorded of the needs of one person at an event, and ask whether it is so."""
    event = told.event
    params = {"event": event.title, "day": long_date(event.starts_at)}
    return news.draft(
        told.person,
        event.programme,
        _("What you needed at “%(event)s”: is this right?") % params,
        [
            _("You told us what you need. This is what we recorded after “%(event)s”, %(day)s:") % params,
            *(in_words(need) for need in needs),
            _("If something is not so, please tell us. You do not need to sign in."),
        ],
        key=f"needs-met:{told.pk}:{told.times}",
        kind=KIND,
        url=told.link,
        label=_("Say whether it is so"),
    )


def reply_written_down(told: NeedsTold, needs: Sequence[EventNeed], by: Person) -> Draft:
    """Confirm to somebody what a colleague wrote down for them about how their needs were met."""
    event = told.event
    params = {"event": event.title, "name": by.full_name}
    last = max(need.replied_at.isoformat() for need in needs if need.replied_at)
    return news.draft(
        told.person,
        event.programme,
        _("We wrote down what you said about “%(event)s”") % params,
        [
            _("%(name)s wrote down for you what you said about how your needs were met at “%(event)s”:") % params,
            *(_reply_in_words(need) for need in needs),
            _("If that is not right, you can change it. You do not need to sign in."),
        ],
        key=f"needs-reply:{told.pk}:{last}",
        kind=KIND,
        url=told.link,
        label=_("Change what you said"),
    )


def _reply_in_words(need: EventNeed) -> str:
    words = f"{in_words(need)} {need.get_reply_display()}"
    return f"{words}: {need.reply_words}" if need.reply_words else f"{words}."


def in_words(need: EventNeed) -> str:
    """Say what was needed, and how far it was met."""
    result = str(need.get_result_display())
    if not need.note:
        return _("%(need)s: %(result)s.") % {"need": need, "result": result}
    return _("%(need)s: %(result)s. %(note)s") % {"need": need, "result": result, "note": need.note}
