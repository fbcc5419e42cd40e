"""Making a report: the same rows on the page and in every file, kept for good, made again after a worker died."""

import datetime as dt
import hashlib
import json
import tracemalloc

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments.models import ReportFile, ReportRun, SmallNumberRule
from payments.reports import actions as report_actions
from payments.reports import files, generate
from payments.reports.stored_rows import Kept
from people.models import Job
from tests.helpers.reporting import (
    a_job,
    a_settled_claim,
    content,
    csv_rows,
    made,
    paper,
    sheets,
    words_of,
)
from wellbeing.lib import spreadsheets
from wellbeing.lib.money import pounds

Format = ReportFile.Format
D = dt.date


@pytest.fixture
def two_claims(scene):
    """Two claims paid in October 2026, one with a name a spreadsheet would run."""
    for number, name in enumerate(("=SUM(A1)", "Zoë <b>Bold</b>")):
        scene.person.person.full_name = name
        scene.person.person.save()
        a_settled_claim(
            scene.programme,
            scene.person.person,
            activity_on=D(2026, 10, 1 + number),
            sent_on=D(2026, 10, 2),
            approved_on=D(2026, 10, 5),
            paid_on=D(2026, 10, 8),
            fee=123456,
            expenses=[("public_transport", 1205)],
        )


@pytest.mark.parametrize(
    ("kind", "period"),
    [
        ("spend", "2026-10"),
        ("ageing", ""),
        ("on-time", "2026-Q4"),
        ("expenses", "2026"),
        ("recognition", "2026-Q3"),
        ("by-person", "tax-2026"),
        ("audit", "2026-11"),
    ],
)
def test_every_report_has_its_rows_in_all_four_forms(scene, two_claims, signed_in, kind, period):
    report = made(scene.programme, kind, period)
    assert report.is_made
    kept = {file.format: file for file in report.files.all()}
    assert set(kept) == set(Format)
    for file in kept.values():
        whole = content(report, file.format)
        assert (hashlib.sha256(whole).hexdigest(), len(whole)) == (file.sha256, file.size)
    with kept[Format.DATA].file.open("rb") as source:
        data = Kept(source)
        tables = files.tables(data, 10_000, paper=False)
        on_paper = files.tables(data, files.MAX_ON_PAPER)
        plain = [[list(row) for row in section.rows()] for section in data.sections]
    assert report.rows_count == sum(len(rows) for rows in plain)
    # The spreadsheet: a sheet for each table, with every row of it.
    book = sheets(report)
    assert len(book) == len(tables) + 1
    for table, rows, sheet in zip(tables, plain, book.values(), strict=False):
        assert [column["label"] for column in table["columns"]] == sheet[0]
        assert len(sheet) == 1 + len(rows) + bool(table["totals"])
    # The CSV: the same rows in the same order.
    lines = [line for line in csv_rows(report) if line]
    headings = len(tables) if len(tables) > 1 else 0
    assert len(lines) == report.rows_count + len(tables) + headings + sum(bool(table["totals"]) for table in tables)
    # Paper and page: every value of the tables that are on them.
    reader, text = paper(report)
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].lower() == "en-gb"
    page = words_of(signed_in(scene.finance).get(report.get_absolute_url()))
    for table, section in zip(tables, on_paper, strict=True):
        for row in [*table["rows"][:50]]:
            for cell in row["cells"]:
                assert cell["text"][:20].replace("<", "&lt;").replace(">", "&gt;") in page or not cell["text"]
        for row in section["rows"]:
            for cell in row["cells"]:
                assert " ".join(cell["text"].split())[:20] in text


def test_the_same_amounts_stand_on_the_page_in_csv_excel_and_pdf(scene, two_claims, signed_in):
    report = made(scene.programme, "by-person", "tax-2026")
    money = 2 * (123456 + 1205)
    (heading, row, total) = csv_rows(report)
    assert heading[5] == "Money paid"
    assert row == ["Zoë <b>Bold</b>", "2", "2469.12", "24.10", "0.00", "2493.22", "0.00", "0.00", "0.00", "0.00"]
    assert total == ["Total", *row[1:]]
    sheet = sheets(report)["People paid, by name"]
    assert sheet[1] == ["Zoë <b>Bold</b>", 2, 2469.12, 24.10, 0, 2493.22, 0, 0, 0, 0]
    assert sheet[2] == ["Total", *sheet[1][1:]]
    _reader, text = paper(report)
    assert text.count(pounds(money)) == 2
    page = words_of(signed_in(scene.finance).get(report.get_absolute_url()))
    assert page.count(pounds(money)) == 2
    assert pounds(money) == "£2,493.22"


