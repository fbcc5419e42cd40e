"""Check files people send us: a quick look when they arrive, and a clean copy made by a process of its own.

Eight kinds are taken, recognised by their first bytes and never by their name. `quick_check` is cheap enough for a
page; `clean` has the file decoded and written anew, so it belongs in a worker. Both raise UploadRefusedError with a
translated sentence for the person who sent the file.
"""

import json
import logging
import math
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from wellbeing.lib.decoding import limits
from wellbeing.lib.decoding.__main__ import BEGUN
from wellbeing.lib.decoding.ends import is_cut_short
from wellbeing.lib.decoding.kinds import AVIF, GIF, HEAD_BYTES, HEIC, JPEG, PDF, PNG, TIFF, WEBP, kind_of

logger = logging.getLogger(__name__)

CONTENT_TYPES = {
    JPEG: "image/jpeg",
    PNG: "image/png",
    WEBP: "image/webp",
    HEIC: "image/heic",
    AVIF: "image/avif",
    GIF: "image/gif",
    TIFF: "image/tiff",
    PDF: "application/pdf",
}
EXTENSIONS = {
    JPEG: "jpg",
    PNG: "png",
    WEBP: "webp",
    HEIC: "heic",
    AVIF: "avif",
    GIF: "gif",
    TIFF: "tiff",
    PDF: "pdf",
}
# The kinds a file field lets people choose from; a phone then offers its camera too.
ACCEPT = (
    "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,image/gif,image/tiff,.heic,.heif,application/pdf"
)
MAX_SIDE = limits.MAX_SIDE
# Photos of more bytes than this are made smaller in the browser, where it can: fewer bytes of prepaid data.
SHRINK_ABOVE = 1024 * 1024
SHRINK_KINDS = (JPEG, PNG, WEBP, HEIC, AVIF)
# Seconds to wait for the decoding process, which ends itself before.
PATIENCE_SECONDS = limits.WALL_SECONDS + 5
MAX_WORDS = 4096
# Where `python -m wellbeing.lib.decoding` finds itself.
HOME = Path(__file__).resolve().parents[2]


class UploadRefusedError(Exception):
    """A file we cannot take. `str(error)` says why, and what to do, to the person who sent it."""


class UndecidedError(Exception):
    """The decoding was cut off, by a busy machine or from outside: nothing is known about the file. Try again."""


class DecoderDownError(OSError):
    """The decoding process could not do its work, whatever the file: no memory to start it, or a bad installation."""


@dataclass(frozen=True)
class CleanFile:
    """A copy made anew, with nothing hidden in it: JPEG for a picture; PDF for a PDF and for a picture of many pages.

    `look` is the difference hash of a picture (`wellbeing.lib.pictures`), None for a blank one and for a PDF.
    `memory` (bytes, at most) and `cpu` (seconds) are what the decoding took.
    """

    content: bytes
    content_type: str
    extension: str
    look: int | None = None
    memory: int = 0
    cpu: float = 0.0


def quick_check(file: UploadedFile, *, max_bytes: int) -> str:
    """Return the kind of the uploaded `file`, and leave it at its start.

    Raises UploadRefusedError when it is empty, larger than `max_bytes`, not one of our kinds whatever its name says,
    when a part of it never arrived, or when the server had no room for it.
    """
    if getattr(file, "lost", False):
        raise UploadRefusedError(no_room())
    if not file.size:
        raise UploadRefusedError(_("This file is empty. Take the photo again, or choose another file."))
    if file.size > max_bytes:
        raise UploadRefusedError(too_large(size_words(file.size), max_bytes))
    file.seek(0)
    kind = kind_of(file.read(HEAD_BYTES))
    file.seek(0)
    if not kind:
        raise UploadRefusedError(refusal_sentence("unknown"))
    cut_short = is_cut_short(file.read(), kind)
    file.seek(0)
    if cut_short:
        raise UploadRefusedError(refusal_sentence("pdf_damaged" if kind == PDF else "picture_damaged"))
    return kind


def size_words(count: int) -> str:
    """Write `count` bytes for people, rounded up: "15 MB", "1.3 MB", "80 KB". static/js/receipts.js writes the same."""
    if count < limits.MEGABYTE:
        return _("%(number)s\u00a0KB") % {"number": max(1, math.ceil(count / 1024))}
    return _("%(number)s\u00a0MB") % {
        "number": f"{math.ceil(count * 10 / limits.MEGABYTE) / 10:.1f}".removesuffix(".0")
    }


def too_large(size: str, max_bytes: int) -> str:
    """Return the sentence for a file of `size` (in words), of which no more than `max_bytes` are taken."""
    return _("This file is %(size)s. The most we can take is %(limit)s. Try a smaller photo.") % {
        "size": size,
        "limit": size_words(max_bytes),
    }


def box_attributes(max_bytes: int) -> dict[str, str | int]:
    """Return the attributes of a file box that static/js/receipts.js reads."""
    return {
        "accept": ACCEPT,
        "data-most-bytes": max_bytes,
        "data-too-large": too_large("{size}", max_bytes),
        "data-shrink-above": SHRINK_ABOVE,
        "data-shrink-side": MAX_SIDE,
        "data-shrink-types": ",".join(CONTENT_TYPES[kind] for kind in SHRINK_KINDS),
    }


