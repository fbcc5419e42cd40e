"""Pages of an import, from the file to the people."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.jobs.models import Job
from programmes.importing import transitions
from programmes.importing.models import ImportRule, ImportStatus, PeopleImport, RowStatus
from programmes.models import ImportRow
from tests.factories import importing as import_factories
from tests.helpers import importing
from tests.helpers.client import page_text
from tests.helpers.database import queries_of


@pytest.fixture
def staff(scene, signed_in):
    return signed_in(scene.staff)


def address(people_import, name="people_import", *more):
    return reverse(name, args=[people_import.programme.slug, people_import.pk, *more])


def test_a_file_is_sent_and_its_columns_are_shown_with_examples(scene, staff):
    file = SimpleUploadedFile("Our people.csv", b"Who,Email\nAna Example,ana@example.org\n")
    answer = staff.post(reverse("people_imports", args=["wow"]), {"file": file})
    people_import = PeopleImport.objects.get()
    assert answer.url == address(people_import)
    assert Job.objects.get().kind == transitions.READ
    importing.work(people_import, transitions.READ)
    page = page_text(staff.get(answer.url, follow=True))
    assert "We found 1 row" in page
    assert "For example: ana@example.org" in page


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "The submitted file is empty"), (b"x" * 2_000, "The most we can take is")]
)
def test_a_file_that_is_empty_or_too_large_is_refused_beside_its_field(scene, staff, content, sentence):
    old = ImportRule.objects.get()
    day = old.effective_from.replace(year=2021)
    ImportRule.objects.create(effective_from=day, most_bytes=1_000, most_rows=9, undo_days=7, keep_days=7)
    answer = staff.post(reverse("people_imports", args=["wow"]), {"file": SimpleUploadedFile("a.csv", content)})
    assert sentence in page_text(answer)
    assert not PeopleImport.objects.exists()


def test_a_file_that_cannot_be_read_says_why(scene, staff):
    people_import = importing.send(scene, b"%PDF-1.7")
    assert people_import.status == ImportStatus.UNREADABLE
    assert "This is not a spreadsheet we can read" in page_text(staff.get(address(people_import)))


def test_a_file_is_read_differently_when_staff_say_so(scene, staff):
    people_import = importing.send(scene, "List of May\nName;Town\nZoë Invented;Leeds\n".encode("cp1252"))
    url = address(people_import, "people_import_reading")
    staff.post(url, {"heading_row": "2", "encoding": "mac_roman", "separator": ";"})
    people_import = importing.work(people_import, transitions.READ)
    assert (people_import.headings, people_import.encoding) == (["Name", "Town"], "mac_roman")
    staff.post(url, {"heading_row": "2", "encoding": "cp1252", "separator": ";"})
    people_import = importing.work(people_import, transitions.READ)
    assert people_import.rows.get().cells == ["Zoë Invented", "Leeds"]


@pytest.fixture
def wrong(scene):
    return importing.checked(scene, "Name,Email,Colour\nAna Example,ana,=1+1\nBen Example,ben@example.org,red\n")


def test_a_row_is_put_right_in_place_and_a_wrong_one_keeps_what_was_typed(scene, staff, wrong):
    row = wrong.rows.get(number=2)
    url = address(wrong, "people_import_row", row.pk)
    assert ">Email</a>: Enter an email address" in page_text(staff.get(url))
    staff.post(url, {"cell_0": "Ana Example", "cell_1": "ana at example.org"})
    page = staff.get(url).content.decode()
    assert "ana at example.org" in page
    answer = staff.post(url, {"cell_0": "Ana Example", "cell_1": "ana@example.org"})
    row.refresh_from_db()
    assert (answer.url, row.status, row.changed_by) == (address(wrong), RowStatus.READY, scene.staff.person)
    assert row.cells[2] == "=1+1"


def test_rows_to_put_right_are_downloaded_with_their_problems_and_run_nothing(scene, staff, wrong):
    answer = staff.get(address(wrong, "people_import_csv"))
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert lines[0] == ["Row in the file", "Name", "Email", "Colour", "What to put right"]
    assert lines[1][:4] == ["2", "Ana Example", "ana", "'=1+1"]
    assert "Email: Enter an email address" in lines[1][4]
    answer = staff.get(address(wrong, "people_import_xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[2]][:3] == [2, "Ana Example", "ana"]


def test_the_downloaded_rows_can_be_put_right_and_sent_again(scene, staff, wrong):
    content = b"".join(staff.get(address(wrong, "people_import_csv")).streaming_content)
    again = importing.checked(scene, content.replace(b",ana,", b",ana@example.org,"))
    assert again.mapping == ["", "full_name", "email", "", ""]
    assert again.rows.get().status == RowStatus.READY


def test_the_page_of_an_import_asks_no_more_for_thirty_rows_than_for_three(scene, staff):
    people_import = import_factories.an_import(scene.programme, scene.staff.person)
    for number in range(2, 5):
        import_factories.a_row(people_import, number, status="ready")
    three = queries_of(lambda: staff.get(address(people_import)))
    ImportRow.objects.bulk_create(
        [
            ImportRow(people_import=people_import, number=number, status="ready", cells=["A", ""])
            for number in range(5, 32)
        ]
    )
    assert len(queries_of(lambda: staff.get(address(people_import)))) <= len(three)


def test_a_row_of_an_import_of_another_programme_is_not_found(scene, staff):
    other = import_factories.an_import(scene.other, scene.elsewhere.person)
    row = import_factories.a_row(other, status="problem", problems=[{"column": 0, "text": "Enter their name."}])
    assert staff.get(reverse("people_import_row", args=["elsewhere", other.pk, row.pk])).status_code == 404
    assert staff.get(reverse("people_import_row", args=["wow", other.pk, row.pk])).status_code == 404


def test_the_home_page_says_that_an_import_waits_for_who_sent_it(scene, staff, wrong):
    assert "Finish bringing people in from people.csv" in page_text(staff.get(reverse("home")))
