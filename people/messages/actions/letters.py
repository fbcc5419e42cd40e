"""Make batches of letters, post them, take them apart, and record letters that came back."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.jobs import actions as jobs
from people.jobs.queries import is_under_way
from people.messages import routing, rules, settling
from people.messages.letters import asking
from people.messages.letters.batches import JOB_KIND
from people.messages.models import AddressMark, BatchedLetter, LetterBatch, Message
from people.messages.models.letters import LetterBatchStatus
from people.messages.telling import MessageError
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


class LetterError(MessageError):
    """Something cannot be done with letters as things stand."""


@action
def make_batch(*, audience: str, by: User) -> LetterBatch:
    """Put every waiting letter of `audience` into a new batch, and have a worker make its file. Return the batch.

    Raises LetterError where no letter waits, or somebody else takes the same ones at this moment. Locks the letters.
    """
    rules.can_post(by, audience).insist(LetterError)
    waiting = asking.waiting_letters(by).filter(notice__audience=audience)
    ids = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not ids:
        raise LetterError(_("No letters wait. Somebody else may have made them: see the batches below."))
    batch = LetterBatch.objects.create(audience=audience, day=timezone.localdate(), count=len(ids), made_by=by.person)
    try:
        with transaction.atomic():
            BatchedLetter.objects.bulk_create(_in_order(batch, ids), batch_size=1000)
    except IntegrityError:
        raise LetterError(_("Somebody else is making these letters just now.")) from None
    jobs.start(kind=JOB_KIND, subject_id=batch.pk, by=by, total=len(ids) + 1)
    return batch


@action
def make_again(*, batch: LetterBatch, by: User) -> LetterBatch:
    """Have the file of a batch made again, where it is gone or changed: the same letters. Return the batch.

    Raises LetterError while it is being made, where it is as it was made, and for one taken apart. Locks the batch.
    """
    batch = _locked(batch, by)
    if batch.status == LetterBatch.Status.DROPPED:
        raise LetterError(_("This batch was taken apart. Its letters are in the list again."))
    if is_under_way(JOB_KIND, batch.pk):
        raise LetterError(_("A worker is making these letters now."))
    if batch.is_made and asking.is_intact(batch):
        raise LetterError(_("The file is as we made it. You can download it again."))
    batch.file, batch.sha256, batch.size, batch.made_at = "", "", 0, None
    batch.save(update_fields=["file", "sha256", "size", "made_at"])
    jobs.start(kind=JOB_KIND, subject_id=batch.pk, by=by, total=batch.letters.count() + 1)
    return batch


@action
def mark_posted(*, batch: LetterBatch, by: User) -> list[Message]:
    """Record that `by` posted the letters of a batch. Return those that were not to be posted any more.

    Such a letter is not needed any more, or its person was told in another way, since it was printed. Raises
    LetterError unless the file is made and the batch waits to be posted. Locks the batch and its letters.
    """
    batch = _locked(batch, by)
    if batch.status != LetterBatch.Status.MADE or not batch.is_made:
        raise LetterError(_("There is nothing to post here. Somebody else may have done it."))
    letters = list(asking.letters_in(batch).select_related("notice__person").select_for_update(of=("self",)))
    waiting = [letter.pk for letter in letters if letter.status == Message.Status.WAITING]
    now = timezone.now()
    Message.objects.filter(pk__in=waiting).update(
        status=Message.Status.SENT, sent_at=now, told_by=by.person, told_how=_("Posted")
    )
    _end(batch, LetterBatch.Status.POSTED, by)
    return [letter for letter in letters if letter.status != Message.Status.WAITING]


@action
def take_apart(*, batch: LetterBatch, by: User) -> LetterBatch:
    """Put the letters of a batch that is not to be posted back into the list of those that wait. Return the batch.

    Raises LetterError for one that is posted or taken apart. Locks the batch.
    """
    batch = _locked(batch, by)
    if batch.status != LetterBatch.Status.MADE:
        raise LetterError(_("These letters are posted, or the batch was taken apart before."))
    _end(batch, LetterBatch.Status.DROPPED, by)
    return batch


@action
def print_here(*, message: Message, by: User) -> Message:
    """Take back a letter that the printing service was to get: staff print it. Return it. Locks the message.

    Raises LetterError where the service has it already, or may have it as its answer was lost, and unless `by` may post
    it.
    """
    rules.can_post(by, message.notice.audience).insist(LetterError)
    message = Message.objects.locked(message.pk)
    if not message.by_service or message.status != Message.Status.WAITING:
        raise LetterError(_("This letter is with the printing service, or somebody took it back before."))
    if message.attempts:
        raise LetterError(
            _("We have tried to hand this letter over, and the printing service may have it. We will try again.")
        )
    message.by_service, message.next_try_at, message.last_error = False, timezone.now(), ""
    message.save(update_fields=["by_service", "next_try_at", "last_error"])
    return message


@action
def came_back(*, message: Message, by: User, reason: str) -> Message | None:
    """Record that a posted letter came back, and why. Return the next try to tell its person; None without one.

    The postal address is marked: nothing is posted there until the mark ends. Raises LetterError unless it is a posted
    letter that `by` may deliver. Locks the message.
    """
    rules.can_tell(by, message).insist(LetterError)
    message = Message.objects.locked(message.pk)
    if message.channel != Message.Channel.LETTER or not message.has_arrived:
        raise LetterError(_("Only a letter that was posted can come back."))
    if not reason.strip():
        raise LetterError(_("Say what is written on the envelope."), field="reason")
    routing.mark(message.channel, message.to, AddressMark.Reason.RETURNED, reason.strip())
    return settling.did_not_arrive(message, _("The letter came back: %s") % reason.strip())


def _in_order(batch: LetterBatch, ids: Sequence[int]) -> list[BatchedLetter]:
    return [BatchedLetter(batch=batch, message_id=pk, position=position) for position, pk in enumerate(ids)]


def _locked(batch: LetterBatch, by: User) -> LetterBatch:
    rules.can_post(by, batch.audience).insist(LetterError)
    return LetterBatch.objects.select_for_update().get(pk=batch.pk)


def _end(batch: LetterBatch, status: LetterBatchStatus, by: User) -> None:
    batch.status, batch.ended_by, batch.ended_at = status, by.person, timezone.now()
    batch.save(update_fields=["status", "ended_by", "ended_at"])
    batch.letters.filter(is_live=True).update(is_live=False)
