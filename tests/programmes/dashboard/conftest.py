"""The steering group with members of each kind, as for decisions."""

import pytest

from tests.helpers.shared import Shared
from tests.programmes.decisions.conftest import a_board, put

__all__ = ["put"]


@pytest.fixture(scope="session")
def _dashboard_board(django_db_setup, django_db_blocker):
    yield from Shared.for_session("_dashboard_board", a_board, django_db_blocker)


@pytest.fixture
def board(_dashboard_board, db):
    return _dashboard_board.copy()
