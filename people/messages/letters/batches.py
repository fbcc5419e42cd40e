"""Make the file of a batch of letters in a worker: drawn in parts, each kept as soon as it is drawn, then joined.

A worker killed at any moment loses at most the part it was drawing. Which letters are in a batch is written when it is
asked for, so another worker that goes on prints the same ones, each of them once.
"""

import contextlib
import logging
import tempfile
from collections.abc import Iterator

from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from people import registry
from people.jobs.models import Job
from people.jobs.running import progress
from people.messages.letters import drawing
from people.messages.letters.writing import letter_of
from people.messages.models import BatchedLetter, LetterBatch, LetterPart, Message
from wellbeing.lib import pdf
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.pdf_joining import join_parts
from wellbeing.lib.stored_files import fill_once, store_once

logger = logging.getLogger(__name__)

JOB_KIND = "letters"
# Letters drawn and kept together. They share their fonts; more of them would be lost with a killed worker.
LETTERS_IN_A_PART = 25


class NoLettersError(ActionError):
    """Not one letter of a batch could be drawn."""


def make(job: Job) -> None:
    """Do a `letters` job: make the file of the batch. Safe to run twice and to be killed half-way.

    A letter that cannot be drawn leaves the batch with its reason, and the others go on. Raises NoLettersError where
    none is left.
    """
    batch = LetterBatch.objects.get(pk=job.subject_id)
    if batch.is_made or batch.status == LetterBatch.Status.DROPPED:
        return
    positions = list(batch.letters.order_by("position").values_list("position", flat=True))
    there = set(batch.parts.values_list("number", flat=True))
    numbers = sorted({position // LETTERS_IN_A_PART for position in positions})
    total, done = len(positions) + 1, 0
    for number in numbers:
        first = number * LETTERS_IN_A_PART
        if number not in there:
            rows = batch.letters.filter(problem="", position__range=(first, first + LETTERS_IN_A_PART - 1))
            for each in _draw_part(batch, number, list(rows.select_related("message__notice__person"))):
                progress(job, done + each, total)
        done = min(done + LETTERS_IN_A_PART, len(positions))
        progress(job, done, total)
    _join(batch)
    progress(job, total, total)


def _draw_part(batch: LetterBatch, number: int, rows: list[BatchedLetter]) -> Iterator[int]:
    """Draw the letters of one part and keep them. Yields how many are laid out, as it goes."""
    drawn = []
    voices = {key: registry.voice(key) for key in {row.message.notice.voice for row in rows}}
    for count, row in enumerate(rows, start=1):
        if row.message.status == Message.Status.CANCELLED:
            _set_apart(row, _("Not needed any more."))
            continue
        try:
            drawn.append(drawing.lay_out(letter_of(row.message, batch.day, voices[row.message.notice.voice])))
        except (DatabaseError, OSError):
            # No fault of the letter: the job stops and is tried again.
            raise
        except ActionError as error:
            _set_apart(row, str(error))
        except Exception:
            logger.exception("The letter of message %s could not be drawn.", row.message_id)
            _set_apart(row, _("Something in it cannot be drawn. Your administrator finds more in the log."))
        yield count
    if drawn:
        part = LetterPart(batch=batch, number=number)
        store_once(part, f"part-{number}.pdf", pdf.write_together(drawn, each_on_a_new_sheet=True))


def _set_apart(row: BatchedLetter, reason: str) -> None:
    """Take a letter out of its batch: it waits, with the reason, for somebody to put it right."""
    BatchedLetter.objects.filter(pk=row.pk).update(is_live=False, problem=reason[:300])


def _join(batch: LetterBatch) -> None:
    """Join the parts into the file of the batch, and drop them."""
    parts = list(batch.parts.order_by("number"))
    if not parts:
        raise NoLettersError(_("None of these letters could be drawn. The list of letters says why."))
    title = _("Letters of %(voice)s, %(day)s") % {"voice": batch.voice.name, "day": long_date(batch.day)}
    with tempfile.TemporaryFile() as out:
        pages = join_parts((_content(part) for part in parts), out, title=title, language=translation.get_language())
        with transaction.atomic():
            # A batch that is taken apart meanwhile needs no file.
            live = LetterBatch.objects.select_for_update().exclude(status=LetterBatch.Status.DROPPED)
            if live.filter(pk=batch.pk).exists() and fill_once(batch, f"letters-{batch.day}-{batch.pk}.pdf", out):
                count = batch.letters.filter(problem="").count()
                LetterBatch.objects.filter(pk=batch.pk).update(pages=pages, count=count)
    _drop_parts(batch)


def _drop_parts(batch: LetterBatch) -> None:
    """Delete the parts of a batch, and what a killed worker left beside them."""
    storage, folder = LetterPart._meta.get_field("file").storage, f"letters/parts/{batch.pk}"
    # A bucket has no folders, and says that there is nothing in one; a disk says that there is no such folder.
    with contextlib.suppress(FileNotFoundError):
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
    batch.parts.all().delete()


def _content(part: LetterPart) -> bytes:
    with part.file.open("rb") as file:
        return file.read()
