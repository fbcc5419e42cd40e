"""Receipts in the worker: the clean copy takes the place of what arrived, whatever happens in between."""

import datetime as dt
import errno
import hashlib

import pytest
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone

from payments import receipts, tasks
from payments.actions import claims
from payments.models import Receipt
from wellbeing.lib import uploads

from . import samples


@pytest.fixture
def receipt(scene, claim_in):
    claims.add_expense(
        claim=claim_in("draft"),
        by=scene.person,
        kind="parking",
        description="Car park",
        amount_pence=500,
        file=samples.upload(samples.jpeg(), "../../my holiday.jpg"),
    )
    return Receipt.objects.get()


def test_what_arrives_is_kept_under_a_random_name_until_it_is_checked(receipt):
    assert receipt.status == "checking"
    assert receipt.sha256 == hashlib.sha256(samples.jpeg()).hexdigest()
    assert receipt.original_name == "my holiday.jpg"
    assert "holiday" not in receipt.file.name


def test_the_clean_copy_takes_its_place_and_what_arrived_is_gone(receipt, django_capture_on_commit_callbacks):
    storage, arrival = receipt.file.storage, receipt.file.name
    with django_capture_on_commit_callbacks(execute=True):
        tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "ready"
    assert receipt.file.name != arrival
    assert not storage.exists(arrival)
    with receipt.file.open("rb") as file:
        assert b"Invented Phones" not in file.read()
    assert receipt.sha256 == hashlib.sha256(samples.jpeg()).hexdigest(), "the fingerprint is of what arrived"


def test_checking_twice_changes_nothing(receipt):
    tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    name = receipt.file.name
    tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert (receipt.file.name, receipt.tries) == (name, 1)


def test_a_slow_worker_leaves_no_file_behind_when_another_was_quicker(receipt, monkeypatch):
    real = uploads.clean

    def slow(content):
        monkeypatch.setattr(uploads, "clean", real)
        receipts.make_clean(receipt.pk)
        return real(content)

    monkeypatch.setattr(uploads, "clean", slow)
    receipts.make_clean(receipt.pk)
    receipt.refresh_from_db()
    folder = receipt.file.name.rpartition("/")[0]
    # What arrived goes after the commit, which a test's transaction never reaches.
    assert len(receipt.file.storage.listdir(folder)[1]) == 2


def test_a_file_that_ends_its_worker_is_not_tried_for_ever(receipt):
    Receipt.objects.filter(pk=receipt.pk).update(tries=receipts.MOST_TRIES)
    tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "refused"
    assert receipt.problem


def test_a_file_lost_from_the_disk_is_asked_for_again(receipt):
    receipt.file.storage.delete(receipt.file.name)
    tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert "send it again" in receipt.problem


def test_the_sweep_hands_out_receipts_the_broker_lost(receipt, worker):
    with worker():
        tasks.sweep_receipts()
    receipt.refresh_from_db()
    assert receipt.status == "checking", "it may still be on its way"
    Receipt.objects.filter(pk=receipt.pk).update(added_at=timezone.now() - dt.timedelta(minutes=5))
    with worker():
        tasks.sweep_receipts()
    receipt.refresh_from_db()
    assert receipt.status == "ready"


def no_room_left(*arguments, **options):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_beside_the_field_and_the_expense_stays(scene, claim_in, client, monkeypatch):
    claim = claim_in("draft")
    line = claims.add_expense(claim=claim, by=scene.person, kind="parking", description="Car park", amount_pence=500)
    monkeypatch.setattr(FileSystemStorage, "_save", no_room_left)
    client.force_login(scene.person)
    address = reverse("claim_line_receipt", args=[claim.pk, line.pk])
    page = client.post(address, {"receipt": samples.upload(samples.jpeg(), "ticket.jpg")})
    assert page.status_code == 200
    assert "We could not keep your file just now" in page.text
    assert claim.lines.filter(pk=line.pk).exists()
    assert not Receipt.objects.exists()


def test_a_full_disk_makes_no_receipt_refused_however_long_it_lasts(receipt, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(FileSystemStorage, "_save", no_room_left)
        for _try in range(receipts.MOST_TRIES + 2):
            with pytest.raises(OSError, match="No space"):
                tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert (receipt.status, receipt.tries) == ("checking", 0)
    tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "ready"
