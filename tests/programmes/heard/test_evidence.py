"""Files that show what became of a contribution: checked and copied clean by a worker, read by the programme."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from programmes.heard import tasks
from programmes.heard.actions import answering, wishes
from programmes.models import ContributionOutcome, EvidenceFile
from tests.factories.heard import a_file, an_outcome
from tests.helpers import samples
from tests.helpers.client import page_text
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError


def answer_with(scene, said, file):
    return answering.answer(contribution=said, kind="changed", what_changed="x", file=file, by=scene.staff)


def test_a_file_is_sent_with_the_answer_checked_and_opened_by_the_programme(scene, said, signed_in, worker):
    url, page_of = reverse("contribution_answer", args=[said.pk]), reverse("contribution", args=[said.pk])
    staff = signed_in(scene.staff)
    values = {"kind": "changed", "what_changed": "There is a timetable at the door."}
    with worker():
        staff.post(url, {**values, "file": samples.upload(samples.pdf(), "timetable.pdf")})
    row = EvidenceFile.objects.get()
    assert (row.status, row.original_name, row.added_by) == ("ready", "timetable.pdf", scene.staff.person)
    address = reverse("contribution_evidence", args=[row.pk])
    assert address in page_text(signed_in(scene.lived).get(page_of))
    answer = signed_in(scene.lived).get(address)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert signed_in(scene.stranger).get(address).status_code == 404
    wishes.take_off(contribution=said, how="By phone", by=scene.staff)
    assert signed_in(scene.lived).get(address).status_code == 404


def test_what_is_no_photo_or_pdf_is_refused_beside_its_box_and_nothing_typed_is_lost(scene, said, signed_in):
    url = reverse("contribution_answer", args=[said.pk])
    values = {"kind": "changed", "what_changed": "There is a timetable."}
    page = page_text(
        signed_in(scene.staff).post(url, {**values, "file": SimpleUploadedFile("a.pdf", b"no such thing")})
    )
    assert "This is not a photo or a PDF." in page and "There is a timetable." in page
    assert not ContributionOutcome.objects.exists()
    with pytest.raises(ActionError, match="empty") as error:
        answer_with(scene, said, SimpleUploadedFile("a.pdf", b""))
    assert error.value.field == "file"


def test_a_file_that_cannot_be_opened_is_refused_by_the_worker_and_only_staff_are_told(scene, said, signed_in, worker):
    with worker():
        answer_with(scene, said, SimpleUploadedFile("broken.pdf", b"%PDF-1.4\nnothing\n%%EOF\n"))
    row = EvidenceFile.objects.get()
    assert (row.status, row.file.name) == ("refused", "")
    page_of = reverse("contribution", args=[said.pk])
    assert "broken.pdf" in page_text(signed_in(scene.staff).get(page_of))
    assert "broken.pdf" not in page_text(signed_in(scene.lived).get(page_of))
    assert signed_in(scene.staff).get(reverse("contribution_evidence", args=[row.pk])).status_code == 404


def test_a_full_disk_undoes_the_answer_and_says_so(scene, said, monkeypatch):
    def full(*_arguments, **_options):
        raise OSError("No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    with pytest.raises(ActionError, match="could not keep your file"):
        answer_with(scene, said, samples.upload(samples.pdf(), "timetable.pdf"))
    said.refresh_from_db()
    assert said.status == "open"
    assert not EvidenceFile.objects.exists()


def test_a_file_that_got_lost_on_its_way_to_a_worker_is_swept_up(scene, said, worker):
    answer_with(scene, said, samples.upload(samples.pdf(), "timetable.pdf"))
    assert EvidenceFile.objects.oldest_due(timezone.now()) is not None
    with worker():
        tasks.sweep_evidence()
    assert EvidenceFile.objects.get().status == "checking", "it may still be on its way"
    EvidenceFile.objects.update(added_at=timezone.now() - dt.timedelta(minutes=5))
    with worker():
        tasks.sweep_evidence()
    assert EvidenceFile.objects.get().status == "ready"
    assert EvidenceFile.objects.oldest_due(timezone.now()) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programmes_evidencefile SET sha256 = repeat('1', 64)",
        "UPDATE programmes_evidencefile SET file = 'elsewhere.pdf'",
        "UPDATE programmes_evidencefile SET status = 'checking'",
        "DELETE FROM programmes_evidencefile",
    ],
)
def test_the_database_keeps_a_file_that_was_checked(said, statement):
    a_file(an_outcome(said))
    refused(statement)
