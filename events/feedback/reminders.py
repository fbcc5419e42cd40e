"""Remind people who came to an event and have not said how it was, without knowing what anybody said."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.feedback import rules
from events.feedback.models import FeedbackAsked
from programmes.models import Programme
from programmes.registry import ReminderSubject, ToRemind
from programmes.reminders.models import ReminderRule
from wellbeing.lib.dates import long_date
from wellbeing.lib.types import PersonId


def _silent(programme: Programme, rule: ReminderRule, on: dt.date) -> QuerySet[FeedbackAsked]:
    rows = FeedbackAsked.objects.silent().filter(
        round__event__programme=programme, round__closes_on__gte=on, round__closes_on__lte=rule.latest_due(on)
    )
    return rows.select_related("round__event", "person").order_by("pk")


def _people(programme: Programme, rule: ReminderRule, on: dt.date) -> Iterable[PersonId]:
    return _silent(programme, rule, on).values_list("person", flat=True)


def _find(programme: Programme, rule: ReminderRule, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
    rows = _silent(programme, rule, on)
    if people is not None:
        rows = rows.filter(person__in=people)
    return [_to_remind(asked, rule) for asked in rows]


def _to_remind(asked: FeedbackAsked, rule: ReminderRule) -> ToRemind:
    round = asked.round
    params = {"event": round.event.title, "by": long_date(round.closes_on)}
    return ToRemind(
        person=asked.person,
        subject=SUBJECT.key,
        thing=f"feedback:{asked.pk}",
        due=round.closes_on,
        occasions=rule.occasions(round.closes_on, asked.asked_on),
        at_most=rule.at_most,
        title=_("How was “%(event)s”?") % params,
        heading=_("Please tell us how the event was"),
        sentence=_("You came to “%(event)s”. How was it for you? Your answers are kept without your name.") % params,
        ask=_("Please answer by %(by)s. It takes about two minutes, and you do not need to sign in.") % params,
        label=_("Say how it was"),
        link=asked.link,
    )


def _answer(user, thing):
    """Return where staff enter the answers about the event `thing` for somebody, and its label; None for others."""
    rows = FeedbackAsked.objects.select_related("round__event__programme", "person")
    asked = rows.filter(pk=thing.partition(":")[2]).first()
    if asked is None or not rules.can_enter_for(user, asked):
        return None
    label = _("Enter their answers about “%(event)s”") % {"event": asked.round}
    return reverse("feedback_answer_for", args=[asked.pk]), label


SUBJECT = ReminderSubject(
    key="event_feedback",
    title=gettext_lazy("Feedback on an event"),
    detail=gettext_lazy("People who came to an event and have not said how it was."),
    due=gettext_lazy("the last day to answer"),
    order=55,
    people=_people,
    find=_find,
    answer=_answer,
    asks_for_a_part=True,
)
