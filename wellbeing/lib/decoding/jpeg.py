"""Walk through the segments of a JPEG (ITU-T T.81) without decoding it."""

import re
from dataclasses import dataclass

from .limits import MAX_JPEG_PIXELS, MAX_PIXELS, MAX_SCANS, RefusedError

START, END, SCAN = 0xD8, 0xD9, 0xDA
# Frames that carry the picture's size: SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC).
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SEQUENTIAL = {0xC0, 0xC1}
# Segments that say how to decode: frames, tables, restart intervals, line counts. APP14 says which colours are stored.
KEPT = FRAMES | {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, SCAN, 0xEE}
ADOBE_BYTES = 12
# Within the data of a scan FF is followed by 00, a restart marker or more filling; anything else ends the scan.
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


@dataclass
class Walked:
    """The result of a walk: the picture without anything that only tells about it, and what it will cost to decode."""

    bare: bytes
    width: int = 0
    height: int = 0
    scans: int = 0
    sequential: bool = True
    complete: bool = False

    def must_be_affordable(self) -> None:
        """Raise RefusedError when it has more dots or more scans than we decode."""
        if self.width * self.height > (MAX_JPEG_PIXELS if self.sequential else MAX_PIXELS):
            raise RefusedError("picture_too_big")
        if self.scans > MAX_SCANS:
            raise RefusedError("picture_too_slow")


def walk(content: bytes) -> Walked:
    """Walk through the JPEG `content`. Its `bare` bytes hold no EXIF, XMP, comment, thumbnail or second picture.

    Raises RefusedError when the bytes are no JPEG. A file that ends early is not `complete`.
    """
    if content[:2] != b"\xff\xd8":
        raise RefusedError("picture_damaged")
    kept, at, walked = [b"\xff\xd8"], 2, Walked(b"")
    while True:
        marker, start = _marker(content, at)
        if marker is None:
            break
        if marker == END:
            kept.append(b"\xff\xd9")
            walked.complete = walked.scans > 0
            break
        if marker == START or 0xD0 <= marker <= 0xD7 or marker == 0x01:
            at = start
            continue
        length = int.from_bytes(content[start : start + 2], "big")
        if length < 2 or start + length > len(content):
            break
        body, at = content[start + 2 : start + length], start + length
        if marker in FRAMES and len(body) >= 5:
            walked.height, walked.width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
            walked.sequential = walked.sequential and marker in SEQUENTIAL
        if marker in KEPT and (marker != 0xEE or body.startswith(b"Adobe")):
            if marker == 0xEE:
                body = body[:ADOBE_BYTES]
            kept.append(b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2, "big") + body)
        if marker == SCAN:
            walked.scans += 1
            following = NEXT_MARKER.search(content, at)
            end = following.start() if following else len(content)
            kept.append(content[at:end])
            at = end
    if not walked.width or not walked.scans:
        raise RefusedError("picture_damaged")
    walked.bare = b"".join(kept)
    return walked


def _marker(content: bytes, at: int) -> tuple[int | None, int]:
    """Return the next marker from `at` on and the position after it; (None, `at`) where there is none."""
    match = NEXT_MARKER.match(content, at) or NEXT_MARKER.search(content, at)
    return (content[match.end() - 1], match.end()) if match else (None, at)
