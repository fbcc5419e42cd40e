"""Search in the list of people: by indexes, and without a trace of people of other programmes."""

import re
from urllib.parse import quote_plus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Person
from programmes.directory import queries
from programmes.directory.filters import narrowed
from programmes.models import Membership, Role, Tag
from tests import factories as make
from tests.factories import directory
from wellbeing.lib.tables import found_in


def plan_of(rows):
    """Return how PostgreSQL would find `rows` in a table too large to be read whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = rows.explain()
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_sort = on")
    return plan


@pytest.mark.parametrize(
    ("word", "index"),
    [
        ("applegarth", "people_found_by_name"),
        ("ada@example", "people_found_by_email"),
        ("0770090", "people_found_by_phone"),
        ("otterby", "people_person_organisation_id"),
    ],
)
def test_each_part_of_a_search_has_its_index(scene, word, index):
    directory.an_organisation(scene.programme, "Otterby House", by=scene.staff.person)
    rows, _nearly = found_in(
        Person.objects.order_by(),
        word,
        ["search_key", "email", "phone"],
        lambda word: queries.at_organisation(scene.programme, word),
    )
    plan = plan_of(rows)
    assert index in plan
    assert "BitmapOr" in plan
    assert "Seq Scan on people_person" not in plan


def test_a_name_that_is_not_quite_right_is_found_by_the_index_too(scene):
    lived = scene.lived.person
    rows, nearly = found_in(Person.objects.order_by(), "leena", ["search_key", "email", "phone"])
    assert nearly
    assert lived in rows
    plan = plan_of(rows)
    assert "people_found_by_name" in plan
    assert "Seq Scan on people_person" not in plan


def test_the_list_is_in_the_order_of_an_index_and_filters_look_into_theirs(scene):
    area = directory.an_area(scene.programme, "Larkhampton", scene.lived.person, by=scene.staff.person)
    people = queries.people_with_tags(scene.programme)
    assert "people_by_name" in plan_of(people.order_by("sort_key", "pk")[:50])
    plan = plan_of(narrowed(Person.objects.order_by(), scene.programme, {"area": str(area.pk)}))
    assert re.search("has_a_tag_once|persontag", plan)
    assert "Seq Scan on programmes_persontag" not in plan


@pytest.mark.parametrize("query", [{}, {"q": "a"}, {"last": "12"}, {"sort": "-last"}])
def test_the_list_asks_as_often_for_thirty_people_as_for_three(scene, signed_in, query):
    client, address = signed_in(scene.staff), reverse("programme_people", args=["wow"])
    client.get(address, query)
    with CaptureQueriesContext(connection) as few:
        client.get(address, query)
    by = scene.staff.person
    organisation = directory.an_organisation(scene.programme, by=by).organisation
    people = Person.objects.bulk_create(
        [Person(full_name=f"Asa Number{n:02}", organisation=organisation) for n in range(30)]
    )
    Membership.objects.bulk_create(
        Membership(programme=scene.programme, person=person, role=Role.LIVED_EXPERIENCE) for person in people
    )
    directory.a_tag(scene.programme, "Speaks", *people, by=by)
    directory.an_area(scene.programme, "Larkhampton", *people, by=by)
    with CaptureQueriesContext(connection) as many:
        client.get(address, query)
    assert len(many) <= len(few) + 2, "a list of organisations and one of tags at most"


def test_a_search_for_somebody_of_another_programme_is_answered_as_for_nobody(scene, signed_in):
    """The same words, and the same questions to the database: neither tells that there is such a person."""
    hidden = make.a_person("Zebulon Quincewell", email="zebulon@example.org", phone="+447700900777")
    make.a_membership(scene.other, hidden, Role.LIVED_EXPERIENCE)
    Tag.objects.create(programme=scene.other, kind="area", name="Hidden Area", made_by=hidden)
    client, address = signed_in(scene.staff), reverse("programme_people", args=["wow"])
    client.get(address)
    answers = {}
    for text in ("Zebulon Quincewell", "Nobody Atallwell", "zebulon@example.org", "nobodyy@example.org"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address, {"q": text}).content.decode()
        # Each page has secrets of its own and says how long the session lasts still.
        page = re.sub(r'(csrf\w*" value|nonce|data-[\w-]*)="[^"]*"', "", page)
        said = [line for line in page.splitlines() if text not in line and quote_plus(text) not in line]
        answers[text] = said, len(asked)
    for somebody, nobody in (
        ("Zebulon Quincewell", "Nobody Atallwell"),
        ("zebulon@example.org", "nobodyy@example.org"),
    ):
        (lines, number), (others, other_number) = answers[somebody], answers[nobody]
        assert number == other_number
        assert [pair for pair in zip(lines, others, strict=True) if pair[0] != pair[1]] == []
        assert not any("Hidden Area" in line for line in lines)
