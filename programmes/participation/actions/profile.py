"""Set the profile of the area: the share of each group, with where the number is from."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from people.models import MonitoringQuestion
from people.monitoring import queries as monitoring
from programmes.participation import importing, rules
from programmes.participation.actions.reports import ParticipationError
from programmes.participation.models import AreaShare
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.types import User

# Shares may add up to this much, as they are rounded.
MOST = Decimal("100.9")


@action
def set_shares(
    *,
    programme: Programme,
    question: MonitoringQuestion,
    shares: Mapping[str, Decimal],
    source: str,
    counted_on: dt.date,
    by: User,
) -> list[AreaShare]:
    """Replace the shares of the answers to `question` by `shares`, {key of an answer: per cent}. Return the rows.

    Raises ParticipationError for shares that add up to more than a hundred. Locks the programme.
    """
    rules.can_set_profile(by, programme).insist(ParticipationError)
    Programme.objects.select_for_update().get(pk=programme.pk)
    if sum(shares.values()) > MOST:
        raise ParticipationError(
            _("%(question)s: the shares add up to %(sum)s%%. Together they are 100%% at most.")
            % {"question": question.title, "sum": sum(shares.values())}
        )
    AreaShare.objects.filter(programme=programme, question=question.key).exclude(option__in=list(shares)).delete()
    return [
        AreaShare.objects.update_or_create(
            programme=programme,
            question=question.key,
            option=option,
            defaults={"percent": percent, "source": source, "counted_on": counted_on, "set_by": by.person},
        )[0]
        for option, percent in shares.items()
    ]


@action
def bring_in(*, programme: Programme, rows: Iterable[list[str]], by: User) -> int:
    """Set the shares that stand in the rows of a file, all of them or none. Return how many.

    Raises ParticipationError with the rows that cannot be taken, and why. Locks the programme.
    """
    rules.can_set_profile(by, programme).insist(ParticipationError)
    questions = {one.key: one for one in monitoring.questions(today())}
    read = importing.read(list(rows), questions)
    if read.problems:
        raise ParticipationError("\n".join(read.problems), field="file")
    for (question, source, counted_on), shares in read.shares.items():
        set_shares(
            programme=programme,
            question=questions[question],
            shares=shares,
            source=source,
            counted_on=counted_on,
            by=by,
        )
    return sum(len(shares) for shares in read.shares.values())
