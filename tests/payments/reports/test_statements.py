"""Statements of a tax year: one's own, and finance's of its programme's part; nobody else's business."""

import datetime as dt
import hashlib
import io
import zipfile

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from payments.models import YearStatement
from payments.reports import actions as report_actions
from payments.reports import statement
from people.models import Job, Person
from programmes.models import Role
from tests import factories
from tests.helpers.documents import pieces_of, stored, text_of
from tests.helpers.reporting import a_settled_claim, words_of
from wellbeing.lib.stored_files import fill_once

D = dt.date


@pytest.fixture
def paid(scene):
    """In the tax year 2026: £60 of £100 taken, expenses £12.50, a voucher £20; elsewhere £30. In 2025: £11."""
    person = scene.person.person
    days = {"activity_on": D(2026, 10, 1), "sent_on": D(2026, 10, 2), "approved_on": D(2026, 10, 5)}
    return [
        a_settled_claim(
            scene.programme,
            person,
            **days,
            paid_on=D(2026, 10, 8),
            fee=10000,
            expenses=[("public_transport", 1250)],
            recognition="part",
            waived=4000,
        ),
        a_settled_claim(
            scene.programme, person, **days, paid_on=D(2026, 10, 9), fee=2000, recognition="voucher", voucher=2000
        ),
        a_settled_claim(scene.other, person, **days, paid_on=D(2026, 10, 9), fee=3000),
        a_settled_claim(
            scene.programme,
            person,
            activity_on=D(2026, 3, 20),
            sent_on=D(2026, 3, 21),
            approved_on=D(2026, 3, 22),
            paid_on=D(2026, 4, 5),
            fee=1100,
        ),
    ]


def read(made):
    reader = PdfReader(io.BytesIO(stored(made)))
    return reader, text_of(reader)


