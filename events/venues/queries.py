"""Answer questions about venues: what is known of their access, and whether that is fresh."""

import calendar
import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from events.venues.models import Venue, VenueCheckRule, VenueFact
from programmes.programme.models.programmes import Programme
from wellbeing.lib.dates import today


@dataclass(frozen=True)
class Fact:
    """One line about the access of a venue: what, and the answer in words. `is_known` is False where nobody asked."""

    label: str
    words: str
    answer: str

    @property
    def is_known(self) -> bool:
        """Return whether somebody found out."""
        return self.answer != VenueFact.Answer.NOT_KNOWN


def facts_of(venue: Venue) -> list[Fact]:
    """Return the lines about the access of a venue, each kind of fact once, in their order. One query."""
    rows = {fact.kind: fact for fact in venue.facts.all()}
    facts = []
    for kind, label in VenueFact.Kind.choices:
        row = rows.get(kind) or VenueFact(kind=kind)
        answer = str(row.get_answer_display())
        facts.append(Fact(str(label), f"{answer}. {row.note}" if row.note else answer, row.answer))
    return facts


def months_in_force() -> int | None:
    """Return after how many months a venue is to be checked again today; None without a rule."""
    return VenueCheckRule.objects.months_on(today())


def check_is_due(venue: Venue, months: int | None) -> bool:
    """Return whether the facts are to be checked again: never checked, or so many `months` ago."""
    if venue.checked_on is None:
        return True
    return months is not None and _months_later(venue.checked_on, months) <= today()


def _months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; the last one of that month where it is shorter."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def book_of(programme: Programme) -> QuerySet[Venue]:
    """Return the venues of a programme with their facts and who checked them, by name; archived ones, too."""
    return (
        Venue.objects.filter(programme=programme)
        .select_related("programme", "checked_by")
        .prefetch_related("facts")
        .order_by("name", "pk")
    )
