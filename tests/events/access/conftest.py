"""A co-facilitator of the event to come, and home tasks of access in words."""

import pytest

from events.access.contributions import home_tasks
from programmes.models import Role
from tests import factories as make
from tests.factories.access import coming


@pytest.fixture
def helper(programme, event):
    """Somebody with lived experience who helps to run the event."""
    user = make.with_role(programme, Role.LIVED_EXPERIENCE, "Hettie Helpful")
    coming(event, user.person, facilitates=True)
    return user


@pytest.fixture
def tasks():
    """fn(user) -> the titles of what access puts on their home page."""
    return lambda user: [str(task.title) for task in home_tasks(user)]
