"""Recognise pictures that are nearly the same, such as two photos of one receipt saved in different sizes."""

import io

from PIL import Image

SIDE = 8
BITS = SIDE * SIDE
BANDS = 4
BAND_BITS = BITS // BANDS
# Steps of grey (of 255) that count as a difference: fewer come and go each time a picture is saved again.
NOTICEABLE = 3
# A page that is nearly all one shade looks like every other such page.
FEWEST_EDGES = 5


def difference_hash(content: bytes) -> int | None:
    """Return a number of 64 bits with sign that describes how the picture in `content` looks; None if it is blank.

    A difference hash (dHash): the picture is shrunk to 9 by 8 greys, and each dot that is darker than the dot to its
    right gives one bit. Pictures nearly the same differ in few bits, whatever their size, quality or brightness.
    """
    with Image.open(io.BytesIO(content)) as picture:
        small = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS)
    grey = small.tobytes()
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            index = row * (SIDE + 1) + column
            bits = bits << 1 | (grey[index + 1] - grey[index] >= NOTICEABLE)
    if not FEWEST_EDGES <= bits.bit_count() <= BITS - FEWEST_EDGES:
        return None
    return bits - (1 << BITS) if bits >> (BITS - 1) else bits


def bands(number: int) -> list[int]:
    """Split a difference hash into four parts of 16 bits each, the lowest first, so that an index can find it."""
    mask = (1 << BAND_BITS) - 1
    return [(number >> index * BAND_BITS) & mask for index in range(BANDS)]


def bands_nearby(number: int) -> list[list[int]]:
    """Return, for each of the four parts, the 17 values nearest to it: itself, and itself with one bit changed.

    A hash that differs from `number` in at most seven bits has a part among them: of four parts that differ in seven
    bits together, one differs in at most one bit.
    """
    return [[band, *(band ^ 1 << bit for bit in range(BAND_BITS))] for band in bands(number)]
