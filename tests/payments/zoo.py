"""Hostile files, each with the verdict it must get. `python -m tests.payments.zoo FOLDER` writes them to the disk.

A verdict is CLEAN or words of the sentence the person reads. `hidden` bytes must not be in a clean copy, whatever it is
packed in.
"""

import base64
import io
import struct
import sys
import zlib
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from . import samples

CLEAN = "clean"
DAMAGED = "damaged"
TOO_BIG = "too big"
NESTED = "packed in a way"
PARTS = "too many parts"
UNKNOWN = "not a photo or a PDF"
SECRET = b"Invented Phones"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Animal:
    """One hostile file: its name, how to make its bytes, the verdict it gets, and what its copy must not hold."""

    name: str
    make: object
    verdict: str
    hidden: bytes = b""


# Streams that open to far more than they are


def zeros(count):
    """zlib data of about `count` zero bytes, made without packing them all: one block, many times over."""
    block_size = 64 * MEGABYTE
    packer = zlib.compressobj(9)
    first = packer.compress(bytes(block_size)) + packer.flush(zlib.Z_FULL_FLUSH)
    header, block = first[:2], first[2:]
    blocks = max(1, count // block_size)
    total = blocks * block_size
    # Adler-32 of zeros alone: the low half stays 1, the high half counts them.
    return header + block * blocks + b"\x03\x00" + struct.pack(">HH", total % 65521, 1)


@cache
def thrice():
    """1.5 kB or so that open to 100 GB when unpacked three times."""
    return zlib.compress(zlib.compress(zeros(100_000 * MEGABYTE), 9), 9)


def flate(times):
    return Array([Name.FlateDecode] * times)


TEXT_AND_FLATE = Array([Name.ASCII85Decode, Name.FlateDecode])


def as_text(content):
    return base64.a85encode(content) + b"~>"


def lzw_zeros(codes):
    """LZW data that opens to about codes² / 2 zero bytes, until its table of 4,096 is full, and again."""
    bits, count = [], 0
    width, next_code = 9, 258

    def put(code):
        nonlocal count
        bits.append(f"{code:0{width}b}")
        count += 1

    put(256)
    put(0)
    while count < codes:
        put(next_code)
        next_code += 1
        if next_code + 1 >= 1 << width:
            width += 1
        if next_code >= 4093:
            put(256)
            width, next_code = 9, 258
            put(0)
    put(257)
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


# PDFs


def document(change=None, pages=1):
    """The bytes of a PDF with a line of text; `change(pdf, page)` makes it hostile."""
    pdf = pikepdf.new()
    for _number in range(pages):
        pdf.add_blank_page()
    page = pdf.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary())
    page.obj.Contents = pdf.make_stream(b"BT /F1 24 Tf 72 700 Td (Train fare 12.50) Tj ET")
    if change:
        change(pdf, page.obj)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def with_contents(content, filters=None, **keys):
    def change(pdf, page):
        page.Contents = stream(pdf, content, filters, **keys)

    return document(change)


def stream(pdf, content, filters=None, **keys):
    made = Stream(pdf, content)
    for key, value in keys.items():
        made[f"/{key}"] = value
    if filters is not None:
        made.Filter = filters
    return made


def image(pdf, content, filters, width=600, height=800, **keys):
    keys = {"ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8, **keys}
    return stream(pdf, content, filters, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, **keys)


def with_image(content, filters, width=600, height=800, **keys):
    def change(pdf, page):
        page.Resources.XObject.Im1 = image(pdf, content, filters, width, height, **keys)

    return document(change)


def with_font_file(content, filters):
    def change(pdf, page):
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Zoo, FontFile2=stream(pdf, content, filters))
        page.Resources.Font.F1.FontDescriptor = descriptor

    return document(change)


def with_profile(content, filters):
    def change(pdf, page):
        page.Resources.ColorSpace = Dictionary(Cs1=Array([Name.ICCBased, stream(pdf, content, filters, N=3)]))

    return document(change)


