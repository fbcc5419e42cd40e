"""Draw the tickets and receipts of the demo: little pictures with the names of invented companies."""

import io
import zlib

from PIL import Image, ImageDraw, ImageFont

from wellbeing.lib.dates import short_date
from wellbeing.lib.money import plain_pounds

CREAM, INK, TABLE = "#fbf3e2", "#26241f", "#8d7358"
BANDS = {"rail": "#d9622b", "bus": "#1f6f5c", "parking": "#2f4b7c", "bill": "#6b3f73"}


def draw(style, company, lines, *, on, pence, name):
    """Draw a paper of the day `on` over `pence`. Return (bytes, content type): a photo, or a PDF by its `name`.

    `style` is a key of BANDS; `lines` are printed on it. The same arguments give the same bytes.
    """
    wide = style in {"rail", "bus"}
    paper = Image.new("RGB", (900, 420) if wide else (620, 820), CREAM)
    pen = ImageDraw.Draw(paper)
    pen.rectangle((0, 0, paper.width, 84), fill=BANDS[style])
    pen.text((32, 20), company, font=_font(38), fill="white")
    top = 120
    for line in lines:
        pen.text((32, top), line, font=_font(30), fill=INK)
        top += 48
    number = zlib.crc32(f"{company}{lines}{name}".encode()) % 10_000_000
    pen.text((32, paper.height - 118), short_date(on), font=_font(30), fill=INK)
    pen.text((32, paper.height - 62), f"No. {number:07d}", font=_font(24), fill=INK)
    # The built-in font has no pound sign.
    amount = f"GBP {plain_pounds(pence)}"
    width = pen.textlength(amount, font=_font(54))
    pen.text((paper.width - width - 36, paper.height - 96), amount, font=_font(54), fill=INK)
    if name.endswith(".pdf"):
        # Without the time of making, so that the same paper is the same file.
        return _saved(paper, "PDF", resolution=110, creationDate=None, modDate=None), "application/pdf"
    return _saved(_photo(paper, number), "JPEG", quality=82), "image/jpeg"


def _photo(paper, number):
    """Return the paper lying on a table, not quite straight."""
    table = Image.new("RGB", (paper.width + 160, paper.height + 140), TABLE)
    tilted = paper.rotate((number % 7) - 3, expand=True, fillcolor=TABLE, resample=Image.Resampling.BILINEAR)
    table.paste(tilted, ((table.width - tilted.width) // 2, (table.height - tilted.height) // 2))
    return table


def _saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _font(size):
    return ImageFont.load_default(size=size)
