"""Questions about claims: whose, how late, with which receipts, for which cost code."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Attendance, Event
from payments.claims import hooks
from payments.claims.hooks import AskAbove
from payments.claims.models.claim import Claim, ClaimQuerySet
from payments.claims.models.lines import ClaimLine
from payments.claims.models.notes import ClaimNote
from payments.claims.models.receipts import Receipt
from payments.claims.models.states import ClaimStatus
from payments.policy import queries as policy_queries
from payments.policy.models.expenses import ExpenseRule
from payments.policy.models.kinds import Activity
from payments.policy.models.versions import PolicyVersion
from people.messages.emails import absolute_url
from people.models import Notice, Person, User
from programmes.models import Membership, Programme, Reminder, Role, roles_of
from wellbeing.lib.keys import one_of
from wellbeing.lib.types import ProgrammeId

# Events to choose from on a form, at most.
MAX_EVENTS = 20
# A policy's months are of different lengths; candidates are looked for this many days wider, then counted exactly.
SLACK = dt.timedelta(days=4)


# Claims that are not for an event
def is_paid_apart(version: PolicyVersion, activity: str) -> bool:
    """Whether `version` pays time at `activity` outside events. Preparation only where no other fee includes it."""
    if activity in Event.Kind.values or activity not in Activity.values or version.fee_rule_for(activity) is None:
        return False
    return not (activity == Activity.PREPARATION and version.preparation_included)


def activities_apart(programme: Programme, on: dt.date) -> list[tuple[Activity, PolicyVersion]]:
    """List the activities `programme` pays outside events, each with the newest version that pays it.

    Looks at the versions somebody may still claim under on the day `on`: those within the claim window.
    """
    paid_by: dict[Activity, PolicyVersion] = {}
    for version in policy_queries.policies(programme).filter(effective_from__lte=on):
        for activity in Activity:
            if is_paid_apart(version, activity):
                paid_by.setdefault(activity, version)
        if version.effective_from <= on - relativedelta(months=version.claim_window_months):
            break
    return [(activity, paid_by[activity]) for activity in Activity if activity in paid_by]


def programmes_of_claimant(person: Person) -> QuerySet[Programme]:
    """Return the programmes in which `person` may claim, by name: those they are or were in with lived experience."""
    memberships = Membership.objects.filter(
        person=person, role=Role.LIVED_EXPERIENCE, starts_on__lte=timezone.localdate()
    )
    return Programme.objects.filter(pk__in=memberships.values("programme")).order_by("name", "pk")


def was_in_programme(person: Person, programme: Programme, on: dt.date) -> bool:
    """Whether `person` was in `programme` with lived experience on the day `on`."""
    return (
        Membership.objects.effective_on(on)
        .filter(person=person, programme=programme, role=Role.LIVED_EXPERIENCE)
        .exists()
    )


# Claims staff enter for somebody
def claimants(programme: Programme) -> QuerySet[Person]:
    """Return the people who are or were in `programme` with lived experience, by name, with their access needs."""
    memberships = Membership.objects.filter(programme=programme, role=Role.LIVED_EXPERIENCE)
    return (
        Person.objects.filter(pk__in=memberships.values("person"))
        .prefetch_related("access_needs")
        .order_by("sort_key", "pk")
    )


def is_staff(person: Person, programme: Programme) -> bool:
    """Whether `person` is staff of `programme` today."""
    staff = Membership.objects.effective_on(timezone.localdate()).filter(programme=programme, role=Role.STAFF)
    return staff.filter(person=person).exists()


def events_to_enter(person: Person, programme: Programme) -> QuerySet[Event]:
    """Return events of `programme` that `person` came to and has sent no claim for, latest first, twenty at most."""
    came = Attendance.objects.filter(person=person, came=True, event=OuterRef("pk"))
    sent = Claim.objects.filter(person=person, event=OuterRef("pk")).exclude(
        status__in=[Claim.Status.DRAFT, Claim.Status.WITHDRAWN]
    )
    return Event.objects.filter(Exists(came), ~Exists(sent), programme=programme).order_by("-starts_at", "pk")[
        :MAX_EVENTS
    ]


def notices_of(claim: Claim) -> QuerySet[Notice]:
    """Return what the person of `claim` was told about it, the newest first, with how it reached them."""
    reminded = Reminder.objects.filter(thing=f"claim:{claim.pk}")
    about_it = Q(link=absolute_url("claim", claim.pk)) | Q(pk__in=reminded.values("notice"))
    rows = Notice.objects.filter(about_it, person=claim.person_id)
    return rows.prefetch_related("messages__told_by").order_by("-pk")


def questions_of(claim: Claim) -> QuerySet[Notice]:
    """Return the questions that the person of `claim` was asked about it."""
    return notices_of(claim).filter(kind="claim_question")


# While a claim is filled in
def other_receipts(line: ClaimLine) -> QuerySet[Receipt]:
    """Return the usable receipts of a line's claim that are not on that line, with the lines they are for."""
    return (
        Receipt.objects.filter(claim=line.claim_id)
        .exclude(lines=line.pk)
        .exclude(status=Receipt.Status.REFUSED)
        .prefetch_related("lines")
        .order_by("pk")
    )


