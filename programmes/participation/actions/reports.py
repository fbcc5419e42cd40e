"""Make a report on who takes part: once for each quarter."""

from django.utils.translation import gettext_lazy as _

from programmes.participation import building, periods, rules
from programmes.participation.models import ParticipationReport
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


class ParticipationError(ActionError):
    """A report cannot be made, or the profile of the area not be set so."""


WHY_NOT = {
    building.FEW: _("Too few people with lived experience were in the programme then: nothing could be shown."),
    building.SAME: _(
        "These are almost the same people as in an earlier report, so this one would show nothing. Its numbers still"
        " stand. Make the report on a later quarter, once more people have joined or left."
    ),
}


@action
def make(*, programme: Programme, number: int, by: User) -> ParticipationReport:
    """Make the report on the quarter of this `number` from the answers of today, and return it.

    Raises ParticipationError before it is over, where it is made already, and where it would show nothing. Locks all
    programmes, so that no two reports are made at once: each looks at those before.
    """
    list(Programme.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    period = periods.period_of(programme, number, today())
    rules.can_make(by, programme, period).insist(ParticipationError)
    assert period is not None
    if why := building.nothing_to_show(programme, period, today()):
        raise ParticipationError(WHY_NOT[why])
    return ParticipationReport.objects.create(
        programme=programme,
        first_on=period.first,
        last_on=period.last,
        made_on=today(),
        made_by=by.person,
        content=building.build(programme, period, today()),
    )
