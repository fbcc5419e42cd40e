"""Who was in a programme, spoke and stayed: the stages of taking part that this app knows.

Events and payments register the others (`programmes.registry.ParticipationStage`).
"""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes import registry
from programmes.decisions.models import Position
from programmes.heard.models import Contributor
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Membership, Programme, Role
from programmes.registry import ParticipationStage
from wellbeing.lib.types import PersonId

IN = "in"


def _between(first: dt.date, last: dt.date) -> Q:
    return Q(starts_on__lte=last) & (Q(ends_on=None) | Q(ends_on__gte=first))


def in_programme(programme: Programme, first: dt.date, last: dt.date) -> set[PersonId]:
    """Return who had a role or seat with lived experience on some day."""
    held = Membership.objects.filter(_between(first, last), programme=programme, role=Role.LIVED_EXPERIENCE)
    seats = Term.objects.filter(
        _between(first, last), group__programme=programme, seat=Term.Seat.LIVED_EXPERIENCE, deputy_for=None
    )
    return {*held.values_list("person", flat=True), *seats.values_list("person", flat=True)}


def spoke(programme: Programme, first: dt.date, last: dt.date) -> set[PersonId]:
    """Return who said something that is written down, or gave a view on a proposal."""
    said = Contributor.objects.filter(contribution__programme=programme, contribution__said_on__range=(first, last))
    views = Position.objects.filter(decision__programme=programme, given_at__date__range=(first, last))
    return {*said.values_list("person", flat=True), *views.values_list("member", flat=True)}


def stayed(programme: Programme, _first: dt.date, last: dt.date) -> set[PersonId]:
    """Return who still had a role or seat on the last day."""
    return in_programme(programme, last, last)


def stages() -> list[ParticipationStage]:
    """Return the stages of every app, in their order; the first is everybody the others are counted among."""
    return sorted(registry.participation_stages, key=lambda stage: stage.order)


OWN = [
    ParticipationStage(
        IN, _("In the programme"), _("had a role or seat with lived experience on some day"), 0, in_programme
    ),
    ParticipationStage(
        "spoke", _("Spoke"), _("said something that is written down, or gave a view on a proposal"), 30, spoke
    ),
    ParticipationStage("stayed", _("Stayed"), _("still had a role or seat on the last day"), 50, stayed),
]
