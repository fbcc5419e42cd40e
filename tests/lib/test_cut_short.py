"""Files whose end never arrived: refused on the page where it can be told at once, and by the worker in any case."""

import io
import re
import zlib

import pillow_heif
import pytest
from django.conf import settings
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageFile

from tests.helpers import samples
from tests.helpers.hostile_pdfs import with_image
from wellbeing.lib import pdf, uploads

FROM_THE_FIELD = ["06_last_20_per_cent_missing.jpg", "21_upload_cut_at_60_per_cent.jpg"]
WHOLE = samples.FIELD / "21_whole_for_comparison.jpg"
TAKE_IT_AGAIN = r"damaged.*Take the photo again"


def photo():
    return Image.open(WHOLE).convert("RGB").resize((300, 400))


def saved(kind, **options):
    out = io.BytesIO()
    if kind == "HEIC":
        pillow_heif.from_pillow(photo()).save(out)
    else:
        photo().save(out, kind, **options)
    return out.getvalue()


FILES = {
    "jpeg": lambda: saved("JPEG"),
    "jpeg with a small picture in its headers": lambda: saved("JPEG", exif=with_thumbnail()),
    "progressive jpeg": lambda: saved("JPEG", progressive=True),
    "png": lambda: saved("PNG"),
    "webp": lambda: saved("WEBP"),
    "heic": lambda: saved("HEIC"),
    "avif": lambda: saved("AVIF"),
    "gif": lambda: saved("GIF"),
    "tiff": lambda: saved("TIFF"),
    "pdf": lambda: samples.pdf(pages=20, hidden=False),
}
SEEN_AT_ONCE = sorted(FILES.keys() - {"gif", "tiff"})


def with_thumbnail():
    """EXIF whose comment is a whole JPEG, as cameras put a small picture there."""
    small = io.BytesIO()
    photo().resize((30, 40)).save(small, "JPEG")
    exif = Image.Exif()
    exif[0x9286] = small.getvalue()
    return exif


def look_quickly(content):
    return uploads.quick_check(samples.upload(content), max_bytes=10**7)


@pytest.mark.parametrize("check", [uploads.clean, look_quickly], ids=["worker", "page"])
@pytest.mark.parametrize("name", FROM_THE_FIELD)
def test_a_photo_of_which_a_part_never_arrived_is_refused(name, check):
    with pytest.raises(uploads.UploadRefusedError, match=TAKE_IT_AGAIN):
        check((samples.FIELD / name).read_bytes())


def test_the_same_photo_complete_is_taken():
    assert look_quickly(WHOLE.read_bytes()) == uploads.JPEG
    assert uploads.clean(WHOLE.read_bytes()).content_type == "image/jpeg"


@pytest.mark.parametrize("missing", [1, 2, 100, 5000])
def test_a_photo_that_lacks_only_its_last_bytes_is_refused(missing):
    for check in (uploads.clean, look_quickly):
        with pytest.raises(uploads.UploadRefusedError, match=TAKE_IT_AGAIN):
            check(WHOLE.read_bytes()[:-missing])


@pytest.mark.parametrize("percent", [60, 80, 99])
@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_is_refused_by_the_worker_where_its_end_is_missing(name, percent):
    content = FILES[name]()
    with pytest.raises(uploads.UploadRefusedError, match="damaged"):
        uploads.clean(content[: len(content) * percent // 100])


@pytest.mark.parametrize("percent", [60, 80, 95])
@pytest.mark.parametrize("name", SEEN_AT_ONCE)
def test_the_page_says_so_at_once_where_the_outline_of_the_file_tells(name, percent):
    content = FILES[name]()
    with pytest.raises(uploads.UploadRefusedError, match="damaged"):
        look_quickly(content[: len(content) * percent // 100])


@pytest.mark.parametrize("name", FILES)
def test_whole_files_are_taken_by_both(name):
    content = FILES[name]()
    assert look_quickly(content)
    assert uploads.clean(content).content


def test_what_follows_the_end_of_a_whole_file_is_no_harm():
    assert look_quickly(saved("JPEG") + samples.jpeg()) == uploads.JPEG
    assert uploads.clean(samples.pdf(hidden=False) + b"\0" * 5000).content_type == "application/pdf"


# Pictures inside a PDF that is whole itself


@pytest.mark.parametrize("percent", [30, 60, 95])
@pytest.mark.parametrize(("kind", "packing"), [("JPEG", Name.DCTDecode), ("JPEG2000", Name.JPXDecode)])
def test_a_pdf_with_a_photo_cut_short_is_refused(kind, packing, percent):
    content = saved(kind)
    assert uploads.clean(with_image(content, packing, 300, 400)).content
    with pytest.raises(uploads.UploadRefusedError, match=r"PDF.*damaged"):
        uploads.clean(with_image(content[: len(content) * percent // 100], packing, 300, 400))


RASTERS = {
    "rgb": ("RGB", {}),
    "grey": ("L", {"ColorSpace": Name.DeviceGray}),
    "cmyk": ("CMYK", {"ColorSpace": Name.DeviceCMYK}),
    "of several inks": (
        "RGB",
        {"ColorSpace": Array([Name.DeviceN, Array([Name.A, Name.B, Name.C]), Name.DeviceRGB, Dictionary()])},
    ),
    "black and white": ("1", {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 1}),
}


@pytest.mark.parametrize("name", RASTERS)
def test_a_pdf_with_a_raster_cut_short_is_refused(name):
    mode, keys = RASTERS[name]
    dots = photo().convert(mode).tobytes()
    assert uploads.clean(with_image(zlib.compress(dots), Name.FlateDecode, 300, 400, **keys)).content
    cut = zlib.compress(dots[: len(dots) * 9 // 10])
    with pytest.raises(uploads.UploadRefusedError, match=r"PDF.*damaged"):
        uploads.clean(with_image(cut, Name.FlateDecode, 300, 400, **keys))


def test_the_worker_refuses_a_picture_cut_short_after_it_has_drawn_a_letter():
    assert pdf.render("<html lang='en'><title>Letter</title><p>Hello</p></html>").startswith(b"%PDF-")
    # WeasyPrint told Pillow, for this whole process, to be content with pictures that end early.
    assert ImageFile.LOAD_TRUNCATED_IMAGES
    with pytest.raises(uploads.UploadRefusedError, match=TAKE_IT_AGAIN):
        uploads.clean(saved("PNG")[:-5000])


def test_only_the_process_that_decodes_opens_pictures():
    # The last two draw receipts of their own, to send them.
    apart = {
        "wellbeing/lib/pictures.py",
        "wellbeing/demo/papers.py",
        "wellbeing/bench/load.py",
        "wellbeing/drill/load.py",
    }
    folders = ("wellbeing", "people", "programmes", "events", "payments")
    opening = {
        name
        for folder in folders
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if not (name := path.relative_to(settings.BASE_DIR).as_posix()).startswith("wellbeing/lib/decoding/")
        and re.search(r"^\s*(?:from|import) (?:PIL|pillow_heif)\b", path.read_text(), re.MULTILINE)
    }
    assert opening <= apart
    # This one is asked for the hash within that process alone; the rest of the house only compares hashes.
    assert not any(
        "difference_hash(" in path.read_text()
        for folder in folders
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if path.name not in {"pictures.py", "raster.py"}
    )
