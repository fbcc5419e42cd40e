"""Doubles: accents, nicknames and swapped names forgiven, and nobody asked about households for nothing."""

import pytest

from people.directory.likeness import Directory, Known, in_words
from programmes.importing.actions import rows
from programmes.importing.models import RowStatus
from programmes.models import Role
from tests import factories as make
from tests.helpers import importing
from wellbeing.lib.errors import ActionError


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Siobhán O’Example", "siobhan o'example"),
        ("Example, Robert", "Bob Example"),
        ("Liz Sample", "Elizabeth Sample"),
        ("Sample Ana", "Ana Sample"),
        ("Dr Ana Maria Sample", "Ana Sample"),
        ("Mo Sample", "Muhammad Sample"),
    ],
)
def test_names_of_one_person_are_alike(name, other):
    directory = Directory()
    directory.add(Known(name, person=1))
    (like,) = directory.like(Known(other))
    assert (in_words(like.same), like.sure) == ("name", False)


@pytest.mark.parametrize("other", ["Ana Nobody", "Ben Sample", "Sample"])
def test_names_of_two_people_are_not(other):
    directory = Directory()
    directory.add(Known("Ana Sample", person=1))
    assert directory.like(Known(other)) == []


def test_a_name_with_an_address_in_common_is_surely_one_person():
    directory = Directory()
    directory.add(Known("Robert Sample", phone="+442079460101", address="12 Invented Road\nLeeds LS1 1AA", person=1))
    for one in (
        Known("Bob Sample", phone="+442079460101"),
        Known("Sample Bob", address="12 Invented Rd, Leeds, ls1 1aa"),
    ):
        (like,) = directory.like(one)
        assert like.sure


def test_a_couple_at_one_place_is_two_people_and_at_one_email_a_question():
    directory = Directory()
    directory.add(Known("Ana Sample", email="us@example.org", address="12 Invented Road LS1 1AA", person=1))
    assert directory.like(Known("Ben Sample", address="12 Invented Road LS1 1AA")) == []
    (like,) = directory.like(Known("Ben Sample", email="US@example.org"))
    assert (in_words(like.same), like.sure) == ("email address", False)


@pytest.fixture
def robert(scene):
    return make.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Robert Sample").person


def test_somebody_of_the_programme_by_name_alone_is_asked_about_and_answered(scene, robert):
    people_import = importing.checked(scene, "Name,Email\nBob Sample,bob@example.org\n")
    row = people_import.rows.get()
    assert "This may be Robert Sample" in row.problems[0]["text"]
    same = rows.say_same(row=row, person=robert, by=scene.staff)
    assert (same.status, same.person) == (RowStatus.HERE, robert)
    assert rows.say_somebody_else(row=row, by=scene.staff).status == RowStatus.READY


def test_nobody_of_another_programme_is_offered_or_taken(scene):
    stranger = make.of_programme(scene.other, name="Bob Sample", email="bob@example.org")
    people_import = importing.checked(scene, "Name,Email\nBob Sample,bob@example.org\n")
    row = people_import.rows.get()
    assert row.status == RowStatus.READY
    with pytest.raises(ActionError, match="Choose somebody of this programme"):
        rows.say_same(row=row, person=stranger, by=scene.staff)


def test_a_double_in_the_file_is_ready_once_the_other_is_left_out(scene):
    people_import = importing.checked(
        scene, "Name,Phone\nAna Sample,020 7946 0101\n\nSample Ana,(020) 79460101\nCy Sample,\n"
    )
    first, second, _third = people_import.rows.all()
    assert "row 2" in second.problems[0]["text"]
    rows.leave_out(row=first, by=scene.staff)
    second.refresh_from_db()
    assert (second.status, second.problems) == (RowStatus.READY, [])
    assert rows.take_back(row=first, by=scene.staff).status == RowStatus.READY


def test_two_people_in_a_cell_become_two_rows(scene):
    scene.group.name = "Steering group"
    scene.group.save()
    people_import = importing.checked(scene, "Name,Email\nHal and Ida Pretend,hal@example.org\n")
    rows.make_two(row=people_import.rows.get(), by=scene.staff)
    found = [(row.number, row.details["full_name"], row.details["email"]) for row in people_import.rows.all()]
    assert found == [(2, "Hal Pretend", "hal@example.org"), (2, "Ida Pretend", "")]


def test_an_address_that_said_no_is_not_asked_again(scene):
    added = make.of_programme(scene.programme, name="Nell Nobody", email="no@example.org")
    joining = added.joining
    joining.answer, joining.answered_at = "no", joining.person.created_at
    joining.save()
    people_import = importing.checked(scene, "Name,Email\nAna Sample,no@example.org\n")
    assert any("we were told no before" in text for _column, text in importing.problems(people_import)[2])
