"""Note at which event something was said."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from events.planning.models import Event
from events.said import queries
from events.said.models import SaidAtEvent
from programmes.heard import rules
from programmes.models import Contribution
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def note(*, contributions: Sequence[Contribution], event: Event | None, by: User) -> None:
    """Note the event at which `contributions` of one programme were said, in place of what was noted; None for none.

    Raises ActionError beside "place" for an event of another programme, one that has not begun, and a cancelled one.
    """
    for contribution in contributions:
        rules.can_record(by, contribution.programme).insist()
        if event is None:
            SaidAtEvent.objects.filter(contribution=contribution).delete()
            continue
        noted = SaidAtEvent.objects.filter(contribution=contribution).first()
        if noted and noted.event_id == event.pk:
            continue
        if not queries.events_of(contribution.programme, timezone.now()).filter(pk=event.pk).exists():
            raise ActionError(_("Choose an event of this programme that has taken place."), field="place")
        SaidAtEvent.objects.update_or_create(contribution=contribution, defaults={"event": event})
