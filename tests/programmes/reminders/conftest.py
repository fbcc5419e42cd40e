"""A programme with a payment policy, whose people can be reminded of everything there is."""

import datetime as dt

import pytest
from django.utils import timezone

from people.models import NeedsReview, Person
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
    """Everybody in the scene has said today that they need nothing, so that nobody is asked about their needs."""
    for person in Person.objects.all():
        NeedsReview.objects.create(person=person, has_needs=False)


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
