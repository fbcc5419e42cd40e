"""Joining PDFs without holding them all: tagged as well as before, the same pages, in memory that does not grow."""

import io
import subprocess
import sys
import textwrap

import pikepdf
import pymupdf
import pytest
from django.conf import settings

from tests.helpers.letters import a_letter, drawn
from tests.helpers.pdf_checks import faults
from wellbeing.lib import pdf
from wellbeing.lib.pdf_joining import join_parts

TABLE = (
    "<table><thead><tr><th>What</th><th>Sum (12 0 R)</th></tr></thead><tbody><tr><th scope=row>A</th><td>1</td></tr>"
    "<tr><th scope=row>B</th><td>2</td></tr></tbody></table>"
)


def page(body):
    return f'<html lang="en-gb"><head><title>A paper (1 0 R)</title></head><body>{body}</body></html>'


@pytest.fixture(scope="module")
def parts():
    return [
        drawn(a_letter(name="Ann Able")),
        pdf.render(page(f"<h1>Money (3 0 R) \\</h1>{TABLE}<p>See https://example.org/x now.</p>")),
        drawn(a_letter(name="Łukasz Żółkiewski (5 0 R)", size="24")),
    ]


@pytest.fixture(scope="module")
def joined(parts):
    out = io.BytesIO()
    pages = join_parts(iter(parts), out, title="Letters \u2014 (7 0 R) & <more>", language="en-gb")
    with pymupdf.open(stream=out.getvalue(), filetype="pdf") as whole:
        assert len(whole) == pages
    return out.getvalue()


def test_it_passes_the_checker_and_is_without_a_mistake_of_form(joined, tmp_path):
    assert faults(joined, tmp_path) == []
    with pikepdf.open(io.BytesIO(joined)) as whole:
        assert whole.check_pdf_syntax() == []


def test_every_page_reads_and_looks_as_before(joined, parts):
    with pymupdf.open(stream=joined, filetype="pdf") as whole:
        pages = [(page.get_text(), page.get_pixmap(dpi=40).samples) for page in whole]
        links = [[link["uri"] for link in page.get_links()] for page in whole]
    before, links_before = [], []
    for part in parts:
        with pymupdf.open(stream=part, filetype="pdf") as one:
            before += [(page.get_text(), page.get_pixmap(dpi=40).samples) for page in one]
            links_before += [[link["uri"] for link in page.get_links()] for page in one]
    assert pages == before
    assert links == links_before


def test_it_has_its_title_language_and_a_bookmark_for_each_letter(joined):
    with pikepdf.open(io.BytesIO(joined)) as whole:
        assert whole.docinfo["/Title"] == "Letters \u2014 (7 0 R) & <more>"
        assert whole.Root.Lang == "en-gb"
        with whole.open_metadata() as metadata:
            assert metadata["dc:title"] == "Letters \u2014 (7 0 R) & <more>"
            assert metadata["pdfuaid:part"] == "1"
        with whole.open_outline() as outline:
            names = [item.title for item in outline.root]
    assert names == ["Ann Able", "Money (3 0 R) \\", "Łukasz Żółkiewski (5 0 R)"]


def test_the_headers_of_tables_keep_their_names_apart(parts):
    out = io.BytesIO()
    join_parts([parts[1], parts[1]], out, title="Two", language="en")
    with pikepdf.open(io.BytesIO(out.getvalue())) as whole:
        names = [str(each.ID) for each in whole.objects if isinstance(each, pikepdf.Dictionary) and "/ID" in each]
    assert len(names) == len(set(names)) == 8


def test_memory_does_not_grow_with_the_number_of_parts(parts, tmp_path):
    (tmp_path / "part.pdf").write_bytes(parts[0])
    program = textwrap.dedent(
        f"""
        import resource, sys
        sys.path.insert(0, {str(settings.BASE_DIR)!r})
        from wellbeing.lib.pdf_joining import join_parts
        part = open({str(tmp_path / "part.pdf")!r}, "rb").read()
        def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        peaks = []
        for count in (20, 1000):
            with open({str(tmp_path / "out.pdf")!r}, "wb") as out:
                join_parts((part for _n in range(count)), out, title="x", language="en")
            peaks.append(peak())
        print(*peaks)
        """
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    few, many = map(int, done.stdout.split())
    size = (tmp_path / "out.pdf").stat().st_size / 1024
    assert size > 10_000
    assert many - few < size / 4, "kilobytes"
