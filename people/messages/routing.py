"""Choose how a notice reaches its person: by the channel they chose, then by their second choice, then by a colleague.

No choice of ours replaces theirs: somebody who asked for letters gets no email because we happen to have an address.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person, Supporter, address_by
from people.messages import posting
from people.messages.models import AddressMark, EmailStop, Message, Notice
from people.messages.models.channels import MessageChannel
from wellbeing.lib import phones

Channel = Message.Channel
# Every mark on an address: (channel, address key).
Marks = set[tuple[str, str]]


@dataclass(frozen=True)
class Way:
    """A way to somebody: the channel, the address or number there, and the supporter it goes through."""

    channel: MessageChannel
    to: str
    via: str = ""


def address_key(channel: str, to: str) -> str:
    """Return the form in which two ways to type an address, number or postal address are equal."""
    if channel in {Channel.SMS, Channel.PHONE}:
        return phones.stored(to)
    return " ".join(to.split()).lower()[:500]


def can_text() -> bool:
    """Return whether this installation sends text messages: it names a provider."""
    return bool(settings.TEXT_PROVIDER)


def ways_of(person: Person, marks: Marks, supporter: Supporter | None = None) -> list[Way]:
    """Return the ways to `person` that they chose and that work today, the first choice first."""
    ways = [_way(person, choice, supporter) for choice in (person.channel, person.second_channel) if choice]
    usable = [way for way in ways if way and _works(way, marks)]
    return list(dict.fromkeys(usable))


def ways_now(person: Person) -> list[Way]:
    """Return the ways to one person that work today."""
    supporter = Supporter.objects.filter(person=person).first()
    return ways_of(person, marks_on([person], [supporter] if supporter else []), supporter)


def marks_on(people: Iterable[Person], supporters: Iterable[Supporter] = ()) -> Marks:
    """Return the marks that let nothing through to the addresses and numbers of `people` and `supporters`.

    With one query.
    """
    keys = address_keys(people, supporters)
    return set(AddressMark.objects.blocking().filter(address__in=keys).values_list("channel", "address"))


def address_keys(people: Iterable[Person], supporters: Iterable[Supporter] = ()) -> set[str]:
    """Return the key of every address and number of `people` and `supporters`."""
    everyone: list[Person | Supporter] = [*people, *supporters]
    return {
        address_key(channel, to)
        for one in everyone
        for channel, to in (
            (Channel.EMAIL, one.email),
            (Channel.PHONE, one.phone),
            (Channel.LETTER, one.postal_address),
        )
        if to
    }


def first_messages(notices: Iterable[Notice]) -> list[Message]:
    """Return an unsaved Message for each of `notices` (of people): the first way that works, or a colleague."""
    notices = list(notices)
    people = {notice.person_id: notice.person for notice in notices if notice.person}
    supporters = {row.person_id: row for row in Supporter.objects.filter(person__in=_with_supporter(people.values()))}
    marks = marks_on(people.values(), supporters.values())
    tellers: dict[str, Person | None] = {}
    messages = []
    for notice in notices:
        person = notice.person
        assert person is not None
        ways = ways_of(person, marks, supporters.get(person.pk))
        messages.append(_message(notice, ways[0] if ways else None, tellers))
    _leave_out_unwanted(messages)
    posting.plan(messages)
    return messages


def open_next(notice: Notice) -> Message | None:
    """Try the next way to the person of `notice`: a Message, saved; None where nothing is left to try.

    Called in the transaction that says that the message before it did not work. The last way is a colleague.
    """
    person = notice.person
    if person is None or registry.notice_kinds[notice.kind].secret:
        return None
    messages = list(notice.messages.order_by("pk"))
    tried = {message.channel for message in messages}
    last = messages[-1] if messages else None
    if last and last.channel == Channel.COLLEAGUE and last.status == Message.Status.FAILED:
        return None
    left = [way for way in ways_now(person) if way.channel not in tried]
    message = _message(notice, left[0] if left else None, {})
    _leave_out_unwanted([message])
    posting.plan([message])
    message.save()
    return message


def look_again(person: Person) -> list[Message]:
    """Try anew to reach `person` where a colleague was to find a way, and one that they chose works now.

    Called when their details have changed. Return the new messages, saved.
    """
    opened = []
    waiting = Message.objects.by_hand().filter(notice__person=person, channel=Channel.COLLEAGUE)
    for message in waiting.select_for_update(of=("self",)).select_related("notice__person"):
        tried = set(message.notice.messages.values_list("channel", flat=True))
        way = next(iter(ways_now(person)), None)
        if way is None or way.channel in tried:
            continue
        message.status = Message.Status.CANCELLED
        message.save(update_fields=["status"])
        following = open_next(message.notice)
        if following:
            opened.append(following)
    return opened


def give_tasks() -> int:
    """Give each message for a colleague who does not speak for its programme any more to one who does. Return how many.

    Where nobody speaks for it, administrators find it on their home page.
    """
    given = 0
    for voice in Message.objects.by_hand().order_by().values_list("notice__voice", flat=True).distinct():
        tellers = registry.colleagues_of(voice)
        others = Message.objects.by_hand().filter(notice__voice=voice).exclude(colleague__in=tellers)
        given += others.update(colleague=tellers[0] if tellers else None)
    return given


def mark(channel: str, to: str, reason: str, said: str = "") -> None:
    """Mark an address as one that reaches nobody, or that must not be used. Harmless the second time."""
    complained = Q(reason=AddressMark.Reason.COMPLAINED)
    marks = AddressMark.objects.filter(complained if reason == AddressMark.Reason.COMPLAINED else ~complained)
    marks.get_or_create(
        channel=channel,
        address=address_key(channel, to),
        ended_at=None,
        defaults={"reason": reason, "said": said[:500]},
    )


def is_marked(channel: str, to: str) -> bool:
    """Return whether an address must not be used by this channel today."""
    return AddressMark.objects.blocking().filter(channel=channel, address=address_key(channel, to)).exists()


def end_marks(channel: str, to: str, *reasons: str) -> None:
    """End the marks on an address that were made for one of `reasons`. Harmless where there is none."""
    marks = AddressMark.objects.open().filter(channel=channel, address=address_key(channel, to), reason__in=reasons)
    marks.update(ended_at=timezone.now())


def why_unwanted(message: Message) -> str:
    """Say in a sentence why a message is not to be sent: its person wants no such emails. "" where it is wanted."""
    return _reasons([message]).get(message.notice_id, "")


def _leave_out_unwanted(messages: Iterable[Message]) -> None:
    """Cancel those of unsaved `messages` that their person does not want, with the reason in words."""
    messages = list(messages)
    reasons = _reasons(messages)
    for message in messages:
        if reason := reasons.get(message.notice_id):
            message.status, message.last_error = Message.Status.CANCELLED, reason


def _reasons(messages: Iterable[Message]) -> dict[int, str]:
    """Return why emails of kinds that are not essential are unwanted, by the key of their notice.

    Asks the database nothing where every kind is essential.
    """
    emails = [
        message
        for message in messages
        if message.channel == Channel.EMAIL and not registry.notice_kinds[message.notice.kind].essential
    ]
    if not emails:
        return {}
    people = {message.notice.person_id for message in emails}
    stops = set(EmailStop.objects.open().filter(person__in=people).values_list("person", "kind"))
    keys = {address_key(message.channel, message.to) for message in emails}
    complained = AddressMark.objects.open().filter(channel=Channel.EMAIL, reason=AddressMark.Reason.COMPLAINED)
    complaints = set(complained.filter(address__in=keys).values_list("address", flat=True))
    reasons = {}
    for message in emails:
        notice = message.notice
        if (notice.person_id, notice.kind) in stops:
            reasons[notice.pk] = _("They asked for no more emails of this kind.")
        elif address_key(message.channel, message.to) in complaints:
            reasons[notice.pk] = _("An email from us was reported as unwanted, so only what they need goes there.")
    return reasons


def why_unreachable(person: Person) -> str:
    """Say in a sentence why a colleague has to find a way to `person`; "" where a way works."""
    if ways_now(person):
        return ""
    if person.channel == Person.Channel.SMS and not can_text():
        return _("They asked for text messages. This service cannot send any yet.")
    way = _way(person, person.channel, Supporter.objects.filter(person=person).first())
    if way is None:
        return _("We have no address or number for the way they chose.")
    key = address_key(way.channel, way.to)
    row = AddressMark.objects.blocking().filter(channel=way.channel, address=key).first()
    return str(row.get_reason_display()) if row else ""


def _with_supporter(people: Iterable[Person]) -> list[int]:
    chosen = Person.Channel.SUPPORTER
    return [person.pk for person in people if chosen in {person.channel, person.second_channel}]


def _way(person: Person, choice: str, supporter: Supporter | None) -> Way | None:
    if choice == Person.Channel.SUPPORTER:
        if supporter is None:
            return None
        way = _way_to(supporter, supporter.channel)
        return Way(way.channel, way.to, via=supporter.name) if way else None
    return _way_to(person, choice)


def _way_to(one: Person | Supporter, choice: str) -> Way | None:
    to = address_by(choice, one)
    return Way(Channel(choice), to) if to else None


def _works(way: Way, marks: Marks) -> bool:
    if way.channel == Channel.SMS and not can_text():
        return False
    return (way.channel, address_key(way.channel, way.to)) not in marks


def _message(notice: Notice, way: Way | None, tellers: dict[str, Person | None]) -> Message:
    by_hand = way is None or way.channel in {Channel.LETTER, Channel.PHONE}
    if by_hand and notice.voice not in tellers:
        tellers[notice.voice] = next(iter(registry.colleagues_of(notice.voice)), None)
    return Message(
        notice=notice,
        channel=way.channel if way else Channel.COLLEAGUE,
        to=way.to if way else "",
        via=way.via if way else "",
        colleague=tellers[notice.voice] if by_hand else None,
    )
