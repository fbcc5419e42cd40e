"""Draw with WeasyPrint, limited to our own static files; only `pdf.py` imports this, when a PDF is drawn."""

import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any

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

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the file behind `url`. Raises _RefusedError for any other address, before anything is opened."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith("static:"):
            raise _RefusedError(f"a document may not fetch {url}")
        path = static_file(url.removeprefix("static:"))
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def static_file(name: str) -> Path:
    """Return the path on disk of the static file `name`. Raises _RefusedError when there is none of a kind we use."""
    source = finders.find(name)
    if source:
        path = Path(source)
    else:
        # A production image may keep only the files that collectstatic gathered.
        path = (Path(settings.STATIC_ROOT) / name).resolve()
        if not path.is_relative_to(Path(settings.STATIC_ROOT).resolve()):
            raise _RefusedError(f"no static file {name!r} for a document")
    if path.suffix not in ALLOWED_SUFFIXES or not path.is_file():
        raise _RefusedError(f"no static file {name!r} for a document")
    return path


@lru_cache(maxsize=1)
def fonts() -> FontConfiguration:
    """Return the font configuration of this process."""
    # Loading the font files takes longer than a letter: one configuration serves every document of a process.
    return FontConfiguration()


@lru_cache(maxsize=1)
def _fetcher() -> StaticFilesOnly:
    return StaticFilesOnly()


@lru_cache(maxsize=8)
def stylesheet(css: str) -> CSS:
    """Parse `css`, once per process."""
    return CSS(string=css, url_fetcher=_fetcher(), font_config=fonts())


def page_source(html: str) -> HTML:
    """Parse the whole page `html`, ready to be laid out."""
    return HTML(string=html, base_url="static:", url_fetcher=_fetcher())
