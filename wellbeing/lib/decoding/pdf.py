"""Copy the pages of a PDF into a new document, part by part, by the tables of `pdf_parts`."""

import io
import re
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from . import pdf_parts, streams
from .ends import is_cut_short
from .kinds import PDF
from .limits import MAX_DEPTH, MAX_PAGES, MAX_PARTS, RefusedError
from .pdf_notes import draw_on_pages
from .pdf_parts import PLAIN, TEXT
from .pdf_pictures import bare_picture

# The beginning of a picture that stands among the drawing commands themselves.
INLINE = re.compile(rb"(?<![^\s\0\]>)])BI(?=[\s\0/%])")
# Drawing commands with such pictures are read one by one, which takes a hundred times their size of memory.
MAX_INLINE = 2 * 1024 * 1024
NESTED_LISTS = 8


def clean_pdf(content: bytes) -> bytes:
    """Copy the PDF `content`: its pages as they look, and nothing else. Return the bytes. Raises RefusedError.

    Text typed into a form, and anything a viewer has put on top (amounts, signatures, stamps), becomes part of a page.
    """
    if is_cut_short(content, PDF):
        # The library would go on with the pages that did arrive.
        raise RefusedError("pdf_damaged")
    try:
        with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as copy:
            pages = len(source.pages)
            if not pages:
                raise RefusedError("pdf_damaged")
            if pages > MAX_PAGES:
                raise RefusedError("pdf_pages", pages=pages, limit=MAX_PAGES)
            draw_on_pages(source)
            copier = Copier(copy)
            for page in source.pages:
                copier.add_page(page.obj)
            out = io.BytesIO()
            copy.save(
                out,
                deterministic_id=True,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
    except (RefusedError, MemoryError):
        raise
    except pikepdf.PasswordError:
        raise RefusedError("pdf_locked") from None
    except Exception:  # a parser may fail in any way on bytes made to break it
        raise RefusedError("pdf_damaged") from None
    return out.getvalue()


class Copier:
    """Copies the parts of pages into the document `into`, each once.

    Raises RefusedError over MAX_PARTS or MAX_DEPTH. The methods named after a kind are the rules of pdf_parts: they
    take a value of the file and return its copy, or None when it is no such thing.
    """

    def __init__(self, into: pikepdf.Pdf) -> None:
        self.into = into
        self.budget = streams.Budget()
        self.parts = 0
        self.depth = 0
        self.copied: dict[tuple[Any, ...], Object | None] = {}

    def add_page(self, page: Object) -> None:
        """Add a copy of the page dictionary `page`."""
        self.into.add_blank_page()
        copied = self.into.pages[-1].obj
        for key, value in self._known(page, pdf_parts.PAGE).items():
            copied[key] = value
        resources = self.copy(page.get("/Resources"), "resources")
        copied.Resources = Dictionary() if resources is None else resources
        commands = b"\n".join(
            streams.opened(stream, streams.filters_of(stream), self.budget)
            for stream in _contents(page.get("/Contents"))
        )
        copied.Contents = self._drawing(commands, copied.Resources, {})

    def copy(self, value: Object | None, kind: str) -> Object | None:
        """Return the copy of `value` as a `kind` of pdf_parts, or None when it is no such thing."""
        if kind in {PLAIN, TEXT}:
            return _plain(value, strings=kind == TEXT)
        if value is None:
            return None
        key = (*value.objgen, kind) if getattr(value, "is_indirect", False) else None
        if key and key in self.copied:
            return self.copied[key]
        self.parts += 1
        self.depth += 1
        if self.parts > MAX_PARTS or self.depth > MAX_DEPTH:
            raise RefusedError("pdf_too_many_parts")
        if key:
            # A part that leads back to itself finds nothing there: no honest page needs that.
            self.copied[key] = None
        copied = self._made(value, kind)
        if key and copied is not None:
            copied = self.copied[key] = copied if copied.is_indirect else self.into.make_indirect(copied)
        self.depth -= 1
        return copied

    def _made(self, value: Object, kind: str) -> Object | None:
        rule = getattr(self, f"_{kind.replace(' ', '_')}", None)
        if rule:
            return rule(value)
        if kind in pdf_parts.LISTS:
            return self._all(value, pdf_parts.LISTS[kind]) if isinstance(value, Array) else None
        if not isinstance(value, Dictionary):
            return None
        if kind in pdf_parts.MAPS:
            return self._known(value, dict.fromkeys(value.keys(), pdf_parts.MAPS[kind]))
        return self._known(value, pdf_parts.DICTIONARIES[kind])

    def _known(self, value: Object, kinds: Mapping[str, str]) -> Dictionary:
        copied = Dictionary()
        for key, part in value.items():
            kept = self.copy(part, kinds[key]) if key in kinds else None
            if kept is not None:
                copied[key] = kept
        return copied

    def _all(self, values: Object, kind: str) -> Object:
        return Array([kept for value in values if (kept := self.copy(value, kind)) is not None])

    # Kinds with a rule of their own: the name of each method is the kind.

    def _xobject(self, value: Object) -> Object | None:
        if not isinstance(value, pikepdf.Stream):
            return None
        kind = value.get("/Subtype")
        if kind == Name.Image:
            return self._picture(value)
        return self._commands(value, pdf_parts.FORM) if kind == Name.Form else None

    def _picture(self, value: pikepdf.Stream) -> pikepdf.Stream:
        content, stored = bare_picture(value, self.budget)
        shared = stored.pop("globals", None)
        if shared is not None:
            stored["/DecodeParms"] = Dictionary(JBIG2Globals=self.into.make_stream(shared))
        return self._stream(content, {**dict(self._known(value, pdf_parts.IMAGE).items()), **stored})

    def _mask(self, value: Object) -> Object | None:
        if isinstance(value, pikepdf.Stream):
            return self._picture(value)
        return _plain(value)

    def _glyph(self, value: Object) -> Object | None:
        return self._commands(value, {}) if isinstance(value, pikepdf.Stream) else None

    def _pattern(self, value: Object) -> Object | None:
        if isinstance(value, pikepdf.Stream):
            return self._commands(value, pdf_parts.TILE)
        return self._known(value, pdf_parts.DICTIONARIES["pattern"]) if isinstance(value, Dictionary) else None

    def _shading(self, value: Object) -> Object | None:
        return self._data_or(value, "shading")

    def _function(self, value: Object) -> Object | None:
        if isinstance(value, Array):
            return self._all(value, "function")
        return value if isinstance(value, Name) else self._data_or(value, "function")

    def _encoding(self, value: Object) -> Object | None:
        return value if isinstance(value, Name) else self._data_or(value, "encoding")

    def _soft_mask(self, value: Object) -> Object | None:
        if isinstance(value, Name):
            return value
        return self._known(value, pdf_parts.DICTIONARIES["soft mask"]) if isinstance(value, Dictionary) else None

    def _sized_font(self, value: Object) -> Object | None:
        if not isinstance(value, Array) or len(value) != 2:
            return None
        font = self.copy(value[0], "font")
        return None if font is None else Array([font, value[1]])

    def _data(self, value: Object) -> Object | None:
        if isinstance(value, Name):
            return value
        if not isinstance(value, pikepdf.Stream):
            return None
        content = streams.without_a_place(streams.opened(value, streams.filters_of(value), self.budget))
        keys = self._known(value, pdf_parts.DATA)
        return self._stream(streams.packed(content), {**dict(keys.items()), "/Filter": Name.FlateDecode})

    def _data_or(self, value: Object, kind: str) -> Object | None:
        if isinstance(value, pikepdf.Stream):
            return self._data(value)
        return self._known(value, pdf_parts.DICTIONARIES[kind]) if isinstance(value, Dictionary) else None

    def _space(self, value: Object) -> Object | None:
        """Copy a colour space (ISO 32000-2, 8.6): a name, or a list that begins with one."""
        if isinstance(value, Name):
            return value
        if not isinstance(value, Array) or not len(value) or not isinstance(value[0], Name):
            return None
        family, rest = str(value[0]), list(value)[1:]
        kinds = {
            "/ICCBased": ("data",),
            "/CalGray": ("calibrated",),
            "/CalRGB": ("calibrated",),
            "/Lab": ("calibrated",),
            "/Indexed": ("space", PLAIN, "lookup"),
            "/Separation": (PLAIN, "space", "function"),
            "/DeviceN": (PLAIN, "space", "function"),
            "/Pattern": ("space",),
        }.get(family, ())
        copied = [self.copy(part, kind) for part, kind in zip(rest, kinds, strict=False)]
        return None if any(part is None for part in copied) else Array([value[0], *copied])

    def _lookup(self, value: Object) -> Object | None:
        return self._data(value) if isinstance(value, pikepdf.Stream) else _plain(value, strings=True)

    # Drawing commands

    def _commands(self, value: pikepdf.Stream, keys: Mapping[str, str]) -> pikepdf.Stream:
        content = streams.opened(value, streams.filters_of(value), self.budget)
        kept = self._known(value, keys)
        return self._drawing(content, kept.get("/Resources"), dict(kept.items()))

    def _drawing(self, content: bytes, resources: Object | None, keys: Mapping[str, Any]) -> pikepdf.Stream:
        """Return a stream of drawing commands. Photos among them are taken out and checked like any other."""
        if INLINE.search(content):
            content = self._without_inline_photos(content, resources)
        content = streams.packed(streams.without_a_place(content))
        return self._stream(content, {**keys, "/Filter": Name.FlateDecode})

    def _without_inline_photos(self, content: bytes, resources: Object | None) -> bytes:
        if len(content) > MAX_INLINE:
            raise RefusedError("too_much")
        commands: list[Any] = []
        photos = 0
        command: Any
        for command in pikepdf.parse_content_stream(self.into.make_stream(content)):
            if str(command.operator) == "INLINE IMAGE" and streams.PICTURES & set(command.iimage.filters):
                photos += 1
                name = f"/WbPhoto{self.parts}x{photos}"
                self._keep_inline(command.iimage, name, resources)
                commands.append(([Name(name)], pikepdf.Operator("Do")))
            else:
                commands.append(command)
        return pikepdf.unparse_content_stream(commands) if photos else content

    def _keep_inline(self, photo: pikepdf.PdfInlineImage, name: str, resources: Object | None) -> None:
        if resources is None:
            raise RefusedError("pdf_unknown_part")
        stream = self.into.make_stream(photo.read_raw_bytes())
        for key, value in photo.obj.items():
            stream[key] = value
        stream.Subtype = Name.Image
        space = stream.get("/ColorSpace")
        named = resources.get("/ColorSpace", Dictionary())
        if isinstance(space, Name) and str(space) in named:
            stream.ColorSpace = named[str(space)]
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        resources.XObject[name] = self._picture(stream)

    def _stream(self, content: bytes, keys: Mapping[str, Any]) -> pikepdf.Stream:
        stream = self.into.make_stream(content)
        for key, value in keys.items():
            stream[key] = value
        return stream


def _contents(value: Object | None) -> list[pikepdf.Stream]:
    """List the streams of a page's /Contents, which may be one, a list, or missing."""
    every = list(value) if isinstance(value, Array) else [value]
    return [part for part in every if isinstance(part, pikepdf.Stream)]


def _plain(value: Any, strings: bool = False, depth: int = 0) -> Any:
    """Copy a value that has no parts of its own; return None for anything else."""
    if isinstance(value, Array):
        if depth > NESTED_LISTS:
            return None
        return Array([kept for item in value if (kept := _plain(item, strings, depth + 1)) is not None])
    if isinstance(value, pikepdf.String):
        return pikepdf.String(bytes(value)) if strings else None
    if isinstance(value, (Dictionary, pikepdf.Stream)):
        return None
    return value
