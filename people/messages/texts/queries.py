"""Find out whose number it is, what was asked there, and what waits to be read."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from people import registry
from people.directory.models import Person
from people.messages.models import AddressMark, DemoText, IncomingText, Message, Notice
from people.messages.routing import Way, ways_now
from wellbeing.lib.types import User

# Texts that may have reached a phone. One that a worker is just sending may be answered before the worker knows.
GONE_OUT = (Message.Status.SENDING, Message.Status.SENT, Message.Status.DELIVERED)


def people_of(number: str) -> QuerySet[Person]:
    """Return the people of this number, and those whose supporter has it."""
    return Person.objects.filter(Q(phone=number) | Q(supporter__phone=number)).distinct().order_by("pk")


def owner_of(number: str) -> Person | None:
    """Return the one person of this number, or whose supporter has it; None where there is nobody, or several."""
    people = people_of(number)[:2]
    return people[0] if len(people) == 1 else None


def latest_to(number: str) -> Notice | None:
    """Return the notice that was sent to the number by text last, or None."""
    message = _texts_to(number).select_related("notice").order_by("-created_at", "-pk").first()
    return message.notice if message else None


def question_to(number: str, person: Person) -> Notice | None:
    """Return the latest notice to `person`, sent to the number by text, that takes YES or NO and got neither."""
    questions = _texts_to(number).filter(
        notice__kind__in=registry.text_answers, notice__person=person, notice__answers_by_text=None
    )
    message = questions.select_related("notice").order_by("-created_at", "-pk").first()
    return message.notice if message else None


def stop_of(number: str) -> AddressMark | None:
    """Return the open mark that no texts are wanted at `number`, or None."""
    stopped = AddressMark.objects.open().filter(reason=AddressMark.Reason.STOPPED, channel=Message.Channel.SMS)
    return stopped.filter(address=number).first() if number else None


def way_without_texts(person: Person) -> Way | None:
    """Return how `person` is told something where no text goes to their own number; None where a colleague has to."""
    others = (way for way in ways_now(person) if (way.channel, way.to) != (Message.Channel.SMS, person.phone))
    return next(others, None)


def lock_number(number: str) -> None:
    """Let one transaction at a time take texts from a number, so that two answers at once go to two questions.

    No row is locked: an answer goes on to lock an event, and a change of the event holds it and wants messages.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"texts from {number}"])


def texts_to_read(user: User) -> QuerySet[IncomingText]:
    """Return the texts that wait to be read and that `user` may read as a colleague, oldest first."""
    return IncomingText.objects.visible_to(user).to_read().select_related("person").order_by("received_at", "pk")


def latest_demo_texts() -> list[DemoText]:
    """Return the latest text of each of the demo's phones, the latest of all first."""
    latest = DemoText.objects.order_by("number", "-at", "-pk").distinct("number")
    return sorted(latest, key=lambda text: (text.at, text.pk), reverse=True)


def names_of_numbers(numbers: Iterable[str]) -> dict[str, str]:
    """Return whose each of `numbers` is: "Ann Invented", or "Ann Invented, Ben Invented" where they share it."""
    names: dict[str, list[str]] = {}
    people = Person.objects.filter(Q(phone__in=set(numbers))).order_by("sort_key")
    for number, name in people.values_list("phone", "full_name"):
        names.setdefault(number, []).append(name)
    return {number: ", ".join(found) for number, found in names.items()}


def _texts_to(number: str) -> QuerySet[Message]:
    return Message.objects.filter(channel=Message.Channel.SMS, to=number, status__in=GONE_OUT)
