"""Decode pictures and save them as JPEG: upright, on white paper, made small, long ones cut into pages."""

import io
import math
import warnings
from collections.abc import Iterable, Iterator
from importlib import import_module

from PIL import Image, ImageChops, ImageOps

from wellbeing.lib import pictures

from . import jpeg
from .kinds import AVIF, GIF, HEIC, JPEG, PDF, PNG, TIFF, WEBP
from .limits import MAX_JPEG_PIXELS, MAX_PAGES, MAX_PAGES_PIXELS, MAX_PIXELS, MAX_SIDE, RefusedError, most_bytes

# The one decoder each kind needs; no other is loaded, so that a disguised file reaches none.
DECODERS = {
    JPEG: "PIL.JpegImagePlugin",
    PNG: "PIL.PngImagePlugin",
    WEBP: "PIL.WebPImagePlugin",
    AVIF: "PIL.AvifImagePlugin",
    GIF: "PIL.GifImagePlugin",
    TIFF: "PIL.TiffImagePlugin",
}
QUALITIES = (85, 70, 50)
# Lines decoded pictures are worked on at a time, so that a large one never stands in memory twice.
STRIP_LINES = 256
# Longer than this for its width, a picture is a scrolling screenshot or a till roll: cut into pages as wide as it is.
LONG = 2.5
PAGE_SHAPE = math.sqrt(2)
# A page ends at a line without edges, sought in this part of a page up and down; steps of grey this small are none.
# Each line is looked at in parts, as a single letter must count in a wide one.
CALM_PART = 10
CALM_PARTS = 64
FAINT = 24
PAGE_WIDTH_POINTS = 595
ORIENTATION = 0x0112


def clean_picture(content: bytes, kind: str) -> tuple[bytes, str, int | None]:
    """Return (bytes, JPEG or PDF, difference hash or None) for a picture of `kind`. Raises RefusedError."""
    if kind == JPEG:
        walked = jpeg.walk(content)
        walked.must_be_affordable()
        if not walked.complete:
            raise RefusedError("picture_damaged")
    try:
        with _opened(content, kind) as picture:
            pages = list(_pages(picture, kind, len(content)))
    except RefusedError:
        raise
    except (MemoryError, Image.DecompressionBombError):
        raise RefusedError("picture_too_big") from None
    except Exception:  # a decoder may fail in any way on bytes made to break it
        raise RefusedError("picture_damaged") from None
    look = pictures.difference_hash(pages[0])
    if len(pages) == 1:
        return pages[0], JPEG, look
    return _bound(pages), PDF, look


def _opened(content: bytes, kind: str) -> Image.Image:
    if kind == HEIC:
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False, decode_threads=1)
    else:
        import_module(DECODERS[kind])
    with warnings.catch_warnings():
        # Pillow warns before it refuses; our own limit is lower and comes with a sentence.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(content), formats=[kind])


def _pages(picture: Image.Image, kind: str, arrived: int) -> Iterator[bytes]:
    """Yield the JPEG pages of an open picture: one, unless it is long or a TIFF of several. Raises RefusedError."""
    count, most, dots = 0, most_bytes(arrived), 0
    for frame in _frames(picture, kind):
        dots += frame.width * frame.height
        if dots > MAX_PAGES_PIXELS:
            raise RefusedError("picture_too_big")
        for page in _cut(frame, kind):
            count += 1
            if count > MAX_PAGES:
                raise RefusedError("picture_pages", limit=MAX_PAGES)
            content = _saved(page, most)
            most -= len(content)
            yield content


def _frames(picture: Image.Image, kind: str) -> Iterator[Image.Image]:
    yield picture
    if kind != TIFF:
        # A film of any other kind is taken for its first picture.
        return
    for number in range(1, MAX_PAGES + 1):
        try:
            picture.seek(number)
        except EOFError:
            return
        yield picture
    raise RefusedError("picture_pages", limit=MAX_PAGES)


