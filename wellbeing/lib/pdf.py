"""HTML to tagged PDF (PDF/UA-1). Nothing is ever fetched from the network: only our own static files and data: URLs.

In a document's HTML or CSS a static file is written `static:fonts/name.woff2`.
"""

import io
import mimetypes
from functools import lru_cache
from pathlib import Path

import pikepdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import pdf_tags
from .errors import ActionError
from .time_limit import TookTooLong, at_most

ALLOWED_SUFFIXES = {".woff2", ".css", ".svg", ".png"}


class FileNotAllowed(ValueError):
    """A document asked for something other than one of our own static files: a mistake in its template."""


class _Refused(FatalURLFetchingError):
    """Stops WeasyPrint, which swallows any other exception of a fetcher. A BaseException, so it never leaves here."""


class StaticFilesOnly(URLFetcher):
    """Fetches `static:path` from the project's static files, and data: URLs; refuses everything else."""

    def __init__(self):
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url, headers=None):
        """The file behind `url`. Raises _Refused for any other address, before anything is opened."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith("static:"):
            raise _Refused(f"a document may not fetch {url}")
        path = static_file(url.removeprefix("static:"))
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def static_file(name):
    """The path on disk of the static file `name`. Raises _Refused when there is none of a kind we use."""
    found = finders.find(name)
    if not found:
        # A production image may keep only what collectstatic gathered.
        collected = (Path(settings.STATIC_ROOT) / name).resolve()
        found = collected if collected.is_relative_to(Path(settings.STATIC_ROOT).resolve()) else None
    path = Path(found) if found else None
    if path is None or path.suffix not in ALLOWED_SUFFIXES or not path.is_file():
        raise _Refused(f"no static file {name!r} for a document")
    return path


@lru_cache(maxsize=1)
def _fonts():
    # Loading the font files takes longer than a letter: one configuration serves every document of a process.
    return FontConfiguration()


@lru_cache(maxsize=1)
def _fetcher():
    return StaticFilesOnly()


@lru_cache(maxsize=8)
def _stylesheet(css):
    return CSS(string=css, url_fetcher=_fetcher(), font_config=_fonts())


class TooMuch(ActionError):
    """A document takes longer to make, or has more pages, than it may."""


def render(html, *, css="", seconds=None, pages=None):
    """`html` (a whole page, with lang and title) styled by `css` as the bytes of a tagged PDF (PDF/UA-1).

    The same `css` text is read once per process. Raises FileNotAllowed when either asks for anything but our own
    static files; TooMuch when it takes more than `seconds` of processor time or has more than `pages` pages, which are
    DOCUMENT_SECONDS and DOCUMENT_PAGES unless given.
    """
    seconds, pages = seconds or settings.DOCUMENT_SECONDS, pages or settings.DOCUMENT_PAGES
    variant = {"pdf_variant": "pdf/ua-1"}
    try:
        with at_most(seconds):
            stylesheets = [_stylesheet(css)] if css else []
            source = HTML(string=html, base_url="static:", url_fetcher=_fetcher())
            pdf_tags.link_addresses(source.etree_element)
            document = source.render(font_config=_fonts(), stylesheets=stylesheets, **variant)
            if len(document.pages) > pages:
                raise TooMuch(
                    _("It would have %(pages)s pages, and at most %(most)s are made. Shorten the longest texts in it.")
                    % {"pages": len(document.pages), "most": pages}
                )
            return document.write_pdf(finisher=pdf_tags.complete, **variant)
    except FatalURLFetchingError as refused:
        raise FileNotAllowed(str(refused)) from None
    except TookTooLong:
        # Cut off anywhere, what is shared by documents may be half made.
        _fonts.cache_clear()
        _stylesheet.cache_clear()
        raise TooMuch(
            _("It took longer than %(seconds)s seconds to draw. Shorten the longest texts in it.")
            % {"seconds": seconds}
        ) from None


def join(parts, *, title, language, each_on_a_new_sheet=False):
    """Tagged PDFs made by `render`, one behind the other, as the bytes of one that is as well tagged.

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
    for place, (name, content) in enumerate(parts):
        source = pikepdf.open(io.BytesIO(content))
        # Copied when the whole is saved, so it has to stay open until then.
        sources.append(source)
        if each_on_a_new_sheet and len(whole.pages) % 2:
            whole.add_blank_page(page_size=tuple(map(float, whole.pages[-1].mediabox[2:])))
        starts.append((name, len(whole.pages)))
        whole.pages.extend(source.pages)
        for page in whole.pages[starts[-1][1] :]:
            _renumber(page.obj, next_number)
        tree = whole.copy_foreign(source.Root.StructTreeRoot)
        for key, value in _pairs(tree.ParentTree.Nums):
            numbers.extend([int(key) + next_number, value])
        next_number = int(numbers[-2]) + 1
        for branch in _branches(tree.K):
            branch.P, branch.S = everything, pikepdf.Name.Part
            everything.K.append(branch)
            _name_apart(branch, f"{place}-")
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


def _branches(kids):
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _pairs(array):
    """The (key, value) pairs of a number tree."""
    flat = list(array)
    return zip(flat[::2], flat[1::2], strict=True)


def _renumber(page, by):
    """The numbers that lead from a page, and from the links on it, to their tags: each once in the whole."""
    if "/StructParents" in page:
        page.StructParents += by
    for link in page.get("/Annots", []):
        if "/StructParent" in link:
            link.StructParent += by


def _name_apart(branch, prefix):
    """The names by which cells of a table find their headers are the same in each part: tell them apart."""
    waiting = [branch]
    while waiting:
        element = waiting.pop()
        if "/ID" in element:
            element.ID = pikepdf.String(prefix + str(element.ID))
        if "/Headers" in element.get("/A", {}):
            element.A.Headers = pikepdf.Array(pikepdf.String(prefix + str(each)) for each in element.A.Headers)
        kids = element.get("/K", [])
        for kid in _branches(kids):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.StructElem:
                waiting.append(kid)