def test_a_person_gets_their_statement_with_fees_expenses_and_what_they_did_not_take_apart(
    scene, paid, signed_in, worker
):
    client = signed_in(scene.person)
    page = words_of(client.get(reverse("your_statements")))
    assert "Tax year 2026 to 2027 (so far)" in page
    assert "Tax year 2025 to 2026" in page
    assert "Money paid £102.50" in page
    assert "Not taken £40.00" in page
    with worker():
        assert client.post(reverse("your_statements"), {"year": "2026"}).status_code == 302
        assert "Making the statement" in words_of(client.get(reverse("your_statements")))
        client.post(reverse("your_statements"), {"year": "2026"})
    made = YearStatement.objects.get()
    reader, text = read(made)
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert "Petra Person" in text
    # 60 and 30 for time, 12.50 back.
    assert "Payment for your time £90.00" in text
    assert "Expenses paid back to you £12.50" in text
    assert "Money paid to you £102.50" in text
    assert "Payment for your time, as vouchers £20.00" in text
    assert "Payment you chose not to take £40.00" in text
    assert "£11.00" not in text
    assert all(claim.reference in text for claim in paid[:3])
    assert "Another Programme" in text
    response = client.get(reverse("statement", args=[made.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert hashlib.sha256(b"".join(response.streaming_content)).hexdigest() == made.sha256
    with worker():
        client.post(reverse("your_statements"), {"year": "2026"})
    assert YearStatement.objects.count() == 2


def test_finance_has_its_own_programmes_part_and_staff_nothing(scene, paid, signed_in, worker):
    address = reverse("person_statements", args=[scene.programme.slug, scene.person.person.pk])
    client = signed_in(scene.finance)
    page = words_of(client.get(address))
    assert "Money paid £72.50" in page
    with worker():
        client.post(address, {"year": "2026"})
    made = YearStatement.objects.get()
    assert made.programme == scene.programme
    _reader, text = read(made)
    assert "Money paid to you £72.50" in text
    assert "Wellbeing Invented" in text
    assert "Another Programme" not in text
    file = reverse("statement", args=[made.pk])
    assert signed_in(scene.finance_two).get(file).status_code == 200
    for user in (scene.staff, scene.person, scene.finance_elsewhere, scene.administrator, scene.stranger):
        assert signed_in(user).get(file).status_code == 404, user
    assert signed_in(scene.staff).get(address).status_code == 403
    assert signed_in(scene.administrator).get(address).status_code == 403
    assert signed_in(scene.finance_elsewhere).get(address).status_code == 404
    unpaid = reverse("person_statements", args=[scene.programme.slug, scene.staff.person.pk])
    assert signed_in(scene.finance).get(unpaid).status_code == 404


def test_ones_own_statement_is_nobody_elses(scene, paid, signed_in, worker):
    with worker():
        report_actions.ask_statement(person=scene.person.person, year=2026, by=scene.person)
    file = reverse("statement", args=[YearStatement.objects.get().pk])
    assert signed_in(scene.person).get(file).status_code == 200
    for user in (scene.staff, scene.finance, scene.administrator, scene.finance_elsewhere):
        assert signed_in(user).get(file).status_code == 404
    for user in (scene.staff, scene.finance, scene.administrator):
        with pytest.raises(report_actions.ReportError):
            report_actions.ask_statement(person=scene.person.person, year=2026, by=user)
    with pytest.raises(report_actions.ReportError):
        report_actions.ask_statement(person=scene.person.person, year=2026, by=scene.staff, programme=scene.programme)


@pytest.mark.parametrize("year", ["", "2024", "x", "²026", "9" * 5000, "20260"])
def test_a_year_without_payments_makes_nothing(scene, paid, signed_in, year):
    response = signed_in(scene.person).post(reverse("your_statements"), {"year": year})
    assert response.status_code == 302
    assert not YearStatement.objects.exists()


def test_who_reads_large_print_gets_it(scene, paid, worker):
    sizes = []
    for size in (Person.LetterSize.STANDARD, Person.LetterSize.LARGE_18):
        Person.objects.filter(pk=scene.person.person.pk).update(letter_size=size)
        scene.person.person.refresh_from_db()
        reader = PdfReader(io.BytesIO(statement.statement_bytes(scene.person.person, 2026, None, D(2026, 11, 23))))
        pieces = [piece for page in reader.pages for piece in pieces_of(page)]
        sizes.append({round(abs(tm[0]) * size) for _text, _cm, tm, size in pieces})
    assert sizes[0] != sizes[1]
    assert max(sizes[0]) < max(sizes[1])


def test_a_statement_cut_off_is_made_by_the_next_worker_and_once(scene, paid, monkeypatch):
    job_of = Job.objects.create
    made = YearStatement.objects.create(person=scene.person.person, year=2026, asked_by=scene.person.person)
    job = job_of(kind=statement.JOB_KIND, subject_id=made.pk, status=Job.Status.RUNNING, attempts=1, total=1)

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(statement, "statement_bytes", killed)
        with pytest.raises(KeyboardInterrupt):
            statement.make(job)
    made.refresh_from_db()
    assert not made.is_made
    statement.make(job)
    made.refresh_from_db()
    first = made.sha256
    statement.make(job)
    made.refresh_from_db()
    assert made.sha256 == first
    folder = made.file.name.rpartition("/")[0]
    there = made.file.storage.listdir(folder)[1]
    # A slower worker's paper is not kept.
    assert not fill_once(YearStatement.objects.get(pk=made.pk), "late.pdf", b"late")
    assert made.file.storage.listdir(folder)[1] == there


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE payments_yearstatement SET sha256 = 'x' WHERE id = %s",
        "DELETE FROM payments_yearstatement WHERE id = %s",
    ],
)
def test_postgres_keeps_a_statement_that_is_made(scene, paid, worker, sql):
    with worker():
        made = report_actions.ask_statement(person=scene.person.person, year=2026, by=scene.person)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [made.pk])


def test_postgres_refuses_a_statement_made_without_its_file(scene):
    made = YearStatement.objects.create(person=scene.person.person, year=2026, asked_by=scene.person.person)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_yearstatement SET made_at = now() WHERE id = %s", [made.pk])


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_asks_the_same_questions_however_many_claims_there_are(scene, signed_in, number):
    for each in range(number):
        a_settled_claim(
            scene.programme,
            scene.person.person,
            activity_on=D(2025 + each % 2, 10, 1),
            sent_on=D(2025 + each % 2, 10, 2),
            approved_on=D(2025 + each % 2, 10, 5),
            paid_on=D(2025 + each % 2, 10, 8),
        )
    client = signed_in(scene.person)
    client.get(reverse("your_statements"))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("your_statements")).status_code == 200
    assert len(asked) == 7


def test_before_the_first_payment_the_page_says_so(scene, signed_in):
    assert "Nothing was paid yet" in words_of(signed_in(scene.person).get(reverse("your_statements")))


