"""The parts of a tagged PDF that WeasyPrint leaves out: scopes, artifacts, links."""

import io
import re

import pikepdf
import pytest
from pypdf import PdfReader

from tests.helpers.pdf_checks import faults
from wellbeing.lib import pdf

NUMBERED = '@page { size: A5; @bottom-right { content: counter(page) } @top-left { content: "Our paper" } }'
TABLE = (
    "<table><caption>Sums</caption><thead><tr><th>What</th><th>Sum</th></tr></thead>"
    "<tbody><tr><th>Fare</th><td>1</td></tr></tbody><tfoot><tr><th>Total</th><td>1</td></tr></tfoot></table>"
)


def page(body):
    return f'<html lang="en-gb"><head><title>A paper of ours</title></head><body>{body}</body></html>'


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def tags(whole, kind):
    """The tags of a PDF that are of one `kind`, such as TH, in the order they are read."""
    waiting, found = [whole.Root.StructTreeRoot], []
    while waiting:
        tag = waiting.pop(0)
        if tag.get("/S") == pikepdf.Name(f"/{kind}"):
            found.append(tag)
        kids = tag.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" not in kid] + waiting
    return found


def links(whole):
    """The addresses the links of a PDF open, page by page."""
    return [str(link.A.URI) for page in whole.pages for link in page.obj.get("/Annots", [])]


@pytest.mark.parametrize(
    ("table", "scopes"),
    [
        (TABLE, ["/Column", "/Column", "/Row", "/Row"]),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", ["/Column", "/Column"]),
        ("<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></table>", ["/Row", "/Row"]),
    ],
)
def test_each_header_cell_says_of_what_it_is_the_header(table, scopes):
    with opened(pdf.render(page(table))) as whole:
        assert [str(cell.A.Scope) for cell in tags(whole, "TH")] == scopes
        assert all("/Scope" not in cell.A for cell in tags(whole, "TD"))


def test_what_is_drawn_in_the_margins_is_an_artifact_and_the_rest_is_not(tmp_path):
    content = pdf.render(page(f"<h1>Heading</h1>{'<p>Some words to read.</p>' * 80}"), css=NUMBERED)
    assert faults(content, tmp_path) == []
    with opened(content) as whole:
        assert len(whole.pages) >= 3
        numbers = list(whole.Root.StructTreeRoot.ParentTree.Nums)
        tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for each in whole.pages:
            drawn = each.obj.Contents.read_bytes()
            assert len(re.findall(rb"/Artifact\s+<</Type /Pagination>>\s+BDC", drawn)) == 2
            marked = [int(number) for number in re.findall(rb"/MCID (\d+)", drawn)]
            assert marked == list(range(len(tree[int(each.obj.StructParents)])))
        assert len(tags(whole, "P")) >= 80


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Write to help@example.org, please.", ["mailto:help@example.org"]),
        ("See https://example.org/a?b=1&amp;c=2.", ["https://example.org/a?b=1&c=2"]),
        ("(www.example.org)", ["https://www.example.org"]),
        ("O'Neil is 'o'neil@example.org'", ["mailto:o'neil@example.org"]),
        ("<!-- a@example.org -->See b@example.org", ["mailto:b@example.org"]),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        ("a@example.org<br>b@example.org", ["mailto:a@example.org", "mailto:b@example.org"]),
        ("<b>a@example.org</b> and c@example.org", ["mailto:a@example.org", "mailto:c@example.org"]),
        ('<a href="https://example.org/x">help@example.org</a>', ["https://example.org/x"]),
        ("javascript:alert(1) file:///etc/hostname ftp://example.org", []),
        ("5 @ £2, me@home, www. and https://", []),
    ],
)
def test_a_printed_address_is_a_link_to_what_it_says(text, opens, tmp_path):
    content = pdf.render(page(f"<p>{text}</p>"))
    assert faults(content, tmp_path) == []
    with opened(content) as whole:
        assert links(whole) == opens


def test_the_words_around_an_address_stay():
    text = "Ask Connie, connie@example.org, or see https://example.org. Thank you."
    reader = PdfReader(io.BytesIO(pdf.render(page(f"<p>{text}</p>"))))
    assert " ".join(reader.pages[0].extract_text().split()) == text


def test_joined_papers_keep_their_scopes_artifacts_and_links(tmp_path):
    part = pdf.render(page(f"<h1>Heading</h1>{TABLE}<p>Write to help@example.org.</p>"), css=NUMBERED)
    joined = pdf.join([(name, part) for name in ("one", "two", "three")], title="All of them", language="en-gb")
    assert faults(joined, tmp_path) == []
    with opened(joined) as whole:
        assert [str(cell.A.Scope) for cell in tags(whole, "TH")] == ["/Column", "/Column", "/Row", "/Row"] * 3
        assert links(whole) == ["mailto:help@example.org"] * 3
        assert int(whole.Root.StructTreeRoot.ParentTreeNextKey) == 6


def test_the_same_page_gives_the_same_bytes():
    html = page(f"{TABLE}<p>Write to help@example.org.</p>")
    assert pdf.render(html, css=NUMBERED) == pdf.render(html, css=NUMBERED)