def test_a_name_that_is_a_formula_is_harmless_in_csv(scene):
    scene.person.person.full_name = "=HYPERLINK(1)"
    scene.person.person.save()
    a_settled_claim(
        scene.programme,
        scene.person.person,
        activity_on=D(2026, 10, 1),
        sent_on=D(2026, 10, 2),
        approved_on=D(2026, 10, 5),
        paid_on=D(2026, 10, 8),
    )
    report = made(scene.programme, "by-person", "tax-2026")
    assert csv_rows(report)[1][0] == "'=HYPERLINK(1)"
    assert sheets(report)["People paid, by name"][1][0] == "=HYPERLINK(1)"


def test_dates_are_dates_in_excel_and_iso_in_csv(scene):
    claim = a_settled_claim(scene.programme, scene.person.person, activity_on=D(2026, 11, 1), sent_on=D(2026, 11, 16))
    report = made(scene.programme, "ageing")
    row = next(line for line in csv_rows(report) if line and line[0] == claim.reference)
    assert row[2] == "2026-11-16"
    (sheet,) = [rows for title, rows in sheets(report).items() if "oldest first" in title]
    # Excel counts days from 30 December 1899.
    assert sheet[1][2] == (D(2026, 11, 16) - D(1899, 12, 30)).days


@pytest.mark.parametrize("stops_at", ["csv", "xlsx", "pdf", "rows"])
def test_a_worker_killed_half_way_leaves_what_it_kept_and_the_next_goes_on(scene, two_claims, monkeypatch, stops_at):
    report = ReportRun.objects.create(
        programme=scene.programme, kind="by-person", parameters={"period": "tax-2026"}, asked_by=scene.finance.person
    )
    name = {"csv": "write_csv", "xlsx": "write_xlsx", "pdf": "pdf_bytes"}.get(stops_at)

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if name:
            patch.setattr(files, name, killed)
        else:
            patch.setattr(generate, "write", killed)
        job = a_job(report)
        with pytest.raises(KeyboardInterrupt):
            generate.make(job)
    before = dict(report.files.values_list("format", "sha256"))
    assert len(before) == {"rows": 0, "csv": 1, "xlsx": 2, "pdf": 3}[stops_at]
    report.refresh_from_db()
    assert not report.is_made
    generate.make(job)
    report.refresh_from_db()
    assert report.is_made
    after = dict(report.files.values_list("format", "sha256"))
    assert set(after) == set(Format)
    assert before.items() <= after.items()
    assert csv_rows(report)[1][0] == "Zoë <b>Bold</b>"


def test_rows_read_before_a_worker_died_are_not_read_again(scene, two_claims, monkeypatch):
    report = ReportRun.objects.create(programme=scene.programme, kind="by-person", parameters={"period": "tax-2026"})
    with monkeypatch.context() as patch:
        patch.setattr(files, "write_csv", lambda *args: 1 / 0)
        job = a_job(report)
        with pytest.raises(ZeroDivisionError):
            generate.make(job)
    scene.person.person.full_name = "Somebody Renamed"
    scene.person.person.save()
    generate.make(job)
    assert csv_rows(report)[1][0] == "Zoë <b>Bold</b>"


def test_making_twice_makes_nothing_twice(scene, two_claims):
    report = made(scene.programme, "spend", "2026-10")
    before = list(report.files.values_list("pk", "sha256"))
    job = Job.objects.get(kind=generate.JOB_KIND, subject_id=report.pk)
    generate.make(job)
    assert list(report.files.values_list("pk", "sha256")) == before


