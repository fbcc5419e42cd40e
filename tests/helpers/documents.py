"""Helpers for what a document that the product made says: a PDF's words, a stored file that is what it was, a CSV's
rows.
"""

import csv
import hashlib
import io
import re

from pypdf import PdfReader


def text_of(content):
    """Return the words of a PDF, given as bytes or as a PdfReader, with single spaces."""
    reader = content if isinstance(content, PdfReader) else PdfReader(io.BytesIO(content))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages)).strip()


def stored(row):
    """Return the bytes of the file of `row`, a model with file, sha256 and size, and check that they fit."""
    with row.file.open("rb") as file:
        content = file.read()
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (row.sha256, row.size)
    return content


def rows_of(content):
    """Return the rows of a CSV file, given as bytes or as an iterable of them, as lists of cells."""
    whole = content if isinstance(content, bytes) else b"".join(content)
    return list(csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline="")))


def records_of(content):
    """Return the rows of a CSV file as dictionaries by the headings."""
    headings, *rows = rows_of(content)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def pieces_of(page):
    """The pieces of text of a page of a PDF: [(text, its place as a matrix, the matrix of its letters, size)]."""
    pieces = []

    def collect(text, place, letters, _font, size):
        pieces.append((text, place, letters, size))

    page.extract_text(visitor_text=collect)
    return pieces
