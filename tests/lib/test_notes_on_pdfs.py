"""Notes put on a PDF in a viewer, and answers typed into its form, can be seen in the kept copy."""

import io

import pikepdf
import pymupdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.helpers import samples
from wellbeing.lib import uploads

PAGE_HEIGHT = 842
SCALE = 2


def dots(content, rectangle):
    """The dots a reader sees in `rectangle` (left, bottom, right, top in points) of the first page."""
    with pymupdf.open("pdf", content) as document:
        drawn = document[0].get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE), annots=True)
    page = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)
    left, bottom, right, top = rectangle
    return page.crop((left * SCALE, (PAGE_HEIGHT - top) * SCALE, right * SCALE, (PAGE_HEIGHT - bottom) * SCALE))


def ink(picture):
    """How many dots are not paper."""
    return sum(picture.convert("L").histogram()[:200])


def colours(picture):
    return {colour for _count, colour in picture.getcolors(10**6)}


ADDED = {"amount": (60, 700, 300, 730), "signature": (60, 620, 260, 680), "PAID": (320, 620, 520, 680)}


@pytest.mark.parametrize("what", ADDED)
def test_what_a_viewer_put_on_a_pdf_is_seen_in_the_kept_copy_as_before(what):
    arrival = (samples.FIELD / "30_amount_typed_over_in_viewer.pdf").read_bytes()
    kept = uploads.clean(arrival).content
    with pikepdf.open(io.BytesIO(kept)) as document:
        assert "/Annots" not in document.pages[0]
        document.pages[0].Resources.XObject = Dictionary()
        without = io.BytesIO()
        document.save(without)
    seen = dots(kept, ADDED[what])
    assert ink(seen) > 200
    assert seen.tobytes() == dots(arrival, ADDED[what]).tobytes()
    assert ink(dots(without.getvalue(), ADDED[what])) == 0, "it is the note that is seen, not the page beneath"


def test_the_signature_keeps_its_colour():
    kept = uploads.clean((samples.FIELD / "30_amount_typed_over_in_viewer.pdf").read_bytes()).content
    assert any(blue > 200 and red < 60 for red, _green, blue in colours(dots(kept, ADDED["signature"])))


BOX = (60, 700, 300, 720)


def pdf_with(*notes, fields=(), old=False):
    """A PDF with `notes` on its page; those at the places `fields` belong to a form, whose looks are `old` or not."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, PAGE_HEIGHT))
    made = [document.make_indirect(note) for note in notes]
    for note in made:
        if "/AP" in note and not isinstance(note.AP.N, Dictionary | pikepdf.Stream):
            note.AP.N = look(document, bytes(note.AP.N))
    document.pages[0].Annots = Array(made)
    if fields:
        document.Root.AcroForm = Dictionary(
            Fields=Array([made[index] for index in fields]),
            DR=Dictionary(Font=Dictionary(Helv=font())),
            DA=String("/Helv 12 Tf 0 g"),
            NeedAppearances=old,
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def font():
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def look(document, commands):
    made = document.make_stream(commands)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, [0, 0, BOX[2] - BOX[0], BOX[3] - BOX[1]]
    made.Resources = Dictionary(Font=Dictionary(Helv=font()))
    return made


def note(kind, **keys):
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=list(BOX), **{"F": 4, **keys})


def answer(words, **keys):
    return note("Widget", FT=Name.Tx, T=String("amount"), V=String(words), DA=String("/Helv 12 Tf 0 g"), **keys)


def words_on(content):
    with pymupdf.open("pdf", content) as document:
        assert not list(document[0].widgets())
        return document[0].get_text().strip()


@pytest.mark.parametrize("old", [True, False])
def test_what_was_typed_into_a_form_is_seen_though_no_picture_of_it_was_kept(old):
    kept = uploads.clean(pdf_with(answer("£84.00 paid by Zoë"), fields=[0], old=old)).content
    assert words_on(kept) == "£84.00 paid by Zoë"
    assert ink(dots(kept, BOX)) > 200


def test_the_picture_of_an_answer_is_kept_as_the_viewer_drew_it():
    drawn = Dictionary(N=String(b"BT /Helv 12 Tf 2 5 Td (84 as drawn) Tj ET"))
    assert words_on(uploads.clean(pdf_with(answer("84.00", AP=drawn), fields=[0])).content) == "84 as drawn"


def test_an_old_picture_of_an_answer_gives_way_to_the_answer():
    drawn = Dictionary(N=String(b"BT /Helv 12 Tf 2 5 Td (0.00) Tj ET"))
    assert words_on(uploads.clean(pdf_with(answer("84.00", AP=drawn), fields=[0], old=True)).content) == "84.00"


TICKED = note("Widget", FT=Name.Btn, T=String("paid"), V=Name.Yes, AS=Name.Yes)
LOST = {
    "typed text": [note("FreeText", Contents=String("GBP 84.00"), DA=String("/Helv 16 Tf 0 g"))],
    "a signature": [note("Ink", InkList=[[60, 700, 90, 720]])],
    "a line through a price": [note("StrikeOut")],
    "a ticked box": [TICKED],
    "letters we cannot draw": [answer("日本")],
}


@pytest.mark.parametrize("what", LOST)
def test_a_pdf_of_which_something_added_would_be_lost_is_refused_with_what_to_do(what):
    fields = [0] if LOST[what][0].Subtype == Name.Widget else []
    with pytest.raises(uploads.UploadRefusedError, match=r"could not keep all.*Print it to a new PDF"):
        uploads.clean(pdf_with(*LOST[what], fields=fields))


HARMLESS = {
    "hidden": note("FreeText", F=2, Contents=String("not shown")),
    "link": note("Link"),
    "window of a note": note("Popup"),
    "empty answer": answer(" "),
    "box not ticked": note("Widget", FT=Name.Btn, T=String("paid"), V=Name.Off, AS=Name.Off),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_a_pdf_with_notes_that_show_nothing_is_taken(what):
    fields = [0] if HARMLESS[what].Subtype == Name.Widget else []
    assert words_on(uploads.clean(pdf_with(HARMLESS[what], fields=fields)).content) == ""