def with_character_map(content, filters):
    def change(pdf, page):
        page.Resources.Font.F1.ToUnicode = stream(pdf, content, filters)

    return document(change)


def written(objects, root=1, extra=b""):
    """A PDF as bytes from {number: body}, with a plain cross-reference table."""
    out, places = [b"%PDF-1.5\n"], {}
    at = len(out[0])
    for number, body in objects.items():
        piece = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        places[number] = at
        out.append(piece)
        at += len(piece)
    size = max(objects) + 1
    table = [b"xref\n0 %d\n0000000000 65535 f \n" % size]
    table += [b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size)]
    table.append(b"trailer\n<< /Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF" % (size, root, extra, at))
    return b"".join(out + table)


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def many_objects(holder):
    """Half a million objects in 12 MB, 40,000 of them named by the page under `holder`."""
    names = b" ".join(b"/A%x %d 0 R" % (number, number) for number in range(4, 40_004))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] %s >>" % (holder % names)
    head = b"%PDF-1.4\n1 0 obj" + CATALOGUE + b"endobj\n2 0 obj" + ONE_PAGE + b"endobj\n3 0 obj" + page + b"endobj\n"
    body = b"".join(b"%d 0 obj<<>>endobj\n" % number for number in range(4, 500_000))
    # No table: the reader has to find every object itself.
    return (head + body)[: 14 * MEGABYTE] + b"\ntrailer << /Root 1 0 R >>\n%%EOF"


def object_streams(filters, content):
    """A PDF whose catalogue lies in an object stream that grows."""
    packed = b"<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>\nstream\n%s\nendstream" % (
        filters,
        len(content),
        content,
    )
    body = b"%%PDF-1.5\n5 0 obj\n%s\nendobj\n" % packed
    rows = b"".join(
        struct.pack(">BIB", kind, place, index)
        for kind, place, index in ((0, 0, 0), (2, 5, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0), (1, 9, 0), (1, len(body), 0))
    )
    table = (
        b"6 0 obj\n<< /Type /XRef /Size 7 /Root 1 0 R /W [1 4 1] /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"startxref\n%d\n%%%%EOF" % (len(rows), rows, len(body))
    )
    return body + table


def packed_objects(count=1_500_000, each=100_000):
    """1.5 million objects in object streams, all of them named by the page, in 14 MB."""
    first = 10
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F [%s] >> >> >>" % b" ".join(
        b"%d 0 R" % number for number in range(first, first + count)
    )
    places = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: ONE_PAGE, 3: page}
    groups = [list(places.items())]
    groups += [
        [(number, b"[]") for number in range(start, min(start + each, first + count))]
        for start in range(first, first + count, each)
    ]
    out, at, rows = [b"%PDF-1.5\n"], 9, {}
    for holder, group in enumerate(groups, start=first + count):
        heads, place = [], 0
        for index, (number, body) in enumerate(group):
            heads.append(b"%d %d" % (number, place))
            place += len(body) + 1
            rows[number] = struct.pack(">BII", 2, holder, index)
        head = b" ".join(heads) + b" "
        content = zlib.compress(head + b" ".join(body for _number, body in group))
        piece = (
            b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\n"
            % (
                holder,
                len(group),
                len(head),
                len(content),
                content,
            )
        )
        rows[holder] = struct.pack(">BII", 1, at, 0)
        out.append(piece + b"endobj\n")
        at += len(out[-1])
    size = first + count + len(groups)
    table = zlib.compress(b"".join(rows.get(number, bytes(9)) for number in range(size)))
    out.append(
        b"%d 0 obj\n<< /Type /XRef /Size %d /Root 1 0 R /W [1 4 4] /Filter /FlateDecode /Length %d >>\nstream\n%s\n"
        b"endstream\nendobj\nstartxref\n%d\n%%%%EOF" % (size, size, len(table), table, at)
    )
    return b"".join(out)


