"""Lists of a programme: searched, filtered, exported, and as many queries for 30 rows as for 3."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import AccessNeed, Organisation
from programmes.decisions.actions import speaking as decision_actions
from programmes.models import AgreedTerm, Group, Membership, Partnership, Role, Term
from tests import factories as make
from tests.helpers.programmes import page_address


def people_listed(client, **query):
    response = client.get(reverse("programme_people", args=["wow"]), {"export": "csv", **query})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row["Name"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_people_list_is_searched_filtered_and_exported_as_shown(scene, signed_in, today):
    old = make.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Olga Old")
    Membership.objects.filter(person=old.person).update(ends_on=today - dt.timedelta(days=3))
    client = signed_in(scene.staff)
    everyone = people_listed(client)
    assert set(everyone) == {"Stella Staffordly", "Finn Ledger", "Lena Lived", "Molly Member", "Charlie Chair"}
    assert everyone["Charlie Chair"]["Roles"] == "Steering group (Chair)"
    assert set(people_listed(client, role="steering")) == {"Molly Member", "Charlie Chair"}
    assert set(people_listed(client, role="lived_experience")) == {"Lena Lived"}
    assert set(people_listed(client, when="past")) == {"Olga Old"}
    assert set(people_listed(client, role="lived_experience", when="ever")) == {"Lena Lived", "Olga Old"}
    assert set(people_listed(client, q="stella")) == {"Stella Staffordly"}
    assert people_listed(client, q="Elsie") == {}


def test_phone_numbers_keep_their_noughts_in_files_and_people_are_found_by_them(scene, signed_in):
    for name, phone in (("Nina Numbers", "07700900123"), ("Paula Poland", "+48 22 555 01 23")):
        person = make.a_person(name, phone=phone)
        make.a_membership(scene.programme, person, Role.LIVED_EXPERIENCE)
    client = signed_in(scene.staff)
    client.post(reverse("people_columns", args=["wow"]), {"columns": ["phone"]})
    listed = people_listed(client)
    assert listed["Nina Numbers"]["Phone number"] == "07700 900123"
    assert listed["Paula Poland"]["Phone number"].lstrip("'") == "+48 22 555 01 23"
    assert set(people_listed(client, q="07700 900123")) == {"Nina Numbers"}
    answer = client.get(reverse("programme_people", args=["wow"]), {"export": "xlsx"})
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "07700 900123" in "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    answer = client.get(reverse("programme_people", args=["wow"]), {"export": "ods"})
    assert answer["Content-Disposition"] == 'attachment; filename="wow-people.ods"'
    content = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read("content.xml").decode()
    assert "<text:p>07700 900123</text:p>" in content


def test_a_person_with_many_roles_is_listed_once(scene, signed_in):
    for role in (Role.STAFF, Role.FINANCE, Role.STEERING):
        make.with_role(scene.programme, role, user=scene.lived)
    page = signed_in(scene.staff).get(reverse("programme_people", args=["wow"]))
    assert [row.full_name for row in page.context["listing"].page].count("Lena Lived") == 1


def many(scene, number):
    """`number` more of everything that stands in a list of this app."""
    for each in range(number):
        user = make.with_role(scene.programme, Role.LIVED_EXPERIENCE)
        Term.objects.create(group=scene.group, person=user.person, seat="partner", starts_on=scene.programme.starts_on)
        AccessNeed.objects.create(person=user.person, kind="bsl")
        Group.objects.create(programme=scene.programme, name=f"Group {each} of {number}", kind="working")
        make.with_role(make.a_programme(), Role.STAFF, user=scene.staff)
        decision = make.a_decision(scene.programme)
        decision_actions.take_position(decision=decision, stance="veto", reason="No.", by=scene.member)
        AgreedTerm.objects.create(
            programme=scene.programme, term=f"T{each} of {number}", replaces="x", agreed_on=dt.date(2026, 5, 4)
        )
        Partnership.objects.create(
            programme=scene.programme, organisation=Organisation.objects.create(name=f"O{each} of {number}")
        )


LISTS = ["programmes", "programme", "programme_people", "groups", "group", "decisions", "agreed_language"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_number_of_queries_with_3_and_30_rows(scene, signed_in, name):
    client, url = signed_in(scene.staff), page_address(name, scene)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    many(scene, 3)
    queries()
    few = queries()
    many(scene, 27)
    assert queries() == few


def test_one_decision_takes_the_same_number_of_queries_with_3_and_30_positions(scene, signed_in):
    decision = make.a_decision(scene.programme)
    client = signed_in(scene.staff)

    def speak(number):
        for _each in range(number):
            decision_actions.take_position(
                decision=decision, stance="veto", reason="No.", by=make.with_role(scene.programme, Role.STEERING)
            )

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("decision", args=[decision.pk]))
        return len(captured)

    speak(3)
    queries()
    few = queries()
    speak(27)
    assert queries() == few
