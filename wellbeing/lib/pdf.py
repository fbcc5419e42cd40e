"""Make tagged PDFs (PDF/UA-1) from HTML.

Nothing is ever fetched from the network: only our own static files and data: URLs. In a document's HTML or CSS a static
file is written `static:fonts/name.woff2`.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pikepdf
from django.conf import settings
from django.utils.translation import gettext as _

from . import pdf_tags
from .errors import ActionError
from .time_limit import TookTooLongError, at_most

VARIANT = {"pdf_variant": "pdf/ua-1"}
# A class of the <html> of a document: each sentence gets a line of its own.
ONE_SENTENCE_A_LINE = "easy-read"


class FileNotAllowedError(ValueError):
    """A document asked for something other than one of our own static files: a mistake in its template."""


class TooMuchError(ActionError):
    """A document takes longer to make, or has more pages, than it may."""


class LaidOut(NamedTuple):
    """A document whose pages are laid out and not written yet. Its parts are WeasyPrint's."""

    document: Any

    @property
    def pages(self) -> int:
        return len(self.document.pages)


def render(html: str, *, css: str = "", seconds: float | None = None, pages: int | None = None) -> bytes:
    """Draw `html` (a whole page, with lang and title), styled by `css`, as a tagged PDF (PDF/UA-1). Return its bytes.

    The same `css` text is read once per process. Raises FileNotAllowedError when either asks for anything but our own
    static files; TooMuchError when it takes more than `seconds` of processor time or has more than `pages` pages, which
    are DOCUMENT_SECONDS and DOCUMENT_PAGES unless given.
    """
    with _within(seconds or settings.DOCUMENT_SECONDS):
        return _written(_laid_out(html, css, pages or settings.DOCUMENT_PAGES).document)


def lay_out(html: str, *, css: str = "", seconds: float | None = None, pages: int | None = None) -> LaidOut:
    """Lay out `html` as `render` does, to be written later, with others, by `write_together`. Raises as `render`."""
    with _within(seconds or settings.DOCUMENT_SECONDS):
        return _laid_out(html, css, pages or settings.DOCUMENT_PAGES)