def growing_table():
    """A PDF whose cross-reference stream opens to 2 GB."""
    content = zeros(2048 * MEGABYTE)
    return (
        b"%%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 300000000 /Root 2 0 R /W [1 4 1] /Filter /FlateDecode"
        b" /Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n9\n%%%%EOF" % (len(content), content)
    )


def many_pages():
    kids = b"3 0 R " * 1_000_000
    return written(
        {
            1: CATALOGUE,
            2: b"<< /Type /Pages /Count 1000000 /Kids [" + kids + b"] >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        }
    )


def page_tree_loop():
    return written(
        {1: CATALOGUE, 2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", 3: b"<< /Type /Pages /Kids [2 0 R] >>"}
    )


def deep_lists():
    deep = b"[" * 2_000_000 + b"]" * 2_000_000
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s >>" % deep
    return written({1: CATALOGUE, 2: ONE_PAGE, 3: page})


def deep_forms(levels=2_000):
    def change(pdf, page):
        inner = None
        for _level in range(levels):
            form = stream(pdf, b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
            if inner is not None:
                form.Resources = Dictionary(XObject=Dictionary(F=inner))
            inner = pdf.make_indirect(form)
        page.Resources.XObject.F = inner

    return document(change)


def form_within_itself():
    def change(pdf, page):
        form = stream(pdf, b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(F=form))
        page.Resources.XObject.F = form

    return document(change)


def many_growing_contents():
    """Each stream is small enough by itself; together they open to 2 GB."""
    piece = zlib.compress(b" " * (30 * MEGABYTE), 9)

    def change(pdf, page):
        page.Contents = Array([stream(pdf, piece, Name.FlateDecode) for _number in range(70)])

    return document(change)


def many_inline_pictures():
    return with_contents(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /DCT ID x EI " * 300_000)


def many_notes():
    def change(pdf, page):
        look = pdf.make_indirect(stream(pdf, b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 9, 9], F=4, AP=Dictionary(N=look))
        page.Annots = Array([note] * 60_000)

    return document(change)


def many_fields():
    def change(pdf, page):
        fields = Array()
        for number in range(20_000):
            fields.append(
                pdf.make_indirect(
                    Dictionary(
                        FT=Name.Tx,
                        T=pikepdf.String(str(number)),
                        V=pikepdf.String("x" * 200),
                        DA=pikepdf.String("/F1 9 Tf"),
                        Type=Name.Annot,
                        Subtype=Name.Widget,
                        Rect=[0, 0, 99, 9],
                    )
                )
            )
        pdf.Root.AcroForm = Dictionary(Fields=fields, NeedAppearances=True)
        page.Annots = fields

    return document(change)


def repeated(piece, size=14 * MEGABYTE):
    return b"%PDF-1.4\n" + piece * (size // len(piece))


# Photos with a place inside PDFs


def photo_in_a_form():
    def change(pdf, page):
        tile = stream(
            pdf,
            b"/Im1 Do",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=[0, 0, 9, 9],
            XStep=9,
            YStep=9,
            Resources=Dictionary(XObject=Dictionary(Im1=image(pdf, samples.jpeg(), Array([Name.DCTDecode])))),
        )
        form = stream(pdf, b"/P1 scn", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary(Pattern=Dictionary(P1=tile))
        page.Resources.XObject.F = form

    return document(change)


def photo_as_mask():
    def change(pdf, page):
        soft = image(pdf, samples.jpeg(), Array([Name.DCTDecode]), ColorSpace=Name.DeviceGray)
        page.Resources.XObject.Im1 = image(pdf, b"\0" * 3, None, 1, 1, SMask=soft)

    return document(change)


def photo_inline(as_text):
    photo = samples.jpeg()
    if as_text:
        photo = photo.hex().encode() + b">"
    filters = b"[/AHx /DCT]" if as_text else b"/DCT"
    return with_contents(
        b"q 99 0 0 99 0 0 cm BI /W 600 /H 800 /BPC 8 /CS /RGB /F " + filters + b" ID " + photo + b" EI Q"
    )


def photo_in_a_glyph():
    def change(pdf, page):
        glyph = stream(
            pdf, b"9 0 d0 BI /W 600 /H 800 /BPC 8 /CS /RGB /F [/AHx /DCT] ID " + samples.jpeg().hex().encode() + b"> EI"
        )
        page.Resources.Font.F1 = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=[0, 0, 9, 9],
            FontMatrix=[1, 0, 0, 1, 0, 0],
            CharProcs=Dictionary(a=glyph),
            Encoding=Dictionary(Differences=[97, Name.a]),
            FirstChar=97,
            LastChar=97,
            Widths=[9],
            Resources=Dictionary(),
        )

    return document(change)


def photo_in_a_stamp():
    def change(pdf, page):
        look = stream(pdf, b"/Im Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        look.Resources = Dictionary(XObject=Dictionary(Im=image(pdf, samples.jpeg(), Array([Name.DCTDecode]))))
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 99, 99], F=4, AP=Dictionary(N=look))
        page.Annots = Array([stamp])

    return document(change)


def photo_behind_an_escape():
    return with_contents(b"[]0 d BI/W 600/H 800/BPC 8/CS/RGB/F/D#43T ID " + samples.jpeg() + b" EI")


def unknown_keys():
    def change(pdf, page):
        page["/Invented"] = stream(pdf, samples.jpeg())
        page["/LastModified"] = pikepdf.String("Invented Phones, yesterday")
        page.Resources["/Invented"] = Dictionary(X=stream(pdf, samples.jpeg()))
        page.Resources.Font.F1["/Invented"] = stream(pdf, samples.jpeg())
        page.Contents["/Invented"] = stream(pdf, samples.jpeg())
        photo = image(pdf, samples.jpeg(), Name.DCTDecode)
        photo.Metadata = stream(pdf, samples.jpeg())
        photo["/Alternates"] = Array([Dictionary(Image=image(pdf, samples.jpeg(), Name.DCTDecode))])
        photo["/OPI"] = Dictionary(X=stream(pdf, samples.jpeg()))
        page.Resources.XObject.Im1 = photo
        page.Resources.Properties = Dictionary(P=Dictionary(X=stream(pdf, samples.jpeg())))
        page.Thumb = image(pdf, samples.jpeg(), Name.DCTDecode)

    return document(change)


def behind_the_end_of_packing():
    return with_image(zlib.compress(b"\0" * (600 * 800 * 3)) + samples.jpeg(), Array([Name.FlateDecode]))


def outside_file():
    def change(pdf, page):
        page.Contents["/F"] = pikepdf.String("/etc/passwd")
        page.Contents["/FFilter"] = Name.FlateDecode

    return document(change)


# JPEG


def progressive(side=64, scans=None):
    out = io.BytesIO()
    samples.picture((side, side)).save(out, "JPEG", progressive=True)
    content = out.getvalue()
    if scans is None:
        return content
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * scans + b"\xff\xd9"


def resized_jpeg(width, height, content=None):
    """A JPEG whose frame says another size than it holds."""
    content = bytearray(content or samples.jpeg())
    at = next(content.index(marker) for marker in (b"\xff\xc0", b"\xff\xc2") if marker in content)
    content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(content)


@cache
def plain_jpeg(width, height, **options):
    out = io.BytesIO()
    Image.new("L", (width, height), 200).save(out, "JPEG", **options)
    return out.getvalue()


def exif_in_circles():
    ifd = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    body = b"Exif\0\0" + ifd
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + samples.jpeg()[2:]


def trailing_photo():
    """A motion photo or a phone's second picture: more behind the end of the first."""
    out = io.BytesIO()
    samples.picture().save(out, "JPEG")
    return out.getvalue() + samples.jpeg()


def film_jpeg():
    out = io.BytesIO()
    samples.picture().save(out, "MPO", save_all=True, append_images=[samples.picture()] * 30)
    return out.getvalue()


# PNG


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width=8, height=8, depth=8, colour=2, data=None, before=b""):
    row = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour] * width * depth // 8 + 1
    data = zlib.compress(bytes(row * height)) if data is None else data
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_of_many_chunks():
    return png(before=chunk(b"tEXt", b"a\0b") * 900_000)


def png_film():
    frame = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 8, 8, 0, 0, 1, 1, 0, 0))
    return png(before=chunk(b"acTL", struct.pack(">II", 200_000, 0)) + frame * 200_000)


