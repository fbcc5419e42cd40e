"""The six awkward files of tests/data/imports, from the file to the details of people."""

import pytest

from people.models import Organisation, Person
from programmes.importing.calculations import columns
from programmes.importing.models import RememberedColumn
from tests.helpers import importing


def test_semicolons_and_letters_of_windows(scene):
    found = importing.details(importing.checked(scene, "semicolons-windows-1252.csv"))
    assert [one["full_name"] for one in found] == [
        "Siobhán O’Imagined",
        "Zoë Fictitious",
        "Renée Pretend-Åberg",
        "Mrs Björk Sample",
    ]
    assert [one["phone"] for one in found] == ["+442079460101", "+442079460102", "+442079460103", ""]
    assert [one["starts_on"] for one in found] == ["2026-04-03", "2025-12-31", "2026-05-01", ""]
    assert [one["needs"] for one in found] == [
        [["bsl", ""]],
        [["step_free", "wheelchair"], ["diet", "vegan"]],
        [],
        [["large_print", ""]],
    ]
    assert found[1]["postal_address"] == "3 Madeup Lane; Leeds\nLS1 1AB"
    assert [one["channel"] for one in found] == ["email", "email", "phone", "email"]


def test_a_mark_title_rows_and_addresses_over_several_lines(scene):
    people_import = importing.checked(scene, "byte-order-mark-and-title-rows.csv")
    assert people_import.heading_row == 5
    assert [(row.number, row.details["full_name"], row.details["channel"]) for row in people_import.rows.all()] == [
        (6, "Ana Example", "letter"),
        (8, "Ben Example", "letter"),
        (9, "Cy Sample", "email"),
    ]
    assert importing.details(people_import)[0]["postal_address"] == "12 Invented Road\nLeeds\nLS1 1AA"


def test_numbers_for_phones_and_days_of_every_kind(scene):
    people_import = importing.checked(scene, "numbers-and-dates.xlsx")
    found = importing.details(people_import)
    assert [one["phone"] for one in found] == ["+447700900123", "+447700900124", "+447700900125", "+447700900100"]
    assert [one["starts_on"] for one in found] == ["2026-05-01", "2026-05-02", "2026-05-02", "2026-05-02"]
    assert [one["needs"] for one in found] == [
        [["step_free", "Wheelchair user"]],
        [["easy_read", "Easy Read?"]],
        [["step_free", "Wheelchair user"]],
        [],
    ]
    assert [one["language"] for one in found] == ["pl", "en", "en", "en"]


def test_two_in_a_cell_are_told_by_row_and_column(scene):
    found = importing.problems(importing.checked(scene, "two-in-a-cell.ods"))
    assert {number: [heading for heading, _text in rows] for number, rows in found.items()} == {
        2: ["Names"],
        3: ["Names", "E-mails", "Group(s)"],
        4: ["Tel", "Group(s)"],
    }
    assert "two names in one cell" in found[2][0][1]
    assert "two addresses in one cell" in found[3][1][1]
    assert "two phone numbers in one cell" in found[4][0][1]


def test_a_file_without_headings_is_told_by_what_its_columns_hold(scene):
    people_import = importing.checked(scene, "old-mac-tabs-no-headings.txt")
    assert (people_import.heading_row, people_import.mapping) == (0, ["full_name", "email", "phone"])
    assert [one["full_name"] for one in importing.details(people_import)] == [
        "André Nowhere",
        "Nora O’Nowhere",
        "José Nowhere",
    ]


@pytest.fixture
def every_problem(scene):
    return importing.problems(importing.checked(scene, "every-problem.csv"))


def test_every_problem_says_row_column_and_what_to_do(every_problem):
    assert {number: rows[0][0] for number, rows in every_problem.items()} == {
        2: "Email",
        3: "Name",
        4: "Phone",
        5: "Role",
        6: "Organisation",
        7: "Group",
        8: "Start",
        9: "Preferred contact",
        10: "Preferred contact",
        11: "Letters",
        12: "Language",
        14: "Name",
        15: "Name",
    }
    assert all(len(rows) == 1 and rows[0][1].endswith((".", "example.org")) for rows in every_problem.values())
    assert "row 13" in every_problem[14][0][1]


def test_what_columns_are_for_is_remembered_by_their_headings(scene):
    text = "Who they are,Where,Colour\nAna Example,ana@example.org,red\n"
    importing.checked(scene, text, mapping=["full_name", "email", ""])
    again = importing.send(scene, "Colour,WHO THEY ARE,Where\nred,Cy Sample,cy@example.org\n")
    assert again.mapping == ["", "full_name", "email"]
    assert not RememberedColumn.objects.exclude(programme=scene.programme).exists()


def test_a_column_left_out_once_is_left_out_again(scene):
    importing.checked(scene, "Name,Email\nAna Example,ana@example.org\n", mapping=["full_name", ""])
    assert importing.send(scene, "Name,Email\nCy Sample,cy@example.org\n").mapping == ["full_name", ""]


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (["", "email"], "which column has the names"),
        (["full_name", "full_name"], "Several columns are for: Full name"),
        (["full_name", "last_name"], "and not both"),
    ],
)
def test_columns_that_cannot_be_read_so_say_why(mapping, sentence):
    assert sentence in columns.problem_of(mapping)


def test_a_partner_and_a_group_are_found_by_their_names_however_they_are_typed(scene):
    partner = Organisation.objects.create(name="The Invented Charity")
    scene.programme.partnerships.create(organisation=partner)
    scene.group.name = "Steering Group"
    scene.group.save()
    text = "Name,Organisation,Group,Seat\nAna Example,the invented-charity,steering group,Partner\n"
    (found,) = importing.details(importing.checked(scene, text))
    assert (found["organisation"], found["groups"], found["seat"]) == (partner.pk, [scene.group.pk], "partner")
    assert not Person.objects.filter(full_name="Ana Example").exists()
