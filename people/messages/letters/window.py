"""Place the address of a letter where the window of its envelope is, whichever way the sheet lies in it.

The envelope we post in is a DL window envelope as sold in the United Kingdom: 110 x 220 mm (ISO 269), with a window
35 mm high and 90 mm wide that begins 20 mm from the left edge and 18 mm from the bottom edge. (BS 4264 is the standard
for windows; Royal Mail asks for the same 18 mm below one.) The letter is an A4 sheet folded twice into thirds, so a
panel of 99 x 210 mm lies behind the window: there are 11 mm of play upwards and 10 mm sideways.

GOV.UK Notify has its own envelopes, and its own areas on the first page (its letter specification, and the boundaries
its template preview checks): the address between 24.6 and 120 mm from the left and 39.5 and 66.3 mm from the top,
nothing else between 30 and 95 mm from the top but in the column right of 125 mm, and margins of 15 mm at the sides and
5 mm above and below on every page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from wellbeing.lib.errors import ActionError
from wellbeing.lib.text_widths import width, wrapped

# All in millimetres.
SHEET_WIDTH, SHEET_HEIGHT = 210, 297
PANEL_HEIGHT = SHEET_HEIGHT / 3
ENVELOPE_WIDTH, ENVELOPE_HEIGHT = 220, 110
WINDOW_LEFT, WINDOW_BOTTOM, WINDOW_WIDTH, WINDOW_HEIGHT = 20, 18, 90, 35
PLAY_SIDEWAYS = ENVELOPE_WIDTH - SHEET_WIDTH
PLAY_UPWARDS = ENVELOPE_HEIGHT - PANEL_HEIGHT
POINTS_PER_MM = 72 / 25.4


class Region(NamedTuple):
    """A part of the sheet, in millimetres from its left and top edges."""

    left: float
    top: float
    right: float
    bottom: float


# The window on the sheet that lies in the lower left corner of its envelope.
_AT_REST = Region(
    WINDOW_LEFT,
    PANEL_HEIGHT - WINDOW_BOTTOM - WINDOW_HEIGHT,
    WINDOW_LEFT + WINDOW_WIDTH,
    PANEL_HEIGHT - WINDOW_BOTTOM,
)
# Seen through the window wherever the sheet has slid to: the address has to be inside.
ALWAYS_SHOWN = Region(_AT_REST.left, _AT_REST.top + PLAY_UPWARDS, _AT_REST.right - PLAY_SIDEWAYS, _AT_REST.bottom)
# Seen through the window when the sheet has slid: nothing else may be inside.
SOMETIMES_SHOWN = Region(_AT_REST.left - PLAY_SIDEWAYS, _AT_REST.top, _AT_REST.right, _AT_REST.bottom + PLAY_UPWARDS)


@dataclass(frozen=True)
class Layout:
    """Where the first page of a letter is printed, in millimetres: the head, the address below it, then the rest."""

    head_top: float
    head_bottom: float
    address: Region
    body_top: float


# For the envelopes we post in.
OURS = Layout(head_top=14, head_bottom=SOMETIMES_SHOWN.top, address=ALWAYS_SHOWN, body_top=SOMETIMES_SHOWN.bottom)
# A millimetre inside each of Notify's boundaries.
NOTIFY = Layout(head_top=8, head_bottom=29, address=Region(25.6, 40.5, 119, 65.3), body_top=96)

# Royal Mail's guide to clear addressing recommends 10 to 12 points. An address of more lines than that leaves room for
# is printed smaller, down to what people and machines still read.
PRINT = (12, 11, 10, 9, 8)
LEADING = 1.2


class AddressTooLongError(ActionError):
    """A name and address do not fit into the window of an envelope."""


@dataclass(frozen=True)
class Fitted:
    """The lines of an address as they are printed, and the size of print."""

    points: int
    lines: tuple[str, ...]

    @property
    def leading(self) -> float:
        """Return the distance from line to line, in points."""
        return self.points * LEADING


def fit(name: str, address: str, area: Region = ALWAYS_SHOWN) -> Fitted:
    """Fit the name and the lines of a postal address into the window `area`, in the largest print that has room.

    Lines that are too long go on in the next one. Where there are too many of them, short ones share a line, but for
    the name and the last one, which has the postcode. Raises AddressTooLongError when that is not enough.
    """
    lines = [line for line in (part.strip(" ,") for part in address.splitlines()) if line]
    room = (area.right - area.left) * POINTS_PER_MM
    most = {points: int((area.bottom - area.top) * POINTS_PER_MM / (points * LEADING)) for points in PRINT}
    for points in PRINT:
        rows = _rows([name, *lines], points, room)
        if len(rows) <= most[points]:
            return Fitted(points, tuple(rows))
    for points in PRINT:
        rows = _rows([name, *_shared(lines[:-1], points, room), *lines[-1:]], points, room)
        if len(rows) <= most[points]:
            return Fitted(points, tuple(rows))
    raise AddressTooLongError(
        _("The name and address do not fit into the window of an envelope. Shorten the address, then make the letter.")
    )


def _rows(lines: Sequence[str], points: int, room: float) -> list[str]:
    return [row for line in lines for row in wrapped(line, points, room)]


def _shared(lines: Sequence[str], points: int, room: float) -> list[str]:
    """Put lines that follow each other on one, with a comma between, as long as they fit."""
    rows: list[str] = []
    for line in lines:
        longer = f"{rows[-1]}, {line}" if rows else line
        if rows and width(longer, points) <= room:
            rows[-1] = longer
        else:
            rows.append(line)
    return rows
