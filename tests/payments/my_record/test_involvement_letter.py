"""The letter about one's involvement, and the signposts: for one person alone, without advice."""

import datetime as dt
import hashlib
import io

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from payments.models import InvolvementLetter, Signpost
from payments.my_record import actions as record_actions
from payments.my_record import involvement_letter
from payments.my_record.actions import OwnError
from people.jobs import running
from people.models import Job, Notice, Person
from tests import factories
from tests.helpers.documents import text_of
from wellbeing.lib.stored_files import fill_once


def sizes_of(content):
    """The sizes of print on the first page of a PDF, in points."""
    found = set()
    PdfReader(io.BytesIO(content)).pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: found.add(round(size * abs(tm[3]))) if text.strip() else None
    )
    return found


@pytest.fixture
def letter(scene, worker):
    """fn(**options) -> the letter the scene's person asked for, made by a worker."""

    def make(**options):
        with worker():
            row = record_actions.ask_for_letter(programme=scene.programme, by=scene.person, **options)
        row.refresh_from_db()
        return row

    return make


def test_a_letter_says_what_involvement_is_and_what_is_offered(letter, scene):
    row = letter()
    words = text_of(row.file.read())
    for sentence in (
        "asked us for this letter",
        "may stop at any time",
        "We pay £50.00 for half a day",
        "all, part or none of it",
        "This is not payment for their time",
        scene.programme.contact_email,
    ):
        assert sentence in words
    for word in ("employ", "wage", "salary", "service user"):
        assert word not in words.lower()


def test_a_letter_names_the_choice_and_the_days_only_when_asked(letter, scene, claim_in):
    claim_in("submitted", description="Reading day")
    record_actions.choose(programme=scene.programme, by=scene.person, recognition="none")
    bare = text_of(letter().file.read())
    assert "has chosen" not in bare
    assert "Reading day" not in bare
    full = text_of(letter(with_choice=True, with_days=True).file.read())
    assert "has chosen: No payment" in full
    assert "Reading day" in full
    assert "£50.00" in full


def test_a_letter_is_tagged_and_in_large_print_for_who_wants_it(letter, scene):
    standard = letter().file.read()
    Person.objects.filter(pk=scene.person.person.pk).update(letter_size=Person.LetterSize.LARGE_18)
    scene.person.person.refresh_from_db()
    large = letter().file.read()
    for content in (standard, large):
        root = PdfReader(io.BytesIO(content)).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"]
        assert b"pdfuaid" in root["/Metadata"].get_data()
    assert max(sizes_of(large)) > max(sizes_of(standard))


def test_a_letter_is_kept_byte_for_byte(letter):
    row = letter()
    content = row.file.read()
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.size == len(content)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_involvementletter SET size = 1")


def test_a_letter_made_twice_is_kept_once(letter):
    row = letter()
    before = row.file.name
    Job.objects.update(status=Job.Status.WAITING)
    running.run(Job.objects.get(kind=involvement_letter.JOB_KIND).pk)
    assert Job.objects.get(kind=involvement_letter.JOB_KIND).status == Job.Status.DONE
    assert not fill_once(row, "another.pdf", b"another")
    row.refresh_from_db()
    assert row.file.name == before


def test_the_person_alone_opens_it(letter, scene, signed_in):
    row = letter()
    url = reverse("your_letter", args=[row.pk])
    response = signed_in(scene.person).get(url)
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    job = Job.objects.get(kind=involvement_letter.JOB_KIND)
    for reader in (scene.staff, scene.finance, scene.administrator, scene.steering, scene.stranger):
        assert signed_in(reader).get(url).status_code == 404
        assert signed_in(reader).get(reverse("job", args=[job.pk])).status_code == 404


def test_nobody_is_named_as_asking_and_nothing_is_mailed(letter):
    letter()
    assert Job.objects.get(kind=involvement_letter.JOB_KIND).started_by is None
    assert not Notice.objects.exists()


def test_only_programmes_one_takes_part_in_can_be_chosen(scene, signed_in):
    with pytest.raises(OwnError):
        record_actions.ask_for_letter(programme=scene.other, by=scene.person)
    answer = signed_in(scene.person).post(reverse("your_letters"), {"programme": scene.other.pk})
    assert answer.status_code == 200
    assert not InvolvementLetter.objects.exists()


def test_a_letter_is_asked_for_on_the_page_and_waits_there(scene, signed_in):
    client = signed_in(scene.person)
    assert client.post(reverse("your_letters"), {"programme": scene.programme.pk}).status_code == 302
    page = client.get(reverse("your_letters")).content.decode()
    assert "Waiting to start" in page
    running.run(Job.objects.get(kind=involvement_letter.JOB_KIND).pk)
    page = client.get(reverse("your_letters")).content.decode()
    assert reverse("your_letter", args=[InvolvementLetter.objects.get().pk]) in page


def test_a_person_keeps_so_many_letters_and_no_more(scene, monkeypatch):
    monkeypatch.setattr(record_actions, "MAX_LETTERS", 1)
    record_actions.ask_for_letter(programme=scene.programme, by=scene.person)
    with pytest.raises(OwnError, match="many letters"):
        record_actions.ask_for_letter(programme=scene.programme, by=scene.person)


# Signposts


def test_anyone_reads_whom_to_ask_and_every_fact_has_its_source_and_date(db, client):
    page = client.get(reverse("money_and_benefits")).content.decode()
    assert "We give no advice about benefits" in page
    for where in ("citizensadvice.org.uk", "disabilityrightsuk.org", "nihr.ac.uk"):
        assert where in page
    for fact in Signpost.objects.filter(kind="fact"):
        assert fact.source in page
        assert fact.checked_on
    assert "Looked up on 23 November 2026" in page


def test_a_later_fact_takes_the_place_of_the_one_before_from_its_day_on(db):
    today = timezone.localdate()
    old = Signpost.objects.get(key="vouchers")
    new = Signpost.objects.create(
        key="vouchers",
        kind="fact",
        place=20,
        effective_from=today + dt.timedelta(days=3),
        title="Vouchers",
        text="New words.",
        source="example.org",
        checked_on=today,
    )
    assert old in Signpost.objects.effective_on(today)
    effective_on = Signpost.objects.effective_on(new.effective_from)
    assert new in effective_on
    assert old not in effective_on


def test_no_threshold_of_any_benefit_is_shown(db, client):
    assert "£" not in client.get(reverse("money_and_benefits")).content.decode()


def test_the_page_works_without_any_row(client, db):
    Signpost.objects.all().delete()
    assert client.get(reverse("money_and_benefits")).status_code == 200


def test_how_we_pay_you_leads_to_whom_to_ask(scene, client):
    page = client.get(reverse("policy", args=[scene.programme.slug])).content.decode()
    assert reverse("money_and_benefits") in page


def test_the_record_of_somebody_without_a_claim_is_empty_and_kind(client, scene):
    client.force_login(factories.a_user("Nell New"))
    assert "Nothing to count yet" in client.get(reverse("your_record")).content.decode()
