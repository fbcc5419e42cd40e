"""Every kind of paper we make is a PDF/UA-1: real ones, held to a checker that is not WeasyPrint's own."""

import datetime as dt

import pytest
from django.conf import settings
from django.test.signals import template_rendered
from django.utils import timezone

from payments.claims import documents as claim_documents
from payments.claims.actions import entering, sending
from payments.models import Claim, Document, DocumentRequest, InvolvementLetter, ReportKind, ReportRun
from payments.my_record import involvement_letter
from payments.pages import queries as page_queries
from payments.reports import generate, statement
from payments.runs import documents
from people.models import Person
from programmes.models import Role
from tests import factories
from tests.helpers import runs_in_bulk
from tests.helpers.pdf_checks import faults
from tests.helpers.reporting import a_job, a_settled_claim, content
from tests.helpers.runs import a_running_job

D = dt.date
FRAME = '{% extends "payments/documents/base.html" %}'
# Each kind of report with a period that holds the claims below.
PERIODS = {
    ReportKind.SPEND: "2026-10",
    ReportKind.AGEING: "",
    ReportKind.ON_TIME: "2026-Q4",
    ReportKind.EXPENSES: "2026",
    ReportKind.RECOGNITION: "2026-Q3",
    ReportKind.BY_PERSON: "tax-2026",
    ReportKind.AUDIT: "2026",
}
LONG = "See https://example.org/a/page?of=1&more=2 or write to help@example.org. " * 2


def shared_run(scene):
    """A signed run of many people: one in large print by post, with several claims, one of them cut and split."""
    user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Lars Large & Sons")
    person = user.person
    person.channel, person.letter_size, person.postal_address = "letter", "large", "1 Invented Street\nLeeds"
    person.save()
    made = [
        factories.a_claim(scene.programme, person, "approved", policy=scene.policy, description=LONG) for _n in range(3)
    ]
    cut = factories.a_claim(scene.programme, person, "submitted", policy=scene.policy)
    cut.lines.update(approved_pence=4500, decision_reason="You left at noon, see www.example.org/rules.")
    Claim.objects.filter(pk=cut.pk).update(
        status="partly_approved",
        approved_at=timezone.now(),
        approved_by=scene.staff.person,
        approved_pence=4500,
        money_pence=1000,
        advance_recovered_pence=500,
        payroll_pence=900,
        voucher_pence=800,
        donation_pence=700,
        waived_pence=600,
    )
    many = runs_in_bulk.approved_claims(scene.programme, scene.policy, 25)
    claims = Claim.objects.filter(pk__in=[cut.pk, *(claim.pk for claim in [*made, *many])])
    return runs_in_bulk.signed_run(scene.programme, claims, scene.finance, scene.finance_two)


def papers_of_a_run(scene):
    run = shared_run(scene)
    DocumentRequest.objects.create(run=run, by=scene.finance.person)
    documents.make_for_run(a_running_job(run))
    of_kind = {kind: run.documents.filter(kind=kind).order_by("pk") for kind in Document.Kind}
    letters_made = of_kind[Document.Kind.REMITTANCE].select_related("payment__person")
    large = letters_made.get(payment__person__letter_size=Person.LetterSize.LARGE)
    yield "letter, large print", documents.read(large)
    yield "letter", documents.read(letters_made.exclude(pk=large.pk).first())
    for kind in (Document.Kind.SCHEDULE, Document.Kind.PACK, Document.Kind.POST):
        yield f"{kind}", documents.read(of_kind[kind].get())


def letters_to_a_person(scene):
    on = timezone.localdate()
    person = scene.person.person
    claim = entering.enter(
        programme=scene.programme,
        person=person,
        by=scene.staff,
        how="phone",
        activity="document_review",
        on=on - dt.timedelta(days=3),
        hours=2,
        description=f"Read the draft report. {LONG}",
    )
    sending.submit(claim=claim, by=scene.staff)
    row = InvolvementLetter(person=person, programme=scene.programme, with_choice=True, with_days=True)
    for size in Person.LetterSize:
        Person.objects.filter(pk=person.pk).update(letter_size=size)
        person.refresh_from_db()
        yield (
            f"claim entered for somebody, {size}",
            claim_documents.entered_letter(page_queries.whole_claim(claim.pk), on),
        )
        yield f"involvement letter, {size}", involvement_letter.letter(row, on)
        yield f"statement of all programmes, {size}", statement.statement_bytes(person, 2026, None, D(2026, 11, 23))
        yield (
            f"statement of one programme, {size}",
            statement.statement_bytes(person, 2026, scene.programme, D(2026, 11, 23)),
        )


def reports(scene):
    assert set(PERIODS) == set(ReportKind)
    for kind, period in PERIODS.items():
        report = ReportRun.objects.create(
            programme=scene.programme,
            kind=kind,
            parameters={"period": period} if period else {},
            asked_by=scene.finance.person,
        )
        generate.make(a_job(report))
        yield f"report {kind}", content(report, "pdf")


@pytest.fixture
def settled(scene):
    """Claims settled in October 2026, as money, in part, as a voucher, and enough of them for several pages."""
    days = {"activity_on": D(2026, 10, 1), "sent_on": D(2026, 10, 2), "approved_on": D(2026, 10, 5)}
    person = scene.person.person
    for number in range(12):
        a_settled_claim(scene.programme, person, **days, paid_on=D(2026, 10, 8), expenses=[("parking", 100 + number)])
    a_settled_claim(scene.programme, person, **days, paid_on=D(2026, 10, 8), fee=10000, recognition="part", waived=4000)
    a_settled_claim(
        scene.programme, person, **days, paid_on=D(2026, 10, 9), fee=2000, recognition="voucher", voucher=2000
    )
    for number in range(40):
        each = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, f"Person Number {number}").person
        a_settled_claim(scene.programme, each, **days, paid_on=D(2026, 10, 9), fee=3000)


@pytest.fixture
def drawn():
    """The names of the templates drawn while a test runs."""
    names = set()

    def note(template, **_signal):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_every_kind_of_paper_passes_the_checker(scene, settled, drawn, tmp_path):
    found = {}
    for papers in (papers_of_a_run, letters_to_a_person, reports):
        for name, paper in papers(scene):
            found[name] = faults(paper, tmp_path)
    wrong = [f"{name}: {fault}" for name, sentences in found.items() for fault in sentences]
    assert not wrong, "\n".join(wrong)
    folder = settings.BASE_DIR / "templates"
    framed = {str(path.relative_to(folder)) for path in folder.rglob("*.html") if path.read_text().startswith(FRAME)}
    assert len(framed) > 5
    assert framed <= drawn, "a kind of paper that is not checked"
