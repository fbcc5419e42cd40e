"""Ask people once a year whether what is recorded of their access needs is still right."""

import datetime as dt
from collections.abc import Collection, Iterable

from dateutil.relativedelta import relativedelta
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.messages.emails import absolute_url
from people.models import NeedsReviewRule, Person, User
from people.needs import queries, rules
from programmes.programme.models.programmes import Programme
from programmes.programme.queries import takes_part
from programmes.registry import ReminderSubject, SetElsewhere, ToRemind
from programmes.reminders.models import Reminder
from wellbeing.lib.dates import today
from wellbeing.lib.types import PersonId, Text

KEY = "needs"
YEAR = relativedelta(years=1)
# Of one thing there is one reminder a year at most, so this many never come.
MOST = 100


def _to_ask(programme: Programme, on: dt.date) -> QuerySet[Person]:
    """Return those who take part in `programme` on the day `on` and are asked about their needs."""
    return Person.objects.filter(takes_part(programme, on)).filter(queries.to_review(on))


def _people(programme: Programme, _rule: object, on: dt.date) -> Iterable[PersonId]:
    return _to_ask(programme, on).values_list("pk", flat=True)


def _find(programme: Programme, _rule: object, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
    asked = _to_ask(programme, on)
    if people is not None:
        asked = asked.filter(pk__in=people)
    found = list(asked)
    states = queries.states_of(found, on)
    last = dict(
        Reminder.objects.filter(person__in=found, subject=KEY)
        .order_by()
        .values_list("person")
        .annotate(last=Max("on"))
        .values_list("person", "last")
    )
    return [_to_remind(person, programme, states[person.pk], last.get(person.pk)) for person in found]


def _to_remind(person: Person, programme: Programme, state: queries.ReviewState, last: dt.date | None) -> ToRemind:
    """Return the reminder of one person, a year after the `last` one at the earliest."""
    day = state.asked_from if last is None else max(state.asked_from, last + YEAR)
    params = {"programme": programme.name, "who": programme.contact_name}
    return ToRemind(
        person=person,
        subject=KEY,
        thing=f"needs:{person.pk}:{state.last.pk if state.last else 0}",
        due=state.due_on,
        occasions=[day],
        at_most=MOST,
        title=_("Is what we know about your access needs still right?"),
        heading=_("Please look at what you need to take part"),
        sentence=_(
            "To take part in %(programme)s, some people need things such as large print, a step-free way in or breaks."
            " We ask everybody once a year, so that what we plan is right."
        )
        % params,
        ask=_("Tell us whether something has changed, also when you need nothing. You can tell %(who)s, too.") % params,
        label=_("See what we know, and say if it is right"),
        link=absolute_url("your_access_needs"),
    )


def _elsewhere(programme: Programme) -> SetElsewhere:
    """Say how often people are asked: the same in every programme, as a person's needs are."""
    rule = NeedsReviewRule.objects.in_force_on(today())
    months = ngettext("%(n)s month", "%(n)s months", rule.months) % {"n": rule.months}
    words = _(
        "Every %(months)s, %(days)s days before that time is over. People who have not said anything yet are asked"
        " %(first)s days after they were added. Nobody is asked more than once a year."
    ) % {"months": months, "days": rule.ask_days, "first": rule.first_days}
    url = f"{reverse('programme_people', args=[programme.slug])}?review=due"
    return SetElsewhere(words, _("This service, for every programme"), _("See who is asked"), url)


def _answer(user: User, thing: str) -> tuple[str, Text] | None:
    """Return where a colleague who is on the phone notes that nothing has changed."""
    person = Person.objects.visible_to(user).filter(pk=thing.split(":")[1]).first()
    if person is None or not rules.can_set_needs(user, person):
        return None
    return reverse("person_needs_review", args=[person.pk]), _("Note what they say about their access needs")


SUBJECT = ReminderSubject(
    key=KEY,
    title=gettext_lazy("Access needs to review"),
    detail=gettext_lazy("People with lived experience and steering group members, asked if what we know is right."),
    due=gettext_lazy("the day on which needs are reviewed again"),
    order=35,
    people=_people,
    find=_find,
    asks_for_a_part=True,
    elsewhere=_elsewhere,
    answer=_answer,
)
