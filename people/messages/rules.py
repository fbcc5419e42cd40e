"""Say who may read messages, and who may deliver them."""

from django.utils.translation import gettext as _

from people import registry
from people.messages.models import AddressMark, Message
from wellbeing.lib.rulings import YES, Ruling
from wellbeing.lib.types import User


def can_read_messages(user: User) -> bool:
    """May `user` read messages? Yes if they are an administrator or an app above names an audience for them."""
    return user.is_administrator or any(reads(user) for reads in registry.message_readers)


def can_tell(user: User, message: Message) -> Ruling:
    """May `user` tell somebody what `message` says? Yes if it is their task, or its staff read it."""
    if user.is_administrator or message.colleague_id == user.person.pk:
        return YES
    if message.notice.audience in registry.audiences_read_by(user):
        return YES
    return Ruling(_("Only staff of the programme that says this can tell them."))


def can_write(user: User, voice: str) -> Ruling:
    """May `user` write to people in this `voice`? Yes if they are staff of its programme."""
    if voice and voice in registry.audiences_read_by(user):
        return YES
    return Ruling(_("Only staff of the programme can write to its people."))


def can_post(user: User, audience: str) -> Ruling:
    """May `user` print and post the letters of `audience`? Yes if they read its notices."""
    if user.is_administrator or (audience and audience in registry.audiences_read_by(user)):
        return YES
    return Ruling(_("Only staff of the programme that writes these letters can print and post them."))


def can_end_mark(user: User, mark: AddressMark) -> Ruling:
    """May `user` say that a marked address works again? Yes if they read messages; a STOP is the person's to end."""
    if not can_read_messages(user):
        return Ruling(_("Only staff can say that an address works again."))
    if mark.reason == AddressMark.Reason.STOPPED:
        return Ruling(_("They asked us to stop. They can write START from that number, or change it on their page."))
    return YES
