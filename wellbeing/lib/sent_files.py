"""Files that people send, on the disk: keep what arrived until a worker has checked it, then put a clean copy there.

A row that holds one has the fields `file`, `content_type`, `size`, `status` ("checking", "ready" or "refused"),
`problem`, `tries` and `taken_at`, and its manager `due(now)`: the rows a worker should take.
"""

import datetime as dt
import hashlib
import logging
import secrets
from collections.abc import Callable
from typing import Any

from celery import Task
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wellbeing.lib import uploads
from wellbeing.lib.errors import ActionError
from wellbeing.lib.stored_files import remove
from wellbeing.lib.workers import send_to_worker

logger = logging.getLogger(__name__)

# A file that ends the worker that opens it is handed out again by the broker: after this many tries it is refused.
MAX_TRIES = 3
# A file still unchecked after this was lost on its way to a worker, or its worker died.
LOST_AFTER = dt.timedelta(minutes=2)
SWEEP_AT_MOST = 200
CHECKING, READY, REFUSED = "checking", "ready", "refused"
# Called with the row and the clean copy before the row is saved: writes what else is known of the copy.
Note = Callable[[Any, uploads.CleanFile], None]


def new_name(extension: str) -> str:
    """Make a random name to keep a file under, with nothing of the name it arrived with."""
    return f"{secrets.token_hex(16)}.{extension}"


def fingerprint(file: UploadedFile) -> str:
    """Return the SHA-256 of an uploaded file, as 64 hexadecimal letters; the file is left at its start."""
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def store(row: Any, file: UploadedFile, kind: str, path: Callable[[Any, str], str]) -> Any:
    """Keep the uploaded `file` (its `kind` from uploads.quick_check) for the new `row`, to be checked. Return the row.

    `path(row, name)` says where. Raises OSError when the disk does not take it; nothing of it stays then.
    """
    row.original_name = (file.name or _("photo"))[:200]
    row.content_type = uploads.CONTENT_TYPES[kind]
    row.size = file.size
    row.sha256 = fingerprint(file)
    row.file = write(path(row, new_name(uploads.EXTENSIONS[kind])), File(file))
    row.save()
    return row


def kind_to_keep(file: UploadedFile) -> str:
    """Return the kind of a file that was sent. Raises ActionError, for the field `file`, where it cannot be taken."""
    if getattr(file, "lost", False):
        raise _no_room()
    try:
        return uploads.quick_check(file, max_bytes=settings.UPLOAD_MAX_BYTES)
    except uploads.UploadRefusedError as refusal:
        raise ActionError(str(refusal), field="file") from None


def keep(row: Any, file: UploadedFile, path: Callable[[Any, str], str], task: Task) -> Any:
    """Keep the uploaded `file` for the new `row`, as `store` does, and have `task` check it. Return the row.

    Raises ActionError, for the field `file`, where it cannot be taken or the disk does not take it.
    """
    kind = kind_to_keep(file)
    try:
        store(row, file, kind, path)
    except OSError:
        logger.exception("A file for %s could not be stored.", type(row).__name__)
        raise _no_room() from None
    transaction.on_commit(lambda: send_to_worker(task, row.pk))
    return row


def _no_room() -> ActionError:
    return ActionError(_("We could not keep your file just now. Try again later, or leave the file out."), field="file")


def hand_out_lost(model: Any, task: Task) -> None:
    """Hand out again to `task` the files of `model` that nobody has checked and nobody is working on."""
    now = timezone.now()
    lost = model.objects.due(now).filter(added_at__lt=now - LOST_AFTER)
    for pk in lost.order_by("added_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        send_to_worker(task, pk)


def write(path: str, content: File) -> str:
    """Write a file of the private storage under `path`, whole or not at all. Return its name there."""
    try:
        return default_storage.save(path, content)
    except OSError:
        remove(default_storage, path)
        raise


def make_clean(model: Any, pk: int, note: Note | None = None) -> None:
    """Put a clean copy in place of the file that arrived for the row `pk` of `model`, or refuse it and say why.

    Harmless the second time. The row is taken by compare-and-set for a lease: until it ends no other worker works on
    it. What arrived is removed from the disk once its place is taken. Raises OSError when the disk fails or the
    decoding cannot be started: the row then stays as it arrived, for a sweep to hand out again.
    """
    row = take(model, pk)
    if row is None:
        return
    if row.tries > MAX_TRIES:
        _settle(row, None, _("We could not open this file. Send it again, or send a photo of it."), note)
        return
    try:
        _check(row, note)
    except OSError:
        # A full disk counts as no try: it must not make us refuse, and throw away, what people sent.
        _taken_by_us(row).update(tries=F("tries") - 1, taken_at=None)
        raise


def take(model: Any, pk: int) -> Any:
    """Take a row that is due, for as long as the lease lasts. Return it, or None when it is not due any more.

    The time of taking also marks the worker: the one that took the row last settles it.
    """
    now = timezone.now()
    taken = model.objects.due(now).filter(pk=pk).update(taken_at=now, tries=F("tries") + 1)
    return model.objects.get(pk=pk) if taken else None


def _taken_by_us(row: Any) -> QuerySet[Any]:
    """Return a queryset with the row, or with nothing once another worker has taken it."""
    return type(row).objects.filter(pk=row.pk, status=CHECKING, taken_at=row.taken_at)


def _check(row: Any, note: Note | None) -> None:
    try:
        with row.file.open("rb") as arrival:
            clean = uploads.clean(arrival.read())
    except uploads.UploadRefusedError as refusal:
        _settle(row, None, str(refusal), note)
    except uploads.UndecidedError as cut_off:
        logger.warning("%s %s waits for its next try: %s", type(row).__name__, row.pk, cut_off)
        _taken_by_us(row).update(taken_at=None)
    except FileNotFoundError:
        logger.warning("The file of %s %s is not on the disk.", type(row).__name__, row.pk)
        _settle(row, None, _("We no longer have this file. Please send it again."), note)
    else:
        _settle(row, clean, "", note)


def _settle(row: Any, clean: uploads.CleanFile | None, problem: str, note: Note | None) -> None:
    storage, arrival = row.file.storage, row.file.name
    written = ""
    if clean:
        path = f"{arrival.rpartition('/')[0]}/{new_name(clean.extension)}"
        written = write(path, ContentFile(clean.content))
    settled = False
    with transaction.atomic():
        try:
            settled = _put_in_place(row, written, clean, problem, note)
        finally:
            # Another worker was quicker, the person took the file away, or the database refused. Where the commit
            # itself fails the copy stays: the row may name it by then.
            if written and not settled:
                remove(storage, written)
        if settled:
            transaction.on_commit(lambda: remove(storage, arrival))


def _put_in_place(row: Any, written: str, clean: uploads.CleanFile | None, problem: str, note: Note | None) -> bool:
    """Save the outcome for a row this worker has taken. Return False when another has it now. Locks the row."""
    current = _taken_by_us(row).select_for_update().first()
    if current is None:
        return False
    current.file = written
    current.taken_at = None
    current.status = READY if clean else REFUSED
    current.problem = problem
    if clean:
        current.content_type, current.size = clean.content_type, len(clean.content)
        if note:
            note(current, clean)
    current.save()
    return True
