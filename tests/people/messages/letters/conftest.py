"""Programmes whose people like letters, and their batches."""

import pytest

from people.messages.actions import letters as actions
from programmes.models import Programme, Role, message_audience
from tests.factories import a_programme, with_role
from tests.helpers.letters import a_reader, a_waiting_letter, run


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Private files in a folder of the test's own."""
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"]}}
    settings.STORAGES["default"]["OPTIONS"] = {
        **settings.STORAGES["default"]["OPTIONS"],
        "location": tmp_path / "data" / "private",
    }
    return tmp_path / "data" / "private"


@pytest.fixture
def programme():
    programme = a_programme()
    Programme.objects.filter(pk=programme.pk).update(
        host_address="2 Made Up Road\nLondon\nN1 1AA", contact_phone="+441632960001"
    )
    return programme


@pytest.fixture
def audience(programme):
    return message_audience(programme.pk)


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stella Staff")


@pytest.fixture
def people(programme):
    return [a_reader(programme, name) for name in ("Ann Able", "Bea Best", "Cy Clear")]


@pytest.fixture
def letters(people, audience):
    return [a_waiting_letter(person, audience) for person in people]


@pytest.fixture
def batch(letters, staff, audience):
    """A batch whose file is made."""
    batch = actions.make_batch(audience=audience, by=staff)
    assert run(batch).status == "done"
    return batch
