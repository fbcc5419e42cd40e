"""A letter that cannot be made is set apart, named with its reason and made again, while the other papers go on."""

import io

import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from payments.models import Document, PaperProblem
from payments.runs import documents as run_documents
from payments.runs import queries as run_queries
from payments.runs.actions import runs
from people.models import Job, Person
from programmes.models import Role
from tests import factories
from tests.helpers.documents import pieces_of
from wellbeing.lib import pdf

pytestmark = pytest.mark.django_db
NAMES = ("Amy Invented", "Ben Invented", "Cat Invented")


@pytest.fixture
def run(scene):
    """A signed run of three people."""
    claims = []
    for name in NAMES:
        user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, name)
        claims.append(factories.a_claim(scene.programme, user.person, "approved", policy=scene.policy))
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    return runs.sign_off(run=run, by=scene.finance_two)


@pytest.fixture
def finance(scene, signed_in):
    return signed_in(scene.finance)


def break_letter_of(monkeypatch, name, error):
    real = run_documents.letter

    def letter(payment, made_on):
        if payment.person.full_name == name:
            raise error
        return real(payment, made_on)

    monkeypatch.setattr(run_documents, "letter", letter)
    return real


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (pdf.TooMuchError("It would have 900 pages, and at most 60 are made."), "It would have 900 pages"),
        (RuntimeError("in the middle of drawing"), "Something in it cannot be drawn"),
        (RecursionError(), "Something in it cannot be drawn"),
    ],
)
def test_one_letter_that_fails_is_named_with_its_reason_and_made_again_while_the_others_go_on(
    run, finance, worker, monkeypatch, error, reason
):
    real = break_letter_of(monkeypatch, "Ben Invented", error)
    page = reverse("payment_run", args=[run.pk])
    with worker():
        finance.post(reverse("payment_run_documents", args=[run.pk]))
    assert Job.objects.get().status == Job.Status.DONE
    assert {letter.payment.person.full_name for letter in run_queries.letters(run)} == {"Amy Invented", "Cat Invented"}
    assert set(run.documents.filter(payment=None).values_list("kind", flat=True)) >= {"schedule", "pack"}
    [problem] = run.paper_problems.all()
    assert problem.payment.person.full_name == "Ben Invented"
    shown = finance.get(page).text
    assert "1 document could not be made" in shown
    assert reason in shown
    assert f"{problem.payment.person.full_name}, {problem.payment.reference}" in shown
    again = reverse("payment_letter_again", args=[run.pk, problem.payment.pk])
    assert again in shown
    assert "Next: pay" in shown, "the run goes on"
    # Asked for again while it still fails, it is set apart again, once.
    with worker():
        finance.post(again, {"reason": "Shorter now"})
    assert run.paper_problems.count() == 2
    assert finance.get(page).text.count("could not be made") == shown.count("could not be made")
    monkeypatch.setattr(run_documents, "letter", real)
    with worker():
        finance.post(again, {"reason": "Mended"})
    assert run_queries.letters(run).count() == 3
    assert "could not be made" not in finance.get(page).text.lower()
    newest = run.documents.filter(kind=Document.Kind.PACK).order_by("-version").first()
    with pikepdf.open(io.BytesIO(run_documents.read(newest))) as pack, pack.open_outline() as outline:
        assert len(outline.root) == 4, "the schedule and every letter"


def test_all_papers_made_again_try_the_one_set_apart_again(run, finance, worker, monkeypatch):
    real = break_letter_of(monkeypatch, "Ben Invented", RuntimeError("x"))
    with worker():
        finance.post(reverse("payment_run_documents", args=[run.pk]))
    monkeypatch.setattr(run_documents, "letter", real)
    with worker():
        finance.post(reverse("payment_run_again", args=[run.pk]), {"reason": "All of them"})
    assert sorted(run_queries.letters(run).values_list("version", flat=True)) == [2, 2, 2]
    assert not run_queries.set_apart(run)
    assert run_queries.papers_are_ready(run)


