"""Helpers that make letters and batches of them, and read back where each sign of a letter is printed."""

import datetime as dt
from itertools import groupby

import pymupdf
import zxingcpp
from django.utils import timezone
from PIL import Image

from people.jobs import running
from people.messages import telling
from people.messages.letters import batches, drawing
from people.messages.letters.writing import letter_of
from people.models import Job, Message
from people.registry import ReplySlip, SlipQuestion
from programmes.models import Role
from tests.factories import with_role
from tests.helpers import pdf_fonts
from wellbeing.lib import pdf

MM = 72 / 25.4
LINK = "https://together.example.org/r/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG/"
TEXT = f"""Hello Ann,

You are invited to “A day about waiting times”. It is part of Wellbeing Invented.

WHAT IT IS FOR
We want to hear what waiting has been like for you. Nobody has to speak in front of everyone.

WHEN AND WHERE
Monday 4 May 2026, 10am to 12:30pm
The Invented Hall

Please bring:
- your reading glasses
- a list of what you eat

PLEASE TELL US IF YOU CAN COME
Please tell us by Monday 27 April 2026. Open this page:
{LINK}

WHO TO ASK
Stella Staff, stella@example.org, 01632 960001
"""
SLIP = ReplySlip(
    "Your reply",
    (
        SlipQuestion("Will you come?", choices=("Yes, I will come", "No, I cannot come")),
        SlipQuestion("What I need on the day", lines=3),
        SlipQuestion("My question", lines=3),
    ),
)


def a_letter(**fields):
    """The facts of a letter, with everything a letter can have."""
    values = {
        "voice": "Wellbeing Invented",
        "name": "Ann Able",
        "address": "1 Invented Street\nChapel Allerton\nLeeds\nLS1 1AA",
        "reference": "L-00042",
        "made_on": dt.date(2026, 11, 23),
        "subject": "You are invited: A day about waiting times",
        "text": TEXT,
        "return_address": "National Invention Trust\n2 Made Up Road\nLondon\nN1 1AA",
        "phone": "+441632960001",
        "email": "stella@example.org",
        "link": LINK,
        "slip": SLIP,
    }
    return drawing.Letter(**{**values, **fields})


def drawn(letter):
    """The PDF of one letter."""
    return pdf.write_together([drawing.lay_out(letter)])


def rows_of(signs):
    """The text of each row of some pdf_fonts.Letter, top down, without its spaces."""
    ordered = sorted(signs, key=lambda each: round(each.bottom))
    return [
        "".join(each.text for each in row if not each.text.isspace())
        for _bottom, row in groupby(ordered, key=lambda each: round(each.bottom))
    ]


def first_page(content):
    """The signs on the first page of a PDF that leave ink."""
    return [each for each in pdf_fonts.letters(content) if each.page == 0 and not each.text.isspace()]


def ink(sign):
    """Where a sign may leave ink, in millimetres: left, top, right, bottom. Generous above and below its line."""
    return (
        sign.left / MM,
        (sign.bottom - 0.85 * sign.size) / MM,
        sign.right / MM,
        (sign.bottom + 0.28 * sign.size) / MM,
    )


def codes_in(content):
    """The texts of the QR codes in a PDF, as the camera of a phone would read them from the printed pages."""
    found = []
    with pymupdf.open(stream=content, filetype="pdf") as whole:
        for page in whole:
            picture = page.get_pixmap(dpi=150)
            image = Image.frombytes("RGB", (picture.width, picture.height), picture.samples)
            found += [code.text for code in zxingcpp.read_barcodes(image)]
    return found


def text_in(content):
    """The text of a PDF, page by page, with single spaces."""
    with pymupdf.open(stream=content, filetype="pdf") as whole:
        return [" ".join(page.get_text().split()) for page in whole]


def a_reader(programme, name, **details):
    """Somebody of a programme who likes letters."""
    person = with_role(programme, Role.LIVED_EXPERIENCE, name).person
    values = {"channel": "letter", "postal_address": f"{len(name)} Invented Street\nLeeds\nLS1 1AA", **details}
    type(person).objects.filter(pk=person.pk).update(**values)
    person.refresh_from_db()
    return person


def a_waiting_letter(person, audience, **words):
    """The message of a notice that is told by letter."""
    notice = telling.tell(
        person,
        words.pop("kind", "invitation"),
        key=f"test:{person.pk}:{Message.objects.count()}",
        subject=words.pop("subject", "Come to our day"),
        text=words.pop("text", f"Hello {person.full_name},\n\nPlease come. It is soon."),
        audience=audience,
        voice=audience,
        link=words.pop("link", "http://localhost:8000/r/secretkeysecretkey/"),
    )
    (message,) = notice.messages.all()
    assert message.channel == "letter"
    return message


def run(batch):
    """Do the job of a batch as a worker does."""
    job = Job.objects.get(kind=batches.JOB_KIND, subject_id=batch.pk, status="waiting")
    running.run(job.pk)
    job.refresh_from_db()
    batch.refresh_from_db()
    return job


def content(batch):
    """The bytes of the file of a batch."""
    with batch.file.open("rb") as file:
        return file.read()


def facts_of(message):
    """The facts of the letter of a message, dated today."""
    message = Message.objects.select_related("notice__person").get(pk=message.pk)
    return letter_of(message, timezone.localdate(), message.notice.speaker)
