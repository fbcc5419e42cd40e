"""Hostile files, each with the verdict it must get. `python -m tests.helpers.zoo FOLDER` writes them to the disk.

A verdict is CLEAN or words of the sentence the person reads. `hidden` bytes must not be in a clean copy, whatever it is
packed in.
"""

import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Array, Dictionary, Name

from tests.helpers import samples
from tests.helpers.hostile_pdfs import (
    MEGABYTE,
    TEXT_AND_FLATE,
    as_text,
    deep_forms,
    deep_lists,
    flate,
    form_within_itself,
    growing_table,
    lzw_zeros,
    many_fields,
    many_growing_contents,
    many_inline_pictures,
    many_notes,
    many_objects,
    many_pages,
    object_streams,
    packed_objects,
    page_tree_loop,
    repeated,
    thrice,
    with_character_map,
    with_contents,
    with_font_file,
    with_image,
    with_profile,
    zeros,
)
from tests.helpers.hostile_pictures import (
    SECRET,
    chunk,
    exif_in_circles,
    film_jpeg,
    gif,
    heic_that_says_it_is_huge,
    jpx_that_says_it_is_huge,
    jpx_with_a_place,
    noise,
    plain_jpeg,
    png,
    png_film,
    png_of_many_chunks,
    progressive,
    progressive_large,
    resized_jpeg,
    saved,
    tiff,
    trailing_photo,
    webp_that_says_it_is_huge,
)
from tests.helpers.hostile_places import (
    behind_the_end_of_packing,
    outside_file,
    photo_as_mask,
    photo_behind_an_escape,
    photo_in_a_form,
    photo_in_a_glyph,
    photo_in_a_stamp,
    photo_inline,
    unknown_keys,
)

CLEAN = "clean"
DAMAGED = "damaged"
TOO_BIG = "too big"
NESTED = "packed in a way"
PARTS = "too many parts"
UNKNOWN = "not a photo or a PDF"


@dataclass(frozen=True)
class Animal:
    """One hostile file: its name, how to make its bytes, the verdict it gets, and what its copy must not hold."""

    name: str
    make: object
    verdict: str
    hidden: bytes = b""


