"""Words about somebody who is removed that stand where others put them: files, mails, parts of notices, sessions."""

import hashlib
import io
import zipfile
from email.message import EmailMessage

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from people.messages.models import DemoMail, LetterBatch, NoticePart
from people.models import Job, Notice, Person, Supporter
from people.privacy import erasing, export
from tests import factories as make
from tests.factories import dashboard, meetings
from tests.helpers.client import signed_in
from tests.helpers.documents import text_of
from wellbeing.lib import pdf

pytestmark = pytest.mark.django_db
NAMED = "Yesterday Mabel Memberton rang."


def removed(here):
    """Remove the member, and return the record of it."""
    with transaction.atomic():
        return erasing.remove(here.member.person, by=here.admin)


def said_to_staff(here, words):
    """A notice to a colleague in these words."""
    return Notice.objects.create(
        key="test:words", kind="role", person=here.staff.person, subject="Hello", text_body=words
    )


def a_pdf(words):
    return pdf.render(f"<html lang='en'><head><title>Paper</title></head><body><p>{words}</p></body></html>")


def filled(content, name):
    """The fields of a row whose file holds `content`."""
    return {
        "file": ContentFile(content, name=name),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "made_at": timezone.now(),
    }


def test_files_of_others_that_name_them_are_listed_for_an_administrator(here):
    paper = meetings.a_paper(meetings.a_meeting(here.programme))
    named = meetings.a_copy(paper, words="", file=ContentFile(NAMED.encode(), name="notes.txt"))
    meetings.a_copy(paper, "large_print", words="", file=ContentFile(b"Nobody rang.", name="large.txt"))
    gone = meetings.a_copy(paper, "easy_read", words="", file=ContentFile(NAMED.encode(), name="gone.txt"))
    gone.file.storage.delete(gone.file.name)
    assert removed(here).to_look_at == [f"Paper in one format {named.pk}"]


def test_a_batch_of_letters_that_holds_theirs_becomes_a_note_that_it_was_removed(
    here, django_capture_on_commit_callbacks
):
    batch = LetterBatch.objects.create(
        audience="programme:1",
        day=timezone.localdate(),
        count=1,
        made_by=here.staff.person,
        **filled(a_pdf(NAMED), "b.pdf"),
    )
    storage, before = batch.file.storage, batch.file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert removed(here).counts["files"] == 1
    batch.refresh_from_db()
    assert "It was removed on" in text_of(batch.file.read())
    assert not storage.exists(before)


def test_a_paper_of_ours_that_names_them_is_made_again_by_a_worker(here, django_capture_on_commit_callbacks):
    paper = dashboard.a_board_paper(here.programme, here.staff.person)
    named = type(paper)(programme=here.programme, asked_by=here.staff.person, **filled(a_pdf(NAMED), "named.pdf"))
    named.save()
    with django_capture_on_commit_callbacks(execute=True):
        removed(here)
    named.refresh_from_db()
    assert (bool(named.file), named.made_at) == (False, None)
    assert Job.objects.get(kind="board_paper").subject_id == named.pk
    paper.refresh_from_db()
    assert paper.made_at


def a_mail(words, attached=None):
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "Hello", "sam@example.org"
    mail.set_content(words)
    if attached:
        mail.add_attachment(attached, maintype="application", subtype="pdf", filename="paper.pdf")
    return DemoMail.objects.create(to_address="sam@example.org", subject="Hello", raw=mail.as_bytes())


def test_mails_and_parts_of_notices_that_name_them_lose_the_name_or_go(here):
    named, with_paper, other = a_mail(NAMED), a_mail("See the paper.", a_pdf(NAMED)), a_mail("Nobody rang.")
    kept = bytes(other.raw)
    notice = said_to_staff(here, "Hello")
    calendar = NoticePart.objects.create(
        notice=notice,
        name="day.ics",
        content_type="text/calendar",
        content=b"BEGIN\r\nSUMMARY Mabel Member\r\n ton\r\nEND",
    )
    letter = NoticePart.objects.create(
        notice=notice, name="letter.pdf", content_type="application/pdf", content=a_pdf(NAMED)
    )
    blob = NoticePart.objects.create(notice=notice, name="x", content_type="x", content=b"\xff\xfe Mabel Memberton")
    removed(here)
    for row in (named, with_paper, letter, blob):
        row.refresh_from_db()
    other.refresh_from_db()
    calendar.refresh_from_db()
    assert (bytes(named.raw), bytes(with_paper.raw), bytes(other.raw)) == (b"", b"", kept)
    assert b"Mabel" not in bytes(calendar.content)
    assert bytes(calendar.content).startswith(b"BEGIN\r\nSUMMARY ")
    assert (bytes(letter.content), bytes(blob.content)) == (b"", b"")


def test_a_message_that_waits_for_a_colleagues_next_page_names_them_no_more(here):
    browser = signed_in(here.staff)
    session = browser.session
    session["said"] = {"words": [NAMED, 7]}
    session.save()
    removed(here)
    assert browser.session["said"]["words"][0] != NAMED
    assert "Mabel" not in str(browser.session["said"])
    assert browser.session["said"]["words"][1] == 7


def test_the_number_of_who_passes_messages_on_to_them_goes_from_the_words_of_others(here):
    Supporter.objects.create(
        person=here.member.person,
        name="Hal Helpington",
        channel="sms",
        phone="+447700900321",
        postal_address="9 Helper Road\nLeeds",
        consent_on=timezone.localdate(),
        consent_how="On the phone.",
        recorded_by=here.staff.person,
    )
    notice = said_to_staff(here, "Ring Hal Helpington of 9 Helper Road, Leeds on 07700 900321.")
    removed(here)
    notice.refresh_from_db()
    assert not any(words in notice.text_body for words in ("Hal", "9 Helper Road", "900321"))


def test_somebody_of_one_word_that_others_write_small_takes_no_words_of_theirs_along(here):
    rose = make.a_person("Rose", email="")
    notice = said_to_staff(here, "We rose early, said Rose.")
    with transaction.atomic():
        erasure = erasing.remove(rose, by=here.admin)
    notice.refresh_from_db()
    assert notice.text_body == "We rose early, said Rose."
    assert (erasure.counts["texts"], erasure.counts["files"]) == (0, 0)
    assert Person.objects.get(pk=rose.pk).full_name == "Somebody who asked to be removed"


def test_a_copy_has_ones_receipts_and_says_amounts_in_pounds(world):
    with zipfile.ZipFile(io.BytesIO(export.as_zip(world.owner))) as archive:
        assert any(name.startswith("payments.Receipt/") for name in archive.namelist())
        assert all(archive.read(name) for name in archive.namelist())
    held = [one for one in export.gather(world.owner) if one.label.startswith("payments.")]
    words = {line.words for one in held for row in export.to_read(one) for line in row}
    assert any(word.startswith("£") for word in words)


def test_a_copy_to_read_names_a_part_of_a_notice_by_its_size_and_the_json_file_holds_it(here):
    notice = Notice.objects.create(
        key="test:part", kind="role", person=here.member.person, subject="Hello", text_body="Hello"
    )
    NoticePart.objects.create(notice=notice, name="day.ics", content_type="text/calendar", content=b"BEGIN:VCALENDAR")
    (held,) = [one for one in export.gather(here.member.person) if one.label == "people.NoticePart"]
    words = {line.words for row in export.to_read(held) for line in row}
    assert "A file of 15 bytes, in the JSON file" in words
    assert held.rows[0]["content"] == {"base64": "QkVHSU46VkNBTEVOREFS"}