def test_a_schedule_that_cannot_be_made_leaves_the_letters_and_a_pack_of_them(run, finance, worker, monkeypatch):
    def fails(*_args):
        raise pdf.TooMuchError("It took longer than 900 seconds to draw.")

    real = run_documents.schedule
    monkeypatch.setattr(run_documents, "schedule", fails)
    with worker():
        finance.post(reverse("payment_run_documents", args=[run.pk]))
    assert run_queries.letters(run).count() == 3
    assert run.documents.filter(kind=Document.Kind.PACK).exists()
    shown = finance.get(reverse("payment_run", args=[run.pk])).text
    assert "Run schedule</strong>: It took longer than 900 seconds" in shown
    monkeypatch.setattr(run_documents, "schedule", real)
    with worker():
        finance.post(reverse("payment_run_again", args=[run.pk]), {"reason": "All of them"})
    assert run.documents.filter(kind=Document.Kind.SCHEDULE).exists()
    assert not run_queries.set_apart(run)


@pytest.mark.parametrize("error", [DatabaseError("gone"), OSError("disk full")])
def test_a_database_or_disk_that_is_away_is_no_fault_of_a_letter(run, finance, worker, monkeypatch, error):
    real = break_letter_of(monkeypatch, "Ben Invented", error)
    with worker():
        finance.post(reverse("payment_run_documents", args=[run.pk]))
    job = Job.objects.get()
    assert job.status == Job.Status.FAILED
    assert not PaperProblem.objects.exists()
    monkeypatch.setattr(run_documents, "letter", real)
    with worker():
        finance.post(reverse("job_try_again", args=[job.pk]))
    assert run_queries.letters(run).count() == 3


def test_a_letter_over_its_pages_or_its_time_is_set_apart_by_the_real_renderer(run, finance, worker, settings):
    settings.LETTER_PAGES = 1
    payment = run.payments.get(person__full_name="Ben Invented")
    # In large print, under an address of ten lines, the letter needs a second page.
    Person.objects.filter(pk=payment.person_id).update(letter_size="18", postal_address="\n".join("0123456789"))
    with worker():
        finance.post(reverse("payment_run_documents", args=[run.pk]))
    [problem] = run.paper_problems.all()
    assert problem.payment == payment
    assert "at most 1 are made" in problem.reason


def test_a_letter_with_every_text_at_its_longest_is_made_and_nothing_is_wider_than_the_paper(
    run, finance, worker, scene
):
    unbroken = "W" * 400
    Person.objects.filter(full_name="Ben Invented").update(
        postal_address="\n".join([unbroken, *"123456789"]), known_as="N" * 80
    )
    scene.programme.host, scene.programme.contact_phone = "H" * 150, "0" * 40
    scene.programme.save()
    payment = run.payments.get(person__full_name="Ben Invented")
    with worker():
        finance.post(reverse("payment_run_documents", args=[run.pk]))
    assert not run.paper_problems.exists()
    letter = run.documents.get(payment=payment)
    for page in PdfReader(io.BytesIO(run_documents.read(letter))).pages:
        wide = float(page.mediabox.width)
        with_words = [
            (text.strip(), cm[0] * tm[4] + cm[4], size * cm[0] * tm[0]) for text, cm, tm, size in pieces_of(page)
        ]
        # A capital W is about 0.9 of its size wide: the end of each piece of text lies on the paper.
        for text, left, size in with_words:
            if text:
                assert left + len(text.splitlines()[0]) * abs(size) * 0.35 < wide, text
    text = "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(run_documents.read(letter))).pages
    )
    assert unbroken in text, "none of it is lost"


def test_what_was_set_apart_is_kept(run, finance, worker, monkeypatch):
    break_letter_of(monkeypatch, "Ben Invented", RuntimeError("x"))
    with worker():
        finance.post(reverse("payment_run_documents", args=[run.pk]))
    for sql in ("DELETE FROM payments_paperproblem", "UPDATE payments_paperproblem SET reason = 'none'"):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
