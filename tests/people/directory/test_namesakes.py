"""People of one name are told apart wherever one of them is chosen."""

import pytest

from people.directory.forms import PeopleChoice, PersonChoice
from people.directory.queries import tell_apart
from people.models import Organisation, Person
from tests.factories import a_person
from tests.helpers.database import queries_of

pytestmark = pytest.mark.django_db


def labels(field=PersonChoice):
    return [str(label) for value, label in field(queryset=Person.objects.all()).choices if value]


def test_only_those_who_share_a_name_are_told_apart():
    a_person("Jo Example", email="jo@example.org")
    a_person("JO  Éxample", email="kim@example.com")
    a_person("Pat Alone", email="pat@example.org")
    assert labels() == ["Jo Example (j•••@example.org)", "JO Éxample (k•••@example.com)", "Pat Alone"]
    assert labels(PeopleChoice) == labels()


def test_as_much_is_said_as_tells_them_apart_and_no_more():
    charity = Organisation.objects.create(name="Brook House")
    for email, phone, organisation in (
        ("jo@example.org", "", None),
        ("jill@example.org", "", charity),
        ("jan@example.org", "07700900123", None),
    ):
        a_person("Jo Example", email=email, phone=phone, organisation=organisation)
    assert sorted(labels()) == [
        "Jo Example (j•••@example.org)",
        "Jo Example (j•••@example.org, Brook House)",
        "Jo Example (j•••@example.org, phone ending in 123)",
    ]


def test_those_of_whom_nothing_else_is_known_have_their_number():
    first, second = a_person("Jo Example", email=""), a_person("Jo Example", email="")
    said = [person.name_in_list for person in tell_apart(Person.objects.all())]
    assert said[0].endswith(f"record {first.pk})")
    assert said[1].endswith(f"record {second.pk})")


def test_the_number_of_queries_is_that_of_one_pair():
    def add_pair(name):
        a_person(name)
        a_person(name)

    add_pair("Jo Example")
    few = len(queries_of(labels))
    for n in range(5):
        add_pair(f"Jo Example {n}")
    assert len(queries_of(labels)) == few
