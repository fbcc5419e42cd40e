"""Helpers: what tests about places start from."""

import pytest

from programmes.models import Role
from tests import factories as make


@pytest.fixture
def partner(programme):
    """fn() -> somebody of the programme without lived experience."""
    group = make.a_steering_group(programme)

    def add():
        person = make.a_person(email="partner@example.org")
        group.terms.create(person=person, seat="partner", starts_on=programme.starts_on)
        return person

    return add


@pytest.fixture
def colleague(programme):
    """Another of the programme's staff."""
    return make.with_role(programme, Role.STAFF, "Cora Colleague")
