"""A held event to which nine people with lived experience and six of staff came, all thanked and asked."""

from types import SimpleNamespace

import pytest

from programmes.models import Role
from tests import factories as make
from tests.factories.feedback import a_held_event, thanked
from tests.helpers.shared import Shared


def a_held_day():
    programme = make.a_programme("Wellbeing Our Way", slug="wow", contact_phone="01632 960 101")
    event, lived, staff = a_held_event(programme)
    make.a_steering_group(programme)
    finance = make.with_role(programme, Role.FINANCE, "Finn Ledger")
    steering = make.with_role(programme, Role.STEERING, "Stef Steering")
    other = make.a_programme("Elsewhere", slug="elsewhere")
    elsewhere = make.with_role(other, Role.STAFF, "Elsie Elsewhere")
    helper = lived[8]
    event.invitations.filter(person=helper.person).update(facilitates=True)
    return SimpleNamespace(
        programme=programme,
        event=event,
        lived=lived,
        staff=staff,
        boss=staff[0],
        finance=finance,
        steering=steering,
        helper=helper,
        elsewhere=elsewhere,
        round=thanked(event, staff[0], next_words="The notes go to the steering group."),
    )


@pytest.fixture(scope="session")
def _day(django_db_setup, django_db_blocker):
    yield from Shared.for_session("_day", a_held_day, django_db_blocker)


@pytest.fixture
def day(_day, db):
    return _day.copy()
