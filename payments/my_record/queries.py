"""A person's private record of what their time earned, by week and month, beside the limit they set themselves.

Only for the reader themselves: nothing here belongs on a page, in a report or email for anybody else.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.models import Event, Invitation
from events.planning import queries as planning_queries
from payments.claims.models.claim import Claim
from payments.my_record.models import EarningsLimit
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy.models.versions import PolicyVersion
from payments.policy.terms import Terms
from payments.recognition.models import RecognitionChoice
from people.models import Person, User
from programmes.models import Role
from wellbeing.lib.types import Pence, PersonId, ProgrammeId

# How far back the record looks.
MONTHS = 12
# The first and the last day of a week or month.
Days: TypeAlias = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Entry:
    """One activity. `taken` is the pay the person has or will have for their time, vouchers too.

    `left` is the pay they did not take or gave to charity; `expenses` is money they spent and get back. `expected`:
    they said they will come to an event that is still to come. `url` leads to the claim or the event.
    """

    on: dt.date
    what: str
    url: str
    taken: Pence
    left: Pence = 0
    expenses: Pence = 0
    expected: bool = False


@dataclass(frozen=True)
class Period:
    """A week (`start` is its Monday) or a month (its first day), its sums, and the person's limit."""

    start: dt.date
    end: dt.date
    taken: Pence
    left: Pence
    expenses: Pence
    limit: Pence | None

    @property
    def is_week(self) -> bool:
        """Whether this is a week; otherwise it is a month."""
        return self.end - self.start == dt.timedelta(days=6)

    @property
    def over(self) -> Pence:
        """The pence above the limit; 0 for below it or no limit."""
        return max(0, self.taken - self.limit) if self.limit is not None else 0

    @property
    def room(self) -> Pence | None:
        """The pence left up to the limit; None without one."""
        return None if self.limit is None else max(0, self.limit - self.taken)