def hours_there(attendance: Attendance) -> dict[dt.date, Decimal]:
    """Return the hours somebody was at an event, by day: those staff recorded, or else from its start to its end.

    Of an event over several days, days on which they were not there are left out. Uses a prefetch of `days_there`.
    """
    event = attendance.event
    days = event.days
    if len(days) > 1:
        # Recorded before it ran over several days: they were there from its start to its end.
        recorded = {row.day: row.hours for row in attendance.days_there.all()}
        whole = dict(enumerate(policy_queries.hours_each_day(event), start=1))
        return {day.date: hours for day in days if (hours := (recorded or whole).get(day.number))}
    if attendance.hours is not None:
        return {days[0].date: attendance.hours}
    return {days[0].date: policy_queries.hours_each_day(event)[0]}


def hours_recorded(claim: Claim, on: dt.date) -> Decimal | None:
    """Return the hours that staff recorded for the person of `claim` at its event on a day.

    None where they were not there. An event of one day has but one number, whatever its day.
    """
    if claim.event_id is None:
        return None
    came = Attendance.objects.filter(event=claim.event_id, person=claim.person_id, came=True)
    attendance = came.select_related("event").first()
    return recorded_on(attendance, on) if attendance else None


def recorded_on(attendance: Attendance, on: dt.date) -> Decimal | None:
    """Return the hours somebody was at an event on a day, or None; of an event of one day, whatever its day."""
    hours = hours_there(attendance)
    return hours.get(on) if attendance.event.has_several_days else next(iter(hours.values()))


# The time to claim
def days_late(claim: Claim, on: dt.date) -> int:
    """Count the days from the end of the time to claim to the day `on`; 0 when it has not ended."""
    return max((on - claim_until(claim)).days, 0)


def claims_to_remind(programme: Programme, on: dt.date) -> ClaimQuerySet:
    """Return unsent claims of `programme` of which people may need a reminder on `on`, and perhaps some others.

    Only those with something on them, made by the person themselves.
    """
    versions = PolicyVersion.objects.filter(programme=programme, published_at__isnull=False)
    reminds = [version for version in versions if version.remind_days_before]
    if not reminds:
        return Claim.objects.none()
    months = [version.claim_window_months for version in versions]
    # A claim goes by the longer of two times where its person was invited under another version.
    first = on - relativedelta(months=max(months)) - SLACK
    most_days = max(max(version.remind_days_before) for version in reminds)
    last = on - relativedelta(months=min(months)) + dt.timedelta(days=most_days) + SLACK
    paid = ClaimLine.objects.filter(claim=OuterRef("pk"), amount_pence__gt=0)
    return Claim.objects.filter(
        Exists(paid),
        programme=programme,
        policy__in=reminds,
        status=Claim.Status.DRAFT,
        entered_by=None,
        activity_date__range=(first, last),
    ).order_by("pk")


def covered_by_need(claim: Claim) -> list[int]:
    """Return the ids of the lines of a claim that an access need spared from being agreed first."""
    covered = []
    for line in claim.lines.all():
        rule = None if line.is_time else line.expense_rule
        if rule and rule.needs_prior_approval and rule.need_is_enough and not line.prior_approval_by:
            covered.append(line.pk)
    return covered


def claim_until(claim: Claim) -> dt.date:
    """Return the last day on which the claim can be sent without a reason for being late."""
    return claim.activity_date + relativedelta(months=claim.terms.claim_window_months)


# Claims
def claims_of_programme(user: User, programme: Programme) -> ClaimQuerySet:
    """Return the claims of `programme` that `user` may see, with person, event and totals."""
    rows = Claim.objects.visible_to(user).filter(programme=programme)
    return rows.select_related("person", "event", "first_approved_by").with_totals()


def claims_of_person(person: Person) -> ClaimQuerySet:
    """Return a person's own claims, newest first, with totals."""
    return (
        Claim.objects.filter(person=person)
        .select_related("programme", "event", "recognition_offer")
        .with_totals()
        .order_by("-activity_date", "-pk")
    )


