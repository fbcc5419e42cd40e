"""PDFs that carry a photo with its place, in every corner one can lie in: made on the spot for the zoo."""

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.helpers import samples
from tests.helpers.hostile_pdfs import document, image, stream, with_contents, with_image

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
