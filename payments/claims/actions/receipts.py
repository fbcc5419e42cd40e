"""Add, use and remove receipts of a claim."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims import receipts, rules, tasks
from payments.claims.models.lines import ClaimLine
from payments.claims.models.receipts import Receipt
from payments.claims.transitions import ClaimError, expense_line, lock_claim
from people.models import User
from wellbeing.lib import uploads
from wellbeing.lib.actions import action
from wellbeing.lib.workers import send_to_worker

logger = logging.getLogger(__name__)


@action
def add_receipt(*, line: ClaimLine, by: User, file: UploadedFile) -> Receipt:
    """Give an expense a receipt, beside those it has; one that could not be opened goes. Returns the Receipt.

    A worker then checks it. Raises ClaimError (field "receipt") when the file is empty, too large, or not a photo or
    PDF, and when there are too many. Locks the claim.
    """
    claim = lock_claim(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = expense_line(claim, line)
    receipt = _keep_receipt(line, file, by)
    _delete_unused_receipts(line, line.receipts.filter(status=Receipt.Status.REFUSED))
    _forget_why_none(line)
    return receipt


@action
def use_receipt(*, line: ClaimLine, by: User, receipt: Receipt) -> Receipt:
    """Let a receipt of the same claim prove this expense too: one ticket for two, one bill for a week.

    Harmless the second time. Raises ClaimError when the receipt is not on the claim, or could not be opened.
    """
    claim = lock_claim(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = expense_line(claim, line)
    usable = claim.receipts.exclude(status=Receipt.Status.REFUSED).filter(pk=receipt.pk).first()
    if usable is None:
        raise ClaimError(_("This receipt is no longer on your claim. Add it again."))
    usable.lines.add(line)
    _delete_unused_receipts(line, line.receipts.filter(status=Receipt.Status.REFUSED))
    _forget_why_none(line)
    return usable


@action
def remove_receipt(*, line: ClaimLine, by: User, receipt: Receipt) -> None:
    """Take a receipt off an expense; its file goes once no expense uses it. Harmless the second time."""
    claim = lock_claim(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = expense_line(claim, line)
    _delete_unused_receipts(line, line.receipts.filter(pk=receipt.pk))


def _forget_why_none(line: ClaimLine) -> None:
    """Clear the reason why an expense has no receipt, now that it has one."""
    if line.no_receipt_reason:
        line.no_receipt_reason = line.no_receipt_words = ""
        line.save(update_fields=["no_receipt_reason", "no_receipt_words"])


def _keep_receipt(line: ClaimLine, file: UploadedFile, by: User) -> Receipt:
    _must_have_room_for_a_file(line, by)
    try:
        kind = uploads.quick_check(file, max_bytes=settings.UPLOAD_MAX_BYTES)
    except uploads.UploadRefusedError as refusal:
        raise ClaimError(str(refusal), field="receipt") from None
    try:
        receipt = receipts.store_upload(claim=line.claim, file=file, kind=kind, by=by.person)
    except OSError:
        logger.exception("A receipt of claim %s could not be stored.", line.claim_id)
        raise ClaimError(uploads.no_room(), field="receipt") from None
    receipt.lines.add(line)
    transaction.on_commit(lambda: send_to_worker(tasks.clean_receipt, receipt.pk))
    return receipt


def _must_have_room_for_a_file(line: ClaimLine, by: User) -> None:
    """Raise ClaimError (field "receipt") when the expense or the claim is full, or `by` sent too many files lately."""
    usable = Receipt.objects.exclude(status=Receipt.Status.REFUSED)
    if usable.filter(lines=line).count() >= settings.RECEIPTS_A_LINE:
        raise ClaimError(
            _("This expense has %(limit)s files, which is the most. Remove one first, or put more in one photo.")
            % {"limit": settings.RECEIPTS_A_LINE},
            field="receipt",
        )
    if usable.filter(claim=line.claim_id).count() >= settings.RECEIPTS_A_CLAIM:
        raise ClaimError(
            _("This claim has %(limit)s files, which is the most. Remove one that you do not need first.")
            % {"limit": settings.RECEIPTS_A_CLAIM},
            field="receipt",
        )
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    if receipts.sent_lately(by.person, hour_ago) >= settings.RECEIPTS_AN_HOUR:
        raise ClaimError(
            _("You have sent %(limit)s files in an hour, which is the most. Your claim is saved. Send this one later.")
            % {"limit": settings.RECEIPTS_AN_HOUR},
            field="receipt",
        )


def _delete_unused_receipts(line: ClaimLine, unwanted: Iterable[Receipt]) -> None:
    for receipt in unwanted:
        receipt.lines.remove(line)
        if not receipt.lines.exists():
            receipts.forget(receipt)
