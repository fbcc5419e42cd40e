"""Pictures that grow, say what is not so, or go in circles: made on the spot for the zoo."""

import io
import struct
import zlib
from functools import cache

from PIL import Image

from tests.helpers import samples

SECRET = b"Invented Phones"


# JPEG


def progressive(side=64, scans=None):
    out = io.BytesIO()
    samples.picture((side, side)).save(out, "JPEG", progressive=True)
    content = out.getvalue()
    if scans is None:
        return content
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * scans + b"\xff\xd9"


def resized_jpeg(width, height, content=None):
    """A JPEG whose frame says another size than it holds."""
    content = bytearray(content or samples.jpeg())
    at = next(content.index(marker) for marker in (b"\xff\xc0", b"\xff\xc2") if marker in content)
    content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(content)


@cache
def plain_jpeg(width, height, **options):
    out = io.BytesIO()
    Image.new("L", (width, height), 200).save(out, "JPEG", **options)
    return out.getvalue()


def exif_in_circles():
    ifd = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    body = b"Exif\0\0" + ifd
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + samples.jpeg()[2:]


def trailing_photo():
    """A motion photo or a phone's second picture: more behind the end of the first."""
    out = io.BytesIO()
    samples.picture().save(out, "JPEG")
    return out.getvalue() + samples.jpeg()


def film_jpeg():
    out = io.BytesIO()
    samples.picture().save(out, "MPO", save_all=True, append_images=[samples.picture()] * 30)
    return out.getvalue()


# PNG


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width=8, height=8, depth=8, colour=2, data=None, before=b""):
    row = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour] * width * depth // 8 + 1
    data = zlib.compress(bytes(row * height)) if data is None else data
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png_of_many_chunks():
    return png(before=chunk(b"tEXt", b"a\0b") * 900_000)


def png_film():
    frame = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 8, 8, 0, 0, 1, 1, 0, 0))
    return png(before=chunk(b"acTL", struct.pack(">II", 200_000, 0)) + frame * 200_000)


def saved(kind, size=(8, 8), mode="RGB", frames=1, **options):
    out = io.BytesIO()
    first = Image.new(mode, size)
    more = (
        {"save_all": True, "append_images": [samples.picture(size).convert(mode)] * (frames - 1)} if frames > 1 else {}
    )
    first.save(out, kind, **more, **options)
    return out.getvalue()


def gif(width, height, frames=1):
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return head + frame * frames + b";"


# TIFF


def tiff(pages, width=8, height=8, data=b"\0" * 8, compression=1, bits=1, loop=False):
    """A TIFF of `pages` pages that all show the same strip of `data`."""
    start = 8 + len(data) + len(data) % 2
    out = [b"II*\0" + struct.pack("<I", start) + data + b"\0" * (len(data) % 2)]
    tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, bits),
        (259, 3, compression),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, len(data)),
    ]
    each = 2 + 12 * len(tags) + 4
    for number in range(pages):
        following = start + each * (number + 1) if number + 1 < pages else (start if loop else 0)
        out.append(
            struct.pack("<H", len(tags))
            + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
            + struct.pack("<I", following)
        )
    return b"".join(out)


def patched(content, old, new):
    assert old in content
    return content.replace(old, new)


def heic_that_says_it_is_huge():
    return patched(
        samples.heic(),
        b"ispe\0\0\0\0" + struct.pack(">II", 600, 800),
        b"ispe\0\0\0\0" + struct.pack(">II", 60000, 60000),
    )


def jpx_that_says_it_is_huge():
    content = saved("JPEG2000", (64, 64))
    at = content.index(b"\xff\x51") + 6
    return content[:at] + struct.pack(">II", 60000, 60000) + content[at + 8 :]


def jpx_with_a_place():
    """A JPEG 2000 picture with a box of XMP that says where."""
    content = saved("JPEG2000", (64, 64))
    box = b"uuid" + b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac" + SECRET
    return content + struct.pack(">I", len(box) + 4) + box


def noise(count):
    """`count` bytes that do not pack, the same each time."""
    out, state = bytearray(), 1
    while len(out) < count:
        state = zlib.crc32(state.to_bytes(8, "big"))
        out += zlib.crc32(state.to_bytes(4, "little")).to_bytes(4, "big") * 16
    return bytes(out[:count])


@cache
def progressive_large():
    """A legal progressive picture of 56 million dots, with its last scan sent twenty times."""
    content = plain_jpeg(8_000, 7_000, progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * 20 + b"\xff\xd9"


def webp_that_says_it_is_huge():
    """A lossless WebP whose header says 16,384 by 16,384."""
    content = bytearray(saved("WEBP", (64, 64), lossless=True))
    at = content.index(b"VP8L") + 9
    size = 16_383 | 16_383 << 14
    content[at : at + 4] = (int.from_bytes(content[at : at + 4], "little") & 0xF0000000 | size).to_bytes(4, "little")
    return bytes(content)