def no_room() -> str:
    """Return the sentence for a file that the server has no room for, wherever the room was missing."""
    return _("We could not keep your file just now. Your claim is saved. Please send the receipt again later.")


def refusal_sentence(code: str, **numbers: int) -> str:
    """Return the sentence for a refusal `code` of the decoding (wellbeing.lib.decoding)."""
    sentences = {
        "unknown": _("This is not a photo or a PDF. Choose a JPG, PNG, WebP, HEIC, AVIF, GIF, TIFF or PDF file."),
        "picture_damaged": _("We could not open all of this picture. It may be damaged. Take the photo again."),
        "picture_too_big": _("This picture is too big to open. Take a new photo, or send a smaller one."),
        "picture_too_slow": _("This picture takes too long to open. Take a new photo."),
        "picture_pages": _("This picture is longer than %(limit)s pages. Send it in several parts."),
        "pdf_damaged": _("We could not open this PDF. It may be damaged. Send it again, or send a photo of it."),
        "pdf_locked": _(
            "This PDF is locked with a password, so we cannot open it. Send one without a password, or a photo."
        ),
        "pdf_pages": _("This PDF has %(pages)s pages. The most we can take is %(limit)s."),
        "pdf_nested": _("This PDF is packed in a way we do not open. Send a photo of it, or print it to a new PDF."),
        "pdf_unknown_part": _("This PDF has a part we cannot open. Send a photo of it, or print it to a new PDF."),
        "pdf_too_many_parts": _("This PDF has too many parts to open. Send a photo of it, or print it to a new PDF."),
        "pdf_lost_notes": _(
            "We could not keep all that was added to this PDF. Print it to a new PDF, or send a photo of it."
        ),
        "too_much": _("This file becomes too big when we open it. Send a photo of it instead."),
    }
    return sentences[code] % numbers


def clean(content: bytes) -> CleanFile:
    """Decode `content`, the bytes that arrived, in a process of its own with hard limits. Return a clean copy.

    Pictures become upright JPEGs of at most 2,400 dots a side, without EXIF, place or comments; long ones, and those
    of several pages, become a PDF of such pages. A PDF keeps its pages as they look, and loses scripts, attachments,
    links and metadata. Raises UploadRefusedError when the file is broken, needs a password, is too big once opened, or
    is not what it says it is; UndecidedError when the decoding was cut off; DecoderDownError (an OSError) when it
    could not work at all.
    """
    if not kind_of(content[:HEAD_BYTES]):
        raise UploadRefusedError(refusal_sentence("unknown"))
    status, said = run_apart(content, limits.most_bytes(len(content)) + MAX_WORDS)
    if status in {-signal.SIGKILL, -signal.SIGALRM, -signal.SIGTERM}:
        raise UndecidedError(f"The decoding was ended by signal {-status}.")
    begun = said.startswith(BEGUN)
    head, _newline, copy = said.removeprefix(BEGUN).partition(b"\n")
    try:
        answer = json.loads(head)
        verdict = answer["verdict"]
    except (ValueError, KeyError, TypeError):
        if not begun:
            raise DecoderDownError(f"The decoding could not begin (exit status {status}).") from None
        # Its processor time or memory was used up, or the decoder crashed on bytes made to break it.
        logger.warning("A file ended its decoding (exit status %s).", status)
        raise UploadRefusedError(refusal_sentence("too_much")) from None
    if verdict == "refused":
        raise UploadRefusedError(refusal_sentence(answer["code"], **answer["numbers"]))
    if verdict != "clean" or kind_of(copy[:HEAD_BYTES]) != answer["kind"] or answer["kind"] not in {JPEG, PDF}:
        raise DecoderDownError(f"The decoding could not work: {answer.get('why')}")
    return CleanFile(
        copy,
        CONTENT_TYPES[answer["kind"]],
        EXTENSIONS[answer["kind"]],
        look=answer["look"],
        memory=answer["memory"],
        cpu=answer["cpu"],
    )


def run_apart(content: bytes, most: int, module: str = "wellbeing.lib.decoding") -> tuple[int, bytes]:
    """Run `module` on `content` in a process of its own, to decode it. Return its exit status and its answer.

    A negative status is the signal that ended it. It gets no secret in its environment, no file but its two pipes, and
    is killed when it writes more than `most` bytes or does not end in time. Raises DecoderDownError when it cannot be
    started.
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-B", "-s", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=HOME,
            # One heap for all threads: each further one takes 64 MB of the address space it is allowed.
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        )
    except OSError as error:
        raise DecoderDownError(f"The decoding could not be started: {error}") from error
    # Both are pipes, as Popen was told.
    assert process.stdin is not None
    assert process.stdout is not None
    timer = threading.Timer(PATIENCE_SECONDS, process.kill)
    feeder = threading.Thread(target=_feed, args=(process.stdin, content), daemon=True)
    try:
        timer.start()
        feeder.start()
        answer = process.stdout.read(most + 1)
        if len(answer) > most:
            process.kill()
            process.wait()
            raise UploadRefusedError(refusal_sentence("too_much"))
        return process.wait(), answer
    finally:
        # Also when the task's own time limit interrupts the wait.
        process.kill()
        process.wait()
        timer.cancel()
        feeder.join()
        process.stdout.close()


def _feed(pipe: IO[bytes], content: bytes) -> None:
    # A process that has ended early reads no more.
    with suppress(OSError), pipe:
        pipe.write(content)
