"""The report on one event: who was there, whose voice was heard, what came of it, and what it cost.

Counts of people who were few are left out, with those by which they could be worked out, and nothing names anybody
who did not ask for it.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from events import registry
from events.access.models import EventNeed
from events.day import queries as day_queries
from events.day.models import Attendance
from events.feedback import queries
from events.feedback.models import FeedbackRound, FeedbackWords, Side, WhoSpoke
from events.feedback.results import Line, Results, Said
from events.inviting.models import Invitation
from events.planning.models import Event
from programmes.heard.queries import fewest_for_members
from programmes.models import Contribution
from wellbeing.lib.dates import today
from wellbeing.lib.money import pounds
from wellbeing.lib.suppression import may_show, suppressed
from wellbeing.lib.types import Pence

Part = day_queries.Part


@dataclass(frozen=True)
class Counted:
    """A count of people with its label; None where so few are behind it that it is not shown."""

    label: str
    number: int | None


class EventReport:
    """The contents of the report on one event; a fixed number of queries, however many people came."""

    def __init__(self, event: Event) -> None:
        self.event = event

    @cached_property
    def fewest(self) -> int:
        """Return the smallest count of people that is shown."""
        return fewest_for_members(today())

    # Who was there
    @cached_property
    def _by_part(self) -> dict[Part, int]:
        return dict(day_queries.came_by_part(self.event))

    @cached_property
    def came(self) -> int:
        """Return how many people came."""
        return sum(self._by_part.values())

    @cached_property
    def asked(self) -> int:
        """Return how many people were invited."""
        return self.event.invitations.count()

    @cached_property
    def said_yes(self) -> int:
        """Return how many had said that they would come."""
        return self.event.invitations.filter(reply=Invitation.Reply.COMING).count()

    @property
    def came_by_kind(self) -> list[Counted]:
        """Return how many came of each kind of people."""
        shown = suppressed([self._by_part.get(part, 0) for part in Part], self.fewest)
        return [Counted(str(part.label), number) for part, number in zip(Part, shown, strict=True)]

    @property
    def balance(self) -> str:
        """Say how many had lived experience and how many had not; why not, where that would tell of the few."""
        lived = self.came_by_kind[list(Part).index(Part.LIVED_EXPERIENCE)].number
        # Beside the count of each kind no other sum is shown than those that follow from it.
        if lived is None or not self.came or not may_show(self.came - lived, self.fewest):
            return str(_("Too few people of one group came for the balance to be shown."))
        params = {"lived": lived, "others": self.came - lived, "percent": round(100 * lived / self.came)}
        words = _(
            "%(lived)s people with lived experience and %(others)s others: %(percent)s in 100 had lived experience."
        )
        return str(words % params)

    # Needs
    @cached_property
    def needs(self) -> list[Counted]:
        """Return how many access needs were met, partly met, not met; [] where none are recorded."""
        rows = EventNeed.objects.counted().filter(event=self.event).exclude(result="").values_list("result", "person")
        people: dict[str, set[int]] = {result: set() for result in EventNeed.Result.values}
        number = dict.fromkeys(EventNeed.Result.values, 0)
        for result, person in rows:
            people[result].add(person)
            number[result] += 1
        if not any(number.values()):
            return []
        shown = suppressed([len(people[result]) for result in EventNeed.Result.values], self.fewest)
        return [
            Counted(str(result.label), None if hidden is None else number[result])
            for result, hidden in zip(EventNeed.Result, shown, strict=True)
        ]

    # Voice
    @cached_property
    def who_spoke(self) -> WhoSpoke | None:
        """Return what a facilitator noted of who spoke."""
        return WhoSpoke.objects.filter(event=self.event).first()

    @cached_property
    def feedback(self) -> FeedbackRound | None:
        """Return the feedback on the event once it is closed."""
        round = queries.round_of(self.event)
        return round if round is not None and round.is_over else None

    @cached_property
    def results(self) -> Results | None:
        """Return what people said about the event, once feedback is closed."""
        return Results(self.feedback) if self.feedback else None

    @property
    def lines(self) -> list[Line]:
        """Return each question with what both groups said, where at least one group is shown."""
        return self.results.lines if self.results and self.results.shown_sides else []

    @property
    def sides(self) -> list[Side]:
        return list(Side)

    @cached_property
    def words(self) -> list[tuple[FeedbackWords.Topic, list[Said]]]:
        """Return the own words that everybody who reads the results may read."""
        found = self.results.words(for_staff=False) if self.results else []
        return [(topic, said) for topic, said in found if said]

    # What was said, and what became of it
    @cached_property
    def said(self) -> list[Contribution]:
        """Return what was said at the event and is on the programme's page, with what became of it.

        Empty where so few came that who said it could be found by that.
        """
        if self.came < self.fewest:
            return []
        rows = Contribution.objects.shown().filter(said_at_event__event=self.event)
        return list(rows.select_related("outcome").order_by("said_on", "pk"))

    # Cost
    @cached_property
    def cost(self) -> "registry.Cost | None":
        """Return what the event cost so far; None where nothing is known."""
        return registry.cost_of(self.event)

    @property
    def cost_lines(self) -> list[tuple[str, str]]:
        """Return [(what, how much), …]: what was claimed and agreed, and a head; [] where few people are behind it."""
        cost = self.cost
        if cost is None or not cost.people or not may_show(cost.people, max(cost.least, self.fewest)):
            return []
        lines = []
        if cost.parts is not None:
            time, expenses = cost.parts
            lines += [(str(_("Payment for time")), _pounds(time)), (str(_("Expenses")), _pounds(expenses))]
        lines.append((str(_("Together")), _pounds(cost.total_pence)))
        if self.came:
            lines.append((str(_("For each person who came")), _pounds(round(cost.total_pence / self.came))))
        return lines

    @property
    def hours(self) -> str:
        """Return the hours that people gave together."""
        length = (self.event.ends_at - self.event.starts_at).total_seconds() / 3600
        rows = Attendance.objects.filter(event=self.event, came=True).values_list("hours", flat=True)
        return f"{sum(float(hours) if hours is not None else length for hours in rows):.1f}".removesuffix(".0")


def _pounds(pence: int) -> str:
    return pounds(Pence(pence))
