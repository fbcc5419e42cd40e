"""Answer when the needs of people were last reviewed, and whose are to be reviewed."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.directory.models import Person
from people.needs.models import AccessNeed, NeedsReview, NeedsReviewRule
from wellbeing.lib.types import PersonId


@dataclass(frozen=True)
class ReviewState:
    """How the review of one person's needs stands: the last one (None: nobody has said anything), and the next.

    `due_on` is the day on which the next is due, `asked_from` that from which the person is asked.
    """

    last: NeedsReview | None
    due_on: dt.date
    asked_from: dt.date

    def is_asked(self, on: dt.date) -> bool:
        """Return whether the person is asked on the day `on`."""
        return self.asked_from <= on


def state_of(person: Person, on: dt.date) -> ReviewState:
    """Return how the review of the needs of `person` stands on the day `on`. Three queries."""
    return states_of([person], on)[person.pk]


def states_of(people: Collection[Person], on: dt.date) -> dict[PersonId, ReviewState]:
    """Return the same for many by their keys, also in three queries."""
    rule = NeedsReviewRule.objects.in_force_on(on)
    rows = NeedsReview.objects.filter(person__in=[person.pk for person in people]).select_related("noted_by")
    last = {row.person_id: row for row in rows.order_by("person_id", "-pk").distinct("person_id")}
    nothing = [key for key, row in last.items() if not row.has_needs]
    since = set(AccessNeed.objects.filter(person__in=nothing).order_by().values_list("person_id", flat=True))
    return {person.pk: _state(person, last.get(person.pk), rule, person.pk in since) for person in people}


def _state(person: Person, last: NeedsReview | None, rule: NeedsReviewRule, recorded_since: bool) -> ReviewState:
    """Return the state of one person; `recorded_since`: they said that they need nothing, and something is recorded."""
    if last is None:
        first = rule.due_first(timezone.localdate(person.created_at))
        return ReviewState(None, first, first)
    reviewed_on = timezone.localdate(last.reviewed_at)
    if recorded_since:
        return ReviewState(last, reviewed_on, reviewed_on)
    return ReviewState(last, rule.due_on(reviewed_on), rule.asked_from(reviewed_on))


def to_review(on: dt.date) -> Q:
    """Return a Q over Person: those who are asked on the day `on` whether what is recorded is right. One query.

    Among them are those who said that they need nothing, and of whom something is recorded since: by an import, or as
    two records were put together.
    """
    rule = NeedsReviewRule.objects.in_force_on(on)
    reviews = NeedsReview.objects.filter(person=OuterRef("pk"))
    lately = reviews.filter(reviewed_at__date__gt=rule.last_asked_about(on))
    new = Q(created_at__date__gt=on - dt.timedelta(days=rule.first_days))
    later = NeedsReview.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    nothing = reviews.filter(~Exists(later), has_needs=False)
    recorded_since = Exists(nothing) & Exists(AccessNeed.objects.filter(person=OuterRef("pk")))
    return (~Exists(lately) & (Exists(reviews) | ~new)) | recorded_since


def reviewed() -> Q:
    """Return a Q over Person: those of whose needs somebody has said once that they are right."""
    return Q(Exists(NeedsReview.objects.filter(person=OuterRef("pk"))))


def seen_of(person: Person) -> str:
    """Return what tells the recorded needs of `person` from what they were before, to be sent with a button."""
    keys = sorted(AccessNeed.objects.filter(person=person).values_list("pk", flat=True))
    return " ".join([person.letter_size, *map(str, keys)])
