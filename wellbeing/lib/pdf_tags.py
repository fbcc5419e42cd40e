"""Add to a tagged PDF the parts that WeasyPrint leaves out: links, scopes of header cells, artifacts in the margins.

`link_addresses` works on the HTML before it is laid out, `complete` on the objects of the PDF before they are written:
nothing is read back, so a letter takes hardly longer.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pydyf

ADDRESS = re.compile(
    r"https?://[^\s<>\"]+"
    r"|www\.[\w-]+(?:\.[\w-]+)+[^\s<>\"]*"
    # Tried at the start of a word alone, so that a long word takes no longer than it is.
    r"|(?<![\w.+-])[\w+][\w.+'-]{0,63}@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
# These end a sentence or close a bracket around an address, and are no part of it.
AFTER = ".,;:!?)]}'’”"
NO_LINKS_IN = {"a", "head", "script", "style", "title"}
# Bit 3: shown on paper as on the screen.
PRINT = 4


def link_addresses(element: ElementTree.Element) -> None:
    """Make each web and email address in the texts of `element` (of an HTML tree) a link to that address."""
    # The tag of a comment is a function.
    if not isinstance(element.tag, str) or element.tag in NO_LINKS_IN:
        return
    for child in list(element):
        link_addresses(child)
        if pieces := _pieces(child.tail):
            child.tail, links = pieces
            index = list(element).index(child) + 1
            element[index:index] = links
    if pieces := _pieces(element.text):
        element.text, links = pieces
        element[0:0] = links


def _pieces(text: str | None) -> tuple[str, list[ElementTree.Element]] | None:
    """Split `text` at its addresses; None without an address.

    Returns the text before the first, and an <a> for each with the text after it as its tail.
    """
    if not text or ("@" not in text and "://" not in text and "www." not in text.lower()):
        return None
    before, end = text, 0
    links: list[ElementTree.Element] = []
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(AFTER)
        link = ElementTree.Element("a", {"href": _target(address)})
        link.text = address
        if links:
            links[-1].tail = text[end : match.start()]
        else:
            before = text[: match.start()]
        links.append(link)
        end = match.start() + len(address)
    if not links:
        return None
    links[-1].tail = text[end:]
    return before, links


def _target(address: str) -> str:
    if "://" in address:
        return address
    return f"https://{address}" if address.lower().startswith("www.") else f"mailto:{address}"


def complete(_document: Any, pdf: Any) -> None:
    """Finish a tagged PDF that WeasyPrint has drawn and not written yet: the `finisher` of `write_pdf`.

    Each header cell gets its Scope, from its position; anything drawn in the margins becomes an artifact; link
    annotations are printed.
    """
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    in_tree = set(_walk(pdf, root))
    numbers = pdf.objects[_number(root["ParentTree"])]["Nums"]
    tags = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for number in pdf.pages["Kids"][::3]:
        page = pdf.objects[number]
        _set_margins_apart(pdf.objects[_number(page["Contents"])], tags[page["StructParents"]], in_tree)
        for link in page.get("Annots", ()):
            pdf.objects[_number(link)]["F"] = PRINT
    root["ParentTreeNextKey"] = max(tags, default=-1) + 1


def _number(reference: bytes) -> int:
    """Return the number of an object from a reference to it, such as b"12 0 R"."""
    return int(reference.split()[0])


def _walk(pdf: Any, root: Any) -> Iterator[int]:
    """Give every header cell below `root` its Scope. Yield the number of every tag on the way."""
    waiting = [_number(kid) for kid in root["K"]]
    while waiting:
        number = waiting.pop()
        yield number
        tag = pdf.objects[number]
        kids = [_number(kid) for kid in tag.get("K", ()) if isinstance(kid, bytes)]
        if tag.get("S") == "/TR":
            _give_scope([pdf.objects[kid] for kid in kids], pdf.objects[_number(tag["P"])])
        waiting += kids


def _give_scope(cells: list[Any], group: Any) -> None:
    """Scope headers: to their column in the head of a table and in a row of headers alone, to their row elsewhere."""
    heads = [cell for cell in cells if cell.get("S") == "/TH"]
    of_columns = group.get("S") == "/THead" or (len(heads) > 1 and len(heads) == len(cells))
    for cell in heads:
        cell["A"]["Scope"] = "/Column" if of_columns else "/Row"


def _set_margins_apart(stream: Any, tags: list[bytes], in_tree: set[int]) -> None:
    """Mark as artifacts the parts of a page that no tag of the tree holds: its number, running lines along its edges.

    `tags` are the references, by MCID, that lead from the page to its tags.
    """
    apart = {mcid for mcid, tag in enumerate(tags) if _number(tag) not in in_tree}
    if not apart:
        return
    drawn = stream.stream
    for index, item in enumerate(drawn):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in apart:
            drawn[index - 1], drawn[index] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
    for mcid in apart:
        tags[mcid] = b"null"
    while tags and tags[-1] == b"null":
        tags.pop()
