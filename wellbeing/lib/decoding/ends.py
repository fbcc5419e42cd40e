"""Tell that the end of a file never arrived, from its outline alone: nothing is decoded, so that a page may ask it."""

from .kinds import AVIF, HEIC, JPEG, PDF, PNG, WEBP

# Headers of an honest JPEG and boxes of an honest HEIC number a few dozen.
MAX_STEPS = 2_000
JPEG_SCAN, JPEG_END = 0xDA, b"\xff\xd9"
# Readers look for the end of a PDF in its last kilobyte; some downloads are filled up with zeros behind it.
PDF_END, PDF_END_BYTES, FILLING = b"%%EOF", 1024, b"\0\r\n\t "


def is_cut_short(content: bytes, kind: str) -> bool:
    """Return whether `content`, of a `kind` of `kinds`, certainly lacks its end. GIF and TIFF never say so here."""
    look = {JPEG: _jpeg, PNG: _png, WEBP: _webp, HEIC: _boxes, AVIF: _boxes, PDF: _pdf}.get(kind)
    return look is not None and look(content)


def _jpeg(content: bytes) -> bool:
    at = 2
    for _step in range(MAX_STEPS):
        at = content.find(b"\xff", at)
        if at < 0 or at + 4 > len(content):
            return True
        marker = content[at + 1]
        if marker == JPEG_SCAN:
            # A small picture among the headers has an end of its own; the scan's data cannot hold those two bytes.
            return content.find(JPEG_END, at) < 0
        alone = marker in {0x00, 0x01, 0xFF} or 0xD0 <= marker <= 0xD8
        at += 1 if alone else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False


def _png(content: bytes) -> bool:
    return b"IEND" not in content


def _webp(content: bytes) -> bool:
    return 8 + int.from_bytes(content[4:8], "little") > len(content)


def _boxes(content: bytes) -> bool:
    """Return whether a box of an ISO base media file (ISO/IEC 14496-12) ends behind the file."""
    at = 0
    for _step in range(MAX_STEPS):
        if at + 8 > len(content):
            return False
        size = int.from_bytes(content[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(content[at + 8 : at + 16], "big")
        if at + size > len(content):
            return True
        if size < 8:
            # Nothing, or a box that goes on to the end.
            return False
        at += size
    return False


def _pdf(content: bytes) -> bool:
    # Counted back from the end, so that no copy is made of what is before.
    end = len(content)
    while end and content[end - 1] in FILLING:
        end -= 1
    return PDF_END not in content[max(0, end - PDF_END_BYTES) : end]