def test_of_a_file_two_workers_make_at_once_one_is_kept_and_no_other_left_behind(scene):
    report = ReportRun.objects.create(programme=scene.programme, kind="spend", parameters={"period": "2026-10"})
    with ContentFile(b"one").open() as out:
        first = generate.keep(report, Format.CSV, out)
    folder = first.file.name.rpartition("/")[0]
    there = set(first.file.storage.listdir(folder)[1])
    with ContentFile(b"two").open() as out:
        assert generate.keep(report, Format.CSV, out) is None
    assert set(first.file.storage.listdir(folder)[1]) == there
    assert content(report, Format.CSV) == b"one"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE payments_reportfile SET sha256 = 'x' WHERE report_id = %s",
        "DELETE FROM payments_reportfile WHERE report_id = %s",
        "UPDATE payments_reportrun SET rows_count = 9 WHERE id = %s",
        "UPDATE payments_reportrun SET parameters = '{}' WHERE id = %s",
        "DELETE FROM payments_reportrun WHERE id = %s",
    ],
)
def test_postgres_keeps_a_report_that_is_made(scene, sql):
    report = made(scene.programme, "spend", "2026-10")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [report.pk])


@pytest.mark.real_clock
def test_a_rule_for_small_numbers_begins_in_the_future_and_is_kept(db):
    rule = SmallNumberRule.objects.get()
    assert (rule.effective_from, rule.least) == (D(2000, 1, 1), 5)
    today = timezone.localdate()
    with pytest.raises(DatabaseError, match="begins in the future"), transaction.atomic():
        SmallNumberRule.objects.create(effective_from=today, least=3)
    SmallNumberRule.objects.create(effective_from=today + dt.timedelta(days=1), least=10)
    assert SmallNumberRule.objects.effective_on(today) == 5
    assert SmallNumberRule.objects.effective_on(today + dt.timedelta(days=1)) == 10
    for change in ("UPDATE payments_smallnumberrule SET least = 2", "DELETE FROM payments_smallnumberrule"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_button_makes_the_report_in_a_worker_and_pressed_twice_makes_one(scene, two_claims, worker, signed_in):
    client = signed_in(scene.staff)
    address = reverse("report_new", args=[scene.programme.slug, "spend"])
    with worker():
        first = client.post(address, {"period": "2026-10"})
        again = client.post(address, {"period": "2026-10"})
        assert first["Location"] == again["Location"]
        waiting = words_of(client.get(first["Location"]))
        assert "Making the report" in waiting
    report = ReportRun.objects.get()
    assert report.asked_by == scene.staff.person
    job = Job.objects.get(kind=generate.JOB_KIND)
    assert job.status == Job.Status.DONE
    assert job.done == job.total == 3 * report.rows_count + 1
    page = words_of(client.get(first["Location"]))
    assert "£2,493.22" in page
    # Asked for once more, it is a new report; the old one stays.
    with worker():
        assert client.post(address, {"period": "2026-10"})["Location"] != first["Location"]
    assert ReportRun.objects.count() == 2


def test_a_report_that_stopped_can_be_tried_again_by_who_may_see_it(scene, two_claims, worker, signed_in, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(files, "write_xlsx", lambda *args: 1 / 0)
        with worker():
            report = report_actions.ask(
                programme=scene.programme, kind="by-person", by=scene.finance, period="tax-2026"
            )
    job = Job.objects.get(kind=generate.JOB_KIND, subject_id=report.pk)
    assert job.status == Job.Status.FAILED
    page = signed_in(scene.finance_two).get(report.get_absolute_url())
    assert "Try again" in words_of(page)
    assert signed_in(scene.staff).post(reverse("job_try_again", args=[job.pk])).status_code == 404
    with worker():
        signed_in(scene.finance_two).post(reverse("job_try_again", args=[job.pk]))
    report.refresh_from_db()
    assert report.is_made


@pytest.mark.parametrize("period", ["", "2026-10-01", "2031-01", "tax-2026-Q1", "x" * 300, "2026"])
def test_a_period_that_is_not_offered_is_refused_beside_the_field(scene, signed_in, period):
    response = signed_in(scene.finance).post(
        reverse("report_new", args=[scene.programme.slug, "by-person"]), {"period": period}
    )
    assert response.status_code == 200
    assert "Error: " in response.content.decode()
    assert not ReportRun.objects.exists()
    with pytest.raises(report_actions.ReportError):
        report_actions.ask(programme=scene.programme, kind="by-person", by=scene.finance, period=period)


@pytest.mark.parametrize("number", [3, 30])
def test_the_lists_of_reports_ask_the_same_questions_however_many_there_are(scene, signed_in, number):
    for each in range(number):
        report = ReportRun.objects.create(
            programme=scene.programme, kind="spend", parameters={"period": "2026-10"}, asked_by=scene.staff.person
        )
        if each % 2:
            a_job(report)
    client = signed_in(scene.finance)
    for address in (
        reverse("reports", args=[scene.programme.slug]),
        reverse("report_new", args=[scene.programme.slug, "spend"]),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) == QUERIES[address.rsplit("/", 2)[1]]


QUERIES = {"reports": 9, "spend": 9}


@pytest.mark.parametrize("number", [3, 30])
def test_a_report_page_asks_the_same_questions_however_many_rows_it_has(scene, signed_in, number):
    for _each in range(number):
        a_settled_claim(scene.programme, scene.person.person, activity_on=D(2026, 11, 1), sent_on=D(2026, 11, 16))
    report = made(scene.programme, "ageing")
    client = signed_in(scene.finance)
    client.get(report.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        assert client.get(report.get_absolute_url()).status_code == 200
    assert len(asked) == 9


def test_a_long_table_is_cut_off_on_paper_and_page_and_goes_on_on_the_next_sheet(scene, monkeypatch, signed_in):
    from payments.reports.views import reports

    for place in range(7):
        a_settled_claim(
            scene.programme, scene.person.person, activity_on=D(2026, 11, 1), sent_on=D(2026, 11, 1 + place)
        )
    monkeypatch.setattr(files, "MAX_ON_PAPER", 4)
    monkeypatch.setattr(spreadsheets, "MAX_ON_A_SHEET", 3)
    monkeypatch.setattr(reports, "MAX_ON_PAGE", 5)
    report = made(scene.programme, "ageing")
    _reader, text = paper(report)
    assert "The first 4 of 7 rows" in text
    assert pounds(7 * 5000) in text
    client = signed_in(scene.finance)
    assert "Rows 1 to 5 of 7." in words_of(client.get(report.get_absolute_url()))
    second = client.get(f"{report.get_absolute_url()}?page=2")
    assert "Rows 6 to 7 of 7." in words_of(second)
    assert [len(table["rows"]) for table in second.context["tables"]][-1] == 2
    assert "Rows 6 to 7 of 7." in words_of(client.get(f"{report.get_absolute_url()}?page=99"))
    long = {title: rows for title, rows in sheets(report).items() if title.startswith("Not paid, the oldest")}
    assert [len(rows) - 1 for rows in long.values()] == [3, 3, 2]
    assert list(long.values())[2][-1][0] == "Total"
    assert len({row[0] for rows in long.values() for row in rows[1:]}) == 8


def test_many_rows_take_no_more_memory_than_few(tmp_path):
    """Rows are written, and drawn as CSV and Excel, with memory that does not grow with their number."""
    from payments.reports.report import MONEY, Report, ReportColumn, Section

    def peak(number):
        rows = ([f"Row {place}", place] for place in range(number))
        section = Section("Rows", [ReportColumn("Name"), ReportColumn("Pence", MONEY, summed=True)], rows)
        from payments.reports.stored_rows import write

        tracemalloc.start()
        with (tmp_path / "data").open("w+b") as data, (tmp_path / "out").open("w+b") as out:
            write(Report("T", "P", [section]), data, programme="P", made="now", step=lambda: None)
            data.seek(0)
            kept = Kept(data)
            files.write_csv(kept, out, lambda: None)
            out.seek(0)
            out.truncate()
            files.write_xlsx(kept, out, lambda: None)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    few, many = peak(2_000), peak(12_000)
    # Ten thousand rows held would be a megabyte at least.
    assert many < few + 500_000


def test_the_kept_rows_say_what_they_are(scene, two_claims):
    report = made(scene.programme, "spend", "2026-10")
    first = json.loads(content(report, Format.DATA).splitlines()[0])
    assert first["title"] == "Spend against budget"
    assert first["period"] == "October 2026"
    assert first["programme"] == "Wellbeing Invented"
    assert [section["rows"] for section in first["sections"]] == [0, 1, 1]
    assert len(content(report, Format.DATA).splitlines()) == 3
