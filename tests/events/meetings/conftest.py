"""A steering group with a chair, a member with lived experience and a partner."""

import pytest

from programmes.models import Term
from tests import factories as make
from tests.factories.decisions import a_seat, a_steering_group
from tests.factories.meetings import a_meeting


@pytest.fixture
def group(programme):
    return a_steering_group(programme)


@pytest.fixture
def chair(group):
    user = make.a_user("Chidi Chairly")
    a_seat(group, user.person, Term.Seat.PARTNER, office=Term.Office.CHAIR)
    return user


@pytest.fixture
def lived(group):
    """A member with lived experience."""
    user = make.a_user("Lena Livedly")
    a_seat(group, user.person)
    return user


@pytest.fixture
def partner(group):
    user = make.a_user("Pavel Partnerly")
    a_seat(group, user.person, Term.Seat.PARTNER)
    return user


@pytest.fixture
def coming(programme, group):
    """A meeting in ten days."""
    return a_meeting(programme, group=group)


@pytest.fixture
def last(programme, group):
    """A meeting three days ago."""
    return a_meeting(programme, days=-3, group=group)
