"""The audit extract: who, when, before and after, of everything about money, and of nothing that is not for it."""

import datetime as dt
import re
import tracemalloc

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from payments.approval.actions import decisions
from payments.claims.actions import sending
from payments.models import Claim, ClaimLine, RunFileDownload
from payments.reports import audit, periods
from payments.reports.who import Names
from payments.runs.actions import runs
from tests import factories
from tests.helpers import papers
from tests.helpers.reporting import a_settled_claim, csv_rows, made, paper, sheets, words_of
from tests.helpers.runs import pay

# The database writes by its own clock when a row of the history was made.
pytestmark = pytest.mark.real_clock

WHEN, WHO, ABOUT, REFERENCE, WHAT, BEFORE, AFTER = range(7)


@pytest.fixture
def this_month():
    return f"{timezone.localdate():%Y-%m}"


def events(programme, period):
    """The rows of the extract, oldest first."""
    today = timezone.localdate()
    shaped = audit.report(programme, periods.period(period), today)
    sections = sorted(shaped.sections, key=lambda section: section.worked_out_last)
    return [list(row) for row in sections[0].rows], [list(row) for row in sections[1].rows]


def test_a_claim_from_draft_to_paid_is_told_event_by_event_with_who(scene, this_month, signed_in):
    claim = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy)
    sending.submit(claim=claim, by=scene.person)
    decisions.approve(claim=claim, by=scene.staff)
    run = runs.make_run(programme=scene.programme, claims=[Claim.objects.get(pk=claim.pk)], by=scene.finance)
    pay(scene, run)
    RunFileDownload.objects.create(
        run=run, by=scene.finance.person, sha256="f" * 64, payments_count=1, total_pence=5000
    )
    rows, counted = events(scene.programme, this_month)
    about = [row for row in rows if row[REFERENCE] == claim.reference and row[ABOUT] == "Claim"]
    assert [row[WHAT] for row in about] == ["Added", "Sent, being checked", "Approved", "Being paid", "Paid"]
    sent, approved = about[1], about[2]
    assert (sent[WHO], approved[WHO], about[3][WHO]) == ("Petra Person", "Stan Staff", "Fay Finance")
    # Written without an action, as rows were before actions said who acts.
    assert about[0][WHO] == "Not recorded"
    assert "status: Not sent yet" in sent[BEFORE]
    assert "status: Sent, being checked" in sent[AFTER]
    assert "approved by: –" in approved[BEFORE]
    assert "approved by: Stan Staff" in approved[AFTER]
    assert "agreed: £50.00" in approved[AFTER]
    assert "money" not in sent[AFTER]
    lines = [row for row in rows if row[ABOUT] == "Line of a claim"]
    assert [(row[REFERENCE], row[WHAT]) for row in lines] == [(claim.reference, "Added"), (claim.reference, "Changed")]
    assert lines[1][AFTER] == "agreed: £50.00"
    assert lines[1][BEFORE] == "agreed: –"
    assert f"claim: {claim.reference}" in lines[0][AFTER]
    assert f"policy: {scene.policy}" in about[0][AFTER]
    assert "activity: Meeting" in about[0][AFTER]
    run_rows = [row for row in rows if row[ABOUT] == "Payment run"]
    assert [row[WHAT] for row in run_rows] == ["Added", "Signed off", "Paid"]
    assert {row[REFERENCE] for row in run_rows} == {run.reference}
    assert {row[ABOUT] for row in rows} >= {"Payment", "Claim in a payment", "Document", "Reward policy", "Bank file"}
    download = next(row for row in rows if row[ABOUT] == "Bank file")
    assert (download[WHO], download[WHAT], download[REFERENCE]) == ("Fay Finance", "Downloaded", run.reference)
    assert "total: £50.00" in download[AFTER]
    assert [row[WHEN] for row in rows] == sorted(row[WHEN] for row in rows)
    assert sum(number for _about, _what, number in counted) == len(rows)
    assert ["Claim", "Paid", 1] in counted


def test_no_row_shows_a_number_of_the_database_or_a_code(scene):
    period = periods.month_of(timezone.localdate())
    list(papers.papers_of_a_run(scene, "Words", (), 2))
    made(scene.programme, "spend", period.key)
    rows, _counted = events(scene.programme, period.key)
    assert len({row[ABOUT] for row in rows}) > 10
    for row in rows:
        assert not re.search(r"#\d|_|, in pence|[{}\[\]]", " ".join(row[ABOUT:])), row
    assert {row[REFERENCE] for row in rows if row[ABOUT] == "Expense rule"} == {"Policy, version 1"}
    asked = next(row for row in rows if row[ABOUT] == "Report")
    assert f"what was asked for: {period}" in asked[AFTER]
    letters = {row[REFERENCE] for row in rows if row[ABOUT] == "Document" and "payment: " in row[AFTER]}
    assert letters <= {row[REFERENCE] for row in rows if row[ABOUT] in ("Payment", "Payment run")}


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        (None, "Not recorded"),
        ({}, "Not recorded"),
        ({"user": None, "action": "inviting.invitations.reply"}, "By a personal link"),
        ({"user": None, "path": "/r/…/"}, "By a personal link"),
        ({"task": "payments.tasks.clean_receipt", "task_id": "1"}, "Checking receipts (automatic)"),
        (
            {"task": "people.tasks.run_job", "job": "payment_documents"},
            "Letters and schedule of the payment run (automatic)",
        ),
        ({"task": "people.tasks.run_job", "user": None, "action": "jobs.start"}, "Long work (automatic)"),
        ({"task": "payments.tasks.gone_since"}, "payments.tasks.gone_since (automatic)"),
        ({"seed": 1}, "Invented data"),
        ({"user": 0}, "Not recorded"),
        ({"user": 999999}, "#999999"),
    ],
)
def test_who_is_told_in_plain_words_for_every_kind_of_context(db, metadata, words):
    assert Names().of_context(metadata) == words