ANIMALS = [
    # Packed several times over, or once too much
    Animal("contents packed thrice", lambda: with_contents(thrice(), flate(3)), NESTED),
    Animal("contents packed twice", lambda: with_contents(zlib.compress(zeros(4096 * MEGABYTE)), flate(2)), NESTED),
    Animal("contents of 4 GB", lambda: with_contents(zeros(4096 * MEGABYTE), Name.FlateDecode), TOO_BIG),
    Animal("picture packed thrice", lambda: with_image(thrice(), flate(3)), NESTED),
    Animal("picture of 4 GB", lambda: with_image(zeros(4096 * MEGABYTE), Name.FlateDecode), TOO_BIG),
    Animal("photo packed thrice", lambda: with_image(thrice(), Array([*flate(3), Name.DCTDecode])), NESTED),
    Animal("font packed thrice", lambda: with_font_file(thrice(), flate(3)), NESTED),
    Animal("font of 4 GB", lambda: with_font_file(zeros(4096 * MEGABYTE), flate(1)), TOO_BIG),
    Animal("colour profile packed thrice", lambda: with_profile(thrice(), flate(3)), NESTED),
    Animal("character map packed thrice", lambda: with_character_map(thrice(), flate(3)), NESTED),
    Animal("text packed in text", lambda: with_contents(b"41>", Array([Name.ASCIIHexDecode] * 2)), NESTED),
    Animal("LZW that grows", lambda: with_contents(lzw_zeros(400_000), Name.LZWDecode), TOO_BIG),
    Animal(
        "run lengths that grow",
        lambda: with_contents(b"\x81\0" * (6 * MEGABYTE) + b"\x80", Name.RunLengthDecode),
        f"{TOO_BIG}|PDF",
    ),
    Animal("filter nobody knows", lambda: with_contents(b"x", Name.InventedDecode), "a part we cannot open"),
    Animal(
        "growing behind text", lambda: with_contents(as_text(zeros(4096 * MEGABYTE)), TEXT_AND_FLATE), f"{TOO_BIG}|PDF"
    ),
    Animal(
        "text around packing, as some writers do",
        lambda: with_contents(as_text(zlib.compress(b"q Q")), TEXT_AND_FLATE),
        CLEAN,
    ),
    Animal("short names of filters", lambda: with_contents(thrice(), Array([Name.Fl] * 3)), NESTED),
    Animal(
        "growing in an object stream",
        lambda: object_streams(b"[/FlateDecode /FlateDecode /FlateDecode]", thrice()),
        "PDF|too big",
    ),
    Animal("growing table of objects", growing_table, "PDF|too big"),
    Animal("many contents that grow together", many_growing_contents, TOO_BIG),
    # Many, deep, and in circles
    Animal("half a million objects nobody names", lambda: many_objects(b"/Junk << %s >>"), f"{CLEAN}|too big"),
    Animal(
        "half a million objects as fonts", lambda: many_objects(b"/Resources << /Font << %s >> >>"), f"{PARTS}|too big"
    ),
    Animal("1.5 million objects named by a page", packed_objects, f"{PARTS}|too big|{DAMAGED}"),
    Animal("a million pages", many_pages, "pages|damaged|too big"),
    Animal("page tree in a circle", page_tree_loop, "pages|damaged"),
    Animal("lists within lists", deep_lists, DAMAGED),
    Animal("forms within forms", deep_forms, PARTS),
    Animal("form within itself", form_within_itself, CLEAN),
    Animal("many inline pictures", many_inline_pictures, TOO_BIG),
    Animal("many notes", many_notes, PARTS),
    Animal("many fields", many_fields, PARTS),
    Animal("only beginnings of objects", lambda: repeated(b"1 0 obj\n", 6 * MEGABYTE), DAMAGED),
    Animal("only trailers", lambda: repeated(b"trailer<</Prev 9>>startxref\n9\n"), DAMAGED),
    Animal("only open brackets", lambda: repeated(b"<<["), DAMAGED),
    Animal("only zeros", lambda: repeated(bytes(1024)), DAMAGED),
    Animal("file outside", outside_file, CLEAN, b"passwd"),
    # Pictures in PDFs
    Animal("fax of 10 billion dots", lambda: with_image(b"\0" * 99, Name.CCITTFaxDecode, 100_000, 100_000), TOO_BIG),
    Animal(
        "fax whose own size is hidden",
        lambda: with_image(b"\0" * 99, Name.CCITTFaxDecode, DecodeParms=Dictionary(Columns=90_000, Rows=90_000)),
        TOO_BIG,
    ),
    Animal("JBIG2 of 10 billion dots", lambda: with_image(b"\0" * 99, Name.JBIG2Decode, 100_000, 100_000), TOO_BIG),
    Animal("photo that says it is huge", lambda: with_image(resized_jpeg(65_000, 65_000), Name.DCTDecode), TOO_BIG),
    Animal(
        "photo of a thousand scans", lambda: with_image(progressive(scans=1000), Name.DCTDecode), "too long to open"
    ),
    Animal(
        "JPEG 2000 that says it is huge",
        lambda: with_image(jpx_that_says_it_is_huge(), Name.JPXDecode),
        f"{TOO_BIG}|PDF",
    ),
    Animal("photo that is none", lambda: with_image(b"MZ" * 999, Name.DCTDecode), DAMAGED),
    # What must not stay
    Animal("place, filter as a name", lambda: with_image(samples.jpeg(), Name.DCTDecode), CLEAN, SECRET),
    Animal("place, filter as a list", lambda: with_image(samples.jpeg(), Array([Name.DCTDecode])), CLEAN, SECRET),
    Animal(
        "place, filter as a list with settings",
        lambda: with_image(samples.jpeg(), Array([Name.DCTDecode]), DecodeParms=Array([Dictionary(ColorTransform=1)])),
        CLEAN,
        SECRET,
    ),
    Animal("place, short name", lambda: with_image(samples.jpeg(), Name.DCT), CLEAN, SECRET),
    Animal(
        "place, packed",
        lambda: with_image(zlib.compress(samples.jpeg()), Array([Name.FlateDecode, Name.DCTDecode])),
        CLEAN,
        SECRET,
    ),
    Animal(
        "place, as text",
        lambda: with_image(samples.jpeg().hex().encode() + b">", Array([Name.ASCIIHexDecode, Name.DCTDecode])),
        CLEAN,
        SECRET,
    ),
    Animal("place, in a pattern in a form", photo_in_a_form, CLEAN, SECRET),
    Animal("place, in a mask", photo_as_mask, CLEAN, SECRET),
    Animal("place, among the commands", lambda: photo_inline(as_text=False), CLEAN, SECRET),
    Animal("place, among the commands as text", lambda: photo_inline(as_text=True), CLEAN, SECRET),
    Animal("place, in a glyph", photo_in_a_glyph, "a part we cannot open"),
    Animal("place, in a comment", lambda: with_contents(b"q Q %" + samples.jpeg()), "a part we cannot open"),
    Animal("place, as a font", lambda: with_font_file(samples.jpeg(), None), "a part we cannot open"),
    Animal("place, as dots", lambda: with_image(samples.jpeg(), None, 60, 50), "a part we cannot open"),
    Animal("place, in a stamp", photo_in_a_stamp, CLEAN, SECRET),
    Animal("place, short and escaped names among the commands", photo_behind_an_escape, CLEAN, SECRET),
    Animal("place, in JPEG 2000", lambda: with_image(jpx_with_a_place(), Name.JPXDecode, 64, 64), CLEAN, SECRET),
    Animal("place, behind the end of packing", behind_the_end_of_packing, CLEAN, SECRET),
    Animal("place, behind the end of a photo", lambda: with_image(trailing_photo(), Name.DCTDecode), CLEAN, SECRET),
    Animal("unknown keys everywhere", unknown_keys, CLEAN, SECRET),
    # Pictures
    Animal("JPEG of a thousand scans", lambda: progressive(scans=1000), "too long to open"),
    Animal("JPEG of 100,000 scans", lambda: progressive(scans=100_000), "too long to open"),
    Animal("JPEG of 60 million dots in 30 scans", progressive_large, f"{CLEAN}|too big"),
    Animal("JPEG that says it is huge", lambda: resized_jpeg(65_500, 65_500), TOO_BIG),
    Animal("JPEG of 144 million dots", lambda: plain_jpeg(12_000, 12_000), CLEAN),
    Animal("JPEG that ends early", lambda: samples.jpeg(size=(1600, 1200))[:-900], DAMAGED),
    Animal("JPEG that is noise", lambda: b"\xff\xd8\xff\xe0" + noise(14 * MEGABYTE), f"{DAMAGED}|too big"),
    Animal("JPEG whose EXIF goes in circles", exif_in_circles, CLEAN),
    Animal("JPEG with another behind it", trailing_photo, CLEAN, SECRET),
    Animal("JPEG film", film_jpeg, CLEAN),
    Animal("JPEG turned by no known number", lambda: samples.jpeg(orientation=99), CLEAN, SECRET),
    Animal("PNG of 400 million dots", samples.bomb, TOO_BIG),
    Animal("PNG of 60 million see-through dots", lambda: png(10_000, 6_000, colour=6), CLEAN),
    Animal("PNG of sixteen bits", lambda: png(8_000, 7_000, depth=16, colour=0), CLEAN),
    Animal("PNG that grows", lambda: png(8, 8, data=zeros(4096 * MEGABYTE)), f"{CLEAN}|{DAMAGED}"),
    Animal(
        "PNG with text that grows",
        lambda: png(before=chunk(b"zTXt", b"a\0\0" + zeros(1024 * MEGABYTE))),
        f"{CLEAN}|{DAMAGED}",
    ),
    Animal(
        "PNG with a profile that grows",
        lambda: png(before=chunk(b"iCCP", b"a\0\0" + zeros(1024 * MEGABYTE))),
        f"{CLEAN}|{DAMAGED}",
    ),
    Animal("PNG of many chunks", png_of_many_chunks, f"{CLEAN}|{DAMAGED}"),
    Animal("PNG film", png_film, f"{CLEAN}|{DAMAGED}"),
    Animal("PNG without its dots", lambda: png(data=b""), DAMAGED),
    Animal("picture one dot wide", lambda: png(1, 60_000, colour=0), "longer than 40 pages"),
    Animal("picture one dot high", lambda: png(60_000, 1, colour=0), CLEAN),
    Animal("GIF film", lambda: gif(8, 8, frames=700_000), CLEAN),
    Animal("GIF of 4 billion dots", lambda: gif(65_535, 65_535), TOO_BIG),
    Animal("WebP of 268 million dots", webp_that_says_it_is_huge, f"{TOO_BIG}|{DAMAGED}"),
    Animal("WebP film", lambda: saved("WEBP", (64, 64), frames=500), CLEAN),
    Animal("TIFF of 50,000 pages", lambda: tiff(50_000), "longer than 40 pages"),
    Animal("TIFF in a circle", lambda: tiff(3, loop=True), CLEAN),
    Animal(
        "TIFF whose pages grow",
        lambda: tiff(40, 7_000, 8_000, zlib.compress(bytes(7_000 * 8_000 // 8)), compression=8),
        TOO_BIG,
    ),
    Animal("TIFF of 3.6 billion dots", lambda: tiff(1, 60_000, 60_000, zlib.compress(b"\0"), compression=8), TOO_BIG),
    Animal("TIFF that grows", lambda: tiff(1, 8, 8, zeros(4096 * MEGABYTE), compression=8), f"{CLEAN}|{DAMAGED}"),
    Animal("HEIC that says it is huge", heic_that_says_it_is_huge, f"{DAMAGED}|{TOO_BIG}"),
    Animal("HEIC that ends early", lambda: samples.heic()[:400], DAMAGED),
    Animal("AVIF that ends early", lambda: saved("AVIF", (64, 64))[:200], DAMAGED),
    # Neither
    Animal("archive", lambda: b"PK\x03\x04" + bytes(999), UNKNOWN),
    Animal("program", lambda: b"\x7fELF" + bytes(999), UNKNOWN),
    Animal("page", lambda: b"<html><script>alert(1)</script>", UNKNOWN),
]


def file_name(animal):
    """Return what a person who sends it calls the file."""
    return f"{animal.name.replace(',', '').replace(' ', '-')}.pdf"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for animal in ANIMALS:
        (folder / file_name(animal)).write_bytes(animal.make())
