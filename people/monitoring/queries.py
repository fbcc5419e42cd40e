"""Answer questions about answers: one's own, and how many people gave which. Nothing else reads them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from people.directory.models import Person
from people.monitoring.keys import keys_of
from people.monitoring.models import MonitoringAnswer, MonitoringClosed, MonitoringPromise, MonitoringQuestion
from wellbeing.lib.types import PersonId

# Keys in one question to the database.
BATCH = 5000


@dataclass(frozen=True)
class Asked:
    """A question with what the reader answered, if they did."""

    question: MonitoringQuestion
    answer: MonitoringAnswer | None


def questions(on: dt.date) -> list[MonitoringQuestion]:
    """Return the questions that are asked on the day `on`, in their order."""
    return MonitoringQuestion.objects.effective_on(on)


def own(person: Person, on: dt.date) -> list[Asked]:
    """Return the questions of the day `on`, each with the answer of `person`, who is the reader."""
    rows = MonitoringAnswer.objects.of_person(person).select_related("question")
    answers = {row.question.key: row for row in rows}
    return [Asked(question, answers.get(question.key)) for question in questions(on)]


def promise(on: dt.date) -> MonitoringPromise:
    """Return what people are told on the day `on` before they answer."""
    return MonitoringPromise.objects.effective_on(on)


def is_closed(person: Person) -> bool:
    """Return whether `person` answered or said “not now” once."""
    return MonitoringClosed.objects.filter(person=person).exists()


def answers_to_count(people: Collection[PersonId], question: str) -> dict[PersonId, str]:
    """Return by person what they answered to `question`, of those who did.

    For counting alone (`wellbeing.lib.banding`): nothing may show, keep or send what this returns.
    """
    whose = {key: person for person in people for key in keys_of(person, question)}
    keys, found = list(whose), {}
    for start in range(0, len(keys), BATCH):
        rows = MonitoringAnswer.objects.filter(pk__in=keys[start : start + BATCH]).values_list("pk", "option")
        found.update({whose[key]: option for key, option in rows})
    return found
