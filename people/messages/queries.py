"""Find out how people are reached, how far a notice has come, and what waits for colleagues."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.directory.models import Person, Supporter
from people.messages import posting, routing
from people.messages.models import AddressMark, Mailing, MailReport, Message
from people.messages.models.messages import MessageQuerySet, MessageStatus
from people.messages.models.notices import READ_KEY_LENGTH
from people.messages.routing import Way
from wellbeing.lib import phones
from wellbeing.lib.types import PersonId, User


@dataclass(frozen=True)
class EarlierContact:
    """An email address or phone number a person had before: `field` is "email" or "phone", `until` when it ended."""

    field: str
    value: str
    until: dt.datetime


def earlier_contacts(person: Person, since: dt.datetime) -> list[EarlierContact]:
    """Return contacts by which a person could be reached at some time after `since` and not now, the newest first.

    Read from the person's history, so it holds however the change was made. Each value once, with when it last ended.
    """
    rows = list(
        person.history.order_by("pgh_id").values_list("pgh_created_at", "email", "phone")  # type: ignore[attr-defined]  # pghistory adds it
    )
    contacts = {}
    for (_began, *before), (ended, *after) in itertools.pairwise(rows):
        for field, old, new in zip(("email", "phone"), before, after, strict=True):
            # History keeps a number as it was typed before numbers had one form.
            if old and _same(old) != _same(new) and ended >= since:
                contacts[field, _same(old)] = EarlierContact(field, old, ended)
    now = {("email", _same(person.email)), ("phone", _same(person.phone))}
    return sorted(
        (contact for key, contact in contacts.items() if key not in now),
        key=lambda contact: contact.until,
        reverse=True,
    )


def _same(contact: str) -> str:
    return phones.stored(contact).lower()


def ways_to(people: Iterable[Person]) -> dict[PersonId, Way | None]:
    """Return how each of `people` would be told something now; None where a colleague has to find a way."""
    people = list(people)
    supporters = {row.person_id: row for row in Supporter.objects.filter(person__in=[one.pk for one in people])}
    marks = routing.marks_on(people, supporters.values())
    ways = {one.pk: routing.ways_of(one, marks, supporters.get(one.pk)) for one in people}
    return {pk: found[0] if found else None for pk, found in ways.items()}


def ways_in_words(people: Iterable[Person]) -> list[str]:
    """Say how many of `people` are told by which channel: "12 by email", "3 by letter". The usual channel first."""
    channels = Counter(way.channel if way else Message.Channel.COLLEAGUE for way in ways_to(people).values())
    words = {
        Message.Channel.EMAIL: _("%(number)s by email"),
        Message.Channel.SMS: _("%(number)s by text message"),
        Message.Channel.LETTER: (
            _("%(number)s by letter, which %(service)s prints and posts")
            if posting.service_name()
            else _("%(number)s by letter, which you print and post")
        ),
        Message.Channel.PHONE: _("%(number)s by phone: you ring them"),
        Message.Channel.COLLEAGUE: _("%(number)s by a colleague, as we have no way that works"),
    }
    service = {"service": posting.service_name()}
    return [words[channel] % {"number": channels[channel], **service} for channel in words if channels[channel]]


def reach_in_words(way: Way | None) -> str:
    """Say in a few words how somebody is reached by `way`."""
    if way is None:
        return _("No way that works")
    to = phones.shown(way.to) if way.channel in {Message.Channel.SMS, Message.Channel.PHONE} else way.to
    words = way.channel.label if way.channel == Message.Channel.LETTER else f"{way.channel.label}: {to}"
    return _("%(how)s, through %(name)s") % {"how": words, "name": way.via} if way.via else str(words)


def state_of(path: str, *statuses: MessageStatus) -> Exists:
    """Return an expression: whether the notice at `path` has a message in one of `statuses`."""
    return Exists(Message.objects.filter(notice=OuterRef(path), status__in=statuses))


def not_reached(path: str) -> Q:
    """Return a Q: the notice at `path` has failed, and nobody is trying another way."""
    trying = set(Message.Status) - {Message.Status.FAILED, Message.Status.CANCELLED}
    return Q(state_of(path, Message.Status.FAILED)) & ~Q(state_of(path, *trying))


def lost() -> QuerySet[Message]:
    """Return failed messages whose notice nobody is trying to deliver in another way, and that reached nobody.

    Without emails to nobody's address that came back: those are on a list of their own, see `mail_reports`.
    """
    trying = set(Message.Status) - {Message.Status.FAILED, Message.Status.CANCELLED}
    other = Message.objects.filter(notice=OuterRef("notice"), status__in=trying)
    rows = Message.objects.filter(~Exists(other), status=Message.Status.FAILED)
    reported = MailReport.objects.filter(for_an_administrator=True, message__isnull=False)
    return rows.exclude(pk__in=reported.values("message"))


def to_be_told(user: User) -> MessageQuerySet:
    """Return messages that wait for a colleague and that `user` may deliver, oldest first, with notice and person."""
    own = [kind.key for kind in registry.notice_kinds.values() if kind.own_letter]
    rows = readable_by(user).by_hand().exclude(channel=Message.Channel.LETTER, notice__kind__in=own)
    return rows.select_related("notice__person", "colleague").order_by("created_at", "pk")


def readable_by(user: User) -> MessageQuerySet:
    """Return messages `user` may open: those of their audiences, and those that are their task."""
    if user.is_administrator:
        return Message.objects.all()
    return Message.objects.filter(Q(notice__audience__in=registry.audiences_read_by(user)) | Q(colleague=user.person))


def has_tasks(user: User) -> bool:
    """Return whether a message is, or was, the task of `user`."""
    return Message.objects.filter(colleague=user.person).exists()


def progress_of(mailing: Mailing) -> list[tuple[str, int]]:
    """Return how many messages of a mailing are in each state, in the order in which they come to it."""
    rows = Message.objects.filter(notice__mailing=mailing).order_by().values_list("status")
    numbers = dict(rows.annotate(number=Count("pk")))
    return [(str(status.label), numbers[status]) for status in Message.Status if status in numbers]


def read_link_like() -> str:
    """Return an address as long as that of the page to read a notice on."""
    return settings.SITE_URL + reverse("notice_by_link", args=["x" * READ_KEY_LENGTH])


def marks_of(person: Person) -> QuerySet[AddressMark]:
    """Return the open marks on the addresses and numbers of `person` and their supporter."""
    supporter = Supporter.objects.filter(person=person).first()
    keys = routing.address_keys([person], [supporter] if supporter else [])
    return AddressMark.objects.open().filter(address__in=keys)


# The titles of tasks by channel: for one person, and for several. Letters are posted in batches, by whoever does it.
TASK_TITLES = {
    Message.Channel.PHONE: (gettext_lazy("Ring %(name)s"), gettext_lazy("Ring %(number)s people")),
    Message.Channel.COLLEAGUE: (
        gettext_lazy("Find a way to tell %(name)s"),
        gettext_lazy("Find a way to tell %(number)s people"),
    ),
}


def task_title(titles: tuple[Any, Any], number: int, person: Person | None) -> str:
    """Return the title of a task about `number` people, the first of whom is `person`."""
    one, several = titles
    return str(one) % {"name": person} if number == 1 else str(several) % {"number": number}