def test_bank_details_say_who_and_when_and_never_the_numbers(scene, this_month):
    factories.bank_details(scene.person, confirmed_by=scene.finance.person)
    rows, _counted = events(scene.programme, this_month)
    details = [row for row in rows if row[ABOUT] == "Bank details"]
    assert [row[WHAT] for row in details] == ["Added", "Changed"]
    assert "confirmed by: Fay Finance" in details[1][AFTER]
    whole = str(rows)
    for secret in ("66374958", "08-99-99", "089999"):
        assert secret not in whole


def test_what_is_not_sent_and_what_is_elsewhere_is_not_in_it(scene, this_month):
    draft = factories.a_claim(scene.programme, scene.person.person, policy=scene.policy)
    taken_back = factories.a_claim(scene.programme, scene.person.person, Claim.Status.WITHDRAWN, policy=scene.policy)
    elsewhere = factories.a_claim(scene.other, scene.person.person, Claim.Status.SUBMITTED)
    sent = factories.a_claim(scene.programme, scene.person.person, Claim.Status.SUBMITTED, policy=scene.policy)
    rows, _counted = events(scene.programme, this_month)
    references = {row[REFERENCE] for row in rows}
    assert sent.reference in references
    assert not references & {draft.reference, taken_back.reference, elsewhere.reference}
    last_month = periods.month_of(timezone.localdate().replace(day=1) - dt.timedelta(days=1))
    assert events(scene.programme, last_month.key) == ([], [])


def test_every_history_of_the_payments_app_that_leads_to_a_programme_is_read(db):
    names = {model.pgh_tracked_model._meta.object_name for model, _path in audit.tracked_models()}
    assert names >= {
        "Claim",
        "ClaimLine",
        "ClaimNote",
        "Receipt",
        "PaymentRun",
        "Payment",
        "PaymentItem",
        "Document",
        "PolicyVersion",
        "FeeRule",
        "ExpenseRule",
        "ReportRun",
        "ReportSubscription",
    }
    # Through a person alone nothing is reached: what is a person's own business stays theirs.
    assert not names & {"BankDetails", "Person", "RecognitionChoice"}


def test_paper_has_the_counts_and_says_where_the_events_are(scene, this_month, signed_in):
    factories.a_claim(scene.programme, scene.person.person, Claim.Status.SUBMITTED, policy=scene.policy)
    report = made(scene.programme, "audit", this_month)
    rows = sheets(report)["Every event, oldest first"]
    counts = sheets(report)["Events by what they are about"]
    assert counts[-1] == ["Total", "", len(rows) - 1]
    assert report.rows_count == len(rows) - 1 + len(counts) - 2
    _reader, text = paper(report)
    assert f"{len(rows) - 1} rows, too many for paper. The CSV and Excel files have them all." in text
    assert "Sent, being checked" in text
    assert rows[1][AFTER][:20] not in text
    assert any(line and line[-1] == rows[1][AFTER] for line in csv_rows(report))
    page = words_of(signed_in(scene.finance).get(report.get_absolute_url()))
    assert rows[1][AFTER][:20] in page
    assert signed_in(scene.staff).get(report.get_absolute_url()).status_code == 404
    assert signed_in(scene.staff).get(reverse("report_new", args=[scene.programme.slug, "audit"])).status_code == 403


def test_memory_stays_flat_however_many_events_there_are(scene, this_month, monkeypatch):
    monkeypatch.setattr(audit, "CHUNK", 500)
    today = timezone.localdate()
    claim = a_settled_claim(scene.programme, scene.person.person, activity_on=today, sent_on=today)
    event = ClaimLine.history.rel.related_model
    table = event._meta.db_table
    names = ", ".join(f'"{field.column}"' for field in event._meta.fields if field.name not in {"pgh_id", "pgh_obj"})
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (pgh_obj_id, {names}) SELECT 1000000 + n, {names}"
            f" FROM {table}, generate_series(1, 3000) AS n"
            f" WHERE pgh_id = (SELECT min(pgh_id) FROM {table} WHERE claim_id = %s)",
            [claim.pk],
        )
    held, count = {}, 0
    tracemalloc.start()
    for _row in audit.report(scene.programme, periods.period(this_month), today).sections[1].rows:
        count += 1
        # The same place in two chunks that are read five apart.
        if count in {251, 251 + 5 * audit.CHUNK}:
            held[count] = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert count > 3000
    first, later = held.values()
    assert later < first + 200_000
