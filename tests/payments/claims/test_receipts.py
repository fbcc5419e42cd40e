"""Receipts in the worker: the clean copy takes the place of what arrived, whatever happens in between."""

import datetime as dt
import errno
import hashlib
from functools import partial

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from payments.claims import receipts
from payments.claims import tasks as claim_tasks
from payments.claims.actions import filling
from payments.models import Receipt
from programmes.models import Role
from tests import factories
from tests.helpers import samples
from tests.helpers.threads import at_once
from wellbeing.lib import uploads


@pytest.fixture
def receipt(scene, claim_in):
    filling.add_expense(
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
        claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "ready"
    assert receipt.file.name != arrival
    assert not storage.exists(arrival)
    with receipt.file.open("rb") as file:
        assert b"Invented Phones" not in file.read()
    assert receipt.sha256 == hashlib.sha256(samples.jpeg()).hexdigest(), "the fingerprint is of what arrived"


def test_checking_twice_changes_nothing(receipt):
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    name = receipt.file.name
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert (receipt.file.name, receipt.tries) == (name, 1)


def test_a_slow_worker_leaves_no_file_behind_when_another_was_quicker(receipt, monkeypatch):
    real = uploads.clean

    def slow(content):
        monkeypatch.setattr(uploads, "clean", real)
        lease_runs_out(receipt)
        receipts.make_clean(receipt.pk)
        return real(content)

    monkeypatch.setattr(uploads, "clean", slow)
    receipts.make_clean(receipt.pk)
    receipt.refresh_from_db()
    folder = receipt.file.name.rpartition("/")[0]
    # What arrived goes after the commit, which a test's transaction never reaches.
    assert len(receipt.file.storage.listdir(folder)[1]) == 2


def test_a_database_that_refuses_leaves_no_clean_copy_behind(receipt, monkeypatch):
    def refuse(*arguments, **options):
        raise DatabaseError("gone")

    folder = receipt.file.name.rpartition("/")[0]
    before = receipt.file.storage.listdir(folder)[1]
    monkeypatch.setattr(Receipt, "save", refuse)
    with pytest.raises(DatabaseError):
        claim_tasks.clean_receipt(receipt.pk)
    assert receipt.file.storage.listdir(folder)[1] == before


def lease_runs_out(receipt):
    long_ago = timezone.now() - dt.timedelta(seconds=settings.RECEIPT_LEASE_SECONDS + 1)
    Receipt.objects.filter(pk=receipt.pk).update(taken_at=long_ago)


def test_a_receipt_being_worked_on_is_not_handed_out_again(receipt, worker, monkeypatch):
    opened = []
    real = uploads.clean

    def meanwhile(content):
        opened.append(receipt.pk)
        Receipt.objects.filter(pk=receipt.pk).update(added_at=timezone.now() - dt.timedelta(hours=1))
        claim_tasks.clean_receipt(receipt.pk)
        with worker():
            claim_tasks.sweep_receipts()
        return real(content)

    monkeypatch.setattr(uploads, "clean", meanwhile)
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert (opened, receipt.status, receipt.tries, receipt.taken_at) == ([receipt.pk], "ready", 1, None)


def test_a_receipt_whose_worker_died_is_handed_out_again_once_its_lease_has_run_out(receipt, worker):
    receipts.take(receipt.pk)
    Receipt.objects.filter(pk=receipt.pk).update(added_at=timezone.now() - dt.timedelta(hours=1))
    with worker():
        claim_tasks.sweep_receipts()
    receipt.refresh_from_db()
    assert receipt.status == "checking"
    lease_runs_out(receipt)
    with worker():
        claim_tasks.sweep_receipts()
    receipt.refresh_from_db()
    assert receipt.status == "ready"


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_receipt_take_it_once():
    programme = factories.a_programme()
    person = factories.with_role(programme, Role.LIVED_EXPERIENCE).person
    kept = receipts.store_upload(
        claim=factories.a_claim(programme, person), file=samples.upload(samples.jpeg()), kind=uploads.JPEG, by=person
    )
    taken = at_once(*[partial(receipts.take, kept.pk)] * 4)
    assert len([took for took in taken if took]) == 1


def test_a_decoding_that_was_cut_off_is_tried_again_and_refused_in_the_end(receipt, monkeypatch):
    def cut_off(content):
        raise uploads.UndecidedError("ended by signal 9")

    monkeypatch.setattr(uploads, "clean", cut_off)
    for tries in range(1, receipts.MAX_TRIES + 1):
        claim_tasks.clean_receipt(receipt.pk)
        receipt.refresh_from_db()
        assert (receipt.status, receipt.tries, receipt.taken_at) == ("checking", tries, None)
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "refused"


def test_a_decoding_that_cannot_begin_refuses_nothing_however_long_it_lasts(receipt, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(uploads.sys, "executable", "/nowhere/python")
        for _try in range(receipts.MAX_TRIES + 2):
            with pytest.raises(uploads.DecoderDownError):
                claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert (receipt.status, receipt.tries) == ("checking", 0)
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "ready"


def test_the_task_has_a_time_limit_of_its_own_within_the_lease():
    assert uploads.PATIENCE_SECONDS < claim_tasks.clean_receipt.soft_time_limit < claim_tasks.clean_receipt.time_limit
    assert claim_tasks.clean_receipt.time_limit < settings.RECEIPT_LEASE_SECONDS


def test_a_file_that_ends_its_worker_is_not_tried_for_ever(receipt):
    Receipt.objects.filter(pk=receipt.pk).update(tries=receipts.MAX_TRIES)
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "refused"
    assert receipt.problem


def test_a_file_lost_from_the_disk_is_asked_for_again(receipt):
    receipt.file.storage.delete(receipt.file.name)
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert "send it again" in receipt.problem


def test_the_sweep_hands_out_receipts_the_broker_lost(receipt, worker):
    with worker():
        claim_tasks.sweep_receipts()
    receipt.refresh_from_db()
    assert receipt.status == "checking", "it may still be on its way"
    Receipt.objects.filter(pk=receipt.pk).update(added_at=timezone.now() - dt.timedelta(minutes=5))
    with worker():
        claim_tasks.sweep_receipts()
    receipt.refresh_from_db()
    assert receipt.status == "ready"


def no_room_left(*arguments, **options):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_beside_the_field_and_the_expense_stays(scene, claim_in, client, monkeypatch):
    claim = claim_in("draft")
    line = filling.add_expense(claim=claim, by=scene.person, kind="parking", description="Car park", amount_pence=500)
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
        for _try in range(receipts.MAX_TRIES + 2):
            with pytest.raises(OSError, match="No space"):
                claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert (receipt.status, receipt.tries) == ("checking", 0)
    claim_tasks.clean_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.status == "ready"
