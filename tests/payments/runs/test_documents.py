"""Letters and the schedule: tagged, readable back, right to the penny, made once."""

import io
import re
from decimal import Decimal

import pytest
from pypdf import PdfReader

from payments.approval.actions import decisions
from payments.claims.actions import filling, sending
from payments.models import Document
from payments.runs import documents as run_documents
from payments.runs import queries as run_queries
from payments.runs.actions import runs
from people.models import Job, Person
from programmes.models import Role
from tests import factories
from tests.helpers.documents import stored, text_of
from tests.helpers.runs import a_running_job
from wellbeing.lib import pdf
from wellbeing.lib.money import pounds


@pytest.fixture
def signed_run(scene):
    """A signed run of four people, one of whom reads large print and drove, with awkward names and pence."""
    names = ["Ångström O’Neil & Sons", "Zoë <b>Bold</b>", "Person With A Very Long Name Indeed The Third", "Li"]
    chosen = []
    for place, name in enumerate(names):
        user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, name)
        user.person.letter_size = Person.LetterSize.LARGE_18 if place == 1 else Person.LetterSize.STANDARD
        user.person.postal_address = "1 Invented Street\nLeeds"
        user.person.save()
        claim = factories.a_claim(scene.programme, user.person, policy=scene.policy, amount_pence=5000 + place)
        filling.add_expense(
            claim=claim, by=user, kind="mileage", description="Home and back", miles=Decimal("7.3") + place
        )
        sending.submit(claim=claim, by=user)
        chosen.append(decisions.approve(claim=claim, by=scene.staff))
    run = runs.make_run(programme=scene.programme, claims=chosen, by=scene.finance)
    return runs.sign_off(run=run, by=scene.finance_two)


def read(document):
    return PdfReader(io.BytesIO(stored(document)))


def amounts_in(text):
    return [int(Decimal(found.replace(",", "")) * 100) for found in re.findall(r"£([\d,]+\.\d\d)", text)]


def test_every_paper_is_tagged_with_its_language_and_title(signed_run):
    run_documents.make_for_run(a_running_job(signed_run))
    papers = list(signed_run.documents.all())
    assert len(papers) == 5
    for paper in papers:
        reader = read(paper)
        root = reader.trailer["/Root"]
        assert "/StructTreeRoot" in root
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"].lower() == "en-gb"
        of_a_person = paper.kind == Document.Kind.REMITTANCE
        assert ("Payment of £" if of_a_person else signed_run.programme.name) in reader.metadata.title
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"pdfuaid" in root["/Metadata"].get_data()
        fonts = {
            font.get_object()["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()
        }
        assert all("Atkinson-Hyperlegible-Next" in str(font) for font in fonts), fonts


def test_run_letters_and_schedule_agree_to_the_penny(signed_run):
    run_documents.make_for_run(a_running_job(signed_run))
    payments = {payment.pk: payment for payment in signed_run.payments.select_related("person")}
    total = sum(payment.amount_pence for payment in payments.values())
    for letter in signed_run.documents.filter(kind=Document.Kind.REMITTANCE):
        payment, text = payments[letter.payment_id], text_of(read(letter))
        assert payment.reference in text
        assert payment.person.full_name in text
        assert f"We are paying you {pounds(payment.amount_pence)}" in text
        # One claim's own total says it; several are added up below them.
        assert (f"In all: {pounds(payment.amount_pence)}" in text) == (payment.items.count() > 1)
        lines = [line.amount_pence for item in payment.items.all() for line in item.claim.lines.all()]
        assert sum(lines) == payment.amount_pence
        assert set(lines) <= set(amounts_in(text))
    schedule = text_of(read(signed_run.documents.get(kind=Document.Kind.SCHEDULE)))
    assert pounds(total) in schedule
    assert sum(claim.total_pence for claim in signed_run.programme.claims.with_totals()) == total
    for payment in payments.values():
        assert payment.reference in schedule
        assert pounds(payment.amount_pence) in schedule
    assert "Signature" in schedule
    assert "Fay Finance" in schedule
    assert "Femi Finance" in schedule


def test_who_asked_for_large_print_gets_eighteen_point(signed_run):
    run_documents.make_for_run(a_running_job(signed_run))
    sizes = {}
    for letter in signed_run.documents.filter(kind=Document.Kind.REMITTANCE).select_related("payment__person"):
        found = set()
        for page in read(letter).pages:
            page.extract_text(
                visitor_text=lambda text, cm, tm, font, size, found=found: found.add(round(abs(tm[0]) * size))
            )
        sizes[letter.payment.person.letter_size] = found
    assert sizes[Person.LetterSize.STANDARD] != sizes[Person.LetterSize.LARGE_18]


def test_making_twice_makes_nothing_twice(signed_run):
    job = a_running_job(signed_run)
    run_documents.make_for_run(job)
    before = set(signed_run.documents.values_list("pk", "sha256"))
    run_documents.make_for_run(job)
    assert set(signed_run.documents.values_list("pk", "sha256")) == before


def test_work_cut_off_half_way_goes_on_where_it_stopped(signed_run, monkeypatch):
    made = []
    real = run_documents.letter

    def cut_off(payment, made_on):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(payment.pk)
        return real(payment, made_on)

    monkeypatch.setattr(run_documents, "letter", cut_off)
    with pytest.raises(KeyboardInterrupt):
        run_documents.make_for_run(a_running_job(signed_run))
    first = set(signed_run.documents.values_list("pk", flat=True))
    assert len(first) == 2
    monkeypatch.setattr(run_documents, "letter", real)
    run_documents.make_for_run(a_running_job(signed_run))
    papers = signed_run.documents.all()
    assert first < set(papers.values_list("pk", flat=True))
    assert (
        papers.filter(kind="remittance").count()
        == papers.filter(kind="remittance").values("payment").distinct().count()
    )
    assert run_queries.papers_are_ready(signed_run)


def test_two_workers_making_the_same_letter_keep_one_and_leave_no_file_behind(signed_run):
    payment = run_queries.whole_payments(signed_run).first()
    first = run_documents.store(signed_run, Document.Kind.REMITTANCE, b"one", payment=payment)
    folder = first.file.name.rpartition("/")[0]
    files = set(first.file.storage.listdir(folder)[1])
    assert run_documents.store(signed_run, Document.Kind.REMITTANCE, b"two", payment=payment) is None
    assert set(first.file.storage.listdir(folder)[1]) == files


def test_the_button_starts_one_job_and_the_worker_makes_everything(signed_run, scene, worker):
    with worker():
        job = runs.make_documents(run=signed_run, by=scene.finance)
        assert runs.make_documents(run=signed_run, by=scene.finance_two) == job
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == (Job.Status.DONE, 6, 6)
    assert run_queries.papers_are_ready(signed_run)
    with pytest.raises(runs.RunError, match="made already"):
        runs.make_documents(run=signed_run, by=scene.finance)


@pytest.mark.parametrize(
    "address", ["http://example.org/x.png", "https://example.org/x.css", "file:///etc/hostname", "static:../manage.py"]
)
def test_a_paper_never_reaches_outside_our_own_static_files(address):
    with pytest.raises(pdf.FileNotAllowedError):
        pdf.render(f'<html lang="en"><title>x</title><img alt="x" src="{address}"></html>')
    with pytest.raises(pdf.FileNotAllowedError):
        pdf.render('<html lang="en"><title>x</title><p>x</p></html>', css=f'p {{ background: url("{address}") }}')
