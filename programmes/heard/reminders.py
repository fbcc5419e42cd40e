"""Remind who sees to a contribution that the day by which it is to be answered comes near."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.messages.emails import absolute_url
from programmes.heard.models import Contribution
from programmes.heard.queries import late_in, owners
from programmes.programme.models.programmes import Programme
from programmes.registry import ReminderSubject, ToRemind
from programmes.reminders.models import ReminderRule
from wellbeing.lib.dates import long_date
from wellbeing.lib.types import PersonId

# A reminder that no worker could send is sent up to a week late: the home page has it as late work by then.
LATE_AT_MOST = dt.timedelta(days=7)


def _waiting(programme: Programme, rule: ReminderRule, on: dt.date) -> QuerySet[Contribution]:
    """Return what waits for an answer of somebody who is still staff, as far as the rule reminds of it on a day."""
    rows = late_in(programme, rule.earliest_due(on - LATE_AT_MOST), rule.latest_due(on))
    return rows.filter(owner__in=owners(programme, on).order_by().values("pk"))


def _people(programme: Programme, rule: ReminderRule, on: dt.date) -> Iterable[PersonId]:
    return [pk for pk in _waiting(programme, rule, on).values_list("owner", flat=True) if pk is not None]


def _find(programme: Programme, rule: ReminderRule, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
    rows = _waiting(programme, rule, on)
    return [_to_remind(row, rule) for row in rows if people is None or row.owner_id in people]


def _to_remind(contribution: Contribution, rule: ReminderRule) -> ToRemind:
    # The query asks for a day, and a constraint gives each day its owner.
    assert contribution.due_on is not None
    assert contribution.owner is not None
    params = {"theme": contribution.theme, "day": long_date(contribution.due_on)}
    return ToRemind(
        person=contribution.owner,
        subject=SUBJECT.key,
        thing=f"contribution:{contribution.pk}",
        due=contribution.due_on,
        occasions=rule.occasions(contribution.due_on),
        at_most=rule.at_most,
        title=_("Say what became of it: %(theme)s") % params,
        heading=_("Something that was said waits for an answer"),
        sentence=_("“%(theme)s” is to be answered by %(day)s.") % params,
        ask=_("Say what changed, or why nothing did. Those who said it are told."),
        label=_("See what was said"),
        link=absolute_url("contribution", contribution.pk),
    )


SUBJECT = ReminderSubject(
    key="answers",
    title=gettext_lazy("Answers to what people said"),
    detail=gettext_lazy("The person who sees to it, while they are staff."),
    due=gettext_lazy("the day by which it is answered"),
    order=50,
    people=_people,
    find=_find,
    after_too=True,
)
