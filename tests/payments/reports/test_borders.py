"""The borders of reports and statements: their lists as files, what got lost, and who may watch them being made."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from payments.models import ReportFile, YearStatement
from payments.reports import actions as report_actions
from payments.reports import generate, statement
from people.jobs import running
from people.models import Job
from people.registry import job_kinds
from tests.helpers.reporting import a_settled_claim, made, words_of

D = dt.date


@pytest.fixture
def paid(scene):
    """£20 paid to one person in October 2026."""
    return a_settled_claim(
        scene.programme,
        scene.person.person,
        activity_on=D(2026, 10, 1),
        sent_on=D(2026, 10, 2),
        approved_on=D(2026, 10, 5),
        paid_on=D(2026, 10, 8),
        fee=2000,
    )


@pytest.fixture
def report(scene, paid):
    return made(scene.programme, "spend", "2026-10", asked_by=scene.finance.person)


def lines_of(response):
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_the_lists_of_reports_leave_as_files(scene, report, signed_in):
    client, slug = signed_in(scene.finance), scene.programme.slug
    for address in (reverse("reports", args=[slug]), reverse("report_new", args=[slug, "spend"])):
        head, *rows = lines_of(client.get(address, {"export": "csv"}))
        assert "Status" in head
        assert len(rows) == 1
        assert "Fay Finance" in rows[0]
        assert "Made" in rows[0]


def test_a_kind_of_report_or_a_form_of_file_that_there_is_not_is_not_found(scene, report, signed_in):
    client = signed_in(scene.finance)
    assert client.get(reverse("report_new", args=[scene.programme.slug, "weather"])).status_code == 404
    assert client.get(reverse("report_file", args=[report.pk, "docx"])).status_code == 404


def test_a_report_without_a_period_asks_for_none(scene, signed_in):
    page = words_of(signed_in(scene.finance).get(reverse("report_new", args=[scene.programme.slug, "ageing"])))
    assert "First day" not in page


def test_each_file_of_a_report_is_sent_to_who_may_see_it_until_it_is_lost(scene, report, signed_in):
    client = signed_in(scene.finance)
    for form in ("csv", "xlsx", "pdf"):
        file = reverse("report_file", args=[report.pk, form])
        assert b"".join(client.get(file).streaming_content)
        assert signed_in(scene.finance_elsewhere).get(file).status_code == 404
        default_storage.delete(report.files.get(format=form).file.name)
        assert client.get(file).status_code == 404
    default_storage.delete(report.files.get(format=ReportFile.Format.DATA).file.name)
    assert client.get(report.get_absolute_url()).status_code == 404


def test_a_statement_is_not_found_before_it_is_made_nor_once_it_is_lost(scene, paid, signed_in):
    client = signed_in(scene.person)
    report_actions.ask_statement(person=scene.person.person, year=2026, by=scene.person)
    row = YearStatement.objects.get()
    file = reverse("statement", args=[row.pk])
    assert client.get(file).status_code == 404
    running.run(Job.objects.get(kind=statement.JOB_KIND).pk)
    row.refresh_from_db()
    assert client.get(file).status_code == 200
    default_storage.delete(row.file.name)
    assert client.get(file).status_code == 404


def test_one_lost_statement_keeps_the_file_of_all_from_being_sent_without_it(scene, paid, signed_in, worker):
    client = signed_in(scene.finance)
    with worker():
        client.post(reverse("programme_statements", args=[scene.programme.slug]), {"year": "2026"})
    file = reverse("programme_statements_file", args=[scene.programme.slug, 2026])
    assert client.get(file).status_code == 200
    default_storage.delete(YearStatement.objects.get().file.name)
    assert client.get(file).status_code == 404


def test_a_programme_that_paid_nobody_has_no_statements_to_make(scene, signed_in):
    page = words_of(signed_in(scene.finance).get(reverse("programme_statements", args=[scene.programme.slug])))
    assert "Tax year 2026 to 2027" not in page


def test_the_work_of_a_statement_is_watched_by_whose_it_is_and_leads_to_their_page(scene, paid):
    report_actions.ask_statement(person=scene.person.person, year=2026, by=scene.person)
    own = Job.objects.get(kind=statement.JOB_KIND)
    kind = job_kinds[statement.JOB_KIND]
    assert [kind.can_see(user, own) for user in (scene.person, scene.finance, scene.staff)] == [True, False, False]
    assert kind.url(own) == reverse("your_statements")
    report_actions.ask_statement(person=scene.person.person, year=2026, by=scene.finance, programme=scene.programme)
    theirs = Job.objects.filter(kind=statement.JOB_KIND).latest("pk")
    assert [kind.can_see(user, theirs) for user in (scene.finance, scene.finance_elsewhere)] == [True, False]
    page = reverse("person_statements", args=[scene.programme.slug, scene.person.person.pk])
    assert kind.url(theirs) == page


def test_the_work_of_a_report_is_watched_by_who_may_read_it(scene, report):
    job, kind = Job.objects.filter(kind=generate.JOB_KIND).latest("pk"), job_kinds[generate.JOB_KIND]
    assert [kind.can_see(user, job) for user in (scene.finance, scene.finance_elsewhere)] == [True, False]
    assert kind.url(job) == report.get_absolute_url()
