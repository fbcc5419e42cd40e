"""Makers for tests of reports: claims settled on given days, and reports made and read back in every form."""

import datetime as dt
import io
import json
import re
import zipfile
from xml.etree import ElementTree

from django.db.models import F
from django.utils import timezone
from pypdf import PdfReader

from payments.models import ClaimLine, ReportFile, ReportRun
from payments.reports import catalogue, generate, periods
from people.models import Job
from tests import factories
from tests.helpers.documents import rows_of, text_of

XL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def at_noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def a_settled_claim(
    programme,
    person,
    *,
    activity_on,
    sent_on=None,
    approved_on=None,
    paid_on=None,
    pay_by=None,
    fee=5000,
    expenses=(),
    activity="meeting",
    description="",
    recognition="all",
    netted=0,
    **shares,
):
    """A claim taken as far as its days go: sent, approved, paid. `expenses` are (kind, pence).

    The fee is money but for what `shares` says: payroll, voucher, donation, declined, all whole pence.
    """
    claim = factories.a_claim(programme, person, activity_date=activity_on, amount_pence=fee or 1)
    claim.description = description or claim.description
    if not fee:
        claim.lines.all().delete()
    for kind, pence in expenses:
        add_expense(claim, kind, pence)
    claim.activity, claim.recognition = activity, recognition
    if recognition == "part":
        claim.recognition_pence = fee - shares["waived"]
    steps = []
    if sent_on:
        claim.submitted_at, claim.submitted_by = at_noon(sent_on), person
        claim.pay_by = pay_by or sent_on + dt.timedelta(days=14)
        steps.append("submitted")
    if approved_on:
        steps.append("approved")
    if paid_on:
        steps += ["in_run", "paid"]
    for step in steps:
        claim.status = step
        if step == "approved":
            decide(claim, approved_on, netted, shares)
        if step == "paid":
            factories.pay_in_a_run(claim, paid_on)
            claim.paid_on = paid_on
        claim.save()
    return claim


def add_expense(claim, kind, pence):
    """Add a line for an expense of `kind` to `claim`."""
    ClaimLine.objects.create(
        claim=claim,
        category="expense",
        expense_kind=kind,
        description=kind,
        on=claim.activity_date,
        amount_pence=pence,
        miles=1 if kind == "mileage" else None,
    )


def decide(claim, day, netted, shares):
    """Write on `claim`, without saving it, that all of it was approved on `day` and where the money goes."""
    ClaimLine.objects.filter(claim=claim).update(approved_pence=F("amount_pence"))
    claim.approved_at, claim.approved_by = at_noon(day), factories.a_person("Abel Approver")
    for name in ("payroll", "voucher", "donation", "waived"):
        setattr(claim, f"{name}_pence", shares.get(name, 0))
    claim.advance_recovered_pence = netted
    claim.approved_pence = sum(claim.lines.values_list("approved_pence", flat=True))
    claim.money_pence = claim.approved_pence - netted - sum(shares.values())


def a_job(report):
    """The job of a report, as a worker that has taken it holds it."""
    return Job.objects.create(kind=generate.JOB_KIND, subject_id=report.pk, status=Job.Status.RUNNING, attempts=1)


def made(programme, kind, period="", asked_by=None):
    """A report of `programme`, made here and now. Returns the ReportRun."""
    report = ReportRun.objects.create(
        programme=programme,
        kind=kind,
        parameters={"period": period} if period else {},
        asked_by=asked_by or factories.a_person(),
    )
    generate.make(a_job(report))
    report.refresh_from_db()
    return report


def tables_of(programme, kind, period="", today=None):
    """The tables of a report as lists of rows of plain values, by title, in the order they are read."""
    shaped = catalogue.KINDS[kind].build(
        programme, periods.period(period) if period else None, today or timezone.localdate()
    )
    sections = sorted(shaped.sections, key=lambda section: section.worked_out_last)
    return {section.title: [list(row) for row in section.rows] for section in sections}


def content(report, form):
    with report.files.get(format=form).file.open("rb") as source:
        return source.read()


def csv_rows(report):
    return rows_of(content(report, ReportFile.Format.CSV))


def sheets(report):
    """{title: rows of values} of the spreadsheet: numbers as float, dates as Excel counts them, nothing as ""."""
    with zipfile.ZipFile(io.BytesIO(content(report, ReportFile.Format.XLSX))) as book:
        titles = [
            sheet.get("name") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{XL}sheet")
        ]
        found = {}
        for number, title in enumerate(titles, start=1):
            rows = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{XL}row")
            found[title] = [_cells(row) for row in rows]
    return found


def _cells(row):
    values = []
    for cell in row.iter(f"{XL}c"):
        place = 0
        for letter in re.match("[A-Z]+", cell.get("r"))[0]:
            place = place * 26 + ord(letter) - 64
        values += [""] * (place - 1 - len(values))
        text = "".join(cell.itertext())
        values.append(text if cell.get("t") == "inlineStr" else float(text))
    return values


def paper(report):
    """(PdfReader, its words with single spaces)."""
    reader = PdfReader(io.BytesIO(content(report, ReportFile.Format.PDF)))
    return reader, text_of(reader)


def head(report):
    return json.loads(content(report, ReportFile.Format.DATA).splitlines()[0])


def words_of(response):
    """The words of a page, with single spaces."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
