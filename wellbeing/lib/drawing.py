"""WeasyPrint, kept to our own static files; only `pdf.py` uses this, and imports it when a PDF is drawn."""

import mimetypes
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

ALLOWED_SUFFIXES = {".woff2", ".css", ".svg", ".png"}


class _RefusedError(FatalURLFetchingError):
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
            raise _RefusedError(f"a document may not fetch {url}")
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
        raise _RefusedError(f"no static file {name!r} for a document")
    return path


@lru_cache(maxsize=1)
def fonts():
    """The font configuration of this process."""
    # Loading the font files takes longer than a letter: one configuration serves every document of a process.
    return FontConfiguration()


@lru_cache(maxsize=1)
def _fetcher():
    return StaticFilesOnly()


@lru_cache(maxsize=8)
def stylesheet(css):
    """`css` read once per process."""
    return CSS(string=css, url_fetcher=_fetcher(), font_config=fonts())


def page_source(html):
    """`html`, a whole page, ready to be laid out."""
    return HTML(string=html, base_url="static:", url_fetcher=_fetcher())
