"""Receipts on the disk: keep the file that arrived until it is checked, and put the clean copy in its place."""

from typing import Any, cast

from payments.claims.models.receipts import Receipt
from payments.upload_paths import receipt_path
from wellbeing.lib import sent_files
from wellbeing.lib.sent_files import MAX_TRIES, new_name
from wellbeing.lib.stored_files import delete_after_commit

__all__ = ["MAX_TRIES", "forget", "make_clean", "new_name", "sent_lately", "store_upload", "take"]


def store_upload(*, claim, file, kind, by):
    """Keep the uploaded `file` (its `kind` from uploads.quick_check) as a Receipt being checked. `by` is a Person.

    Raises OSError when the disk does not take it; nothing of it stays then.
    """
    return sent_files.store(Receipt(claim=claim, added_by=by), file, kind, receipt_path)


def make_clean(pk):
    """Put a clean copy in place of the receipt `pk` that arrived, or refuse it and say why. Harmless the second time.

    Raises OSError as `sent_files.make_clean` does.
    """
    sent_files.make_clean(Receipt, pk, _note_the_look)


def take(pk):
    """Take a receipt that is due, for as long as the lease lasts. Returns it, or None when it is not due any more."""
    return sent_files.take(Receipt, pk)


def sent_lately(person, since):
    """Count the files `person` has sent after the time `since`, those removed again included."""
    # The history's model, which pghistory adds.
    history = cast(Any, Receipt).pgh_event_model
    return history.objects.filter(pgh_label="insert", added_by=person.pk, pgh_created_at__gt=since).count()


def forget(receipt):
    """Delete a receipt, and its file once that is final. The claim must still be open to change."""
    receipt.delete()
    delete_after_commit(receipt.file)


def _note_the_look(receipt, clean):
    receipt.picture_hash = clean.look
