"""Send a message again that failed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from people.messages.models import Message
from people.messages.outbox import OutboxError, kick
from wellbeing.lib.actions import action
from wellbeing.lib.types import User


@action
def try_again(*, message: Message, by: User | None) -> Message:
    """Put a message that could not be sent back into the queue, with its tries counted afresh. Return it.

    Raises OutboxError unless it is a failed one. Locks the message.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.status != Message.Status.FAILED:
        raise OutboxError(_("This message has not failed, so there is nothing to try again."))
    if message.person and message.person.email:
        # The address may be why it failed: send to the one the person has now.
        message.to_address = message.person.email
    message.status = Message.Status.WAITING
    message.attempts = 0
    message.next_try_at = timezone.now()
    message.save(update_fields=["to_address", "status", "attempts", "next_try_at"])
    kick([message.pk])
    return message
