"""Tests of what people send us: the quick look at the form, and the clean copy a worker makes."""

import io

import pikepdf
import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from tests.helpers import samples
from wellbeing.lib import uploads

PICTURES = {"jpeg": samples.jpeg, "png": samples.png, "webp": samples.webp, "heic": samples.heic}


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_becomes_a_bare_jpeg_without_place_or_camera(name):
    arrival = PICTURES[name]()
    clean = uploads.clean(arrival)
    assert clean.content_type == "image/jpeg"
    picture = Image.open(io.BytesIO(clean.content))
    assert picture.format == "JPEG"
    assert not dict(picture.getexif())
    assert not dict(picture.getexif().get_ifd(samples.GPS))
    assert b"Invented Phones" not in clean.content
    assert b"secret comment" not in clean.content


def test_the_samples_do_carry_a_place_to_remove():
    assert dict(Image.open(io.BytesIO(samples.jpeg())).getexif().get_ifd(samples.GPS))
    register_heif_opener()
    assert dict(Image.open(io.BytesIO(samples.heic())).getexif().get_ifd(samples.GPS))


def test_a_photo_taken_sideways_is_turned_upright():
    # Orientation 6: the picture is stored on its side and must be turned a quarter clockwise to be seen upright.
    clean = Image.open(io.BytesIO(uploads.clean(samples.jpeg(orientation=6, size=(800, 600))).content))
    assert clean.size == (600, 800)
    assert clean.getpixel((590, 10))[0] < 60, "the dark corner is now at the top right"


def test_a_large_photo_is_made_smaller():
    clean = Image.open(io.BytesIO(uploads.clean(samples.jpeg(size=(4800, 3600))).content))
    assert clean.size == (2400, 1800)


def test_a_see_through_picture_lies_on_white_paper():
    clean = Image.open(io.BytesIO(uploads.clean(samples.png()).content))
    assert clean.getpixel((590, 790)) == (255, 255, 255)


def test_a_pdf_keeps_its_page_and_loses_everything_hidden():
    arrival = samples.pdf()
    assert b"Invented Phones" in arrival
    clean = uploads.clean(arrival)
    assert clean.content_type == "application/pdf"
    with pikepdf.open(io.BytesIO(clean.content)) as document:
        assert len(document.pages) == 1
        assert b"Train fare 12.50" in document.pages[0].Contents.read_bytes()
        assert not document.attachments
        for key in ("/OpenAction", "/Names", "/AF", "/AA", "/Metadata", "/AcroForm"):
            assert key not in document.Root
        assert "/Annots" not in document.pages[0]
        assert "/AA" not in document.pages[0]
        assert not dict(document.docinfo)
        photo = document.pages[0].Resources.XObject.Im1.read_raw_bytes()
        assert Image.open(io.BytesIO(photo)).size == (600, 800)
        assert not dict(Image.open(io.BytesIO(photo)).getexif())
    for secret in (b"app.alert", b"hidden.exe", b"Secret Author", b"bad.example.org", b"Invented Phones"):
        assert secret not in clean.content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (samples.pdf(password="sesame"), "password"),
        (samples.pdf()[:200], "damaged"),
        (samples.jpeg()[:400], "damaged"),
        (b"\xff\xd8\xff\xe0" + b"MZ\x90\x00 not a picture at all" * 50, "damaged"),
        (samples.heic()[:300], "damaged"),
        (samples.pdf(pages=41, hidden=False), "41 pages"),
        (samples.bomb(), "too big"),
        (b"MZ\x90\x00 a program", "not a photo or a PDF"),
        (b"GIF89a", "damaged"),
        (b"BM a bitmap", "not a photo or a PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a photo or a PDF"),
    ],
    ids=[
        "locked",
        "half a pdf",
        "half a photo",
        "disguised",
        "half a heic",
        "long",
        "bomb",
        "program",
        "half a gif",
        "bmp",
        "svg",
    ],
)
def test_what_cannot_be_taken_says_why(content, words):
    with pytest.raises(uploads.UploadRefusedError, match=words):
        uploads.clean(content)


def test_the_quick_look_tells_the_kind_by_the_bytes_and_not_by_the_name():
    file = samples.upload(samples.pdf(), name="photo.jpg")
    assert uploads.quick_check(file, max_bytes=10**7) == uploads.PDF
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "limit", "words"),
    [
        (b"", "empty.jpg", 100, "empty"),
        (b"MZ\x90\x00", "holiday.jpg", 100, "not a photo"),
        (samples.jpeg(), "big.jpg", 100, "most we can take"),
    ],
)
def test_the_quick_look_refuses_at_the_form(content, name, limit, words):
    with pytest.raises(uploads.UploadRefusedError, match=words):
        uploads.quick_check(samples.upload(content, name), max_bytes=limit)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 KB"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (1024 * 1024, "1 MB"),
        (1024 * 1024 + 1, "1.1 MB"),
        (15 * 1024 * 1024, "15 MB"),
        (15 * 1024 * 1024 + 1, "15.1 MB"),
    ],
)
def test_sizes_are_written_for_people_and_never_as_less_than_they_are(count, words):
    assert uploads.size_words(count).replace("\u00a0", " ") == words