def saved(kind, size=(8, 8), mode="RGB", frames=1, **options):
    out = io.BytesIO()
    first = Image.new(mode, size)
    more = (
        {"save_all": True, "append_images": [samples.picture(size).convert(mode)] * (frames - 1)} if frames > 1 else {}
    )
    first.save(out, kind, **more, **options)
    return out.getvalue()


def gif(width, height, frames=1):
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b";"


# TIFF


def tiff(pages, width=8, height=8, data=b"\0" * 8, compression=1, bits=1, loop=False):
    """A TIFF of `pages` pages that all show the same strip of `data`."""
    start = 8 + len(data) + len(data) % 2
    out = [b"II*\0" + struct.pack("<I", start) + data + b"\0" * (len(data) % 2)]
    tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, bits),
        (259, 3, compression),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, len(data)),
    ]
    each = 2 + 12 * len(tags) + 4
    for number in range(pages):
        following = start + each * (number + 1) if number + 1 < pages else (start if loop else 0)
        out.append(
            struct.pack("<H", len(tags))
            + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
            + struct.pack("<I", following)
        )
    return b"".join(out)


def patched(content, old, new):
    assert old in content
    return content.replace(old, new)


def heic_that_says_it_is_huge():
    return patched(
        samples.heic(),
        b"ispe\0\0\0\0" + struct.pack(">II", 600, 800),
        b"ispe\0\0\0\0" + struct.pack(">II", 60000, 60000),
    )


