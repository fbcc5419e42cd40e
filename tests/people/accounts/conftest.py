"""People who sign in."""

import pytest

from programmes.models import Role
from tests.factories import a_programme, a_user, with_role


@pytest.fixture
def ann(db):
    """Somebody with an account and no role."""
    return a_user("Ann Invented", email="ann@example.org")


@pytest.fixture
def staff(db):
    """Staff of a programme."""
    return with_role(a_programme(), Role.STAFF, "Stella Staff")


@pytest.fixture
def one_factor(settings):
    """Nobody needs a second factor."""
    settings.SECOND_FACTOR_REQUIRED = False
