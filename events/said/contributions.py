"""Let staff choose the event at which something was said, and lead from it to that event."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.planning.models import Event
from events.said import actions, queries
from programmes.models import Contribution, Programme
from programmes.registry import SaidPlace
from wellbeing.lib.dates import short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


def _choices(programme: Programme) -> list[tuple[str, str]]:
    events = queries.events_of(programme, timezone.now())
    return [(str(event.pk), f"{event.title}, {short_date(event.starts_at)}") for event in events]


def _key_of(contribution: Contribution) -> str:
    event = queries.event_of(contribution)
    return str(event.pk) if event else ""


def _note(contributions: Sequence[Contribution], key: str, by: User) -> None:
    event = Event.objects.filter(pk=key).first() if key.isdecimal() else None
    if key and event is None:
        raise ActionError(_("Choose an event of this programme that has taken place."), field="place")
    actions.note(contributions=contributions, event=event, by=by)


def _link(user: User, contribution: Contribution) -> tuple[str, str] | None:
    event = queries.event_of(contribution)
    if event is None or not Event.objects.visible_to(user).filter(pk=event.pk).exists():
        return None
    return (str(event), event.get_absolute_url()) if queries.may_link(event, user) else None


EVENT = SaidPlace(
    label=gettext_lazy("At which event?"),
    help_text=gettext_lazy("Those who may see the event find it there, with what became of it."),
    empty=gettext_lazy("None of these"),
    choices=_choices,
    key_of=_key_of,
    note=_note,
    link=_link,
)
