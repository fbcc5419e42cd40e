"""Two records of one person in a programme, neither with an account, and how the whole database is at a moment."""

import pytest
from django.apps import apps
from django.db import connection
from pghistory.models import Event

from programmes.models import Role
from tests import factories as make


@pytest.fixture
def pair(scene):
    """Return (the older record, the newer record) of one person with lived experience."""
    older = make.of_programme(scene.programme, make.a_person("Elizabeth Madeup", email="", phone="+441632960111"))
    newer = make.of_programme(
        scene.programme,
        make.a_person("Liz Madeup", email="liz@example.org", phone="+441632960111", letter_size="18"),
    )
    for person in (older, newer):
        make.a_membership(scene.programme, person, Role.LIVED_EXPERIENCE)
    return older, newer


def the_database():
    """Return every row of every table of ours as text, but histories and what only says that something was told."""
    beside = {
        *("people.Notice", "people.NoticePart", "people.Message", "people.Call", "programmes.Merge"),
        *("programmes.Double", "people.Job", "people.Session", "people.Look"),
    }
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if issubclass(model, Event) or model._meta.label in beside or model._meta.app_label not in OURS:
                continue
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t ORDER BY 1')
            found[model._meta.label] = [row for (row,) in cursor.fetchall()]
    return found


OURS = {"people", "programmes", "events", "payments"}