def claim_with_lines(pk: int) -> Claim:
    """Fetch a claim with its lines, receipts, notes, policy and person, in a fixed number of queries."""
    receipts = Receipt.objects.order_by("pk")
    lines = ClaimLine.objects.order_by("-category", "pk").select_related("adds_to")
    lines = lines.prefetch_related(Prefetch("receipts", receipts))
    return (
        Claim.objects.select_related(
            "programme",
            "person__user",
            "event",
            "policy",
            "offered",
            "approved_by",
            "submitted_by",
            "entered_by",
            "recognition_offer",
            "first_approved_by",
            "looks_again_at__approved_by",
        )
        .prefetch_related(
            Prefetch("lines", lines),
            "notes__by",
            "policy__fee_rules",
            "policy__expense_rules__bands",
            "offered__fee_rules",
            "offered__expense_rules__bands",
            "person__access_needs",
        )
        .get(pk=pk)
    )


def lines_without_receipt(claim: Claim) -> list[tuple[ClaimLine, Receipt | None]]:
    """List the lines that need a receipt and have no usable one, each with its refused receipt or None.

    A receipt still being checked counts as usable, and so do the reason why there is none and, on a second look, the
    receipt of the first.
    """
    missing: list[tuple[ClaimLine, Receipt | None]] = []
    for line in claim.lines.all():
        if line.is_time or line.no_receipt_reason or line.adds_to_id:
            continue
        receipts = list(line.receipts.all())
        if not line.needs_receipt:
            continue
        if not any(receipt.status != Receipt.Status.REFUSED for receipt in receipts):
            missing.append((line, receipts[-1] if receipts else None))
    return missing


def ask_above(claim: Claim, rules: Sequence[ExpenseRule]) -> AskAbove | None:
    """Return from when on somebody who types an expense by the best of `rules` is asked whether it is right.

    None where nobody knows what is usual, or where every rule has a limit, which says so itself.
    """
    if all(rule.cap_pence is not None or rule.asks_hours for rule in rules):
        return None
    return next((found for ask in hooks.ask_above if (found := ask(claim, rules[0].kind)) is not None), None)


def receipts_being_checked(claim: Claim) -> bool:
    """Whether any receipt of the claim is still with a worker."""
    return any(
        receipt.status == Receipt.Status.CHECKING for line in claim.lines.all() for receipt in line.receipts.all()
    )


def open_question(claim: Claim) -> ClaimNote | None:
    """Return the note that waits for the person's answer, or None."""
    if claim.status != Claim.Status.RETURNED:
        return None
    return next((note for note in reversed(list(claim.notes.all())) if note.by_id != claim.person_id), None)


def claims_of_event(event: Event) -> list[tuple[ClaimStatus, int]]:
    """Count the claims of an event by status, in the order of a claim's life; statuses without claims are left out."""
    counts = dict(event.claims.order_by().values_list("status").annotate(Count("pk")))
    return [(status, counts[status.value]) for status in Claim.Status if counts.get(status.value)]


def is_late(claim: Claim) -> bool:
    """Whether a sent claim was sent after the policy's claim window had closed; a second look has no such time."""
    return (
        bool(claim.submitted_at)
        and claim.looks_again_at_id is None
        and timezone.localdate(claim.submitted_at) > claim_until(claim)
    )


# Bank details
def people_paid(programme: Programme | ProgrammeId) -> QuerySet[Person]:
    """Return the people with lived experience, and everyone with a sent claim, in `programme`."""
    members = Membership.objects.filter(programme=programme, role=Role.LIVED_EXPERIENCE)
    claims = Claim.objects.filter(programme=programme).exclude(status=Claim.Status.DRAFT)
    return Person.objects.filter(one_of(members.values("person"), claims.values("person")))


def contact_programme(person: Person) -> Programme | None:
    """Return the programme whose contact answers a person's questions: the one they joined last, or None."""
    return Programme.objects.filter(memberships__person=person).order_by("-memberships__starts_on", "pk").first()


# The same as `cost_code_of`, in the database.
COST_CODE = Coalesce("budget_line__cost_code", "programme__cost_code")


def cost_code_of(claim: Claim) -> str:
    """Return the cost code a claim is booked under: that of its budget line, or its programme's where it is on none."""
    return claim.budget_line.cost_code if claim.budget_line else claim.programme.cost_code


def cost_codes(claims: ClaimQuerySet) -> list[str]:
    """Return the cost codes that `claims` are booked under, in order, each once."""
    return list(claims.order_by().values_list(COST_CODE, flat=True).distinct().order_by(COST_CODE))


def is_paid(user: User) -> bool:
    """Whether `user` is in a programme with lived experience, or has a claim."""
    roles = roles_of(user).values()
    return (
        any(Role.LIVED_EXPERIENCE in of_programme for of_programme in roles)
        or Claim.objects.filter(person__user=user).exists()
    )
