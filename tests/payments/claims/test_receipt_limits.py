"""How many files are taken, and files there is no room for: refused beside the field, nothing lost, nothing left."""

import datetime as dt
import gc
import os
import resource
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from payments.claims import transitions
from payments.claims.actions import filling, receipts
from payments.models import Receipt
from tests.helpers import samples


@pytest.fixture
def line(scene, claim_in):
    return an_expense(claim_in("draft"), scene.person)


def an_expense(claim, user, what="Car park"):
    return filling.add_expense(claim=claim, by=user, kind="parking", description=what, amount_pence=500)


@pytest.fixture
def send(client, scene):
    """fn(line, content) -> the page after the person has sent a file for that line through the form."""

    def post(line, content=None, user=None):
        client.force_login(user or scene.person)
        address = reverse("claim_line_receipt", args=[line.claim_id, line.pk])
        return client.post(address, {"receipt": samples.upload(content or samples.jpeg(), "ticket.jpg")})

    return post


def test_an_expense_takes_so_many_files_and_no_more(settings, line, send):
    settings.RECEIPTS_A_LINE = 2
    assert [send(line).status_code for _number in range(2)] == [302, 302]
    page = send(line)
    assert page.status_code == 200
    assert "This expense has 2 files, which is the most." in str(page.context["form"].errors["receipt"])
    assert line.receipts.count() == 2


def test_a_file_that_could_not_be_opened_takes_no_place(settings, line, send):
    settings.RECEIPTS_A_LINE = 1
    send(line)
    Receipt.objects.update(status="refused", file="", problem="It may be damaged.")
    assert send(line).status_code == 302


def test_a_claim_takes_so_many_files_and_no_more(settings, scene, line, send):
    settings.RECEIPTS_A_CLAIM = 2
    other = an_expense(line.claim, scene.person, "Another car park")
    assert [send(each).status_code for each in (line, other)] == [302, 302]
    page = send(other)
    assert "This claim has 2 files, which is the most." in str(page.context["form"].errors["receipt"])
    assert line.claim.receipts.count() == 2


@pytest.mark.real_clock
def test_a_person_sends_so_many_files_an_hour_even_when_they_remove_them(settings, scene, line, send):
    settings.RECEIPTS_AN_HOUR = 3
    for _number in range(3):
        assert send(line).status_code == 302
        receipts.remove_receipt(line=line, by=scene.person, receipt=line.receipts.get())
    page = send(line)
    assert "You have sent 3 files in an hour" in str(page.context["form"].errors["receipt"])
    assert not line.receipts.exists()


@pytest.mark.real_clock
def test_the_hour_is_counted_for_each_person_by_themselves(settings, scene, claim_in, line, send):
    settings.RECEIPTS_AN_HOUR = 1
    assert send(line).status_code == 302
    theirs = an_expense(claim_in("draft", user=scene.stranger), scene.stranger)
    assert send(theirs, user=scene.stranger).status_code == 302


@pytest.mark.real_clock
def test_after_an_hour_a_person_can_send_again(settings, line, send, time_machine):
    settings.RECEIPTS_AN_HOUR = 1
    assert send(line).status_code == 302
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=61))
    assert send(line).status_code == 302


def test_the_limits_hold_where_an_expense_comes_with_its_file(settings, scene, line):
    settings.RECEIPTS_AN_HOUR = 0
    with pytest.raises(transitions.ClaimError, match="in an hour") as refused:
        filling.add_expense(
            claim=line.claim,
            by=scene.person,
            kind="parking",
            description="Car park",
            amount_pence=500,
            file=samples.upload(samples.jpeg()),
        )
    assert refused.value.field == "receipt"


# No room in TMPDIR, where a large upload lies until its form is read


@contextmanager
def a_small_disk(folder, size):
    """A file system of `size` bytes on `folder`; where we may not mount one, a limit on the files we may write."""
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        return
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def a_large_photo():
    """More than FILE_UPLOAD_MAX_MEMORY_SIZE, so that it goes through TMPDIR."""
    return samples.jpeg() + os.urandom(3 * 1024 * 1024)


@pytest.mark.parametrize(
    "size", [64 * 1024, 2 * 1024 * 1024, 3 * 1024 * 1024], ids=["at once", "half-way", "at the end"]
)
def test_a_full_tmpdir_is_met_as_a_full_data_dir_is(settings, tmp_path, line, send, size):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    with a_small_disk(tmp_path, size):
        page = send(line, a_large_photo())
        left = list(Path(tmp_path).iterdir())
    assert page.status_code == 200
    assert "We could not keep your file just now" in str(page.context["form"].errors["receipt"])
    assert not left
    assert not Receipt.objects.exists()
    assert line.claim.lines.filter(pk=line.pk).exists()


def test_a_tmpdir_that_is_not_there_is_met_the_same_way(settings, line, send):
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
    assert "We could not keep your file just now" in send(line, a_large_photo()).text


def test_with_room_a_large_file_goes_through_tmpdir_and_leaves_nothing_there(settings, tmp_path, line, send):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    assert send(line, a_large_photo()).status_code == 302
    assert not list(tmp_path.iterdir())
    assert line.receipts.get().size > 3 * 1024 * 1024


# The spreadsheet's writer tries once more when it is thrown away.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_spreadsheet_that_finds_no_room_says_so_on_a_page(scene, client, monkeypatch, caplog, claim_in):
    claim_in("submitted")
    client.force_login(scene.staff)
    # A device that is always full takes the place of the temporary file.
    with Path("/dev/full").open("w+b", buffering=0) as full:
        monkeypatch.setattr("wellbeing.lib.table_files.SpooledTemporaryFile", lambda **_options: full)
        page = client.get(reverse("claims", args=[scene.programme.slug]), {"export": "xlsx"})
        assert page.status_code == 503
        assert "We have no room for this just now" in page.text
        del page
        caplog.clear()
        gc.collect()
