"""Questions about making claims: what is paid outside events, the last journey, whom to tell, what ends soon."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.utils import timezone

from events.models import Attendance, Event
from payments import queries
from payments.models import Claim, ClaimLine, ClaimTold, Receipt
from payments.models.policy import Activity, ExpenseKind
from people.models import Message, Person
from programmes.models import Membership, Programme, Role

JOURNEYS = (ExpenseKind.MILEAGE, ExpenseKind.PUBLIC_TRANSPORT)
# Events on a form to choose from: those of the last months, never a list without end.
MOST_EVENTS = 20
# A policy's months are of different lengths; candidates are looked for this many days wider, then counted exactly.
SLACK = dt.timedelta(days=4)

# Claims that are not for an event


def is_paid_apart(version, activity):
    """Whether `version` pays time at `activity` outside events. Preparation only where no other fee includes it."""
    if activity in Event.Kind.values or activity not in Activity.values or version.fee_rule_for(activity) is None:
        return False
    return not (activity == Activity.PREPARATION and version.preparation_included)


def activities_apart(programme, on):
    """[(Activity, PolicyVersion), …]: what `programme` pays outside events, each by the newest version that pays it.

    Looks at the versions somebody may still claim under at the date `on`: those within the claim window.
    """
    found = {}
    for version in queries.policies(programme).filter(holds_from__lte=on):
        for activity in Activity:
            if is_paid_apart(version, activity):
                found.setdefault(activity, version)
        if version.holds_from <= on - relativedelta(months=version.claim_window_months):
            break
    return [(activity, found[activity]) for activity in Activity if activity in found]


def programmes_of_claimant(person):
    """The programmes `person` is or was in with lived experience, by name: for those they may claim."""
    memberships = Membership.objects.filter(
        person=person, role=Role.LIVED_EXPERIENCE, starts_on__lte=timezone.localdate()
    )
    return Programme.objects.filter(pk__in=memberships.values("programme")).order_by("name", "pk")


def was_in_programme(person, programme, on):
    """Whether `person` was in `programme` with lived experience on the date `on`."""
    return (
        Membership.objects.in_force(on).filter(person=person, programme=programme, role=Role.LIVED_EXPERIENCE).exists()
    )


# Claims staff enter for somebody


def claimants(programme):
    """The people who are or were in `programme` with lived experience, by name, with their access needs."""
    memberships = Membership.objects.filter(programme=programme, role=Role.LIVED_EXPERIENCE)
    return (
        Person.objects.filter(pk__in=memberships.values("person"))
        .prefetch_related("access_needs")
        .order_by("full_name", "pk")
    )


def is_staff(person, programme):
    """Whether `person` is staff of `programme` today."""
    staff = Membership.objects.in_force(timezone.localdate()).filter(programme=programme, role=Role.STAFF)
    return staff.filter(person=person).exists()


def events_to_enter(person, programme):
    """Events of `programme` the person came to and has not sent a claim for, the latest first, twenty at most."""
    came = Attendance.objects.filter(person=person, came=True, event=OuterRef("pk"))
    settled = Claim.objects.filter(person=person, event=OuterRef("pk")).exclude(
        status__in=[Claim.Status.DRAFT, Claim.Status.WITHDRAWN]
    )
    return Event.objects.filter(Exists(came), ~Exists(settled), programme=programme).order_by("-starts_at", "pk")[
        :MOST_EVENTS
    ]


def claims_to_tell(programmes):
    """Claims of `programmes` (ids) that staff entered and sent, and whose person has not been told of it since."""
    told = ClaimTold.objects.filter(claim=OuterRef("pk"), at__gte=OuterRef("submitted_at"))
    return (
        Claim.objects.filter(
            ~Exists(told), entered_by__isnull=False, submitted_by=F("entered_by"), programme__in=programmes
        )
        .exclude(status__in=[Claim.Status.DRAFT, Claim.Status.WITHDRAWN])
        .select_related("person", "programme")
        .order_by("submitted_at", "pk")
    )


def must_be_told(claim):
    """Whether the person of `claim` still has to be told that it was entered and sent for them."""
    return claims_to_tell([claim.programme_id]).filter(pk=claim.pk).exists()


# While a claim is filled in


def last_journey(claim):
    """The ClaimLine of the person's last journey that `claim`'s policy covers too, or None.

    The same programme first, then the newest. None where the claim has a journey already, or is the only one.
    """
    covered = [kind for kind in JOURNEYS if claim.policy.expense_rule_for(kind)]
    if any(line.expense_kind in JOURNEYS for line in claim.lines.all()) or not covered:
        return None
    here_first = Case(When(claim__programme=claim.programme_id, then=Value(0)), default=Value(1))
    return (
        ClaimLine.objects.filter(claim__person=claim.person_id, expense_kind__in=covered)
        .exclude(claim=claim.pk)
        .exclude(claim__status=Claim.Status.WITHDRAWN)
        .order_by(here_first, "-on", "-pk")
        .first()
    )


def other_receipts(line):
    """The usable receipts of a line's claim that are not on that line, with the lines they are for."""
    return (
        Receipt.objects.filter(claim=line.claim_id)
        .exclude(lines=line.pk)
        .exclude(status=Receipt.Status.REFUSED)
        .prefetch_related("lines")
        .order_by("pk")
    )


# The time to claim


def days_late(claim, on):
    """How many days after the time to claim ended the date `on` is; 0 when it has not ended."""
    return max((on - queries.claim_until(claim)).days, 0)


def reminder_due(claim, on):
    """Which of the policy's reminders is due for an unsent `claim` on the date `on`: days before the end, or None.

    The last one passed counts, so that a day without a worker loses nothing. One whose day came before the claim was
    there is left out: the claim itself was the news.
    """
    left = (queries.claim_until(claim) - on).days
    if left < 0:
        return None
    passed = [days for days in claim.policy.remind_days_before if left <= days]
    if not passed:
        return None
    days = min(passed)
    started = timezone.localdate(claim.created_at)
    return days if started < queries.claim_until(claim) - dt.timedelta(days=days) else None


def reminder_key(claim, days):
    """The outbox key of one reminder of one claim."""
    return f"claim-closing-{claim.pk}-{days}"


def claims_to_remind(version, on, after, limit):
    """Unsent claims under `version` that may need a reminder on `on`: `limit` at most, by id after the id `after`.

    Only those with something on them, made by the person themself, who has an address.
    """
    if not version.remind_days_before:
        return []
    opened = on - relativedelta(months=version.claim_window_months)
    last = opened + dt.timedelta(days=max(version.remind_days_before))
    paid = ClaimLine.objects.filter(claim=OuterRef("pk"), amount_pence__gt=0)
    return list(
        Claim.objects.filter(
            Exists(paid),
            policy=version,
            status=Claim.Status.DRAFT,
            entered_by=None,
            activity_date__range=(opened - SLACK, last + SLACK),
            pk__gt=after,
        )
        .exclude(person__email="")
        .select_related("person", "programme", "policy")
        .prefetch_related("lines")
        .order_by("pk")[:limit]
    )


def known_keys(keys):
    """Those of the outbox `keys` that were written before."""
    return set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
