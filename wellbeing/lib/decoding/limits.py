"""The limits of one decoding, and the refusals of the code that decodes."""

import resource
import signal
import sys

MEGABYTE = 1024 * 1024
# Address space of the decoding process, in bytes. Everything it maps counts, the interpreter too (about 60 MB).
MAX_MEMORY = 512 * MEGABYTE
CPU_SECONDS = 15
# The process ends itself after this many seconds, whatever became of the one that started it.
WALL_SECONDS = 30
OPEN_FILES = 64

# Dots in a picture as it is declared, before anything of it is decoded.
MAX_PIXELS = 60_000_000
# A JPEG in one scan is decoded at a fraction of its size, so the largest phone cameras pass.
MAX_JPEG_PIXELS = 150_000_000
# Cameras write progressive pictures in about ten scans; each one is a pass over the whole picture.
MAX_SCANS = 32
MAX_SIDE = 2400
MAX_PAGES = 40
# Dots of all pages of a TIFF together: 40 sheets of A4 scanned at 300 dots an inch.
MAX_PAGES_PIXELS = 400_000_000
# Parts of a PDF that its pages lead to, and how deep they may lie within each other.
MAX_PARTS = 20_000
MAX_DEPTH = 40
# Notes, stamps and form fields on all pages together: each becomes a part of its page.
MAX_NOTES = 2_000
# The most bytes that streams of a PDF may open to: one of text, drawing or font; all of them together.
MAX_STREAM = 32 * MEGABYTE
MAX_STREAMS = 1024 * MEGABYTE


class RefusedError(Exception):
    """The file cannot be taken. `code` is a key of the sentences in wellbeing.lib.uploads, `numbers` fill them in."""

    def __init__(self, code: str, **numbers: int) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers


def most_bytes(arrived: int) -> int:
    """Return the most bytes a clean copy may have when `arrived` bytes came: twice that, and 4 MB for small files."""
    return 2 * arrived + 4 * MEGABYTE


def hold() -> None:
    """Hold this process to the limits for good. It can write no file, only to the pipe it was given."""
    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (OPEN_FILES, OPEN_FILES),
        resource.RLIMIT_CPU: (CPU_SECONDS, CPU_SECONDS + 1),
        resource.RLIMIT_AS: (MAX_MEMORY, MAX_MEMORY),
    }
    for which, limits in wanted.items():
        try:
            resource.setrlimit(which, limits)
        except ValueError:
            # macOS, where the demo may run, does not know a limit of address space.
            if sys.platform == "linux":
                raise
    signal.alarm(WALL_SECONDS)
