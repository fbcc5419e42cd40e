"""Files people send us: a quick look when they arrive, and a clean copy made by a worker.

Only five kinds are taken, told by their own first bytes and never by their name. `quick_check` is cheap enough for a
page; `clean` decodes and writes the file anew, so it belongs in a worker. Both raise UploadRefused with a translated
sentence for the person who sent the file.
"""

import io
import warnings
from dataclasses import dataclass

import pikepdf
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

JPEG, PNG, WEBP, HEIC, PDF = "JPEG", "PNG", "WEBP", "HEIF", "PDF"
CONTENT_TYPES = {
    JPEG: "image/jpeg",
    PNG: "image/png",
    WEBP: "image/webp",
    HEIC: "image/heic",
    PDF: "application/pdf",
}
# What a file field offers to choose from; a phone then offers its camera too.
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif,application/pdf"
# ISO base media brands that hold still HEVC pictures (ISO/IEC 23008-12). AVIF and video brands are not among them.
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
HEAD_BYTES = 1024
# Dots in a picture. A decoded dot takes three or four bytes of the worker's memory; a JPEG is decoded at a fraction of
# its size, so the largest phone cameras pass.
MAX_PIXELS = 60_000_000
MAX_JPEG_PIXELS = 150_000_000
MAX_SIDE = 2400
MAX_PAGES = 40
JPEG_QUALITY = 85


class UploadRefused(Exception):
    """A file we cannot take. `str(error)` says why, and what to do, to the person who sent it."""


@dataclass(frozen=True)
class CleanFile:
    """A copy made anew, with nothing hidden in it: JPEG for every picture, PDF for a PDF."""

    content: bytes
    content_type: str
    extension: str


def kind_of(head):
    """The kind of file that begins with the bytes `head` (1,024 of them are enough), or "" for any other."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return HEIC
    # Readers find the PDF header anywhere in the first kilobyte; some scanners write a few bytes before it.
    if b"%PDF-" in head[:HEAD_BYTES]:
        return PDF
    return ""


def quick_check(file, *, max_bytes):
    """The kind of the uploaded `file` (a Django UploadedFile, left at its start).

    Raises UploadRefused when it is empty, larger than `max_bytes`, or not one of our kinds whatever its name says.
    """
    if not file.size:
        raise UploadRefused(_("This file is empty. Take the photo again, or choose another file."))
    if file.size > max_bytes:
        raise UploadRefused(
            _("This file is %(size)s. The most we can take is %(limit)s. Try a smaller photo.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(max_bytes)}
        )
    file.seek(0)
    kind = kind_of(file.read(HEAD_BYTES))
    file.seek(0)
    if not kind:
        raise UploadRefused(_("This is not a photo or a PDF. Choose a JPG, PNG, WebP, HEIC or PDF file."))
    return kind


def clean(content):
    """A CleanFile made from `content` (the bytes that arrived).

    Pictures become upright JPEGs of at most 2,400 dots a side, without EXIF, place or comments. A PDF keeps its pages
    and loses scripts, attachments, links and metadata. Raises UploadRefused when the file is broken, needs a password,
    is too big once opened, or is not what it says it is.
    """
    kind = kind_of(content[:HEAD_BYTES])
    if kind == PDF:
        return _clean_pdf(content)
    if kind:
        return _clean_picture(content, kind)
    raise UploadRefused(_("This is not a photo or a PDF. Choose a JPG, PNG, WebP, HEIC or PDF file."))


def _clean_picture(content, kind):
    try:
        with warnings.catch_warnings():
            # Pillow warns before it refuses; our own limit is lower and comes with a sentence.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            # Only the decoder the first bytes promise is tried: a disguised file reaches no other.
            picture = Image.open(io.BytesIO(content), formats=[kind])
        if picture.width * picture.height > (MAX_JPEG_PIXELS if kind == JPEG else MAX_PIXELS):
            raise UploadRefused(_("This picture is too big to open. Take a new photo, or send a smaller one."))
        # A JPEG can be decoded at half or quarter size, which spares most of the memory of a large photo.
        picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
        picture = ImageOps.exif_transpose(picture)
        if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
            picture = picture.convert("RGBA")
            paper = Image.new("RGB", picture.size, "white")
            paper.paste(picture, mask=picture.getchannel("A"))
            picture = paper
        picture = picture.convert("RGB")
        picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        # Pasted onto a fresh picture so that nothing of the original's information travels along.
        bare = Image.new("RGB", picture.size)
        bare.paste(picture)
        out = io.BytesIO()
        bare.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    except UploadRefused:
        raise
    except Image.DecompressionBombError:
        raise UploadRefused(_("This picture is too big to open. Take a new photo, or send a smaller one.")) from None
    except Exception:  # a decoder may fail in any way on bytes made to break it
        raise UploadRefused(_("We could not open this picture. It may be damaged. Take the photo again.")) from None
    return CleanFile(out.getvalue(), "image/jpeg", "jpg")


def _clean_pdf(content):
    try:
        with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as copy:
            if not 0 < len(source.pages) <= MAX_PAGES:
                raise UploadRefused(
                    _("This PDF has %(pages)s pages. The most we can take is %(limit)s.")
                    % {"pages": len(source.pages), "limit": MAX_PAGES}
                )
            # What was typed into a form becomes part of the page before the form itself is dropped.
            if "/AcroForm" in source.Root:
                source.generate_appearance_streams()
                source.flatten_annotations("screen")
            for page in source.pages:
                for key in (
                    "/Annots",
                    "/AA",
                    "/Metadata",
                    "/PieceInfo",
                    "/AF",
                    "/Thumb",
                    "/B",
                    "/Tabs",
                    "/StructParents",
                ):
                    if key in page:
                        del page[key]
                copy.pages.append(page)
            for thing in copy.objects:
                _bare(thing)
            out = io.BytesIO()
            copy.save(out, deterministic_id=True)
    except UploadRefused:
        raise
    except pikepdf.PasswordError:
        raise UploadRefused(
            _("This PDF is locked with a password, so we cannot open it. Send one without a password, or a photo.")
        ) from None
    except Exception:  # a parser may fail in any way on bytes made to break it
        raise UploadRefused(
            _("We could not open this PDF. It may be damaged. Send it again, or send a photo of it.")
        ) from None
    return CleanFile(out.getvalue(), "application/pdf", "pdf")


def _bare(thing):
    """Take metadata out of one object of a PDF, and out of a photo inside it."""
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    for key in ("/Metadata", "/PieceInfo", "/AF", "/AA", "/JS"):
        if key in thing:
            del thing[key]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode:
        thing.write(
            bare_jpeg(thing.read_raw_bytes()),
            filter=pikepdf.Name.DCTDecode,
            decode_parms=thing.get("/DecodeParms"),
        )


def bare_jpeg(content):
    """The JPEG bytes `content` without their EXIF, XMP, IPTC and comment segments; the picture itself is untouched."""
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:
            break
        if marker not in {0xE1, 0xED, 0xFE}:
            kept.append(content[at : at + 2 + length])
        at += 2 + length
    return b"".join(kept) + content[at:]
