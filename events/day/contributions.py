"""Tell the report on who takes part who was invited to events, and who came."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.day.models import Attendance
from events.inviting.models import Invitation
from programmes.models import Programme
from programmes.registry import ParticipationStage
from wellbeing.lib.types import PersonId


def _events(programme: Programme, first: dt.date, last: dt.date) -> Q:
    return Q(event__programme=programme, event__starts_at__date__range=(first, last))


def asked(programme: Programme, first: dt.date, last: dt.date) -> set[PersonId]:
    """Return who was invited to an event between two days, or came to one all the same."""
    invited = Invitation.objects.filter(_events(programme, first, last))
    return {*invited.values_list("person", flat=True), *came(programme, first, last)}


def came(programme: Programme, first: dt.date, last: dt.date) -> set[PersonId]:
    """Return who came to an event between two days."""
    there = Attendance.objects.filter(_events(programme, first, last), came=True)
    return set(there.values_list("person", flat=True))


STAGES = [
    ParticipationStage("asked", _("Invited"), _("were invited to an event, or came to one"), 10, asked),
    ParticipationStage("came", _("Came"), _("came to an event"), 20, came),
]
