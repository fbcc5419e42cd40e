"""Remind those who recorded decisions that the day has come near on which they are to be looked at again."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry as people_registry
from people.directory.models import Person
from people.messages.emails import absolute_url
from programmes.decisions.models import Decision
from programmes.decisions.queries.lists import with_look_on
from programmes.programme import queries as programme_queries
from programmes.programme.models.programmes import Programme, Role, message_audience
from programmes.registry import ReminderSubject, ToRemind
from programmes.reminders.models import ReminderRule
from wellbeing.lib.dates import long_date
from wellbeing.lib.types import PersonId

# A reminder that no worker could send is sent up to a week late: a review long past is no news.
LATE_AT_MOST = dt.timedelta(days=7)


def _decisions(programme: Programme, rule: ReminderRule, on: dt.date) -> QuerySet[Any]:
    earliest = rule.earliest_due(on - LATE_AT_MOST)
    rows = with_look_on(Decision.objects.filter(programme=programme, status=Decision.Status.DECIDED))
    return rows.filter(look_on__range=(earliest, rule.latest_due(on))).select_related("recorded_by")


def _with_whom(programme: Programme, rule: ReminderRule, on: dt.date) -> list[tuple[Any, Person]]:
    """Return the decisions to look at again, each with who is reminded.

    That is whoever recorded it, while they see the programme's decisions; else the colleague who tells people things.
    """
    decisions = list(_decisions(programme, rule, on))
    recorded_by = [decision.recorded_by_id for decision in decisions if decision.recorded_by_id]
    sees = programme_queries.holding(programme, Role.STAFF, on=on) | programme_queries.holding(
        programme, Role.STEERING, on=on
    )
    there = set(Person.objects.filter(sees, pk__in=recorded_by).values_list("pk", flat=True))
    colleagues = people_registry.colleagues_of(message_audience(programme.pk)) if set(recorded_by) - there else []
    pairs = []
    for decision in decisions:
        person = decision.recorded_by if decision.recorded_by_id in there else next(iter(colleagues), None)
        if person is not None:
            pairs.append((decision, person))
    return pairs


def _people(programme: Programme, rule: ReminderRule, on: dt.date) -> Iterable[PersonId]:
    return [person.pk for _decision, person in _with_whom(programme, rule, on)]


def _find(programme: Programme, rule: ReminderRule, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
    return [
        _to_remind(decision, person, rule)
        for decision, person in _with_whom(programme, rule, on)
        if people is None or person.pk in people
    ]


def _to_remind(decision: Any, person: Person, rule: ReminderRule) -> ToRemind:
    # The query asks for a day to look again, and a decision that was made has its day.
    assert decision.look_on is not None
    assert decision.decided_on is not None
    params = {
        "title": decision.title,
        "decided": long_date(decision.decided_on),
        "review": long_date(decision.look_on),
    }
    return ToRemind(
        person=person,
        subject=SUBJECT.key,
        thing=f"decision:{decision.pk}",
        due=decision.look_on,
        occasions=rule.occasions(decision.look_on, decision.decided_on),
        at_most=rule.at_most,
        title=_("A decision to look at again: %(title)s") % params,
        heading=_("A decision to look at again"),
        sentence=_("“%(title)s” was decided on %(decided)s, to be looked at again on %(review)s.") % params,
        ask=_("If something should change, send a new proposal to the group."),
        label=_("See the decision"),
        link=absolute_url("decision", decision.pk),
    )


SUBJECT = ReminderSubject(
    key="reviews",
    title=gettext_lazy("Decisions to look at again"),
    detail=gettext_lazy("The person who recorded the decision. If they have left, the programme's contact."),
    due=gettext_lazy("the day to look at it again"),
    order=40,
    people=_people,
    find=_find,
    after_too=True,
    asks_for_a_part=True,
)
