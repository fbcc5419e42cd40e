"""Keep on invitations who helps to run an event, once they run one of its sessions."""

from collections.abc import Iterable

from events.planning.models import Event
from wellbeing.lib.types import PersonId


def note_facilitators(event: Event, people: Iterable[PersonId]) -> None:
    """Mark those of `people` who are invited to `event` as helping to run it: they run a session of it."""
    for invitation in event.invitations.filter(person__in=list(people), facilitates=False):
        invitation.facilitates = True
        invitation.save(update_fields=["facilitates"])
