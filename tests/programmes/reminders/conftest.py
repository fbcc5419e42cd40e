"""A programme with a payment policy, whose people can be reminded of everything there is."""

import datetime as dt

import pytest
from django.utils import timezone

from people.models import NeedsReviewRule
from programmes.models import Reminder
from programmes.reminders import sending
from tests import factories


@pytest.fixture
def scene(scene):
    """The programme of the tests beside, with a policy that reminds of unsent claims 14 and 3 days before."""
    scene.policy = factories.a_policy(scene.programme)
    return scene


@pytest.fixture
def reviewed(scene):
    """A rule by which nobody is asked about their needs in the year in which a test goes on."""
    NeedsReviewRule.objects.create(effective_from=dt.date(2020, 1, 2), months=60, ask_days=0, first_days=365)


@pytest.fixture
def on():
    """fn(days) -> the day so many days from today."""
    return lambda days: timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def remind(on):
    """fn(days=0) -> what the morning so many days from today says: [(person, thing, which time), …]."""

    def morning(days=0):
        sending.send_due(on(days))
        rows = Reminder.objects.filter(on=on(days)).order_by("person__sort_key", "pk")
        return [(row.person, row.thing, row.number) for row in rows]

    return morning
