"""The decoding process: its limits hold, it gets no secret, and what ends it is told apart from what the file did."""

import io
import os
import re
import subprocess
import sys
from itertools import pairwise

import pikepdf
import pytest
from django.conf import settings
from PIL import Image

from tests.helpers import samples
from wellbeing.lib import pictures, uploads
from wellbeing.lib.decoding import jpeg, limits


def within_limits(code):
    """Run Python `code` after the decoding's limits were set; returns the finished process."""
    return subprocess.run(
        [sys.executable, "-c", f"from wellbeing.lib.decoding import limits; limits.hold()\n{code}"],
        check=False,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_it_cannot_take_more_memory_than_its_limit():
    assert "MemoryError" in within_limits("bytearray(limits.MAX_MEMORY)").stderr


def test_it_cannot_write_a_file(tmp_path):
    assert "File too large" in within_limits(f"open({str(tmp_path / 'x')!r}, 'wb', 0).write(b'x')").stderr
    assert (tmp_path / "x").stat().st_size == 0


def test_it_cannot_open_many_files():
    assert "Too many open files" in within_limits("kept = [open('/dev/null') for _ in range(limits.OPEN_FILES)]").stderr


def test_it_ends_when_its_processor_time_is_used_up():
    shorter = "limits.CPU_SECONDS = 1; limits.hold()\nwhile True: pass"
    assert within_limits(shorter).returncode < 0


def test_it_ends_by_itself_when_nobody_waits_for_it():
    assert within_limits("import signal, time; signal.alarm(1); time.sleep(60)").returncode < 0
    assert "[30," in within_limits("import signal; print([signal.alarm(0), 0])").stdout


def test_it_starts_without_django_celery_and_the_decoders_a_photo_does_not_need():
    process = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "wellbeing.lib.decoding"],
        check=False,
        cwd=settings.BASE_DIR,
        input=samples.jpeg(),
        capture_output=True,
        env={"PATH": os.defpath},
    )
    loaded = {line.rpartition("|")[2].strip() for line in process.stderr.decode().splitlines()}
    assert "wellbeing.lib.decoding.raster" in loaded
    assert not loaded & {"django", "celery", "redis", "psycopg2", "pikepdf", "pillow_heif"}


def decoding_that(code, monkeypatch):
    """Have `uploads` start Python `code` in place of the decoding."""
    real = subprocess.Popen

    def start(command, **options):
        return real([sys.executable, "-c", code], **options)

    monkeypatch.setattr(uploads.subprocess, "Popen", start)


def test_it_gets_no_secret_in_its_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-this-test")
    seen = {}
    real = subprocess.Popen

    def start(command, **options):
        seen.update(options["env"])
        return real(command, **options)

    monkeypatch.setattr(uploads.subprocess, "Popen", start)
    assert uploads.clean(samples.jpeg()).content_type == "image/jpeg"
    assert set(seen) == {"PATH", "LANG", "MALLOC_ARENA_MAX"}


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", uploads.UndecidedError),
        ("import signal; signal.alarm(1); signal.pause()", uploads.UndecidedError),
        ("raise SystemExit(1)", uploads.DecoderDownError),
        ("print('begun'); import sys; sys.stdout.flush(); import os; os.abort()", uploads.UploadRefusedError),
        ("print('begun', flush=True); raise SystemExit(127)", uploads.UploadRefusedError),
        ("print('begun', flush=True)\nwhile True: print('x' * 65536)", uploads.UploadRefusedError),
        (
            'print(\'begun\', flush=True); print(\'{"verdict": "clean", "kind": "JPEG"}\\nMZ\')',
            uploads.DecoderDownError,
        ),
    ],
    ids=["killed", "late", "could not begin", "crashed", "out of memory", "says too much", "says what is not so"],
)
def test_each_end_of_the_decoding_is_met(code, error, monkeypatch):
    decoding_that(code, monkeypatch)
    with pytest.raises(error):
        uploads.clean(samples.jpeg())


def test_a_decoding_that_does_not_end_is_killed(monkeypatch):
    monkeypatch.setattr(uploads, "PATIENCE_SECONDS", 0.5)
    decoding_that("import time; time.sleep(60)", monkeypatch)
    with pytest.raises(uploads.UndecidedError):
        uploads.clean(samples.jpeg())


