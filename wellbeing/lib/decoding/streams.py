"""Find the filters of a PDF's streams, in whatever form they are named, and open the streams up to a limit."""

import zlib
from collections.abc import Container
from typing import Any, TypeAlias

import pikepdf

from .limits import MAX_STREAM, MAX_STREAMS, RefusedError

# Inline pictures may use the short names (ISO 32000-2, table 92); some writers use them everywhere.
SHORT = {
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
    "/LZW": "/LZWDecode",
    "/Fl": "/FlateDecode",
    "/RL": "/RunLengthDecode",
    "/CCF": "/CCITTFaxDecode",
    "/DCT": "/DCTDecode",
}
TEXT = {"/ASCIIHexDecode", "/ASCII85Decode"}
PACKED = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}
PICTURES = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
# How EXIF and XMP begin in a photo (CIPA DC-008, ISO 16684-1).
PLACES = (b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/")
CHUNK = 256 * 1024

# (name, DecodeParms or None) of each filter, in order.
Filters: TypeAlias = list[tuple[str, Any]]


class Budget:
    """The bytes that the streams of one PDF may still open to. `spend` raises RefusedError once they are gone."""

    def __init__(self, left: int = MAX_STREAMS) -> None:
        self.left = left

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise RefusedError("too_much")


def filters_of(stream: pikepdf.Object) -> Filters:
    """Return [(name, DecodeParms or None), …] of a stream, in order, whether written as a name or as a list.

    Raises RefusedError for a filter we do not know, and for one packing within another, which no honest writer does: a
    picture's own filter may lie in one packing, and one packing in text.
    """
    names = _listed(stream.get("/Filter"))
    parms = _listed(stream.get("/DecodeParms", stream.get("/DP")))
    parms += [None] * (len(names) - len(parms))
    filters = [(SHORT.get(str(name), str(name)), parm) for name, parm in zip(names, parms, strict=False)]
    order = [name for name, _parm in filters]
    if any(name not in TEXT | PACKED | PICTURES for name in order):
        raise RefusedError("pdf_unknown_part")
    if sum(name in PACKED for name in order) > 1 or sum(name in TEXT for name in order) > 1 or len(order) > 3:
        raise RefusedError("pdf_nested")
    if any(name in PICTURES for name in order[:-1]):
        raise RefusedError("pdf_nested")
    return filters


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def opened(stream: pikepdf.Stream, filters: Filters, budget: Budget, most: int = MAX_STREAM) -> bytes:
    """Open a stream through its text and packing filters, as far as a picture's own filter.

    Raises RefusedError when the bytes come to more than `most`, or use up the `budget`.
    """
    content = stream.read_raw_bytes()
    before = [(name, parm) for name, parm in filters if name not in PICTURES]
    if not before:
        budget.spend(len(content))
        return content
    if before[0][0] == "/FlateDecode":
        # Counted first, a piece at a time: a stream of one kilobyte can open to gigabytes.
        inflated_size(content, budget, most)
    scratch = pikepdf.new()
    copy = scratch.make_stream(content, Filter=pikepdf.Array([pikepdf.Name(name) for name, _parm in before]))
    if any(parm is not None for _name, parm in before):
        copy.DecodeParms = pikepdf.Array([plain_parms(parm, PREDICTOR) for _name, parm in before])
    content = copy.read_bytes()
    if len(content) > most:
        raise RefusedError("too_much")
    if before[0][0] != "/FlateDecode":
        budget.spend(len(content))
    return content


def inflated_size(content: bytes, budget: Budget, most: int) -> tuple[int, int]:
    """Return (bytes that `content` opens to, bytes of it that were used), counted in small pieces.

    Data that ends early or goes wrong counts as far as it goes, as readers show it. Raises RefusedError over `most`.
    """
    flow, size, waiting = zlib.decompressobj(), 0, content
    try:
        while waiting and not flow.eof:
            piece = len(flow.decompress(waiting, CHUNK))
            waiting = flow.unconsumed_tail
            size += piece
            budget.spend(piece)
            if size > most:
                raise RefusedError("too_much")
            if not piece and not waiting:
                break
    except zlib.error:
        pass
    return size, len(content) - len(flow.unused_data)


PREDICTOR = {"/Predictor", "/Colors", "/BitsPerComponent", "/Columns", "/EarlyChange"}
FAX = {"/K", "/EndOfLine", "/EncodedByteAlign", "/Columns", "/Rows", "/EndOfBlock", "/BlackIs1"}


def plain_parms(parms: Any, keys: Container[str]) -> pikepdf.Dictionary:
    """Copy the numbers and the yes or no of `parms` whose keys are in `known`."""
    if not isinstance(parms, pikepdf.Dictionary):
        return pikepdf.Dictionary()
    kept = {key: value for key, value in parms.items() if key in keys and isinstance(value, (int, bool))}
    return pikepdf.Dictionary(kept)


def without_a_place(content: bytes) -> bytes:
    """Return `content` of a stream that is no photo. Raises RefusedError when EXIF or XMP lie in it.

    They tell a place. Where no reader would show them (a comment, a font that is none) they can only be there to be dug
    out.
    """
    if any(mark in content for mark in PLACES):
        raise RefusedError("pdf_unknown_part")
    return content


def packed(content: bytes) -> bytes:
    """Compress `content` for the FlateDecode filter."""
    return zlib.compress(content, 6)
