"""Join any number of tagged PDFs into one without holding more than one of them in memory.

`pdf.join` builds the whole in memory, which suits a few hundred letters. Here the objects of each part are written out
as soon as they are read, packed in compressed streams; what is remembered of a part is a few numbers, its bookmarks and
the places of its objects.
"""

import io
import re
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.sax.saxutils import escape

import pikepdf

# Objects in one compressed stream: more of them pack better, fewer are quicker to find for a reader.
OBJECTS_IN_A_STREAM = 200
# The first numbers belong to what there is once.
CATALOG, PAGES, TREE, DOCUMENT, NUMBERS, OUTLINES, INFO, METADATA = range(1, 9)
FIRST_OF_PARTS = METADATA + 1

# A row of the cross-reference stream: 1, 8 and 2 bytes.
_PLACE = struct.Struct(">BQH")
_LENGTH = re.compile(rb"/Length \d+(?: 0 R)?")
# A string, which is left as it is, or a reference to an object.
_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>|(?<![\d.])(\d+) 0 R\b", re.DOTALL)

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def join_parts(parts: Iterable[bytes], out: IO[bytes], *, title: str, language: str) -> int:
    """Write tagged PDFs made by `pdf.render` or `pdf.write_together`, one after the other, into `out` as one.

    It is as well tagged as they are, has their bookmarks, and each part's pages keep their own numbers. Returns the
    number of pages. `out` is a binary file open for writing, at its beginning.
    """
    whole = _Whole(out)
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as source:
            whole.add(source)
    whole.finish(title, language)
    return whole.pages


@dataclass(frozen=True)
class _Renumber:
    """Where the objects of a part are in the whole: `renamed` by themselves, all others after `base`."""

    renamed: dict[int, int]
    base: int

    def of(self, number: int) -> int:
        return self.renamed.get(number, self.base + number)

    def text(self, written: bytes) -> bytes:
        """Return an object's text with its references changed."""
        return _REFERENCE.sub(lambda found: b"%d 0 R" % self.of(int(found[1])) if found[1] else found[0], written)


def _kids(kids: Any) -> Iterable[Any]:
    return kids if isinstance(kids, pikepdf.Array) else [kids]


