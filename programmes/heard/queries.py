"""Answer questions about contributions: what waits, who was told, who says that it is true."""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from people.directory.models import Person
from people.messages import queries as message_queries
from people.messages.models import Message
from people.messages.models.messages import MessageStatus
from programmes.heard.models import Contribution, ContributionDraft, ContributionOutcome, Contributor, ToldBack
from programmes.heard.models.limits import FewestShown
from programmes.programme import queries as programme_queries
from programmes.programme.models.programmes import Programme, Role
from wellbeing.lib.suppression import suppressed
from wellbeing.lib.types import ProgrammeId, User

# A message in one of these went out, or a colleague wrote down that they told its person; it did not come back.
REACHED = (MessageStatus.SENT, MessageStatus.DELIVERED)


@dataclass(frozen=True)
class EarlierWords:
    """The words of a contribution before it was corrected, and until when."""

    until: dt.datetime
    theme: str
    words: str


def of_programme(programme: Programme, user: User) -> QuerySet[Contribution]:
    """Return the contributions of `programme` on its page "You said, we did", as `user` may read them.

    Those taken off the page are not on it, for any reader.
    """
    rows = Contribution.objects.visible_to(user).shown().filter(programme=programme)
    return rows.select_related("outcome", "group")


def open_for(programme: Programme) -> QuerySet[Contribution]:
    """Return the contributions of `programme` that wait for an answer, the oldest first, without hidden ones."""
    rows = Contribution.objects.shown().filter(programme=programme, status=Contribution.Status.OPEN)
    return rows.select_related("owner", "group").order_by("said_on", "pk")


def hidden_in(programme: Programme) -> int:
    """Return how many contributions of `programme` were taken off the page."""
    return Contribution.objects.filter(programme=programme).exclude(hidden_at=None).count()


def with_numbers(rows: QuerySet[Contribution]) -> QuerySet[Any]:
    """Add to each contribution how many `people` said it, and of its answer: `asked`, `told`, `true` and `not_true`.

    `asked` are those who are to be told, `told` those whom a message reached; `disputed` says whether somebody waits
    for a response to "that is not true".
    """
    told_back = ToldBack.objects.filter(outcome=OuterRef("outcome"))
    people = Contributor.objects.filter(contribution=OuterRef("pk"))
    return rows.annotate(
        people=_number_of(people, "contribution"),
        asked=_number_of(told_back.exclude(notice=None), "outcome"),
        told=_number_of(told_back.filter(reached()), "outcome"),
        true=_number_of(told_back.filter(reply=ToldBack.Reply.TRUE), "outcome"),
        not_true=_number_of(told_back.filter(reply=ToldBack.Reply.NOT_TRUE), "outcome"),
        disputed=Exists(told_back.filter(reply=ToldBack.Reply.NOT_TRUE, response="")),
    )


def reached() -> Exists:
    """Return an expression over ToldBack: whether its notice reached its person, as far as we know."""
    return message_queries.state_of("notice", *REACHED)


def told_back_of(outcome: ContributionOutcome | None) -> list[Any]:
    """Return who was told of `outcome`, each with `told_at`: when a message reached them, or None. Empty for None."""
    if outcome is None:
        return []
    sent = Message.objects.filter(notice=OuterRef("notice"), status__in=REACHED).order_by("sent_at")
    rows = ToldBack.objects.filter(outcome=outcome).annotate(told_at=Subquery(sent.values("sent_at")[:1]))
    rows = rows.select_related("contributor__person", "reply_by", "responded_by", "notice")
    return list(rows.prefetch_related("notice__messages", "contributor__person__consents").order_by("pk"))


def contributor_of(user: User, contribution: Contribution) -> Contributor | None:
    """Return `user` as one of those who said `contribution`, or None."""
    if not user.is_authenticated:
        return None
    return contribution.contributors.filter(person__user=user).first()


def draft_of(user: User, programme: Programme) -> ContributionDraft | None:
    """Return what `user` has begun to tell `programme` and not sent, or None."""
    return ContributionDraft.objects.filter(programme=programme, person__user=user).first()


def earlier_words(contribution: Contribution) -> list[EarlierWords]:
    """Return what `contribution` said before each correction, the latest first."""
    if contribution.corrected_at is None:
        return []
    rows = list(
        contribution.history.order_by("pgh_id").values_list(  # type: ignore[attr-defined]  # pghistory adds it
            "theme", "words", "corrected_at"
        )
    )
    found = []
    for (theme, words, _corrected_at), (new_theme, new_words, corrected_at) in itertools.pairwise(rows):
        if (theme, words) != (new_theme, new_words):
            found.append(EarlierWords(corrected_at, theme, words))
    return found[::-1]


