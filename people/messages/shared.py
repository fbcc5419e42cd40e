"""Find the messages whose address or number somebody else has as well: each says for whom it is."""

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Upper

from people.directory.models import Person
from people.messages.models import Message


def note_shared(messages: Iterable[Message]) -> None:
    """Set `is_shared` on those of `messages` whose address, or number, a person of another name has too.

    One query for addresses and one for numbers. Records that nobody has said yes to by email are no reason: a programme
    may have typed another name of the same person.
    """
    messages = [message for message in messages if message.notice.person is not None]
    emails = {message.to.upper() for message in messages if message.channel == Message.Channel.EMAIL}
    numbers = {message.to for message in messages if message.channel == Message.Channel.SMS}
    joined = Person.objects.filter(Q(joined_at__isnull=False) | Q(user__isnull=False))
    names: dict[str, set[str]] = {}
    if emails:
        at_email = joined.annotate(at=Upper("email")).filter(at__in=emails)
        for at, name in at_email.values_list("at", "full_name"):
            names.setdefault(at, set()).add(name.casefold())
    if numbers:
        for at, name in Person.objects.filter(phone__in=numbers).values_list("phone", "full_name"):
            names.setdefault(at, set()).add(name.casefold())
    for message in messages:
        assert message.notice.person is not None
        at = message.to.upper() if message.channel == Message.Channel.EMAIL else message.to
        message.is_shared = bool(names.get(at, set()) - {message.notice.person.full_name.casefold()})
