"""Receipts on the disk: keeping what arrived until it is checked, and putting the clean copy in its place."""

import hashlib
import logging
import secrets

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from payments.models import Receipt
from payments.models.claims import receipt_path
from wellbeing.lib import pictures, uploads

logger = logging.getLogger(__name__)

# A file that ends the worker that opens it is handed out again by the broker: after this many tries it is refused.
MOST_TRIES = 3
EXTENSIONS = {
    uploads.JPEG: "jpg",
    uploads.PNG: "png",
    uploads.WEBP: "webp",
    uploads.HEIC: "heic",
    uploads.PDF: "pdf",
}


def new_name(extension):
    """A random name to keep a file under: nothing of what it arrived as."""
    return f"{secrets.token_hex(16)}.{extension}"


def fingerprint(file):
    """The SHA-256 of an uploaded file, as 64 hexadecimal letters; the file is left at its start."""
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def arrived(*, claim, file, kind, by):
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
    receipt.file = _write(receipt_path(receipt, new_name(EXTENSIONS[kind])), File(file))
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

    What arrived is removed from the disk once its place is taken. Raises OSError when the disk fails: the receipt then
    stays as it arrived, for the sweep to hand out again.
    """
    if not Receipt.objects.filter(pk=pk, status=Receipt.Status.CHECKING).update(tries=F("tries") + 1):
        return
    receipt = Receipt.objects.get(pk=pk)
    if receipt.tries > MOST_TRIES:
        _settle(receipt, None, _("We could not open this file. Send it again, or send a photo of it."))
        return
    try:
        _check(receipt)
    except OSError:
        # A full disk counts as no try: it must not make us refuse, and throw away, what people sent.
        Receipt.objects.filter(pk=pk, status=Receipt.Status.CHECKING).update(tries=F("tries") - 1)
        raise


def _check(receipt):
    try:
        with receipt.file.open("rb") as arrival:
            clean = uploads.clean(arrival.read())
    except uploads.UploadRefused as refusal:
        _settle(receipt, None, str(refusal))
    except FileNotFoundError:
        logger.warning("The file of receipt %s is not on the disk.", receipt.pk)
        _settle(receipt, None, _("We no longer have this file. Please send it again."))
    else:
        _settle(receipt, clean, "")


def _settle(receipt, clean, problem):
    storage, arrival = receipt.file.storage, receipt.file.name
    written = ""
    look = None
    if clean:
        look = _what_it_looks_like(clean)
        path = f"{arrival.rpartition('/')[0]}/{new_name(clean.extension)}"
        written = _write(path, ContentFile(clean.content))
    with transaction.atomic():
        current = Receipt.objects.select_for_update().filter(pk=receipt.pk, status=Receipt.Status.CHECKING).first()
        if current is None:
            # Another worker was quicker, or the person took the receipt away.
            if written:
                storage.delete(written)
            return
        current.file = written
        current.status = Receipt.Status.READY if clean else Receipt.Status.REFUSED
        current.problem = problem
        if clean:
            current.content_type, current.size = clean.content_type, len(clean.content)
            current.picture_hash = look
        current.save()
        transaction.on_commit(lambda: storage.delete(arrival))


def _what_it_looks_like(clean):
    """The difference hash of a clean picture; None for a blank one, and for a PDF."""
    if clean.content_type != uploads.CONTENT_TYPES[uploads.JPEG]:
        return None
    return pictures.difference_hash(clean.content)


def forget(receipt):
    """Delete a receipt, and its file once that is final. The claim must still be open to change."""
    storage, name = receipt.file.storage, receipt.file.name
    receipt.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))