def jpx_that_says_it_is_huge():
    content = saved("JPEG2000", (64, 64))
    at = content.index(b"\xff\x51") + 6
    return content[:at] + struct.pack(">II", 60000, 60000) + content[at + 8 :]


def jpx_with_a_place():
    """A JPEG 2000 picture with a box of XMP that says where."""
    content = saved("JPEG2000", (64, 64))
    box = b"uuid" + b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac" + SECRET
    return content + struct.pack(">I", len(box) + 4) + box


def growing(kind):
    return partial(kind, thrice(), flate(3))


ANIMALS = [
    # Packed several times over, or once too much
    Animal("contents packed thrice", lambda: with_contents(thrice(), flate(3)), NESTED),
    Animal("contents packed twice", lambda: with_contents(zlib.compress(zeros(4096 * MEGABYTE)), flate(2)), NESTED),
    Animal("contents of 4 GB", lambda: with_contents(zeros(4096 * MEGABYTE), Name.FlateDecode), TOO_BIG),
    Animal("picture packed thrice", lambda: with_image(thrice(), flate(3)), NESTED),
    Animal("picture of 4 GB", lambda: with_image(zeros(4096 * MEGABYTE), Name.FlateDecode), TOO_BIG),
    Animal("photo packed thrice", lambda: with_image(thrice(), Array([*flate(3), Name.DCTDecode])), NESTED),
    Animal("font packed thrice", lambda: with_font_file(thrice(), flate(3)), NESTED),
    Animal("font of 4 GB", lambda: with_font_file(zeros(4096 * MEGABYTE), flate(1)), TOO_BIG),
    Animal("colour profile packed thrice", lambda: with_profile(thrice(), flate(3)), NESTED),
    Animal("character map packed thrice", lambda: with_character_map(thrice(), flate(3)), NESTED),
    Animal("text packed in text", lambda: with_contents(b"41>", Array([Name.ASCIIHexDecode] * 2)), NESTED),
    Animal("LZW that grows", lambda: with_contents(lzw_zeros(400_000), Name.LZWDecode), TOO_BIG),
    Animal(
        "run lengths that grow",
        lambda: with_contents(b"\x81\0" * (6 * MEGABYTE) + b"\x80", Name.RunLengthDecode),
        f"{TOO_BIG}|PDF",
    ),
    Animal("filter nobody knows", lambda: with_contents(b"x", Name.InventedDecode), "a part we cannot open"),
    Animal(
        "growing behind text", lambda: with_contents(as_text(zeros(4096 * MEGABYTE)), TEXT_AND_FLATE), f"{TOO_BIG}|PDF"
    ),
    Animal(
        "text around packing, as some writers do",
        lambda: with_contents(as_text(zlib.compress(b"q Q")), TEXT_AND_FLATE),
        CLEAN,
    ),
    Animal("short names of filters", lambda: with_contents(thrice(), Array([Name.Fl] * 3)), NESTED),
    Animal(
        "growing in an object stream",
        lambda: object_streams(b"[/FlateDecode /FlateDecode /FlateDecode]", thrice()),
        "PDF|too big",
    ),
    Animal("growing table of objects", growing_table, "PDF|too big"),
    Animal("many contents that grow together", many_growing_contents, TOO_BIG),
    # Many, deep, and in circles
    Animal("half a million objects nobody names", lambda: many_objects(b"/Junk << %s >>"), f"{CLEAN}|too big"),
    Animal(
        "half a million objects as fonts", lambda: many_objects(b"/Resources << /Font << %s >> >>"), f"{PARTS}|too big"
    ),
    Animal("1.5 million objects named by a page", packed_objects, f"{PARTS}|too big|{DAMAGED}"),
    Animal("a million pages", many_pages, "pages|damaged|too big"),
    Animal("page tree in a circle", page_tree_loop, "pages|damaged"),
    Animal("lists within lists", deep_lists, DAMAGED),
    Animal("forms within forms", deep_forms, PARTS),
    Animal("form within itself", form_within_itself, CLEAN),
    Animal("many inline pictures", many_inline_pictures, TOO_BIG),
    Animal("many notes", many_notes, PARTS),
    Animal("many fields", many_fields, PARTS),
    Animal("only beginnings of objects", lambda: repeated(b"1 0 obj\n", 6 * MEGABYTE), DAMAGED),
    Animal("only trailers", lambda: repeated(b"trailer<</Prev 9>>startxref\n9\n"), DAMAGED),
    Animal("only open brackets", lambda: repeated(b"<<["), DAMAGED),
    Animal("only zeros", lambda: repeated(bytes(1024)), DAMAGED),
    Animal("file outside", outside_file, CLEAN, b"passwd"),
    # Pictures in PDFs
    Animal("fax of 10 billion dots", lambda: with_image(b"\0" * 99, Name.CCITTFaxDecode, 100_000, 100_000), TOO_BIG),
    Animal(
        "fax whose own size is hidden",
        lambda: with_image(b"\0" * 99, Name.CCITTFaxDecode, DecodeParms=Dictionary(Columns=90_000, Rows=90_000)),
        TOO_BIG,
    ),
    Animal("JBIG2 of 10 billion dots", lambda: with_image(b"\0" * 99, Name.JBIG2Decode, 100_000, 100_000), TOO_BIG),
    Animal("photo that says it is huge", lambda: with_image(resized_jpeg(65_000, 65_000), Name.DCTDecode), TOO_BIG),
    Animal(
        "photo of a thousand scans", lambda: with_image(progressive(scans=1000), Name.DCTDecode), "too long to open"
    ),
    Animal(
        "JPEG 2000 that says it is huge",
        lambda: with_image(jpx_that_says_it_is_huge(), Name.JPXDecode),
        f"{TOO_BIG}|PDF",
    ),
    Animal("photo that is none", lambda: with_image(b"MZ" * 999, Name.DCTDecode), DAMAGED),
    # What must not stay
    Animal("place, filter as a name", lambda: with_image(samples.jpeg(), Name.DCTDecode), CLEAN, SECRET),
    Animal("place, filter as a list", lambda: with_image(samples.jpeg(), Array([Name.DCTDecode])), CLEAN, SECRET),
    Animal(
        "place, filter as a list with settings",
        lambda: with_image(samples.jpeg(), Array([Name.DCTDecode]), DecodeParms=Array([Dictionary(ColorTransform=1)])),
        CLEAN,
        SECRET,
    ),
    Animal("place, short name", lambda: with_image(samples.jpeg(), Name.DCT), CLEAN, SECRET),
    Animal(
        "place, packed",
        lambda: with_image(zlib.compress(samples.jpeg()), Array([Name.FlateDecode, Name.DCTDecode])),
        CLEAN,
        SECRET,
    ),
    Animal(
        "place, as text",
        lambda: with_image(samples.jpeg().hex().encode() + b">", Array([Name.ASCIIHexDecode, Name.DCTDecode])),
        CLEAN,
        SECRET,
    ),
    Animal("place, in a pattern in a form", photo_in_a_form, CLEAN, SECRET),
    Animal("place, in a mask", photo_as_mask, CLEAN, SECRET),
    Animal("place, among the commands", lambda: photo_inline(as_text=False), CLEAN, SECRET),
    Animal("place, among the commands as text", lambda: photo_inline(as_text=True), CLEAN, SECRET),
    Animal("place, in a glyph", photo_in_a_glyph, "a part we cannot open"),
    Animal("place, in a comment", lambda: with_contents(b"q Q %" + samples.jpeg()), "a part we cannot open"),
    Animal("place, as a font", lambda: with_font_file(samples.jpeg(), None), "a part we cannot open"),
    Animal("place, as dots", lambda: with_image(samples.jpeg(), None, 60, 50), "a part we cannot open"),
    Animal("place, in a stamp", photo_in_a_stamp, CLEAN, SECRET),
    Animal("place, short and escaped names among the commands", photo_behind_an_escape, CLEAN, SECRET),
    Animal("place, in JPEG 2000", lambda: with_image(jpx_with_a_place(), Name.JPXDecode, 64, 64), CLEAN, SECRET),
    Animal("place, behind the end of packing", behind_the_end_of_packing, CLEAN, SECRET),
    Animal("place, behind the end of a photo", lambda: with_image(trailing_photo(), Name.DCTDecode), CLEAN, SECRET),
    Animal("unknown keys everywhere", unknown_keys, CLEAN, SECRET),
    # Pictures
    Animal("JPEG of a thousand scans", lambda: progressive(scans=1000), "too long to open"),
    Animal("JPEG of 100,000 scans", lambda: progressive(scans=100_000), "too long to open"),
    Animal("JPEG of 60 million dots in 30 scans", lambda: progressive_large(), f"{CLEAN}|too big"),
    Animal("JPEG that says it is huge", lambda: resized_jpeg(65_500, 65_500), TOO_BIG),
    Animal("JPEG of 144 million dots", lambda: plain_jpeg(12_000, 12_000), CLEAN),
    Animal("JPEG that ends early", lambda: samples.jpeg(size=(1600, 1200))[:-900], DAMAGED),
    Animal("JPEG that is noise", lambda: b"\xff\xd8\xff\xe0" + noise(14 * MEGABYTE), f"{DAMAGED}|too big"),
    Animal("JPEG whose EXIF goes in circles", exif_in_circles, CLEAN),
    Animal("JPEG with another behind it", trailing_photo, CLEAN, SECRET),
    Animal("JPEG film", film_jpeg, CLEAN),
    Animal("JPEG turned by no known number", lambda: samples.jpeg(orientation=99), CLEAN, SECRET),
    Animal("PNG of 400 million dots", samples.bomb, TOO_BIG),
    Animal("PNG of 60 million see-through dots", lambda: png(10_000, 6_000, colour=6), CLEAN),
    Animal("PNG of sixteen bits", lambda: png(8_000, 7_000, depth=16, colour=0), CLEAN),
    Animal("PNG that grows", lambda: png(8, 8, data=zeros(4096 * MEGABYTE)), f"{CLEAN}|{DAMAGED}"),
    Animal(
        "PNG with text that grows",
        lambda: png(before=chunk(b"zTXt", b"a\0\0" + zeros(1024 * MEGABYTE))),
        f"{CLEAN}|{DAMAGED}",
    ),
    Animal(
        "PNG with a profile that grows",
        lambda: png(before=chunk(b"iCCP", b"a\0\0" + zeros(1024 * MEGABYTE))),
        f"{CLEAN}|{DAMAGED}",
    ),
    Animal("PNG of many chunks", png_of_many_chunks, f"{CLEAN}|{DAMAGED}"),
    Animal("PNG film", png_film, f"{CLEAN}|{DAMAGED}"),
    Animal("PNG without its dots", lambda: png(data=b""), DAMAGED),
    Animal("picture one dot wide", lambda: png(1, 60_000, colour=0), "longer than 40 pages"),
    Animal("picture one dot high", lambda: png(60_000, 1, colour=0), CLEAN),
    Animal("GIF film", lambda: gif(8, 8, frames=700_000), CLEAN),
    Animal("GIF of 4 billion dots", lambda: gif(65_535, 65_535), TOO_BIG),
    Animal("WebP of 268 million dots", lambda: webp_that_says_it_is_huge(), f"{TOO_BIG}|{DAMAGED}"),
    Animal("WebP film", lambda: saved("WEBP", (64, 64), frames=500), CLEAN),
    Animal("TIFF of 50,000 pages", lambda: tiff(50_000), "longer than 40 pages"),
    Animal("TIFF in a circle", lambda: tiff(3, loop=True), CLEAN),
    Animal(
        "TIFF whose pages grow",
        lambda: tiff(40, 7_000, 8_000, zlib.compress(bytes(7_000 * 8_000 // 8)), compression=8),
        TOO_BIG,
    ),
    Animal("TIFF of 3.6 billion dots", lambda: tiff(1, 60_000, 60_000, zlib.compress(b"\0"), compression=8), TOO_BIG),
    Animal("TIFF that grows", lambda: tiff(1, 8, 8, zeros(4096 * MEGABYTE), compression=8), f"{CLEAN}|{DAMAGED}"),
    Animal("HEIC that says it is huge", heic_that_says_it_is_huge, f"{DAMAGED}|{TOO_BIG}"),
    Animal("HEIC that ends early", lambda: samples.heic()[:400], DAMAGED),
    Animal("AVIF that ends early", lambda: saved("AVIF", (64, 64))[:200], DAMAGED),
    # Neither
    Animal("archive", lambda: b"PK\x03\x04" + bytes(999), UNKNOWN),
    Animal("program", lambda: b"\x7fELF" + bytes(999), UNKNOWN),
    Animal("page", lambda: b"<html><script>alert(1)</script>", UNKNOWN),
]


def noise(count):
    """`count` bytes that do not pack, the same each time."""
    out, state = bytearray(), 1
    while len(out) < count:
        state = zlib.crc32(state.to_bytes(8, "big"))
        out += zlib.crc32(state.to_bytes(4, "little")).to_bytes(4, "big") * 16
    return bytes(out[:count])


@cache
def progressive_large():
    """A legal progressive picture of 56 million dots, with its last scan sent twenty times."""
    content = plain_jpeg(8_000, 7_000, progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * 20 + b"\xff\xd9"


def webp_that_says_it_is_huge():
    """A lossless WebP whose header says 16,384 by 16,384."""
    content = bytearray(saved("WEBP", (64, 64), lossless=True))
    at = content.index(b"VP8L") + 9
    size = 16_383 | 16_383 << 14
    content[at : at + 4] = (int.from_bytes(content[at : at + 4], "little") & 0xF0000000 | size).to_bytes(4, "little")
    return bytes(content)


def file_name(animal):
    """What a person who sends it calls the file."""
    return f"{animal.name.replace(',', '').replace(' ', '-')}.pdf"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for animal in ANIMALS:
        (folder / file_name(animal)).write_bytes(animal.make())
