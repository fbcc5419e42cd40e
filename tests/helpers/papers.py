"""Makers of every kind of paper, for tests that hold all of them to something.

`words` stand in every text that people type freely; the people get `names`, over and over.
"""

import datetime as dt
from itertools import cycle

from django.utils import timezone

from payments.models import Claim, Document, DocumentRequest, InvolvementLetter, ReportKind, ReportRun
from payments.my_record import involvement_letter
from payments.policy import documents as policy_documents
from payments.reports import generate, statement
from payments.runs import documents
from people.models import Person
from programmes.models import Role
from tests import factories
from tests.helpers import runs_in_bulk
from tests.helpers.letters import a_letter, drawn
from tests.helpers.reporting import a_job, a_settled_claim, content
from tests.helpers.runs import a_running_job

D = dt.date
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
WORDS = "See https://example.org/a/page?of=1&more=2 or write to help@example.org. " * 2


def shared_run(scene, words, many):
    """A signed run of many people: one in large print by post, with several claims, one of them cut and split."""
    user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Lars Large & Sons")
    person = user.person
    person.channel, person.letter_size, person.postal_address = "letter", "18", "1 Invented Street\nLeeds"
    person.save()
    made = [
        factories.a_claim(scene.programme, person, "approved", policy=scene.policy, description=words)
        for _n in range(3)
    ]
    cut = factories.a_claim(scene.programme, person, "submitted", policy=scene.policy)
    cut.lines.update(approved_pence=4500, decision_reason=words)
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
    many = runs_in_bulk.approved_claims(scene.programme, scene.policy, many)
    claims = Claim.objects.filter(pk__in=[cut.pk, *(claim.pk for claim in [*made, *many])])
    return runs_in_bulk.signed_run(scene.programme, claims, scene.finance, scene.finance_two)


def papers_of_a_run(scene, words, names, many):
    """Yield (name, bytes) of each paper of a payment run."""
    run = shared_run(scene, words, many)
    rename_people(names)
    DocumentRequest.objects.create(run=run, by=scene.finance.person)
    documents.make_for_run(a_running_job(run))
    of_kind = {kind: run.documents.filter(kind=kind).order_by("pk") for kind in Document.Kind}
    letters_made = of_kind[Document.Kind.REMITTANCE].select_related("payment__person")
    large = letters_made.get(payment__person__letter_size=Person.LetterSize.LARGE_18)
    yield "letter, large print", documents.read(large)
    yield "letter", documents.read(letters_made.exclude(pk=large.pk).first())
    for kind in (Document.Kind.SCHEDULE, Document.Kind.PACK, Document.Kind.POST):
        yield f"{kind}", documents.read(of_kind[kind].get())


def letters_to_a_person(scene, words, names):
    """Yield (name, bytes) of each letter and statement for one person, in each size of print."""
    rename_people(names)
    on = timezone.localdate()
    person = scene.person.person
    row = InvolvementLetter(person=person, programme=scene.programme, with_choice=True, with_days=True)
    for size in Person.LetterSize:
        Person.objects.filter(pk=person.pk).update(letter_size=size)
        person.refresh_from_db()
        programme = scene.programme.name
        facts = {"name": person.full_name, "voice": programme, "subject": programme, "text": words, "size": size}
        yield f"letter of a notice, {size}", drawn(a_letter(**facts))
        yield f"involvement letter, {size}", involvement_letter.letter(row, on)
        yield f"statement of all programmes, {size}", statement.statement_bytes(person, 2026, None, D(2026, 11, 23))
        yield (
            f"statement of one programme, {size}",
            statement.statement_bytes(person, 2026, scene.programme, D(2026, 11, 23)),
        )


def reports(scene, names):
    """Yield (name, bytes) of each report on paper."""
    rename_people(names)
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


def settle_claims(scene, words, many):
    """Make claims settled in October 2026, as money, in part, as a voucher, and enough of them for several pages."""
    days = {
        "activity_on": D(2026, 10, 1),
        "sent_on": D(2026, 10, 2),
        "approved_on": D(2026, 10, 5),
        "description": words,
    }
    person = scene.person.person
    for number in range(12):
        a_settled_claim(scene.programme, person, **days, paid_on=D(2026, 10, 8), expenses=[("parking", 100 + number)])
    a_settled_claim(scene.programme, person, **days, paid_on=D(2026, 10, 8), fee=10000, recognition="part", waived=4000)
    a_settled_claim(
        scene.programme, person, **days, paid_on=D(2026, 10, 9), fee=2000, recognition="voucher", voucher=2000
    )
    for number in range(many):
        each = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, f"Person Number {number}").person
        a_settled_claim(scene.programme, each, **days, paid_on=D(2026, 10, 9), fee=3000)


def rename_people(names):
    """Give everybody there is one of `names`, in turn; nobody when there are none."""
    if names:
        for person, name in zip(Person.objects.order_by("pk"), cycle(names), strict=False):
            Person.objects.filter(pk=person.pk).update(full_name=name)


def every_paper(scene, words=WORDS, names=(), many=25):
    """Yield (name, bytes) of every kind of paper; those about everybody are about `many` people and a few more."""
    settle_claims(scene, words, many + 15)
    yield from papers_of_a_run(scene, words, names, many)
    yield from letters_to_a_person(scene, words, names)
    yield from reports(scene, names)
    for layout in policy_documents.Layout:
        yield f"policy, {layout}", policy_documents.policy_paper(scene.programme, layout, contact=True)
