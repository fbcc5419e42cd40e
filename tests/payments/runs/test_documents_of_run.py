"""The papers of a run: joined and still tagged, sent the way each person asked, kept in every version, unchanged."""

import io
import logging
import re

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from payments.models import Claim, Document, LetterDispatch
from payments.runs import documents as run_documents
from payments.runs import queries as run_queries
from payments.runs.actions import runs
from payments.runs.actions.runs import RunError
from people.models import Job, Notice, Person
from programmes.models import Role
from tests import factories
from tests.helpers.documents import text_of
from tests.helpers.runs import pay_all
from wellbeing.lib import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(scene):
    """Four people: two by e-mail, one by letter in large print, one who rings up and has no postal address."""
    made = {}
    for name, channel, address in (
        ("Amy By E-mail", Person.Channel.EMAIL, ""),
        ("Ben By Letter", Person.Channel.LETTER, "2 Invented Street\nLeeds"),
        ("Cat By E-mail", Person.Channel.EMAIL, ""),
        ("Dan By Phone", Person.Channel.PHONE, ""),
    ):
        user = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, name)
        user.person.channel, user.person.postal_address = channel, address
        user.person.letter_size = "18" if "Letter" in name else "standard"
        user.person.save()
        made[name.split()[0]] = user
    return made


@pytest.fixture
def run(scene, people):
    """A signed run of the four, each with one claim of half a day."""
    claims = [
        factories.a_claim(scene.programme, user.person, "approved", policy=scene.policy) for user in people.values()
    ]
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    return runs.sign_off(run=run, by=scene.finance_two)


@pytest.fixture
def made(run, scene, worker):
    """The run with its papers made."""
    with worker():
        runs.make_documents(run=run, by=scene.finance)
    return run


def newest(run, kind, **only):
    return run.documents.filter(kind=kind, **only).order_by("-version").first()


def reader(document):
    return PdfReader(io.BytesIO(run_documents.read(document)))


# Joined


def leads_home(whole):
    """{page number: how many tags its marked parts lead to} of a tagged PDF, every tag found on its own page."""
    numbers = list(whole.Root.StructTreeRoot.ParentTree.Nums)
    tree = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    assert len(tree) == len(numbers) // 2, "each number once"
    found = {}
    for place, page in enumerate(whole.pages):
        if "/StructParents" not in page.obj:
            continue
        tags = tree[int(page.obj.StructParents)]
        for tag in tags:
            home = tag.get("/Pg") or tag.K.Pg
            assert home.objgen == page.obj.objgen
        marked = re.findall(rb"/MCID (\d+)", page.obj.Contents.read_bytes())
        assert len(tags) == len(set(marked))
        found[place] = len(tags)
    return found


def names_in(element, found=None):
    """The ids of table cells below a tag."""
    found = [] if found is None else found
    if "/ID" in element:
        found.append(str(element.ID))
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            names_in(kid, found)
    return found


def test_the_pack_is_one_tagged_pdf_with_title_language_bookmarks_and_every_page(made):
    paper = newest(made, Document.Kind.PACK)
    letters = [newest(made, Document.Kind.REMITTANCE, payment=payment) for payment in run_queries.whole_payments(made)]
    with pikepdf.open(io.BytesIO(run_documents.read(paper))) as whole:
        root = whole.Root
        assert str(root.Lang).lower() == "en-gb"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert made.reference in str(whole.docinfo["/Title"])
        metadata = root.Metadata.read_bytes()
        assert b"pdfuaid" in metadata
        assert made.reference.encode() in metadata
        parts = list(root.StructTreeRoot.K.K)
        assert len(parts) == 5
        names = names_in(root.StructTreeRoot.K)
        assert names
        assert len(names) == len(set(names)), "no cell finds the header of another letter's table"
        assert set(leads_home(whole)) == set(range(len(whole.pages)))
        with whole.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert [title.split(",")[0] for title in titles[1:]] == [
            "Amy By E-mail",
            "Ben By Letter",
            "Cat By E-mail",
            "Dan By Phone",
        ]
    text = text_of(reader(paper))
    assert text.count("We are paying you £50.00") == 4
    assert "Signature" in text
    pages = sum(len(reader(each).pages) for each in [newest(made, Document.Kind.SCHEDULE), *letters])
    assert len(reader(paper).pages) == pages


