"""Set a text one sentence a line, as Easy Read is laid out. The words stay as they are."""

import re
from xml.etree import ElementTree

# A full stop after these ends no sentence.
_NO_END = r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|eg|ie|No))(?<!\bMrs)(?<!\bRev)(?<!\bProf)(?<!\be\.g)(?<!\bi\.e)"
# The end of a sentence and the space after it. The next one begins with a capital, a digit, a quote or a bracket.
_END = re.compile(rf"(?:{_NO_END}\.|[!?…])[\"'”’)\]]*(\s+)(?=[\"'“‘(\[]*[A-Z0-9\u00c0-\uffff])")
# Elements that stand in the body of a document and hold sentences.
_HOLDERS = {"p", "li", "dd"}


def split(text: str) -> list[str]:
    """Split `text` into its sentences, without the spaces between them."""
    pieces, start = [], 0
    for match in _END.finditer(text):
        pieces.append(text[start : match.start(1)])
        start = match.end(1)
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def one_a_line(element: ElementTree.Element) -> None:
    """Put each sentence in the texts of `element` (of an HTML tree) on a line of its own.

    In a paragraph it is a span of the class "sentence"; in a list a line ends after it.
    """
    for holder in list(element.iter()):
        if isinstance(holder.tag, str) and holder.tag in _HOLDERS and not holder.get("class"):
            _split_holder(holder)


def _split_holder(holder: ElementTree.Element) -> None:
    """Wrap the sentences of one paragraph. A sentence may have other elements inside, such as a link."""
    spans = [ElementTree.Element("span", {"class": "sentence"})]
    _append(spans, holder.text or "")
    for child in list(holder):
        holder.remove(child)
        tail, child.tail = child.tail or "", None
        if child.tag == "br":
            spans.append(ElementTree.Element("span", {"class": "sentence"}))
        else:
            spans[-1].append(child)
        _append(spans, tail)
    holder.text = None
    for number, span in enumerate(span for span in spans if len(span) or (span.text or "").strip()):
        if holder.tag == "li":
            # The body of an item of a list has a tag of its own in a PDF only while there is no block inside.
            del span.attrib["class"]
            if number:
                holder.append(ElementTree.Element("br"))
        holder.append(span)


def _append(spans: list[ElementTree.Element], text: str) -> None:
    """Go on with `text`: what belongs to the sentence begun goes into the last span, each further one into its own."""
    start = 0
    for match in _END.finditer(text):
        _add_text(spans[-1], text[start : match.start(1)])
        spans.append(ElementTree.Element("span", {"class": "sentence"}))
        start = match.end(1)
    _add_text(spans[-1], text[start:])


def _add_text(span: ElementTree.Element, text: str) -> None:
    if len(span):
        span[-1].tail = (span[-1].tail or "") + text
    else:
        span.text = (span.text or "") + text
