"""Deliver messages by hand, try failed ones again, and end marks on addresses."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import address_by
from people.messages import routing, rules, settling
from people.messages.handing import kick
from people.messages.models import AddressMark, Call, Message
from people.messages.models.channels import MessageChannel
from people.messages.telling import MessageError
from wellbeing.lib.actions import action
from wellbeing.lib.types import User

Channel, Status = Message.Channel, Message.Status


@action
def try_again(*, message: Message, by: User | None) -> Message:
    """Put a message that did not work back to wait, with its tries counted afresh. Return it.

    Raises MessageError unless it is a failed one and no other way is being tried. Locks the message.
    """
    message = Message.objects.locked(message.pk)
    if message.status != Status.FAILED:
        raise MessageError(_("This message has not failed, so there is nothing to try again."))
    later = message.notice.messages.filter(pk__gt=message.pk)
    if later.filter(status__in=[Status.SENDING, Status.SENT, Status.DELIVERED]).exists():
        raise MessageError(_("They have been told in another way since."))
    if unwanted := routing.why_unwanted(message):
        raise MessageError(unwanted)
    later.filter(status=Status.WAITING).update(status=Status.CANCELLED, last_error="")
    message.to = _where_now(message)
    message.status, message.attempts, message.sent_at, message.delivered_at = Status.WAITING, 0, None, None
    # A receipt that comes late speaks of the earlier try. A letter is printed here: its service knows it by the
    # reference of the first one, and would take the second for that.
    message.provider_ref, message.by_service = "", False
    message.told_by, message.told_how, message.last_error = None, "", ""
    message.next_try_at = timezone.now()
    message.save()
    kick([message])
    return message


@action
def record_call(
    *, message: Message, by: User, outcome: str, note: str = "", ring_at: dt.datetime | None = None
) -> Message:
    """Record that `by` rang about a message to tell by phone, and how it ended. Return the Message.

    `outcome` is one of Call.Outcome. When nobody answered, or they asked for another time, it waits until `ring_at`
    (now, where that is None). A wrong number is marked, and the person's next way is tried. Raises MessageError for a
    message that does not wait to be told by phone, or whose notice `by` may not read. Locks the message.
    """
    message = _to_tell(message, by, {Channel.PHONE})
    if outcome not in Call.Outcome:
        raise MessageError(_("Choose how the call ended."), field="outcome")
    Call.objects.create(message=message, outcome=outcome, note=note.strip(), by=by.person)
    message.attempts += 1
    if outcome == Call.Outcome.TOLD:
        return _told(message, by, note.strip() or _("On the phone"))
    if outcome == Call.Outcome.WRONG_NUMBER:
        routing.mark(message.channel, message.to, AddressMark.Reason.REFUSED, note.strip())
        return _failed(message, _("The number is wrong or does not work."))
    message.next_try_at = ring_at or timezone.now()
    message.save(update_fields=["attempts", "next_try_at"])
    return message


@action
def record_told(*, message: Message, by: User, how: str) -> Message:
    """Record that `by` told somebody in another way, and `how`. Return the Message.

    For every message that a colleague delivers: somebody due a letter may come by. Raises MessageError without `how`,
    for a message that does not wait for a colleague, or whose notice `by` may not read. Locks the message.
    """
    message = _to_tell(message, by, {Channel.LETTER, Channel.PHONE, Channel.COLLEAGUE})
    if not how.strip():
        raise MessageError(_("Say how you told them."), field="how")
    return _told(message, by, how.strip())


@action
def end_mark(*, mark: AddressMark, by: User) -> AddressMark:
    """End a mark on an address: it works again, or its person wants it used again. Return it. Locks the mark.

    Raises ActionError where `by` reads nobody's messages. Harmless the second time.
    """
    rules.can_end_mark(by, mark).insist(MessageError)
    mark = AddressMark.objects.select_for_update().get(pk=mark.pk)
    if mark.ended_at is None:
        mark.ended_at, mark.ended_by = timezone.now(), by.person
        mark.save(update_fields=["ended_at", "ended_by"])
    return mark


def _to_tell(message: Message, by: User, channels: set[MessageChannel]) -> Message:
    rules.can_tell(by, message).insist(MessageError)
    message = Message.objects.locked(message.pk)
    if message.channel not in channels or message.status != Status.WAITING:
        raise MessageError(_("Nobody has to be told of this any more. Somebody else may have done it."))
    return message


def _told(message: Message, by: User, how: str) -> Message:
    message.status, message.sent_at = Status.SENT, timezone.now()
    message.told_by, message.told_how, message.by_service = by.person, how, False
    message.save()
    return message


def _failed(message: Message, reason: str) -> Message:
    message.save(update_fields=["attempts"])
    settling.did_not_arrive(message, reason)
    return message


def _where_now(message: Message) -> str:
    """Return where a message goes when it is tried again: the address may be why it failed, and be a new one now."""
    person = message.notice.person
    if person is None or message.via:
        return message.to
    return address_by(message.channel, person) or message.to
