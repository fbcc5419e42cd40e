"""Pictures inside a PDF: each is looked into, whatever form its filter is written in."""

import io

import pikepdf
from pikepdf import Name

from . import jpeg, streams
from .limits import MAX_PIXELS, RefusedError

NO_PARMS = frozenset()
# A raster opens to its dots: four components of sixteen bits at most, and a byte a line for the predictor.
MAX_DOT_BYTES = 8
JPX_QUALITY = 85
JPX_COLOURS = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}


def bare_picture(stream, budget):
    """(bytes, what they must be stored with) of an image XObject `stream`, without anything that only tells about it.

    The second is a dictionary of Filter, DecodeParms and, where the picture had to be made anew, its ColorSpace and
    size. Raises Refused for what is too big to open, packed several times over, or no picture.
    """
    width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    if width <= 0 or height <= 0:
        raise RefusedError("pdf_damaged")
    if width * height > MAX_PIXELS:
        raise RefusedError("picture_too_big")
    found = streams.filters_of(stream)
    last, parms = found[-1] if found else ("", None)
    if last == "/DCTDecode":
        return _bare_jpeg(streams.opened(stream, found, budget), parms)
    if last == "/JPXDecode":
        return _jpx_anew(streams.opened(stream, found, budget))
    if last == "/CCITTFaxDecode":
        return _fax(_opened(stream, found, budget), parms, width, height)
    if last == "/JBIG2Decode":
        return _jbig2(_opened(stream, found, budget), parms, stream, budget)
    return _dots(stream, found, budget, width * height * MAX_DOT_BYTES + height)


def _opened(stream, found, budget, **most):
    return streams.without_a_place(streams.opened(stream, found, budget, **most))


def _bare_jpeg(content, parms):
    walked = jpeg.walk(content)
    walked.must_be_affordable()
    return walked.bare, {"/Filter": Name.DCTDecode, "/DecodeParms": streams.plain_parms(parms, {"/ColorTransform"})}


def _jpx_anew(content):
    # JPEG 2000 keeps its own boxes of metadata (EXIF, XMP, GPS) and few readers open it well.
    from PIL import Image, Jpeg2KImagePlugin  # noqa: F401

    with Image.open(io.BytesIO(content), formats=["JPEG2000"]) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise RefusedError("picture_too_big")
        opened.load()
        picture: Image.Image = opened
        if opened.mode not in JPX_COLOURS:
            picture = opened.convert("L" if opened.mode.startswith(("I", "LA")) else "RGB")
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


def _fax(content, parms, width, height):
    kept = streams.plain_parms(parms, streams.FAX)
    if int(kept.get("/Columns", width)) * int(kept.get("/Rows", height)) > MAX_PIXELS:
        raise RefusedError("picture_too_big")
    return content, {"/Filter": Name.CCITTFaxDecode, "/DecodeParms": kept}


def _jbig2(content, parms, _stream, budget):
    kept = {"/Filter": Name.JBIG2Decode}
    shared = parms.get("/JBIG2Globals") if isinstance(parms, pikepdf.Dictionary) else None
    if isinstance(shared, pikepdf.Stream):
        kept["globals"] = streams.opened(shared, streams.filters_of(shared), budget)
    return content, kept


def _dots(stream, found, budget, most):
    """Plain dots stay packed as they came, so that a copy never grows; what stands behind the packing's end goes."""
    if [name for name, _parm in found] == ["/FlateDecode"]:
        content = stream.read_raw_bytes()
        _size, used = streams.inflated_size(content, budget, most)
        return content[:used], {
            "/Filter": Name.FlateDecode,
            "/DecodeParms": streams.plain_parms(found[0][1], streams.PREDICTOR),
        }
    return streams.packed(_opened(stream, found, budget, most=most)), {"/Filter": Name.FlateDecode}
