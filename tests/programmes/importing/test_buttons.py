"""Every button on the way from a file to its people and back, and what is said when it comes too late."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.jobs import running
from people.jobs.models import Job
from people.models import Person
from programmes.importing import contributions, rules, transitions
from programmes.importing.actions import bringing, files, rows
from programmes.importing.models import ImportRule, ImportStatus, PeopleImport, RowStatus
from programmes.importing.transitions import ImportRefusedError
from tests.factories import importing as make
from tests.helpers import importing
from tests.helpers.client import page_text, words_of
from tests.helpers.importing import checked, send, work

TWO = "Name,Email\nAna Example,ana@example.org\nBen Example,ben@example.org\n"
COLUMNS = {"column_0": "full_name", "column_1": "email", "role": "lived_experience"}


@pytest.fixture
def staff(scene, signed_in):
    return signed_in(scene.staff)


def address(people_import, name="people_import", *more):
    return reverse(name, args=[people_import.programme.slug, people_import.pk, *more])


def press(browser, people_import, name, *more, **data):
    """Press the button `name` and return what the page after it says."""
    return words_of(browser.post(address(people_import, name, *more), data, follow=True))


def test_staff_say_the_columns_welcome_everybody_and_undo_it_on_its_pages(scene, staff, settings):
    people_import = send(scene, TWO)
    url = address(people_import, "people_import_columns")
    wrong = page_text(staff.post(url, {**COLUMNS, "column_0": ""}))
    assert "which column has the names" in wrong
    late = {"starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2099"}
    assert "This day is after the end of the programme" in page_text(staff.post(url, {**COLUMNS, **late}))
    assert staff.post(url, COLUMNS).url == address(people_import)
    work(people_import, transitions.CHECK)
    assert "2 people are ready to be brought in." in words_of(staff.get(address(people_import)))
    staff.post(address(people_import, "people_import_bring_in"))
    bringing.bring_in(people_import=people_import, by=scene.staff)
    page = words_of(staff.get(address(people_import)))
    assert "2 people were brought in by Stella Staffordly on Monday 23 November 2026" in page
    assert page_text(staff.get(address(people_import, "people_import_undo")))
    staff.post(address(people_import, "people_import_undo"))
    work(people_import, transitions.UNDO)
    assert "2 people were taken out again by Stella Staffordly" in words_of(staff.get(address(people_import)))
    assert not Person.objects.filter(full_name="Ana Example").exists()
    assert "can be undone: Undone" in press(staff, people_import, "people_import_undo")


def test_the_welcome_is_a_page_and_a_button_and_goes_out_once(scene, staff):
    people_import = importing.brought(scene, TWO)
    assert page_text(staff.get(address(people_import, "people_import_welcome")))
    staff.post(address(people_import, "people_import_welcome"))
    work(people_import, transitions.WELCOME)
    assert people_import.rows.filter(welcomed_at=None).count() == 0
    assert "Everybody from this file has been told" in press(staff, people_import, "people_import_welcome")


def test_a_welcome_before_anybody_is_brought_in_is_refused(scene, staff):
    people_import = checked(scene, TWO)
    assert "once the people are brought in" in press(staff, people_import, "people_import_welcome")


def test_who_asked_for_long_work_and_has_no_account_any_more_is_asked_for_again(scene):
    people_import = importing.brought(scene, TWO)
    bringing.ask_to_welcome(people_import=people_import, by=scene.staff)
    job = Job.objects.get(kind=transitions.WELCOME)
    Person.objects.filter(pk=scene.staff.person.pk).update(user=None)
    running.run(job.pk)
    job.refresh_from_db()
    assert "Who asked for this has no account any more. Ask for it again." in job.problem
    assert people_import.rows.filter(welcomed_at=None).count() == 2


@pytest.mark.parametrize("name", ["people_import_columns", "people_import_reading"])
def test_columns_are_not_said_once_people_are_brought_in(scene, staff, name):
    people_import = make.an_import(scene.programme, scene.staff.person, status="done")
    page = words_of(staff.get(address(people_import, name), follow=True))
    assert "The columns of this file cannot be changed now: Brought in." in page


def test_rows_with_a_problem_are_left_out_at_once_or_one_by_one_and_taken_back(scene, staff):
    people_import = checked(scene, "Name,Email\n,a@example.org\nBen Example,ben\nCy Example,cy@example.org\n")
    first, second = people_import.rows.filter(status=RowStatus.PROBLEM).order_by("number")
    page = press(staff, people_import, "people_import_row_answer", first.pk, seen="leave_out")
    assert "Row 2: Left out" in page
    assert "Ben Example" in page, "the next row with a problem follows"
    assert "Enter their name" in press(staff, people_import, "people_import_row_answer", first.pk, seen="take_back")
    assert "Rows left out: 2." in press(staff, people_import, "people_import_leave_out")
    assert "2 rows are left out." in words_of(staff.get(address(people_import)))
    answer = address(people_import, "people_import_row_answer", second.pk)
    assert staff.post(answer, {"seen": "dance"}).status_code == 404
    assert staff.post(answer, {"seen": str(scene.elsewhere.person.pk)}).status_code == 404
    file = staff.get(address(people_import), {"export": "csv"})
    lines = b"".join(file).decode() if file.streaming else file.content.decode()
    assert "cy@example.org" in lines


def test_two_people_in_a_cell_become_two_rows_and_one_does_not(scene, staff):
    people_import = checked(scene, "Name\nAna and Ben Example\nCy Example\n")
    couple, one = people_import.rows.order_by("number")
    page = press(staff, people_import, "people_import_row_answer", one.pk, seen="make_two")
    assert "There are not two names in this row." in page
    press(staff, people_import, "people_import_row_answer", couple.pk, seen="make_two")
    assert people_import.rows.count() == 3


def test_who_is_in_the_programme_already_is_chosen_by_a_button(scene, staff):
    people_import = checked(scene, "Name\nLena Lived\n")
    row = people_import.rows.get()
    page = press(staff, people_import, "people_import_row_answer", row.pk, seen=str(scene.lived.person.pk))
    assert "1 is in the programme already, and is not added again." in page
    again = press(staff, people_import, "people_import_bring_in")
    assert "There is nobody new in this file." in again


def test_an_import_is_thrown_away_by_a_button_and_only_once(scene, staff, data_dir):
    people_import = checked(scene, TWO)
    assert "Nobody was added." in press(staff, people_import, "people_import_discard")
    assert not people_import.rows.exists()
    with pytest.raises(ImportRefusedError, match="cannot be thrown away any more: Thrown away"):
        files.discard(people_import=people_import, by=scene.staff)


def test_the_page_of_a_row_and_the_rows_to_put_right_go_with_the_file(scene, staff):
    people_import = make.an_import(scene.programme, scene.staff.person, status="columns")
    row = make.a_row(people_import)
    PeopleImport.objects.filter(pk=people_import.pk).update(mapping=[])
    assert staff.get(address(people_import, "people_import_row", row.pk)).status_code == 404
    assert staff.get(address(people_import, "people_import_csv")).status_code == 404


def test_an_excel_file_is_read_again_from_another_sheet_and_a_csv_file_with_other_letters(scene, staff):
    excel = send(scene, "numbers-and-dates.xlsx")
    page = page_text(staff.get(address(excel, "people_import_reading")))
    assert "Which sheet has the people?" in page
    assert "What stands between the columns?" not in page
    assert excel.sheet_name in page
    marked = send(scene, "Name;Town\nZoë Invented;Leeds\n".encode("utf-16"))
    page = page_text(staff.get(address(marked, "people_import_reading")))
    assert f'value="{marked.encoding}" selected' in page


def test_a_full_disk_is_told_beside_the_field_and_nothing_is_kept(scene, staff, monkeypatch):
    def full(*_arguments, **_options):
        raise OSError("No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    file = SimpleUploadedFile("people.csv", TWO.encode())
    page = page_text(staff.post(reverse("people_imports", args=["wow"]), {"file": file}))
    assert "We could not keep your file just now. Try again later." in page
    assert not PeopleImport.objects.exists()


def test_a_file_lost_from_the_disk_is_asked_for_again(scene, staff):
    file = SimpleUploadedFile("people.csv", TWO.encode())
    people_import = files.send(programme=scene.programme, file=file, by=scene.staff)
    people_import.file.storage.delete(people_import.file.name)
    work(people_import, transitions.READ)
    assert "We no longer have this file. Send it again." in page_text(staff.get(address(people_import)))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("Name,Email\n", "There are no rows below the headings."), (TWO + "Cy,\n", "This sheet has more than 2 rows.")],
)
def test_a_file_without_rows_or_with_too_many_is_refused(scene, content, sentence):
    old = ImportRule.objects.get()
    ImportRule.objects.create(
        effective_from=old.effective_from.replace(year=2021), most_bytes=90_000, most_rows=2, undo_days=7, keep_days=7
    )
    people_import = send(scene, content)
    assert (people_import.status, people_import.problem[: len(sentence)]) == ("unreadable", sentence)


def test_an_empty_file_is_refused_by_the_action_as_well(scene):
    with pytest.raises(ImportRefusedError, match="This file is empty"):
        files.send(programme=scene.programme, file=SimpleUploadedFile("a.csv", b""), by=scene.staff)


def test_work_that_comes_a_second_time_changes_nothing(scene):
    people_import = checked(scene, TWO)
    before = list(people_import.rows.values())
    for kind in (transitions.READ, transitions.CHECK):
        job = Job.objects.create(kind=kind, subject_id=people_import.pk, started_by=scene.staff.person)
        running.run(job.pk)
        job.refresh_from_db()
        assert job.status == Job.Status.DONE
    assert list(people_import.rows.values()) == before
    assert bringing.undo(people_import=people_import, by=scene.staff).status == ImportStatus.CHECKED
    assert files.refuse(people_import=people_import, problem="Late", by=None).problem == ""


def test_columns_that_no_longer_fit_the_file_are_refused(scene):
    people_import = send(scene, TWO)
    with pytest.raises(ImportRefusedError, match="The file has been read anew meanwhile"):
        rows.set_columns(people_import=people_import, mapping=["full_name"], by=scene.staff)
    with pytest.raises(ImportRefusedError, match="which column has the names"):
        rows.set_columns(people_import=people_import, mapping=["", "email"], by=scene.staff)


def test_who_may_watch_the_work_of_an_import_are_its_staff(scene):
    people_import = checked(scene, TWO)
    kind, job = contributions.JOB_KINDS[transitions.CHECK], Job.objects.get(kind=transitions.CHECK)
    assert kind.can_see(scene.staff, job)
    assert not kind.can_see(scene.elsewhere, job)
    assert kind.url(job) == address(people_import)
    assert not rules.can_be_undone(people_import)


LONG = "x" * 300


@pytest.mark.parametrize(
    ("heading", "cell", "sentence"),
    [
        ("Known as", LONG, "This is longer than"),
        ("Name", f"Ana {LONG}", "This is longer than"),
        ("Name", "ana@example.org", "This is not a name"),
        ("Address", "\n".join(f"Line {n}" for n in range(20)), "An address has at most"),
        ("Address", f"1 {LONG * 2}", "This is longer than"),
        ("Start", "31 June 2026", "Enter a date as day, month and year"),
        ("Start", "some time", "Enter a date as day, month and year"),
        ("Start", "1 May 2099", "This day is after the end of the programme"),
    ],
)
def test_a_cell_that_cannot_be_kept_says_what_to_do(scene, heading, cell, sentence):
    name = "" if heading == "Name" else "Name,"
    row = "" if heading == "Name" else "Ana Example,"
    people_import = checked(scene, f'{name}{heading}\n{row}"{cell}"\n'.encode())
    ((_heading, said),) = importing.problems(people_import)[2]
    assert said.startswith(sentence)


def test_a_day_in_words_and_a_tick_below_the_name_of_a_group_are_understood(scene):
    people_import = checked(
        scene,
        f"Name,Start,{scene.group.name}\nAna Example,3rd May 2026,yes\nBen Example,2 Sept 26,\n",
        mapping=["full_name", "starts_on", "groups"],
    )
    first, second = importing.details(people_import)
    assert (first["starts_on"], second["starts_on"]) == ("2026-05-03", "2026-09-02")
    assert (first["groups"], second["groups"]) == ([scene.group.pk], [])


def test_everybody_without_a_group_gets_the_one_chosen_for_all_and_without_any_role_is_asked(scene):
    chosen = checked(scene, "Name\nAna Example\n", role="", group=scene.group)
    assert importing.details(chosen)[0]["groups"] == [scene.group.pk]
    nothing = checked(scene, "Name\nAna Example\n", role="")
    assert importing.problems(nothing)[2][0][1].startswith("Say what they are to the programme")


def test_name_and_surname_are_first_and_last_name(scene):
    people_import = checked(scene, "Name,Surname\nAna,Example\n")
    assert people_import.mapping == ["first_name", "last_name"]
    assert importing.details(people_import)[0]["full_name"] == "Ana Example"
