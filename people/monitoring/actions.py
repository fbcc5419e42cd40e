"""Answer a question about fairness, change an answer and take it back. None of it leaves a history."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.monitoring import queries, rules
from people.monitoring.keys import key_of, keys_of
from people.monitoring.models import MonitoringAnswer, MonitoringClosed, MonitoringQuestion
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User


class MonitoringError(ActionError):
    """A question about fairness cannot be answered so."""


@action
def answer(*, person: Person, question: MonitoringQuestion, option: str, own_words: str = "", by: User) -> None:
    """Keep what `person` answers to `question`, in place of an earlier answer, under the promise of today.

    Raises MonitoringError for an answer that the question does not have. Locks the person.
    """
    person = _locked(person, by)
    chosen = question.option(option)
    if chosen is None:
        raise MonitoringError(_("Choose one of the answers."), field="option")
    MonitoringAnswer.objects.filter(pk__in=keys_of(person.pk, question.key)).delete()
    MonitoringAnswer.objects.create(
        key=key_of(person.pk, question.key),
        question=question,
        option=option,
        own_words=own_words.strip() if chosen.own else "",
        promise=queries.promise(today()),
        answered_in=today().replace(day=1),
    )
    MonitoringClosed.objects.get_or_create(person=person)


@action
def take_back(*, person: Person, by: User, question: str = "") -> int:
    """Delete what `person` answered to the question of this key, or to all of them. Return how many answers went.

    Locks the person.
    """
    person = _locked(person, by)
    rows = MonitoringAnswer.objects.of_person(person)
    if question:
        rows = MonitoringAnswer.objects.filter(pk__in=keys_of(person.pk, question))
    return rows.delete()[0]


@action
def not_now(*, person: Person, by: User) -> None:
    """Ask `person` no more on the home page. Their page stays. Locks the person."""
    MonitoringClosed.objects.get_or_create(person=_locked(person, by))


def _locked(person: Person, by: User) -> Person:
    rules.can_answer(by, person).insist(MonitoringError)
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
