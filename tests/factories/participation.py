"""Who takes part, for tests: people who answered, and a report that was made."""

import datetime as dt

from people.models import MonitoringAnswer
from people.monitoring import queries as monitoring
from people.monitoring.keys import key_of
from programmes.models import Membership, ParticipationReport, Role
from programmes.participation import building
from programmes.participation.periods import Period
from tests import factories as make
from wellbeing.lib.dates import today

QUARTER = Period(3, dt.date(2026, 1, 1), dt.date(2026, 3, 31))


def people_in(programme, number, since=dt.date(2026, 1, 5), until=None):
    """Return people with lived experience in `programme` since a day."""
    people = [make.a_person() for _person in range(number)]
    Membership.objects.bulk_create(
        Membership(person=person, programme=programme, role=Role.LIVED_EXPERIENCE, starts_on=since, ends_on=until)
        for person in people
    )
    return people


def answered(people, key, *options):
    """Let `people` have answered the question of this key: the first the first option, and so on; "" for no answer."""
    question = next(one for one in monitoring.questions(today()) if one.key == key)
    promise = monitoring.promise(today())
    MonitoringAnswer.objects.bulk_create(
        MonitoringAnswer(
            key=key_of(person.pk, key),
            question=question,
            option=option,
            promise=promise,
            answered_in=today().replace(day=1),
        )
        for person, option in zip(people, options, strict=False)
        if option
    )


def a_report(programme, by=None, period=QUARTER):
    """Return a report on a quarter, made today."""
    return ParticipationReport.objects.create(
        programme=programme,
        first_on=period.first,
        last_on=period.last,
        made_on=today(),
        made_by=by,
        content=building.build(programme, period, today()),
    )


def make_participation(world):
    """Make the report of programme A on a quarter."""
    world.participation = a_report(world.a, by=world.staff)
