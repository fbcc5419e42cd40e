"""A programme, its staff, and people of one household."""

import pytest
from django.test import Client

from programmes.models import Role
from tests.factories import a_programme, a_user, with_role
from tests.helpers.sharing import HOME, HOME2, add, link_of


@pytest.fixture
def terence(programme):
    """Somebody who signs in at the address of the household."""
    return with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Terence Twoby", email=HOME))


@pytest.fixture
def programme(db):
    return a_programme("Invented Wellbeing")


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stella Staff")


@pytest.fixture
def muriel(programme, staff, terence):
    """Somebody who shares his address, and said so by the link."""
    person = add(programme, staff)
    Client().post(link_of(person), {"answer": "apart"})
    person.refresh_from_db()
    return person.user


@pytest.fixture
def ann(programme):
    """Somebody at another address."""
    return with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Ann Invented", email=HOME2))


@pytest.fixture
def elsewhere(db):
    """Another programme."""
    return a_programme("Other Programme")


@pytest.fixture
def terence_elsewhere(elsewhere):
    """Somebody of another programme who signs in at the address of the household."""
    return with_role(elsewhere, Role.LIVED_EXPERIENCE, user=a_user("Terence Twoby", email=HOME))
