"""Receipts on the disk: keep the file that arrived until it is checked, and put the clean copy in its place."""

import hashlib
import logging
import secrets
from typing import Any, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.receipts import Receipt
from payments.upload_paths import receipt_path
from wellbeing.lib import uploads

logger = logging.getLogger(__name__)

# A file that ends the worker that opens it is handed out again by the broker: after this many tries it is refused.
MAX_TRIES = 3


def new_name(extension):
    """Make a random name to keep a file under, with nothing of the name it arrived with."""
    return f"{secrets.token_hex(16)}.{extension}"


def fingerprint(file):
    """Return the SHA-256 of an uploaded file, as 64 hexadecimal letters; the file is left at its start."""
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def store_upload(*, claim, file, kind, by):
    """Keep the uploaded `file` (its `kind` from uploads.quick_check) as a Receipt being checked. `by` is a Person.

    Raises OSError when the disk does not take it; nothing of it stays then.
    """
    receipt = Receipt(
        claim=claim,
        original_name=(file.name or _("photo"))[:200],
        content_type=uploads.CONTENT_TYPES[kind],
        size=file.size,
        sha256=fingerprint(file),
        added_by=by,
    )
    receipt.file = _write(receipt_path(receipt, new_name(uploads.EXTENSIONS[kind])), File(file))
    receipt.save()
    return receipt


def _write(path, content):
    """Write a file of the private storage under `path`, whole or not at all. Returns its name there."""
    try:
        return default_storage.save(path, content)
    except OSError:
        default_storage.delete(path)
        raise


def make_clean(pk):
    """Put a clean copy in place of the receipt `pk` that arrived, or refuse it and say why. Harmless the second time.

    The receipt is taken by compare-and-set for RECEIPT_LEASE_SECONDS: until then no other worker works on it. What
    arrived is removed from the disk once its place is taken. Raises OSError when the disk fails or the decoding cannot
    be started: the receipt then stays as it arrived, for the sweep to hand out again.
    """
    receipt = take(pk)
    if receipt is None:
        return
    if receipt.tries > MAX_TRIES:
        _settle(receipt, None, _("We could not open this file. Send it again, or send a photo of it."))
        return
    try:
        _check(receipt)
    except OSError:
        # A full disk counts as no try: it must not make us refuse, and throw away, what people sent.
        _taken_by_us(receipt).update(tries=F("tries") - 1, taken_at=None)
        raise


def take(pk):
    """Take a receipt that is due, for as long as the lease lasts. Returns it, or None when it is not due any more.

    The time of taking also marks the worker: the one that took the receipt last settles it.
    """
    now = timezone.now()
    taken = Receipt.objects.due(now).filter(pk=pk).update(taken_at=now, tries=F("tries") + 1)
    return Receipt.objects.get(pk=pk) if taken else None


def _taken_by_us(receipt):
    """Return a queryset with the receipt, or with nothing once another worker has taken it."""
    return Receipt.objects.filter(pk=receipt.pk, status=Receipt.Status.CHECKING, taken_at=receipt.taken_at)


def sent_lately(person, since):
    """Count the files `person` has sent after the time `since`, those removed again included."""
    # The history's model, which pghistory adds.
    history = cast(Any, Receipt).pgh_event_model
    return history.objects.filter(pgh_label="insert", added_by=person.pk, pgh_created_at__gt=since).count()


def _check(receipt):
    try:
        with receipt.file.open("rb") as arrival:
            clean = uploads.clean(arrival.read())
    except uploads.UploadRefusedError as refusal:
        _settle(receipt, None, str(refusal))
    except uploads.UndecidedError as cut_off:
        logger.warning("Receipt %s waits for its next try: %s", receipt.pk, cut_off)
        _taken_by_us(receipt).update(taken_at=None)
    except FileNotFoundError:
        logger.warning("The file of receipt %s is not on the disk.", receipt.pk)
        _settle(receipt, None, _("We no longer have this file. Please send it again."))
    else:
        _settle(receipt, clean, "")


def _settle(receipt, clean, problem):
    storage, arrival = receipt.file.storage, receipt.file.name
    written = ""
    if clean:
        path = f"{arrival.rpartition('/')[0]}/{new_name(clean.extension)}"
        written = _write(path, ContentFile(clean.content))
    settled = False
    with transaction.atomic():
        try:
            settled = _put_in_place(receipt, written, clean, problem)
        finally:
            # Another worker was quicker, the person took the receipt away, or the database refused. Where the commit
            # itself fails the copy stays: the row may name it by then.
            if written and not settled:
                storage.delete(written)
        if settled:
            transaction.on_commit(lambda: storage.delete(arrival))


def _put_in_place(receipt, written, clean, problem):
    """Save the outcome for a receipt this worker has taken. Returns False when another has it now. Locks its row."""
    current = _taken_by_us(receipt).select_for_update().first()
    if current is None:
        return False
    current.file = written
    current.taken_at = None
    current.status = Receipt.Status.READY if clean else Receipt.Status.REFUSED
    current.problem = problem
    if clean:
        current.content_type, current.size = clean.content_type, len(clean.content)
        current.picture_hash = clean.look
    current.save()
    return True


def forget(receipt):
    """Delete a receipt, and its file once that is final. The claim must still be open to change."""
    storage, name = receipt.file.storage, receipt.file.name
    receipt.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))
