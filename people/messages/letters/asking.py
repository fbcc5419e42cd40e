"""Ask which letters wait, which batches there are, and whether the file of a batch is what was made."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, LPad, NullIf
from django.utils import timezone

from people import registry
from people.messages.models import BatchedLetter, LetterBatch, Message
from people.messages.models.messages import MessageQuerySet
from wellbeing.lib.types import User

# How long a letter that the printing service got stays in the list of those.
SHOWN_FOR = dt.timedelta(days=14)
# How long the service is asked what became of a letter: GOV.UK Notify tells it for 7 days.
FOLLOWED_FOR = dt.timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """The letters of one audience that wait to be made: how many."""

    audience: str
    count: int

    @property
    def name(self) -> str:
        """Return the name of who writes them."""
        return registry.voice(self.audience).name


def waiting_letters(user: User) -> MessageQuerySet:
    """Return the letters of audiences `user` reads that wait and are in no live batch, longest first.

    Without those that an app above draws and posts itself, those of a mailing that is held, and those of a later day.
    Each has its `reference` as printed, and the `problem` that kept it out of the last batch it was in, or for which
    the printing service did not take it.
    """
    live = BatchedLetter.objects.filter(message=OuterRef("pk"), is_live=True)
    last = BatchedLetter.objects.filter(message=OuterRef("pk")).order_by("-pk")
    own = [kind.key for kind in registry.notice_kinds.values() if kind.own_letter]
    rows = Message.objects.visible_to(user).by_hand()
    rows = rows.filter(~Exists(live), channel=Message.Channel.LETTER, next_try_at__lte=timezone.now())
    rows = rows.exclude(notice__kind__in=own)
    problem = Coalesce(NullIf(Subquery(last.values("problem")[:1]), Value("")), F("last_error"))
    return rows.annotate(reference=reference(), problem=problem).order_by("created_at", "pk")


def with_service(user: User) -> MessageQuerySet:
    """Return the letters of audiences `user` reads that a printing service posts, or did in the last two weeks.

    Those it has yet to get come first, the next one first. Each has its `reference` as printed.
    """
    since = timezone.now() - SHOWN_FOR
    rows = Message.objects.visible_to(user).filter(by_service=True).exclude(status=Message.Status.CANCELLED)
    rows = rows.filter(Q(sent_at__gte=since) | Q(status__in=[Message.Status.WAITING, Message.Status.SENDING]))
    return rows.annotate(reference=reference()).order_by(F("sent_at").desc(nulls_first=True), "next_try_at", "pk")


def to_hand_over(user: User) -> tuple[int, dt.datetime | None]:
    """Return how many letters `user` reads wait for the printing service, and when it gets the first of them."""
    rows = with_service(user).filter(status=Message.Status.WAITING).order_by()
    found = rows.aggregate(number=Count("pk"), first=Min("next_try_at"))
    return found["number"], found["first"]


def not_heard_of(user: User) -> int:
    """Return how many letters `user` reads the printing service has had for so long that we ask about them no more."""
    rows = with_service(user).filter(status=Message.Status.SENT, sent_at__lt=timezone.now() - FOLLOWED_FOR)
    return rows.count()


def reference() -> Concat:
    """Return an expression: the reference printed on the letter of a message (`writing.REFERENCE`)."""
    return Concat(Value("L"), LPad(Cast("pk", TextField()), 6, Value("0")), output_field=TextField())


def waiting_by_audience(user: User) -> list[Waiting]:
    """Count the waiting letters of each audience `user` reads, by the name of who writes them."""
    rows = waiting_letters(user).order_by().values("notice__audience").annotate(number=Count("pk"))
    found = [Waiting(row["notice__audience"], row["number"]) for row in rows]
    return sorted(found, key=lambda each: each.name)


def waiting_since(user: User) -> dt.datetime | None:
    """Return the moment from which the longest waiting letter has waited, or None."""
    return waiting_letters(user).order_by().aggregate(oldest=Min("created_at"))["oldest"]


def letters_in(batch: LetterBatch) -> MessageQuerySet:
    """Return the messages of the letters that were drawn for a batch, in the order of the pile."""
    ids = batch.letters.filter(problem="")
    place = ids.filter(message=OuterRef("pk")).values("position")[:1]
    rows = Message.objects.filter(pk__in=ids.values("message"))
    return rows.annotate(reference=reference(), position=Subquery(place)).order_by("position")


def to_post(user: User) -> list[LetterBatch]:
    """Return the batches `user` may post that are not posted yet, the oldest first."""
    batches = LetterBatch.objects.visible_to(user).filter(status=LetterBatch.Status.MADE)
    return list(batches.order_by("day", "pk"))


def is_intact(batch: LetterBatch) -> bool:
    """Return whether the file of a made batch is there, byte for byte as it was made."""
    try:
        with batch.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == batch.sha256
    except FileNotFoundError:
        return False