def earlier_outcomes(contribution: Contribution) -> QuerySet[ContributionOutcome]:
    """Return the answers to `contribution` that no longer count, the latest first."""
    rows = contribution.outcomes.order_by("-number")
    return rows.exclude(pk=contribution.outcome_id) if contribution.outcome_id else rows


def people_who_may_have_said_it(programme: Programme, on: dt.date) -> QuerySet[Person]:
    """Return everybody with a role or seat in `programme` on the day `on`, by name."""
    rows = Person.objects.filter(programme_queries.holding(programme, on=on))
    return rows.order_by("sort_key", "pk")


def owners(programme: Programme, on: dt.date) -> QuerySet[Person]:
    """Return the staff of `programme` on the day `on`, one of whom sees to a contribution, by name."""
    rows = Person.objects.filter(programme_queries.holding(programme, Role.STAFF, on=on))
    return rows.order_by("sort_key", "pk")


def fewest_for_members(on: dt.date) -> int:
    """Return the smallest count of people that members of a programme are shown on the day `on`."""
    return FewestShown.objects.effective_on(on, FewestShown.Readers.MEMBERS)


def fewest_for_everybody(on: dt.date) -> int:
    """Return the smallest count of people that the public is shown on the day `on`."""
    return FewestShown.objects.effective_on(on, FewestShown.Readers.PUBLIC)


def replies_in(programme: Programme, fewest: int) -> dict[str, int | None]:
    """Return how many people say that it is true, that it is not, and of those whom we told, nothing yet ("").

    Over the answers that count now, of contributions on the page; counts that could show who it was are None.
    """
    rows = ToldBack.objects.filter(
        Q(reached()) | ~Q(reply=""),
        outcome__in=Contribution.objects.shown().filter(programme=programme).values("outcome"),
    )
    return replies_shown(dict(rows.order_by().values_list("reply").annotate(n=Count("pk"))), fewest)


def replies_shown(people: Mapping[str, int], fewest: int) -> dict[str, int | None]:
    """Return how many `people` gave each reply, "" for none yet; None for what could show who it was."""
    kinds = (*ToldBack.Reply.values, "")
    return dict(zip(kinds, suppressed([people.get(kind, 0) for kind in kinds], fewest), strict=True))


# Things that wait for somebody


def overdue_of(user: User, on: dt.date) -> QuerySet[Contribution]:
    """Return open contributions that `user` sees to and whose answer was due before the day `on`."""
    rows = Contribution.objects.filter(status=Contribution.Status.OPEN, owner__user=user, due_on__lt=on)
    return rows.select_related("programme").order_by("due_on", "pk")


def without_owner(programmes: Iterable[ProgrammeId]) -> dict[Programme, int]:
    """Return the programmes with open contributions that nobody sees to, and how many each has."""
    rows = Contribution.objects.filter(programme__in=programmes, status=Contribution.Status.OPEN, owner=None)
    numbers = dict(rows.order_by().values_list("programme").annotate(n=Count("pk")))
    return {programme: numbers[programme.pk] for programme in Programme.objects.filter(pk__in=numbers)}


def disputed(programmes: Iterable[ProgrammeId]) -> QuerySet[ToldBack]:
    """Return replies "that is not true" in `programmes` that nobody has answered, of answers that count now."""
    counting = Contribution.objects.filter(programme__in=programmes, status=Contribution.Status.ANSWERED)
    rows = ToldBack.objects.filter(outcome__in=counting.values("outcome"), reply=ToldBack.Reply.NOT_TRUE, response="")
    return rows.select_related("outcome__contribution__programme", "outcome__contribution__owner").order_by("pk")


def to_say_whether_true(user: User) -> QuerySet[ToldBack]:
    """Return the answers to what `user` said, who was told of them and has not said whether they are true."""
    counting = Contribution.objects.filter(status=Contribution.Status.ANSWERED)
    rows = ToldBack.objects.filter(
        Q(contributor__person__user=user), outcome__in=counting.values("outcome"), reply=""
    ).exclude(notice=None)
    return rows.select_related("outcome__contribution__programme").order_by("pk")


def late_in(programme: Programme, due_from: dt.date, due_until: dt.date) -> QuerySet[Contribution]:
    """Return open contributions of `programme` whose answer is due between two days, with who sees to each."""
    rows = Contribution.objects.filter(
        programme=programme, status=Contribution.Status.OPEN, due_on__range=(due_from, due_until)
    )
    return rows.select_related("owner").order_by("due_on", "pk")


def _number_of(rows: QuerySet[Any], group: str) -> Coalesce:
    counted = rows.order_by().values(group).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