def test_links_of_joined_papers_keep_their_tags():
    html = '<html lang="en-gb"><title>{0}</title><p>Read <a href="https://example.org/{0}">this {0}</a>.</p></html>'
    joined = pdf.join(
        [(name, pdf.render(html.format(name))) for name in ("one", "two")], title="Both", language="en-gb"
    )
    with pikepdf.open(io.BytesIO(joined)) as whole:
        numbers = list(whole.Root.StructTreeRoot.ParentTree.Nums)
        tree = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
        for name, page in zip(("one", "two"), whole.pages, strict=True):
            (link,) = page.obj.Annots
            assert str(link.A.URI).endswith(name)
            tag = tree[int(link.StructParent)]
            assert pikepdf.Name.Link == tag.S
            assert any(isinstance(kid, pikepdf.Dictionary) and kid.Obj.objgen == link.objgen for kid in tag.K)


def test_letters_for_the_post_each_start_on_a_new_sheet(made):
    paper = newest(made, Document.Kind.POST)
    pages = [page.extract_text() for page in reader(paper).pages]
    starts = [place for place, text in enumerate(pages) if "We are paying you" in text]
    assert len(starts) == 2
    assert all(place % 2 == 0 for place in starts)
    text = text_of(reader(paper))
    assert "Ben By Letter" in text
    assert "Dan By Phone" in text
    assert "Amy" not in text


def test_where_everyone_reads_e_mail_there_is_nothing_to_print(scene, worker, claim_in):
    run = runs.make_run(programme=scene.programme, claims=[claim_in("approved")], by=scene.finance)
    runs.sign_off(run=run, by=scene.finance_two)
    with worker():
        runs.make_documents(run=run, by=scene.finance)
    assert set(run.documents.values_list("kind", flat=True)) == {"remittance", "schedule", "pack"}
    pay_all(run=run, by=scene.finance, on=timezone.localdate())
    with pytest.raises(RunError, match="by email"):
        runs.print_letters(run=run, by=scene.finance)


# The words of the letter


def test_the_letter_says_what_was_asked_agreed_and_where_every_penny_goes(scene, people):
    claim = factories.a_claim(scene.programme, people["Ben"].person, "submitted", policy=scene.policy)
    claim.lines.update(approved_pence=4500, decision_reason="You left at noon.")
    parts = {"payroll_pence": 900, "voucher_pence": 800, "donation_pence": 700, "waived_pence": 600}
    Claim.objects.filter(pk=claim.pk).update(
        status="partly_approved",
        approved_at=timezone.now(),
        approved_by=scene.staff.person,
        approved_pence=4500,
        money_pence=1000,
        advance_recovered_pence=500,
        **parts,
    )
    run = runs.make_run(programme=scene.programme, claims=[claim], by=scene.finance)
    run = runs.sign_off(run=run, by=scene.finance_two)
    payment = run_queries.whole_payments(run).get()
    text = text_of(run_documents.letter(payment, timezone.localdate()))
    for words in (
        "We are paying you £10.00",
        "Asked Agreed",
        "£50.00 £45.00",
        "You left at noon.",
        "Through payroll, where tax may be deducted £9.00",
        "As a voucher, as you chose £8.00",
        "To charity, as you chose £7.00",
        "Not taken, as you chose £6.00",
        "Paid in advance £5.00",
        "Paid to you as money £10.00",
    ):
        assert words in text, words
    text = text_of(run_documents.schedule(run, timezone.localdate()))
    for words in ("Through payroll 1 £9.00", "Vouchers 1 £8.00", "To charity 1 £7.00", "Total £34.00"):
        assert words in text, words


# Which way they go