def week_of(day: dt.date) -> Days:
    """Return the Monday and the Sunday of the week of `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def month_of(day: dt.date) -> Days:
    """Return the first and the last day of the month of `day`."""
    first = day.replace(day=1)
    return first, first + relativedelta(months=1, days=-1)


def limit_of(person: Person | PersonId) -> EarningsLimit | None:
    """Return the limit `person` set themselves, or None."""
    return EarningsLimit.objects.filter(person=person).first()


def entries(person: Person, since: dt.date | None = None) -> list[Entry]:
    """List what `person` did, or said they will do, since the day `since` (a year unless told), the newest first.

    Claims taken back or not approved are left out.
    """
    since = since or month_of(timezone.localdate())[0] - relativedelta(months=MONTHS - 1)
    since = min(since, week_of(since)[0])
    rows = [*_claimed(person, since), *_expected(person)]
    return sorted(rows, key=lambda entry: entry.on, reverse=True)


def _claimed(person: Person, since: dt.date) -> Iterator[Entry]:
    claims = (
        Claim.objects.filter(person=person, activity_date__gte=since)
        .exclude(status__in=[Claim.Status.WITHDRAWN, Claim.Status.DECLINED])
        .prefetch_related("lines")
    )
    for claim in claims:
        lines = [
            (line.is_time, line.amount_pence if line.approved_pence is None else line.approved_pence)
            for line in claim.lines.all()
        ]
        sums = calculations.totals(lines)
        taken, left = split(sums.time, claim.recognition, claim.recognition_pence)
        yield Entry(claim.activity_date, claim.description, claim.get_absolute_url(), taken, left, sums.expenses)


def split(
    fee_pence: Pence, recognition: str = Claim.Recognition.ALL, part_pence: Pence | None = None
) -> tuple[Pence, Pence]:
    """Split a fee into the pence the person takes, as money or a voucher, and the pence they do not."""
    shares = calculations.shares(fee_pence, 0, recognition, part_pence)
    left = shares.waived + shares.donation
    return fee_pence - left, left


def _expected(person: Person) -> Iterator[Entry]:
    now = timezone.now()
    claimed = Claim.objects.filter(person=person, event=OuterRef("event")).exclude(status=Claim.Status.WITHDRAWN)
    member = (
        person.memberships.effective_on(timezone.localdate()).filter(role=Role.LIVED_EXPERIENCE).values("programme")
    )
    coming = (
        Invitation.objects.filter(
            person=person,
            reply=Invitation.Reply.COMING,
            event__status=Event.Status.PLANNED,
            event__starts_at__gt=now,
            event__programme__in=member,
        )
        .exclude(Exists(claimed))
        .select_related("event__programme")
    )
    wishes = {choice.programme_id: choice for choice in RecognitionChoice.objects.filter(person=person)}
    versions: dict[ProgrammeId, list[PolicyVersion]] = {}
    invited = list(coming)
    offers = policy_queries.offered_versions([invitation.pk for invitation in invited])
    for invitation in invited:
        event = invitation.event
        if event.programme_id not in versions:
            versions[event.programme_id] = list(policy_queries.policies(event.programme))
        found = versions[event.programme_id]
        entry = _to_come(event, found, offers.get(invitation.pk), wishes.get(event.programme_id))
        if entry.taken or entry.left:
            yield entry


def _to_come(
    event: Event, versions: Iterable[PolicyVersion], offered: PolicyVersion | None, wish: RecognitionChoice | None
) -> Entry:
    """Return what coming to `event` would earn somebody with this `wish` of how to be paid."""
    fee = fee_of(event, versions, offered)
    taken, left = split(fee, wish.recognition, wish.recognition_pence) if wish else (fee, 0)
    return Entry(event.day, event.title, event.get_absolute_url(), taken, left, expected=True)


def fee_of(event: Event, versions: Iterable[PolicyVersion], offered: PolicyVersion | None) -> Pence:
    """Return the fee for `event` by the one of `versions` (the newest first) that is effective that day; 0 for none.

    Where it was `offered` by another version, and that pays more, it is what was offered.
    """
    version = next((version for version in versions if version.effective_from <= event.day), offered)
    if version is None:
        return 0
    return Terms(version, offered).fee_for_days(event.kind, (), policy_queries.hours_each_day(event))


def periods(rows: Iterable[Entry], span: Callable[[dt.date], Days], limit: Pence | None) -> list[Period]:
    """Add up `rows` by `span` (week_of or month_of), the latest period first; empty ones are left out."""
    by_start: dict[Days, list[Entry]] = {}
    for entry in rows:
        by_start.setdefault(span(entry.on), []).append(entry)
    return [_period(bounds, within, limit) for bounds, within in sorted(by_start.items(), reverse=True)]


def period(rows: Iterable[Entry], span: Callable[[dt.date], Days], day: dt.date, limit: Pence | None) -> Period:
    """Add up those of `rows` in the same week or month (`span`) as `day`, empty or not."""
    bounds = span(day)
    return _period(bounds, [entry for entry in rows if span(entry.on) == bounds], limit)


def _period(bounds: Days, within: list[Entry], limit: Pence | None) -> Period:
    return Period(
        start=bounds[0],
        end=bounds[1],
        taken=sum(entry.taken for entry in within),
        left=sum(entry.left for entry in within),
        expenses=sum(entry.expenses for entry in within),
        limit=limit,
    )


def periods_over_limit_with(invitation: Invitation) -> list[Period]:
    """Return the week and month in which the invited person would exceed their own limit by coming to the event.

    Empty where they set no limit, and where they are paid nothing for coming, or take none of it.
    """
    person, event = invitation.person, invitation.event
    limit = limit_of(person)
    if limit is None or not planning_queries.is_paid(event, person):
        return []
    offered = policy_queries.offered_versions([invitation.pk]).get(invitation.pk)
    wish = RecognitionChoice.objects.filter(person=person, programme=event.programme_id).first()
    entry = _to_come(event, policy_queries.policies(event.programme), offered, wish)
    if not entry.taken:
        return []
    others = [row for row in entries(person, since=month_of(event.day)[0]) if row.url != entry.url]
    return _over([*others, entry], event.day, limit)


def periods_over_limit(user: User, claim: Claim) -> list[Period]:
    """Return the week and month of `claim` in which its owner, `user`, exceeds their own limit.

    Empty for other readers, where they set no limit, and where they take nothing for this claim.
    """
    if claim.person.user_id is None or claim.person.user_id != user.pk:
        return []
    limit = limit_of(claim.person_id)
    if limit is None:
        return []
    fee = sum(line.amount_pence for line in claim.lines.all() if line.is_time)
    if not split(fee, claim.recognition, claim.recognition_pence)[0]:
        return []
    return _over(entries(claim.person, since=month_of(claim.activity_date)[0]), claim.activity_date, limit)


def _over(rows: list[Entry], day: dt.date, limit: EarningsLimit) -> list[Period]:
    """Return the week and the month of `day` in which `rows` exceed the limit."""
    week = period(rows, week_of, day, limit.week_pence)
    month = period(rows, month_of, day, limit.month_pence)
    return [span for span in (week, month) if span.over]
