"""A contact or a tag for many people while somebody else writes something about one of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from people.messages.telling import tell
from programmes.contacts import actions
from programmes.directory.actions import tags
from programmes.models import Role
from tests import factories as make
from tests.factories import directory


@pytest.mark.django_db(transaction=True)
def test_many_are_changed_while_one_of_them_is_told_something(scene):
    people = [make.with_role(scene.programme, Role.LIVED_EXPERIENCE).person for _each in range(2)]
    contact = make.with_role(scene.programme, Role.STAFF).person
    tag = directory.a_tag(scene.programme, by=scene.staff.person)

    def change():
        try:
            actions.choose(programme=scene.programme, people=people, contact=contact, by=scene.staff)
            return tags.give(tag=tag, people=people, by=scene.staff).new
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        tell(people[1], "role", key="told", subject="Hello", text="Hello")
        # As its end does, this holds the one, and would go on to others: who waits for it with those in hand waits on.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert threads.submit(change).result(timeout=20) == people