def test_who_asked_for_e_mail_gets_the_letter_with_the_news_and_that_is_recorded(made, scene):
    pay_all(run=made, by=scene.finance, on=timezone.localdate())
    parts = {
        message.person.full_name: [(part.name, bytes(part.content)) for part in message.parts.all()]
        for message in Notice.objects.filter(kind="payment_made")
    }
    assert {name for name, found in parts.items() if found} == {"Amy By E-mail", "Cat By E-mail"}
    payment = made.payments.get(person__full_name="Amy By E-mail")
    letter = newest(made, Document.Kind.REMITTANCE, payment=payment)
    assert parts["Amy By E-mail"] == [(f"{payment.reference}.pdf", run_documents.read(letter))]
    sent = LetterDispatch.objects.filter(way=LetterDispatch.Way.EMAIL)
    assert {each.document.payment.person.full_name for each in sent} == {"Amy By E-mail", "Cat By E-mail"}
    assert {each.by for each in sent} == {scene.finance.person}


def test_printing_for_the_post_is_recorded_once_with_who_and_when(made, scene, signed_in):
    client, address = signed_in(scene.finance_two), reverse("payment_run_print", args=[made.pk])
    pay_all(run=made, by=scene.finance, on=timezone.localdate())
    answer = client.post(address)
    assert b"".join(answer.streaming_content) == run_documents.read(newest(made, Document.Kind.POST))
    signed_in(scene.finance).post(address)
    printed = LetterDispatch.objects.filter(way=LetterDispatch.Way.POST)
    assert {each.document.payment.person.full_name for each in printed} == {"Ben By Letter", "Dan By Phone"}
    assert {each.by for each in printed} == {scene.finance_two.person}
    page = signed_in(scene.finance).get(made.get_absolute_url()).text
    assert "So far 2 sent by email, 2 printed." in page
    assert "For 1 of these there is no postal address" in page