def _cut(picture: Image.Image, kind: str) -> Iterator[Image.Image]:
    """Yield RGB pictures of a page each."""
    if picture.width * picture.height > (MAX_JPEG_PIXELS if kind == JPEG else MAX_PIXELS):
        raise RefusedError("picture_too_big")
    turned = picture.getexif().get(ORIENTATION, 1)
    if kind == TIFF:
        # Pillow turns these by itself, while it loads them.
        picture.load()
        turned = 1
    stretch = _stretch(picture)
    width, height = picture.size if turned < 5 else picture.size[::-1]
    height = round(height * stretch)
    if height > LONG * width:
        yield from _cut_long(picture, turned, width, height)
        return
    scale = min(1, MAX_SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # A JPEG can be decoded at half or quarter size, which spares most of the memory of a large photo.
    picture.draft("RGB", size if turned < 5 else size[::-1])
    small = _shrunk(picture, size if turned < 5 else size[::-1])
    if turned != 1:
        small.getexif()[ORIENTATION] = turned
        small = ImageOps.exif_transpose(small)
    yield small


def _cut_long(picture: Image.Image, turned: int, width: int, height: int) -> Iterator[Image.Image]:
    if turned != 1:
        picture = ImageOps.exif_transpose(picture)
    pages = math.ceil(height / (width * PAGE_SHAPE))
    if pages > MAX_PAGES:
        raise RefusedError("picture_pages", limit=MAX_PAGES)
    scale, down = min(1, MAX_SIDE / width), height / picture.height
    top = 0
    for number in range(1, pages + 1):
        bottom = picture.height * number // pages
        if number < pages:
            bottom = _calm_line(picture, bottom, reach=picture.height // pages // CALM_PART)
        piece = picture.crop((0, top, picture.width, bottom))
        yield _shrunk(piece, (max(1, round(width * scale)), max(1, round((bottom - top) * down * scale))))
        top = bottom


def _calm_line(picture: Image.Image, line: int, *, reach: int) -> int:
    """Return the line within `reach` of `line` that crosses the fewest edges, so that no row of text is cut in two."""
    first = max(1, line - reach)
    band = _on_paper(picture.crop((0, first, picture.width, min(picture.height, line + reach)))).convert("L")
    edges = ImageChops.difference(band, ImageChops.offset(band, 1, 0)).point(lambda step: 255 * (step > FAINT))
    shares = edges.resize((min(CALM_PARTS, band.width), band.height), Image.Resampling.BOX).tobytes()
    parts = len(shares) // band.height
    busy = [max(shares[row * parts : (row + 1) * parts]) for row in range(band.height)]
    return min(range(first, first + band.height), key=lambda row: (busy[row - first], abs(row - line)))


def _stretch(picture: Image.Image) -> float:
    """Return how much taller each dot is than wide: fax machines send half the lines (204 by 98 dots an inch)."""
    across, down = (float(number) for number in (picture.info.get("dpi") or (1, 1))[:2])
    ratio = across / down if across > 0 and down > 0 else 1
    return ratio if 0.4 < ratio < 2.5 else 1


def _shrunk(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Lay `picture` on white paper as RGB of `size` (width, height), worked on in strips."""
    picture.load()
    factor = max(1, min(picture.width // size[0], picture.height // size[1]))
    small = Image.new("RGB", (math.ceil(picture.width / factor), math.ceil(picture.height / factor)))
    lines = STRIP_LINES * factor
    for top in range(0, picture.height, lines):
        strip = _on_paper(picture.crop((0, top, picture.width, min(picture.height, top + lines))))
        small.paste(strip.reduce(factor), (0, top // factor))
    return small if small.size == size else small.resize(size, Image.Resampling.LANCZOS)


def _on_paper(strip: Image.Image) -> Image.Image:
    if strip.mode.startswith("I"):
        # Sixteen bits a dot; a plain conversion would turn all but the darkest white.
        return strip.convert("I").point(lambda level: level * (1 / 256)).convert("L").convert("RGB")
    if strip.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in strip.info:
        strip = strip.convert("RGBA")
        paper = Image.new("RGB", strip.size, "white")
        paper.paste(strip, mask=strip.getchannel("A"))
        return paper
    return strip.convert("RGB")


def _saved(picture: Image.Image, most: int) -> bytes:
    """Return an RGB picture as JPEG of at most `most` bytes. Nothing but the dots travels along."""
    bare = Image.frombytes("RGB", picture.size, picture.tobytes()) if picture.info else picture
    for quality in QUALITIES:
        out = io.BytesIO()
        bare.save(out, "JPEG", quality=quality, optimize=True, exif=b"")
        if out.tell() <= most:
            return out.getvalue()
    raise RefusedError("picture_too_big")


def _bound(pages: Iterable[bytes]) -> bytes:
    """Bind JPEG pages into a PDF, each as wide as a sheet of A4."""
    import pikepdf

    with pikepdf.new() as document:
        for content in pages:
            walked = jpeg.walk(content)
            height = PAGE_WIDTH_POINTS * walked.height / walked.width
            document.add_blank_page(page_size=(PAGE_WIDTH_POINTS, height))
            page = document.pages[-1]
            photo = document.make_stream(
                walked.bare,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=walked.width,
                Height=walked.height,
                BitsPerComponent=8,
                ColorSpace=pikepdf.Name.DeviceRGB,
                Filter=pikepdf.Name.DCTDecode,
            )
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=photo))
            page.Contents = document.make_stream(b"q %d 0 0 %.2f 0 0 cm /Page Do Q" % (PAGE_WIDTH_POINTS, height))
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()