def write_together(parts: Sequence[LaidOut], *, each_on_a_new_sheet: bool = False) -> bytes:
    """Write documents, one after the other, as one tagged PDF that holds each font once. Return its bytes.

    Its title and language are those of the first. Each document keeps its own page numbers. With `each_on_a_new_sheet`
    a blank page follows any of an odd number of pages: for printing on both sides.
    """
    pages = []
    for part in parts:
        pages += part.document.pages
        if each_on_a_new_sheet and len(pages) % 2:
            pages.append(_blank_page())
    with _within(settings.DOCUMENT_SECONDS):
        return _written(parts[0].document.copy(pages))


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Limit the drawing inside to `seconds`, and raise what it raises as errors of this module."""
    # WeasyPrint takes as long to import as all the rest, and most processes never draw a page.
    from . import drawing

    try:
        with at_most(seconds):
            yield
    except drawing.FatalURLFetchingError as refused:
        raise FileNotAllowedError(str(refused)) from None
    except TookTooLongError:
        # Cut off anywhere, what is shared by documents may be half made.
        drawing.fonts.cache_clear()
        drawing.stylesheet.cache_clear()
        raise TooMuchError(
            _("It took longer than %(seconds)s seconds to draw. Shorten the longest texts in it.")
            % {"seconds": seconds}
        ) from None


def _laid_out(html: str, css: str, most: int) -> LaidOut:
    from . import drawing, scripts, sentences

    stylesheets = [drawing.stylesheet(css)] if css else []
    source = drawing.page_source(html)
    if ONE_SENTENCE_A_LINE in source.etree_element.get("class", "").split():
        sentences.one_a_line(source.etree_element)
    pdf_tags.link_addresses(source.etree_element)
    scripts.set_words(source.etree_element)
    document = source.render(font_config=drawing.fonts(), stylesheets=stylesheets, **VARIANT)
    if len(document.pages) > most:
        raise TooMuchError(
            _("It would have %(pages)s pages, and at most %(most)s are made. Shorten the longest texts in it.")
            % {"pages": len(document.pages), "most": most}
        )
    return LaidOut(document)


def _written(document: Any) -> bytes:
    return document.write_pdf(finisher=pdf_tags.complete, **VARIANT)


def _blank_page() -> Any:
    """Return an empty A4 page."""
    empty = '<html lang="en"><head><title>-</title></head><body></body></html>'
    return _laid_out(empty, "@page { size: A4; margin: 0 }", 1).document.pages[0]


def join(parts: Iterable[tuple[str, bytes]], *, title: str, language: str, each_on_a_new_sheet: bool = False) -> bytes:
    """Join tagged PDFs made by `render`, one after the other, into one that is as well tagged. Return its bytes.

    `parts` are (name, bytes) pairs; each becomes a bookmark. Pages stay as they are, with their own numbers. With
    `each_on_a_new_sheet` a blank page goes before any part that would start on the back of another: for printing on
    both sides.
    """
    whole, sources, starts = pikepdf.new(), [], []
    trunk = whole.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    everything = whole.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=trunk, K=pikepdf.Array())
    )
    numbers, next_number = pikepdf.Array(), 0
    for index, (name, content) in enumerate(parts):
        source = pikepdf.open(io.BytesIO(content))
        # Copied when the whole is saved, so it has to stay open until then.
        sources.append(source)
        if each_on_a_new_sheet and len(whole.pages) % 2:
            _left, _bottom, width, height = (float(side) for side in whole.pages[-1].mediabox)
            whole.add_blank_page(page_size=(width, height))
        starts.append((name, len(whole.pages)))
        whole.pages.extend(source.pages)
        for page in whole.pages[starts[-1][1] :]:
            _renumber(page.obj, next_number)
        tree = whole.copy_foreign(source.Root.StructTreeRoot)
        for key, value in _pairs(tree.ParentTree.Nums):
            numbers.extend([int(key) + next_number, value])  # type: ignore[list-item]  # pikepdf takes numbers, too
        next_number = int(numbers[-2]) + 1
        for branch in _branches(tree.K):
            branch.P, branch.S = everything, pikepdf.Name.Part
            everything.K.append(branch)
            _name_apart(branch, f"{index}-")
    trunk.K, trunk.ParentTree, trunk.ParentTreeNextKey = everything, pikepdf.Dictionary(Nums=numbers), next_number
    whole.Root.StructTreeRoot = trunk
    whole.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    whole.Root.Lang = language
    whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    with whole.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in starts)
    whole.docinfo["/Title"] = title
    with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdfuaid:part"] = "1"
    out = io.BytesIO()
    # The tags are many small objects: packed together they take a third of the room.
    whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _branches(kids: Any) -> list[pikepdf.Object]:
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _pairs(array: pikepdf.Object) -> Iterable[tuple[Any, Any]]:
    """Return the (key, value) pairs of a number tree."""
    flat = list(array)
    return zip(flat[::2], flat[1::2], strict=True)


def _renumber(page: pikepdf.Object, by: int) -> None:
    """Add `by` to the numbers that lead from a page and its links to their tags, so that each is unique."""
    if "/StructParents" in page:
        page.StructParents += by
    for link in page.get("/Annots", []):
        if "/StructParent" in link:
            link.StructParent += by


def _name_apart(branch: pikepdf.Object, prefix: str) -> None:
    """Put `prefix` before the names by which cells of a table find their headers, as every part uses the same names."""
    waiting = [branch]
    while waiting:
        element = waiting.pop()
        if "/ID" in element:
            element.ID = pikepdf.String(prefix + str(element.ID))
        if "/Headers" in element.get("/A", {}):
            element.A.Headers = pikepdf.Array(pikepdf.String(prefix + str(header)) for header in element.A.Headers)
        for kid in _branches(element.get("/K", [])):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.StructElem:
                waiting.append(kid)
