"""Clean the pictures inside a PDF: each is opened, whatever form its filter is written in."""

import io
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Name

from . import jpeg, streams
from .limits import MAX_PIXELS, RefusedError

# The bytes, and the keys to store them with.
Stored: TypeAlias = tuple[bytes, dict[str, Any]]
# A raster opens to its dots: four components of sixteen bits at most, and a byte a line for the predictor.
MAX_DOT_BYTES = 8
# Numbers a dot has in a colour space, where it is not one.
COLOURS = {"/DeviceRGB": 3, "/RGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4, "/CMYK": 4}
JPX_QUALITY = 85
JPX_COLOURS = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}


def bare_picture(stream: pikepdf.Stream, budget: streams.Budget) -> Stored:
    """Return the bytes of an image XObject without anything that only tells about it, and the keys to store them with.

    The keys are Filter, DecodeParms and, where the picture had to be made anew, its ColorSpace and size. Raises
    RefusedError for a picture too big to open, packed several times over, or no picture at all.
    """
    width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    if width <= 0 or height <= 0:
        raise RefusedError("pdf_damaged")
    if width * height > MAX_PIXELS:
        raise RefusedError("picture_too_big")
    filters = streams.filters_of(stream)
    last, parms = filters[-1] if filters else ("", None)
    if last == "/DCTDecode":
        return _bare_jpeg(streams.opened(stream, filters, budget), parms)
    if last == "/JPXDecode":
        return _jpx_anew(streams.opened(stream, filters, budget))
    if last == "/CCITTFaxDecode":
        return _fax(_opened(stream, filters, budget), parms, width, height)
    if last == "/JBIG2Decode":
        return _jbig2(_opened(stream, filters, budget), parms, stream, budget)
    return _dots(stream, filters, budget, width * height * MAX_DOT_BYTES + height, _fewest_bytes(stream, width, height))


def _opened(stream: pikepdf.Stream, filters: streams.Filters, budget: streams.Budget, **most: int) -> bytes:
    return streams.without_a_place(streams.opened(stream, filters, budget, **most))


def _bare_jpeg(content: bytes, parms: Any) -> Stored:
    walked = jpeg.walk(content)
    walked.must_be_affordable()
    if not walked.complete:
        raise RefusedError("pdf_damaged")
    return walked.bare, {"/Filter": Name.DCTDecode, "/DecodeParms": streams.plain_parms(parms, {"/ColorTransform"})}


def _jpx_anew(content: bytes) -> Stored:
    # JPEG 2000 keeps its own boxes of metadata (EXIF, XMP, GPS) and few readers open it well.
    from PIL import Image, Jpeg2KImagePlugin  # noqa: F401

    with Image.open(io.BytesIO(content), formats=["JPEG2000"]) as opened:
        picture: Image.Image = opened
        if picture.width * picture.height > MAX_PIXELS:
            raise RefusedError("picture_too_big")
        picture.load()
        if picture.mode not in JPX_COLOURS:
            picture = picture.convert("L" if picture.mode.startswith(("I", "LA")) else "RGB")
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=JPX_QUALITY, exif=b"")
        walked = jpeg.walk(out.getvalue())
        return walked.bare, {
            "/Filter": Name.DCTDecode,
            "/ColorSpace": JPX_COLOURS[picture.mode],
            "/BitsPerComponent": 8,
            "/Width": walked.width,
            "/Height": walked.height,
        }


def _fax(content: bytes, parms: Any, width: int, height: int) -> Stored:
    kept = streams.plain_parms(parms, streams.FAX)
    if int(kept.get("/Columns", width)) * int(kept.get("/Rows", height)) > MAX_PIXELS:
        raise RefusedError("picture_too_big")
    return content, {"/Filter": Name.CCITTFaxDecode, "/DecodeParms": kept}


def _jbig2(content: bytes, parms: Any, _stream: pikepdf.Stream, budget: streams.Budget) -> Stored:
    kept: dict[str, Any] = {"/Filter": Name.JBIG2Decode}
    shared = parms.get("/JBIG2Globals") if isinstance(parms, pikepdf.Dictionary) else None
    if isinstance(shared, pikepdf.Stream):
        kept["globals"] = streams.opened(shared, streams.filters_of(shared), budget)
    return content, kept


def _fewest_bytes(stream: pikepdf.Stream, width: int, height: int) -> int:
    """Return the fewest bytes that all lines of a raster but its last can have: what is missing more never arrived."""
    bits = 1 if stream.get("/ImageMask") else int(stream.get("/BitsPerComponent", 8))
    return (height - 1) * (width * _colours(stream.get("/ColorSpace")) * bits // 8)


def _colours(space: Any) -> int:
    """Return how many numbers a dot has in a colour space; 1, the fewest, where that is not told."""
    if isinstance(space, pikepdf.Array) and len(space):
        if space[0] == Name.ICCBased and len(space) > 1:
            return int(space[1].get("/N", 1))
        if space[0] == Name.DeviceN and len(space) > 1:
            return len(space[1])
        space = space[0]
    return COLOURS.get(str(space), 1)


def _dots(stream: pikepdf.Stream, filters: streams.Filters, budget: streams.Budget, most: int, fewest: int) -> Stored:
    """Keep plain dots packed as they came, so that a copy never grows; drop bytes behind the packing's end.

    Raises RefusedError when they open to less than `fewest` bytes.
    """
    if [name for name, _parm in filters] == ["/FlateDecode"]:
        content = stream.read_raw_bytes()
        size, used = streams.inflated_size(content, budget, most)
        if size < fewest:
            raise RefusedError("pdf_damaged")
        return content[:used], {
            "/Filter": Name.FlateDecode,
            "/DecodeParms": streams.plain_parms(filters[0][1], streams.PREDICTOR),
        }
    content = _opened(stream, filters, budget, most=most)
    if len(content) < fewest:
        raise RefusedError("pdf_damaged")
    return streams.packed(content), {"/Filter": Name.FlateDecode}
