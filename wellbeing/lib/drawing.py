"""Draw with WeasyPrint, limited to our own static files; only `pdf.py` imports this, when a PDF is drawn."""

import mimetypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from wellbeing.lib import scripts

FONTS_CONF = Path(__file__).with_name("fonts.conf")
ALLOWED_SUFFIXES = {".woff2", ".css", ".svg", ".png"}


@contextmanager
def _our_fonts_alone() -> Iterator[None]:
    """Have fontconfig read fonts.conf meanwhile: no process started from this one may lose the fonts of the system."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


# WeasyPrint looks for fonts when it is imported.
with _our_fonts_alone():
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class FontsMissingError(RuntimeError):
    """The fonts of documents are not built."""


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
    """Return the font configuration of this process, with the fonts of build/fonts alone.

    Raises FontsMissingError when one of them is not there, rather than draw boxes for names.
    """
    missing = [family for family in scripts.FAMILIES if not scripts.path_of(family).is_file()]
    if missing:
        raise FontsMissingError(f"No font files in {scripts.FOLDER} for {', '.join(missing)}: run bin/setup.")
    # Loading the font files takes longer than a letter: one configuration serves every document of a process.
    with _our_fonts_alone():
        return FontConfiguration()


@lru_cache(maxsize=1)
def _fetcher() -> StaticFilesOnly:
    return StaticFilesOnly()


@lru_cache(maxsize=16)
def stylesheet(css: str) -> CSS:
    """Parse `css`, once per process."""
    return CSS(string=css, url_fetcher=_fetcher(), font_config=fonts())


def page_source(html: str) -> HTML:
    """Parse the whole page `html`, ready to be laid out."""
    return HTML(string=html, base_url="static:", url_fetcher=_fetcher())
