"""Answers about fairness for tests."""

from people.models import MonitoringQuestion
from people.monitoring import actions
from wellbeing.lib.dates import today


def a_question(key="religion"):
    """Return the question of this key, as it is asked today."""
    return next(one for one in MonitoringQuestion.objects.effective_on(today()) if one.key == key)


def answers(user, **said):
    """Let `user` answer: the key of each question, and of the answer."""
    for key, option in said.items():
        actions.answer(person=user.person, question=a_question(key), option=option, by=user)


def make_monitoring(world):
    """Let the owner answer two questions, one in their own words."""
    owner = world.users["owner"]
    answers(owner, age="35_49")
    actions.answer(
        person=world.owner, question=a_question(), option="other", own_words="Quaker and Zoroastrian", by=owner
    )