def files_of(response):
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


@pytest.fixture
def two_paid(scene, paid):
    """A second person was paid in the tax year 2026, with a name that no file may have."""
    other = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, 'Łukasz "Lu" Ż/ółkiewski').person
    days = {"activity_on": D(2026, 10, 1), "sent_on": D(2026, 10, 2), "approved_on": D(2026, 10, 5)}
    a_settled_claim(scene.programme, other, **days, paid_on=D(2026, 10, 8), fee=4200)
    return other


def test_finance_makes_the_statements_of_everybody_in_one_go(scene, two_paid, signed_in, worker):
    client = signed_in(scene.finance)
    url = reverse("programme_statements", args=[scene.programme.slug])
    page = words_of(client.get(url))
    assert "Tax year 2026 to 2027 (so far) 2 people were paid." in page
    assert "Tax year 2025 to 2026 1 person was paid." in page
    file = reverse("programme_statements_file", args=[scene.programme.slug, 2026])
    assert client.get(file).status_code == 404
    with worker():
        assert client.post(url, {"year": "2026"}).status_code == 302
    page = words_of(client.get(url))
    assert "2 statements, the last made on" in page
    made = files_of(client.get(file))
    assert sorted(name.rsplit(",", 1)[0] for name in made) == ["Petra Person", "Łukasz Lu Ż ółkiewski"]
    texts = {name: text_of(content) for name, content in made.items()}
    assert all(f"It is about {scene.programme} alone." in text for text in texts.values())
    assert any("£42.00" in text for text in texts.values())
    # A person's own page has it, too, and made anew the newest of each is handed out.
    with worker():
        assert client.post(url, {"year": "2026"}).status_code == 302
    assert len(files_of(client.get(file))) == 2
    assert YearStatement.objects.filter(year=2026).count() == 4


def test_statements_of_everybody_cut_off_are_made_by_the_next_worker_and_once(scene, two_paid, monkeypatch):
    asked = report_actions.ask_statements_of_all(programme=scene.programme, year=2026, by=scene.finance)
    Job.objects.filter(pk=asked.pk).update(status=Job.Status.RUNNING, attempts=1)
    job = Job.objects.get(pk=asked.pk)
    draw, drawn = statement.statement_bytes, []

    def killed(person, *others):
        if drawn:
            raise OSError("the worker is gone")
        drawn.append(person)
        return draw(person, *others)

    monkeypatch.setattr(statement, "statement_bytes", killed)
    with pytest.raises(OSError, match="gone"):
        statement.make_all(job)
    kept = YearStatement.objects.get(made_at__isnull=False)
    monkeypatch.setattr(statement, "statement_bytes", draw)
    statement.make_all(job)
    statement.make_all(job)
    assert YearStatement.objects.filter(made_at__isnull=False).count() == 2
    assert YearStatement.objects.get(pk=kept.pk).sha256 == kept.sha256


def test_asked_twice_they_are_made_once_and_a_year_without_payments_makes_nothing(scene, two_paid, signed_in):
    first = report_actions.ask_statements_of_all(programme=scene.programme, year=2026, by=scene.finance)
    assert report_actions.ask_statements_of_all(programme=scene.programme, year=2026, by=scene.finance) == first
    assert YearStatement.objects.count() == 2
    with pytest.raises(report_actions.ReportError, match="Nobody was paid"):
        report_actions.ask_statements_of_all(programme=scene.programme, year=2019, by=scene.finance)
    client, url = signed_in(scene.finance), reverse("programme_statements", args=[scene.programme.slug])
    for year in ("", "2019", "x", "99999999999"):
        assert "Choose one of the tax years on this page." in words_of(client.post(url, {"year": year}, follow=True))


@pytest.mark.parametrize("number", [1, 8])
def test_the_page_for_everybody_asks_the_same_questions_however_many_are_paid(scene, paid, signed_in, number):
    for each in range(number):
        person = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, f"Person {each}").person
        days = {"activity_on": D(2026, 10, 1), "sent_on": D(2026, 10, 2), "approved_on": D(2026, 10, 5)}
        a_settled_claim(scene.programme, person, **days, paid_on=D(2026, 10, 8), fee=4200)
    client, url = signed_in(scene.finance), reverse("programme_statements", args=[scene.programme.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    assert len(asked) == 13
