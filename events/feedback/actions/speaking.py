"""Note who spoke at an event, by kind and not by name."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.feedback import rules
from events.feedback.models import HowMany, WhoSpoke
from events.planning.models import Event
from events.planning.transitions import lock_event
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


@action
def note(*, event: Event, lived_experience: str, partners: str, staff: str, by: User, note: str = "") -> WhoSpoke:
    """Note about how many of each kind of people spoke at `event` (HowMany), and return what was noted.

    A later note replaces the one before, which stays in the history. Raises ActionError before the event has started
    and for an answer that there is not. Locks the event.
    """
    event = lock_event(event.pk)
    rules.can_note_who_spoke(by, event).insist()
    answers = {"lived_experience": lived_experience, "partners": partners, "staff": staff}
    for field, answer in answers.items():
        if answer not in HowMany.values:
            raise ActionError(_("Choose about how many spoke."), field=field)
    row = WhoSpoke.objects.filter(event=event).first() or WhoSpoke(event=event)
    for field, answer in answers.items():
        setattr(row, field, answer)
    row.note, row.noted_by, row.noted_at = note.strip(), by.person, timezone.now()
    row.save()
    return row