def test_postgres_keeps_what_was_sent(made, scene):
    pay_all(run=made, by=scene.finance, on=timezone.localdate())
    for sql in ("UPDATE payments_letterdispatch SET at = now()", "DELETE FROM payments_letterdispatch"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


# Versions


def test_made_again_with_a_reason_is_a_new_version_and_the_old_stays_byte_for_byte(made, scene, people, worker):
    before = {paper.pk: run_documents.read(paper) for paper in made.documents.all()}
    with pytest.raises(RunError) as refusal:
        runs.make_documents_again(run=made, by=scene.finance, reason="  ")
    assert refusal.value.field == "reason"
    people["Ben"].person.postal_address = "9 Other Street\nYork"
    people["Ben"].person.save()
    with worker():
        runs.make_documents_again(run=made, by=scene.finance_two, reason="Ben has moved.")
    assert {pk: run_documents.read(Document.objects.get(pk=pk)) for pk in before} == before
    assert sorted(made.documents.values_list("version", flat=True)) == [1] * 7 + [2] * 7
    assert run_queries.papers_are_ready(made)
    letter = newest(made, Document.Kind.REMITTANCE, payment__person=people["Ben"].person)
    assert "9 Other Street" in text_of(reader(letter))
    assert "9 Other Street" in text_of(reader(newest(made, Document.Kind.PACK)))


def test_one_letter_made_again_brings_a_new_pack_and_leaves_the_other_letters(made, scene, people, worker, signed_in):
    payment = made.payments.get(person=people["Ben"].person)
    address = reverse("payment_letter_again", args=[made.pk, payment.pk])
    client = signed_in(scene.finance)
    assert "Ben By Letter" in client.get(address).text
    assert "Say why" in client.post(address, {}).text
    with worker():
        client.post(address, {"reason": "The name was wrong."})
    versions = dict(made.documents.filter(kind="remittance").values_list("payment__person__full_name", "version"))
    assert versions["Amy By E-mail"] == 1
    assert newest(made, Document.Kind.REMITTANCE, payment=payment).version == 2
    assert newest(made, Document.Kind.SCHEDULE).version == 1
    assert newest(made, Document.Kind.PACK).version == 2
    page = client.get(made.get_absolute_url()).text
    assert "The name was wrong." in page
    assert "Version 1" in page
    assert reverse("document", args=[newest(made, Document.Kind.PACK).pk]) in page
    assert client.get(reverse("payment_letter_again", args=[made.pk, 0])).status_code == 404


def test_papers_are_not_made_again_before_the_first_time_or_while_they_are_made(run, scene):
    with pytest.raises(RunError, match="first time"):
        runs.make_documents_again(run=run, by=scene.finance, reason="Why not?")
    runs.make_documents(run=run, by=scene.finance)
    run_documents.store(run, Document.Kind.SCHEDULE, b"%PDF-1.4")
    with pytest.raises(RunError, match="at this moment"):
        runs.make_documents_again(run=run, by=scene.finance, reason="Why not?")


# Never handed out changed


def spoil(document, content=b"%PDF-1.7 changed"):
    """As if somebody had changed the file on the disk."""
    storage, name = document.file.storage, document.file.name
    storage.delete(name)
    if content is not None:
        assert storage.save(name, ContentFile(content)) == name


@pytest.mark.parametrize("content", [b"%PDF-1.7 changed", None])
def test_a_file_that_was_changed_or_is_gone_is_refused_in_words_and_logged(made, scene, signed_in, caplog, content):
    paper = newest(made, Document.Kind.SCHEDULE)
    spoil(paper, content)
    with caplog.at_level(logging.ERROR, logger="payments.runs.documents"):
        answer = signed_in(scene.finance).get(reverse("document", args=[paper.pk]))
    assert answer.status_code == 409
    assert "not as we made it" in answer.text
    assert f"Document {paper.pk}" in caplog.text


def another(run, payment):
    return run.payments.exclude(pk=payment.pk).first()


def test_a_changed_letter_is_never_sent_and_nobody_is_told_before_it_is_made_again(
    made, scene, people, worker, signed_in
):
    payment = made.payments.get(person=people["Amy"].person)
    spoil(newest(made, Document.Kind.REMITTANCE, payment=payment))
    with pytest.raises(run_documents.DocumentChangedError):
        pay_all(run=made, by=scene.finance, on=timezone.localdate())
    made.refresh_from_db()
    assert made.status == "signed"
    # The pack cannot be made of it either; the page says so, and leads to making that letter again.
    with worker():
        runs.make_documents_again(
            run=made, by=scene.finance, reason="The schedule was torn.", payment=another(made, payment)
        )
    assert Job.objects.filter(status=Job.Status.FAILED).exists()
    page = signed_in(scene.finance).get(made.get_absolute_url()).text
    assert "not as we made it" in page
    assert reverse("payment_letter_again", args=[made.pk, payment.pk]) in page
    assert not Notice.objects.filter(kind="payment_made").exists()
    with worker():
        runs.make_documents_again(run=made, by=scene.finance, payment=payment, reason="The file was damaged.")
    pay_all(run=made, by=scene.finance, on=timezone.localdate())
    assert Notice.objects.filter(kind="payment_made").count() == 4


# In batches


def test_batches_are_shared_and_each_letter_is_made_once(run, scene, worker, monkeypatch):
    monkeypatch.setattr(run_documents, "BATCH", 1)
    handed = []

    def share(job, batches):
        handed.extend(batches)
        # Another worker takes the batches this one will come to last.
        for ids in batches[:2]:
            run_documents.make_letters(run, ids)

    runs.make_documents(run=run, by=scene.finance)
    Job.objects.update(status=Job.Status.RUNNING, attempts=1)
    run_documents.make_for_run(Job.objects.get(), share=share)
    ids = list(run.payments.order_by("pk").values_list("pk", flat=True))
    assert handed == [[pk] for pk in ids[:0:-1]], "its own first batch it keeps; the last is handed out first"
    assert sorted(run.documents.filter(kind="remittance").values_list("payment", flat=True)) == sorted(ids)
    assert Job.objects.get().done == 6


def test_work_of_an_earlier_attempt_is_left_to_the_present_one(run, scene):
    from payments.runs import tasks as run_tasks

    runs.make_documents(run=run, by=scene.finance)
    job = Job.objects.get()
    ids = list(run.payments.values_list("pk", flat=True))
    Job.objects.update(status=Job.Status.RUNNING, attempts=2)
    run_tasks.make_letters(job.pk, 1, ids)
    assert not run.documents.exists()
    run_tasks.make_letters(job.pk, 2, ids)
    assert run.documents.count() == 4
