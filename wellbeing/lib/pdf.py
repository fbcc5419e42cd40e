"""HTML to tagged PDF (PDF/UA-1). Nothing is ever fetched from the network: only our own static files and data: URLs.

In a document's HTML or CSS a static file is written `static:fonts/name.woff2`.
"""

import mimetypes
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

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


def render(html, *, css=""):
    """`html` (a whole page, with lang and title) styled by `css` as the bytes of a tagged PDF (PDF/UA-1).

    The same `css` text is read once per process. Raises FileNotAllowed when either asks for anything but our own
    static files.
    """
    try:
        stylesheets = [_stylesheet(css)] if css else []
        return HTML(string=html, base_url="static:", url_fetcher=_fetcher()).write_pdf(
            stylesheets=stylesheets, font_config=_fonts(), pdf_variant="pdf/ua-1"
        )
    except FatalURLFetchingError as refused:
        raise FileNotAllowed(str(refused)) from None