def _bookmarks(source: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the first level of the bookmarks of a part."""
    item = source.Root.Outlines.get("/First") if "/Outlines" in source.Root else None
    while item is not None:
        yield item
        item = item.get("/Next")


def _once(source: pikepdf.Pdf) -> Iterator[Any]:
    """Yield what a part has for itself and the whole has once."""
    root = source.Root
    yield from (root, root.StructTreeRoot.ParentTree, source.trailer.Info)
    yield from (root[key] for key in ("/Metadata", "/Outlines") if key in root)
    yield from _bookmarks(source)
    yield from (
        each
        for each in source.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Type") in (pikepdf.Name.XRef, pikepdf.Name.ObjStm)
    )


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _text(words: str) -> bytes:
    return pikepdf.String(words).unparse()


@dataclass
class _Whole:
    """The joined PDF while it is written."""

    out: IO[bytes]
    pages: int = 0
    next_number: int = FIRST_OF_PARTS
    next_key: int = 0
    page_nodes: list[tuple[int, int]] = field(default_factory=list)
    branches: list[int] = field(default_factory=list)
    number_nodes: list[int] = field(default_factory=list)
    bookmarks: list[tuple[bytes, int]] = field(default_factory=list)
    # For each object: 1 and its offset, or 2 with the number of its stream and its place there, as xref streams say it.
    kinds: bytearray = field(default_factory=bytearray)
    places: "array[int]" = field(default_factory=lambda: array("Q"))
    positions: "array[int]" = field(default_factory=lambda: array("H"))
    packed: list[tuple[int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def add(self, source: pikepdf.Pdf) -> None:
        """Write every object of a part, but for those that the whole has once."""
        root = source.Root
        self._shift_keys(source)
        self._name_apart(source)
        renamed = {
            root.StructTreeRoot.objgen[0]: DOCUMENT,
            root.Pages.objgen[0]: self.new_number(),
        }
        left_out = {each.objgen[0] for each in _once(source)}
        renumber = _Renumber(renamed, self.next_number)
        self.next_number += int(source.trailer.Size)
        for each in source.objects:
            number = each.objgen[0]
            if number not in left_out and number not in renamed:
                self._write(renumber.of(number), each, renumber)
        for branch in _kids(root.StructTreeRoot.K):
            self.branches.append(renumber.of(branch.objgen[0]))
        kids = b" ".join(b"%d 0 R" % renumber.of(page.obj.objgen[0]) for page in source.pages)
        node = renamed[root.Pages.objgen[0]]
        self.pack(node, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (PAGES, len(source.pages), kids))
        self.page_nodes.append((node, len(source.pages)))
        self.pages += len(source.pages)
        self._add_numbers(source, renumber)
        self._add_bookmarks(source, renumber)

    def _shift_keys(self, source: pikepdf.Pdf) -> None:
        """Make the numbers that lead from pages and links to their tags unique in the whole."""
        for page in source.pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + self.next_key
            for link in page.obj.get("/Annots", []):
                if "/StructParent" in link:
                    link.StructParent = int(link.StructParent) + self.next_key

    def _name_apart(self, source: pikepdf.Pdf) -> None:
        """Make each branch a part of the whole, and the names by which table cells find their headers unique."""
        prefix = f"{len(self.page_nodes)}-"
        for each in source.objects:
            if not isinstance(each, pikepdf.Dictionary) or each.get("/Type") != pikepdf.Name.StructElem:
                continue
            if "/ID" in each:
                each.ID = pikepdf.String(prefix + str(each.ID))
            if "/Headers" in each.get("/A", {}):
                each.A.Headers = pikepdf.Array(pikepdf.String(prefix + str(header)) for header in each.A.Headers)
        for branch in _kids(source.Root.StructTreeRoot.K):
            branch.S = pikepdf.Name.Part

    def _add_numbers(self, source: pikepdf.Pdf, renumber: "_Renumber") -> None:
        """Write the part's leaf of the number tree."""
        flat = list(source.Root.StructTreeRoot.ParentTree.Nums)
        keys = [int(key) + self.next_key for key in flat[::2]]
        pairs = b" ".join(
            b"%d %s" % (key, renumber.text(value.unparse())) for key, value in zip(keys, flat[1::2], strict=True)
        )
        node = self.new_number()
        self.pack(node, b"<</Limits[%d %d]/Nums[%s]>>" % (keys[0], keys[-1], pairs))
        self.number_nodes.append(node)
        self.next_key = keys[-1] + 1

    def _add_bookmarks(self, source: pikepdf.Pdf, renumber: "_Renumber") -> None:
        """Remember the first level of a part's bookmarks."""
        for item in _bookmarks(source):
            self.bookmarks.append((item.Title.unparse(), renumber.of(item.Dest[0].objgen[0])))

    def new_number(self) -> int:
        self.next_number += 1
        return self.next_number - 1

    def _write(self, number: int, each: Any, renumber: "_Renumber") -> None:
        if isinstance(each, pikepdf.Stream):
            self.stream(number, renumber.text(each.stream_dict.unparse()), each.read_raw_bytes())
        else:
            self.pack(number, renumber.text(each.unparse(resolved=True)))

    def pack(self, number: int, content: bytes) -> None:
        """Put an object that is no stream into the next compressed stream."""
        self.packed.append((number, content))
        if len(self.packed) == OBJECTS_IN_A_STREAM:
            self.flush()

    def flush(self) -> None:
        """Write the compressed stream of the objects packed so far."""
        if not self.packed:
            return
        number, head, body = self.new_number(), [], io.BytesIO()
        for position, (each, content) in enumerate(self.packed):
            head.append(b"%d %d" % (each, body.tell()))
            body.write(content + b"\n")
            self._note(each, 2, number, position)
        first = b" ".join(head) + b"\n"
        facts = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(self.packed), len(first))
        self.packed = []
        self.stream(number, b"<<%s>>" % facts, zlib.compress(first + body.getvalue()))

    def stream(self, number: int, dictionary: bytes, content: bytes) -> None:
        """Write a stream; `dictionary` is its own with any length."""
        self._note(number, 1, self.out.tell(), 0)
        facts = _LENGTH.sub(b"", dictionary).strip().removesuffix(b">>")
        self.out.write(b"%d 0 obj\n%s/Length %d>>\nstream\n" % (number, facts, len(content)))
        self.out.write(content)
        self.out.write(b"\nendstream\nendobj\n")

    def _note(self, number: int, kind: int, place: int, position: int) -> None:
        missing = number + 1 - len(self.kinds)
        if missing > 0:
            self.kinds.extend(bytes(missing))
            self.places.extend([0] * missing)
            self.positions.extend([0] * missing)
        self.kinds[number], self.places[number], self.positions[number] = kind, place, position

    def finish(self, title: str, language: str) -> None:
        """Write what there is once, and where everything is."""
        name, language_name = _text(title), _text(language)
        self.pack(
            CATALOG,
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Outlines %d 0 R/Metadata %d 0 R/Lang %s"
            b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>>>"
            % (PAGES, TREE, OUTLINES, METADATA, language_name),
        )
        self.pack(INFO, b"<</Title %s>>" % name)
        nodes = _references(number for number, _count in self.page_nodes)
        self.pack(PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (self.pages, nodes))
        self.pack(
            TREE,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (DOCUMENT, NUMBERS, self.next_key),
        )
        self.pack(DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/K[%s]>>" % (TREE, _references(self.branches)))
        self.pack(NUMBERS, b"<</Kids[%s]>>" % _references(self.number_nodes))
        self._write_bookmarks()
        self.flush()
        metadata = _METADATA.format(title=escape(title)).encode()
        self.stream(METADATA, b"<</Type/Metadata/Subtype/XML>>", metadata)
        self._write_places()

    def _write_bookmarks(self) -> None:
        first = self.next_number
        last = first + len(self.bookmarks) - 1
        self.next_number += len(self.bookmarks)
        ends = b"/First %d 0 R/Last %d 0 R" % (first, last) if self.bookmarks else b""
        self.pack(OUTLINES, b"<</Type/Outlines/Count %d%s>>" % (len(self.bookmarks), ends))
        for number, (label, page) in enumerate(self.bookmarks, start=first):
            beside = b"/Prev %d 0 R" % (number - 1) if number > first else b""
            if number < last:
                beside += b"/Next %d 0 R" % (number + 1)
            self.pack(number, b"<</Title %s/Parent %d 0 R/Dest[%d 0 R/Fit]%s>>" % (label, OUTLINES, page, beside))

    def _write_places(self) -> None:
        """Write the cross-reference stream, and where it begins."""
        start, number = self.out.tell(), self.new_number()
        self._note(number, 1, start, 0)
        packer, pieces = zlib.compressobj(), []
        for kind, place, position in zip(self.kinds, self.places, self.positions, strict=True):
            # Most rows only wait inside the packer.
            if piece := packer.compress(_PLACE.pack(kind, place, position)):
                pieces.append(piece)
        content = b"".join([*pieces, packer.flush()])
        self.out.write(
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 8 2]/Root %d 0 R/Info %d 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
            % (number, len(self.kinds), CATALOG, INFO, len(content))
        )
        self.out.write(content)
        self.out.write(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
