"""A person's private record of what their time earned, by week and month, beside the limit they set themselves.

Only ever asked for the reader themselves: nothing here belongs on a page, report or e-mail for anybody else.
"""

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.models import Event, Invitation
from payments.claims.models.claim import Claim
from payments.my_record.models import EarningsLimit
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.recognition.models import RecognitionChoice
from programmes.models import Role

# How far back the record looks.
MONTHS = 12


@dataclass(frozen=True)
class Entry:
    """One activity, in whole pence. `taken` is what the person has or will have for their time, vouchers too.

    `left` is what they did not take or gave to charity; `expenses` is money they spent and get back. `expected`: they
    said they will come, and it has not been yet. `url` leads to the claim or the event.
    """

    on: dt.date
    what: str
    url: str
    taken: int
    left: int = 0
    expenses: int = 0
    expected: bool = False


@dataclass(frozen=True)
class Period:
    """A week (`start` is its Monday) or a month (its first day) with what was taken in it, and the person's limit."""

    start: dt.date
    end: dt.date
    taken: int
    left: int
    expenses: int
    limit: int | None

    @property
    def is_week(self):
        """Whether this is a week; otherwise it is a month."""
        return self.end - self.start == dt.timedelta(days=6)

    @property
    def over(self):
        """How far above the limit it is, in pence; 0 for below it or no limit."""
        return max(0, self.taken - self.limit) if self.limit is not None else 0

    @property
    def room(self):
        """What is left up to the limit, in pence; None without one."""
        return None if self.limit is None else max(0, self.limit - self.taken)


def week_of(day):
    """The Monday and the Sunday of the week of the date `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    return monday, monday + dt.timedelta(days=6)


def month_of(day):
    """The first and the last day of the month of the date `day`."""
    first = day.replace(day=1)
    return first, first + relativedelta(months=1, days=-1)


def limit_of(person):
    """The EarningsLimit of `person`, or None."""
    return EarningsLimit.objects.filter(person=person).first()


def entries(person, since=None):
    """Everything `person` did or said they will do since the date `since` (a year unless told): [Entry, …], the newest
    first. Claims taken back or not approved count for nothing.
    """
    since = since or month_of(timezone.localdate())[0] - relativedelta(months=MONTHS - 1)
    since = min(since, week_of(since)[0])
    found = [*_claimed(person, since), *_expected(person)]
    return sorted(found, key=lambda entry: entry.on, reverse=True)


def _claimed(person, since):
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


def split(fee_pence, recognition=Claim.Recognition.ALL, part_pence=None):
    """A fee (pence) as what the person takes, as money or a voucher, and what they do not: a pair that adds up."""
    shares = calculations.shares(fee_pence, 0, recognition, part_pence)
    left = shares.waived + shares.donation
    return fee_pence - left, left


def _expected(person):
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
    versions = {}
    for invitation in coming:
        event = invitation.event
        if event.programme_id not in versions:
            versions[event.programme_id] = list(policy_queries.policies(event.programme))
        fee = fee_of(event, versions[event.programme_id])
        wish = wishes.get(event.programme_id)
        taken, left = split(fee, wish.recognition, wish.recognition_pence) if wish else (fee, 0)
        if fee:
            yield Entry(event.day, event.title, event.get_absolute_url(), taken, left, expected=True)


def fee_of(event, versions):
    """What taking part in `event` is paid by the one of `versions` (the newest first) that holds that day, in pence."""
    version = next((version for version in versions if version.effective_from <= event.day), None)
    rule = version.fee_rule_for(event.kind) if version else None
    if rule is None:
        return 0
    return calculations.fee(rule.terms, calculations.hours_between(event.starts_at, event.ends_at))


def periods(found, span, limit):
    """`found` (entries) added up by `span` (week_of or month_of): [Period, …], the latest first, empty ones left out.

    `limit` is in pence, or None.
    """
    by_start = {}
    for entry in found:
        by_start.setdefault(span(entry.on), []).append(entry)
    return [_period(bounds, within, limit) for bounds, within in sorted(by_start.items(), reverse=True)]


def period(found, span, day, limit):
    """The Period of `span` that the date `day` lies in, empty or not."""
    bounds = span(day)
    return _period(bounds, [entry for entry in found if span(entry.on) == bounds], limit)


def _period(bounds, within, limit):
    return Period(
        *bounds,
        taken=sum(entry.taken for entry in within),
        left=sum(entry.left for entry in within),
        expenses=sum(entry.expenses for entry in within),
        limit=limit,
    )


def periods_over_limit(user, claim):
    """The Periods around the day of `claim` that are above the own limit of `user`, whose claim it is: the week first.

    Empty for every other reader, where they set no limit, and where they take nothing for this claim.
    """
    if claim.person.user_id is None or claim.person.user_id != user.pk:
        return []
    limit = limit_of(claim.person_id)
    if limit is None:
        return []
    fee = sum(line.amount_pence for line in claim.lines.all() if line.is_time)
    if not split(fee, claim.recognition, claim.recognition_pence)[0]:
        return []
    found = entries(claim.person, since=month_of(claim.activity_date)[0])
    both = [
        period(found, week_of, claim.activity_date, limit.week_pence),
        period(found, month_of, claim.activity_date, limit.month_pence),
    ]
    return [each for each in both if each.over]