def test_a_decoding_that_cannot_be_started_is_no_fault_of_the_file(monkeypatch):
    monkeypatch.setattr(uploads.sys, "executable", "/nowhere/python")
    with pytest.raises(uploads.DecoderDownError):
        uploads.clean(samples.jpeg())


def test_it_leaves_nothing_in_the_folder_for_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for content in (
        samples.jpeg(),
        samples.heic(),
        samples.pdf(),
        (samples.FIELD / "09_fax_two_pages.tiff").read_bytes(),
    ):
        uploads.clean(content)
    assert not list(tmp_path.iterdir())


def test_the_difference_hash_is_that_of_the_copy():
    clean = uploads.clean((samples.FIELD / "21_whole_for_comparison.jpg").read_bytes())
    assert clean.look == pictures.difference_hash(clean.content)


# Files as they come from the field


def pdf_photos(clean):
    """The picture on each page of a clean copy made of pages."""
    with pikepdf.open(io.BytesIO(clean.content)) as document:
        return [Image.open(io.BytesIO(page.Resources.XObject.Page.read_raw_bytes())) for page in document.pages]


@pytest.mark.parametrize("name", ["07.avif", "08.gif"])
def test_other_pictures_that_phones_send_are_taken(name):
    clean = uploads.clean((samples.FIELD / name).read_bytes())
    assert Image.open(io.BytesIO(clean.content)).size == (1200, 1600)


def test_every_page_of_a_tiff_is_kept():
    assert len(pdf_photos(uploads.clean((samples.FIELD / "09_fax_two_pages.tiff").read_bytes()))) == 2
    out = io.BytesIO()
    samples.picture().save(out, "TIFF", save_all=True, append_images=[samples.picture(colour="grey")])
    clean = uploads.clean(out.getvalue())
    assert (clean.content_type, clean.extension) == ("application/pdf", "pdf")
    first, second = pdf_photos(clean)
    assert (first.getpixel((500, 700))[0] > 250, second.getpixel((500, 700))[0] < 150) == (True, True)


def test_a_scrolling_screenshot_is_cut_into_pages_as_wide_as_it_is():
    screenshot = Image.new("RGB", (1080, 18_000), "white")
    for top in range(0, 18_000, 100):
        screenshot.paste("black", (40 + top % 700, top, 300 + top % 700, top + 90))
    out = io.BytesIO()
    screenshot.save(out, "PNG")
    clean = uploads.clean(out.getvalue())
    photos = pdf_photos(clean)
    assert {photo.width for photo in photos} == {1080}
    assert sum(photo.height for photo in photos) == 18_000
    assert clean.look is not None
    # Rows of text are 90 dots high, with 10 between them: no page begins or ends within one.
    for before, after in pairwise(photos):
        last = before.crop((0, before.height - 1, 1080, before.height)).convert("L")
        first = after.crop((0, 0, 1080, 1)).convert("L")
        assert last.getextrema()[0] > 128 or first.getextrema()[0] > 128


def test_a_fax_with_half_the_lines_gets_its_shape_back():
    out = io.BytesIO()
    Image.new("1", (1728, 1100), 1).save(out, "TIFF", compression="group4", dpi=(204, 98))
    size = Image.open(io.BytesIO(uploads.clean(out.getvalue()).content)).size
    assert abs(size[1] / size[0] - 1100 * 204 / 98 / 1728) < 0.01


# JPEG


def test_the_bare_jpeg_keeps_the_dots_and_nothing_else():
    arrival = samples.jpeg()
    bare = jpeg.walk(arrival).bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(arrival)).tobytes()
    assert b"Exif" not in bare
    assert b"secret comment" not in bare


def test_a_progressive_jpeg_of_a_camera_is_taken():
    out = io.BytesIO()
    samples.picture().save(out, "JPEG", progressive=True)
    walked = jpeg.walk(out.getvalue())
    assert (walked.sequential, walked.complete) == (False, True)
    assert 1 < walked.scans <= limits.MAX_SCANS
    assert uploads.clean(out.getvalue()).content_type == "image/jpeg"


def test_every_refusal_of_the_decoding_has_its_sentence():
    folder = settings.BASE_DIR / "wellbeing" / "lib" / "decoding"
    codes = {
        code
        for path in folder.glob("*.py")
        for code in re.findall(r'"((?:pdf|picture)_\w+|too_much)"', path.read_text())
    }
    assert {"pdf_nested", "picture_pages", "too_much"} <= codes
    for code in codes:
        assert uploads.refusal_sentence(code, limit=40, pages=41)
