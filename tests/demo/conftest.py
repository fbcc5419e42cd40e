"""The demo, loaded once for all tests of this folder; what a test changes is undone after it."""

import pytest
from django.core.management import call_command
from django.db import transaction


def pytest_collection_modifyitems(items):
    """Have the database set up, also when a test of the demo runs alone."""
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def _loaded_once(django_db_setup, django_db_blocker, data_dir):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", skip_checks=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded_once, django_db_blocker):
    """The world of the loaded demo programme, in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
