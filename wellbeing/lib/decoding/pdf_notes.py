"""Draw onto a PDF's pages what a viewer put on top: notes, signatures, stamps, what was typed into a form."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from .limits import MAX_NOTES, RefusedError

# Notes that say something by how they look (ISO 32000-2, 12.5.6). Links, sound and pop-up windows do not.
DRAWN = {
    "/FreeText",
    "/Ink",
    "/Stamp",
    "/Line",
    "/Square",
    "/Circle",
    "/Polygon",
    "/PolyLine",
    "/StrikeOut",
}
HIDDEN, NO_VIEW = 2, 32
# The letters that can be written with the fonts of a form as they are drawn here.
LETTERS = "cp1252"


def draw_on_pages(source: pikepdf.Pdf) -> None:
    """Draw every note and every answer of a form of `source` onto its page.

    Raises RefusedError when there are more than MAX_NOTES, or when one would be lost: a viewer has left no picture of
    it, and it cannot be drawn here.
    """
    if sum(_length(page.obj.get("/Annots")) for page in source.pages) > MAX_NOTES:
        raise RefusedError("pdf_too_many_parts")
    if "/AcroForm" in source.Root:
        _draw_answers(source)
    if any(_would_be_lost(note) for page in source.pages for note in _notes(page.obj)):
        raise RefusedError("pdf_lost_notes")
    source.flatten_annotations("screen")


def _draw_answers(source: pikepdf.Pdf) -> None:
    """Draw the text and the choices of a form where no picture of them was kept, or an old one."""
    form = source.acroform
    all_are_old = form.needs_appearances
    for page in source.pages:
        for widget in form.get_widget_annotations_for_page(page):
            answer = form.get_field_for_annotation(widget)
            if not (answer.is_text or answer.is_choice) or not _can_write(answer.value_as_string):
                continue
            if all_are_old or not _has_look(widget.obj):
                # Where one is left, the new words are drawn beside the old.
                if "/AP" in widget.obj:
                    del widget.obj["/AP"]
                answer.generate_appearance(widget)
    # While a form says so, no answer of it is drawn on its page.
    source.Root.AcroForm.NeedAppearances = False


def _would_be_lost(note: Object) -> bool:
    if _has_look(note) or int(note.get("/F", 0)) & (HIDDEN | NO_VIEW):
        return False
    kind = note.get("/Subtype")
    if kind != Name.Widget:
        return str(kind) in DRAWN
    # A ticked box says so by the name of its state; a signature of the other kind is data, not ink.
    return note.get("/AS", Name.Off) != Name.Off or (_inherited(note, "/FT") == Name.Tx and _says(note))


def _says(note: Object) -> bool:
    value = _inherited(note, "/V")
    return isinstance(value, pikepdf.String) and bool(str(value).strip())


def _inherited(note: Object, key: str) -> Object | None:
    """Return what a field says, or the one it belongs to (12.7.4.1); one level is all that writers use here."""
    return note.get(key, note.get("/Parent", Dictionary()).get(key))


def _has_look(note: Object) -> bool:
    looks = note.get("/AP")
    return isinstance(looks, Dictionary) and isinstance(looks.get("/N"), (Dictionary, pikepdf.Stream))


def _can_write(words: str) -> bool:
    return words.isascii() or words == words.encode(LETTERS, "ignore").decode(LETTERS)


def _notes(page: Object) -> Iterator[Object]:
    notes = page.get("/Annots")
    return (note for note in notes if isinstance(note, Dictionary)) if isinstance(notes, Array) else iter(())


def _length(value: Object | None) -> int:
    return len(value) if isinstance(value, Array) else 0
