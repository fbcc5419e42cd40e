"""PDFs that grow, that are many, deep or in circles: made on the spot for the zoo."""

import base64
import io
import struct
import zlib
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

MEGABYTE = 1024 * 1024


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
