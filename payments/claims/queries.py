"""Questions about claims: whose, how late, with which receipts, for which cost code."""

import datetime as dt
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import Attendance, Event
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.models.notices import ClaimNotice
from payments.claims.models.receipts import Receipt
from payments.policy import calculations
from payments.policy import queries as policy_queries
from payments.policy.models.kinds import Activity, ExpenseKind, Vehicle
from people.models import Message, Person
from programmes.models import Membership, Programme, Role, roles_of

JOURNEYS = (ExpenseKind.MILEAGE, ExpenseKind.PUBLIC_TRANSPORT)
# Events on a form to choose from: those of the last months, never a list without end.
MAX_EVENTS = 20
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
    for version in policy_queries.policies(programme).filter(effective_from__lte=on):
        for activity in Activity:
            if is_paid_apart(version, activity):
                found.setdefault(activity, version)
        if version.effective_from <= on - relativedelta(months=version.claim_window_months):
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
        Membership.objects.effective_on(on)
        .filter(person=person, programme=programme, role=Role.LIVED_EXPERIENCE)
        .exists()
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
    staff = Membership.objects.effective_on(timezone.localdate()).filter(programme=programme, role=Role.STAFF)
    return staff.filter(person=person).exists()


def events_to_enter(person, programme):
    """Events of `programme` the person came to and has not sent a claim for, the latest first, twenty at most."""
    came = Attendance.objects.filter(person=person, came=True, event=OuterRef("pk"))
    settled = Claim.objects.filter(person=person, event=OuterRef("pk")).exclude(
        status__in=[Claim.Status.DRAFT, Claim.Status.WITHDRAWN]
    )
    return Event.objects.filter(Exists(came), ~Exists(settled), programme=programme).order_by("-starts_at", "pk")[
        :MAX_EVENTS
    ]


def claims_to_tell(programmes):
    """Claims of `programmes` (ids) that staff entered and sent, and whose person has not been told of it since."""
    told = ClaimNotice.objects.filter(claim=OuterRef("pk"), at__gte=OuterRef("submitted_at"))
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
    return max((on - claim_until(claim)).days, 0)


def reminder_due(claim, on):
    """Which of the policy's reminders is due for an unsent `claim` on the date `on`: days before the end, or None.

    The last one passed counts, so that a day without a worker loses nothing. One whose day came before the claim was
    there is left out: the claim itself was the news.
    """
    left = (claim_until(claim) - on).days
    if left < 0:
        return None
    passed = [days for days in claim.policy.remind_days_before if left <= days]
    if not passed:
        return None
    days = min(passed)
    started = timezone.localdate(claim.created_at)
    return days if started < claim_until(claim) - dt.timedelta(days=days) else None


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


def covered_by_need(claim):
    """The ids of the lines of a claim that had to be agreed first, were an access need not enough."""
    rules = {rule.kind: rule for rule in claim.policy.expense_rules.all() if rule.needs_prior_approval}
    return [
        line.pk
        for line in claim.lines.all()
        if line.expense_kind in rules and not line.prior_approval_by and rules[line.expense_kind].need_is_enough
    ]


def claim_until(claim):
    """The last day the policy asks the claim to be sent by (a date)."""
    return claim.activity_date + relativedelta(months=claim.policy.claim_window_months)


def miles_before(line, vehicle):
    """Miles the person of a claim's `line` claimed before it in the tax year of its day with `vehicle` (Decimal).

    Before means entered before, on any claim not taken back: each mile then has one place in the year's bands. Lines
    at a programme's own rate are for cars.
    """
    first, last = calculations.tax_year(line.on)
    vehicles = [vehicle, ""] if vehicle == Vehicle.CAR else [vehicle]
    others = ClaimLine.objects.filter(
        claim__person=line.claim.person_id,
        expense_kind=ExpenseKind.MILEAGE,
        vehicle__in=vehicles,
        on__range=(first, last),
    ).exclude(claim__status=Claim.Status.WITHDRAWN)
    if line.pk:
        others = others.filter(pk__lt=line.pk)
    return others.aggregate(miles=Sum("miles"))["miles"] or Decimal(0)


# Claims
def claims_of_programme(user, programme):
    """The claims of `programme` that `user` may see, with person, event and totals."""
    return Claim.objects.visible_to(user).filter(programme=programme).select_related("person", "event").with_totals()


def claims_of_person(person):
    """A person's own claims, newest first, with totals."""
    return (
        Claim.objects.filter(person=person)
        .select_related("programme", "event")
        .with_totals()
        .order_by("-activity_date", "-pk")
    )


def claim_with_lines(pk):
    """One claim with its lines, receipts, notes, policy and person, in a fixed number of queries."""
    receipts = Receipt.objects.order_by("pk")
    lines = ClaimLine.objects.order_by("-category", "pk").prefetch_related(Prefetch("receipts", receipts))
    return (
        Claim.objects.select_related(
            "programme",
            "person__user",
            "event",
            "policy",
            "approved_by",
            "submitted_by",
            "entered_by",
            "recognition_offer",
            "first_approved_by",
        )
        .prefetch_related(
            Prefetch("lines", lines),
            "notes__by",
            "policy__fee_rules",
            "policy__expense_rules__bands",
            "person__access_needs",
        )
        .get(pk=pk)
    )


def lines_without_receipt(claim):
    """[(line, receipt or None), …]: lines that need a receipt and have no usable one. A refused receipt is given.

    A receipt still being checked counts as there.
    """
    missing = []
    for line in claim.lines.all():
        if line.is_time:
            continue
        rule = claim.policy.expense_rule_for(line.expense_kind)
        receipts = list(line.receipts.all())
        if rule is None or not rule.needs_receipt(line.amount_pence):
            continue
        if not any(receipt.status != Receipt.Status.REFUSED for receipt in receipts):
            missing.append((line, receipts[-1] if receipts else None))
    return missing


def receipts_being_checked(claim):
    """Whether any receipt of the claim is still with a worker."""
    return any(
        receipt.status == Receipt.Status.CHECKING for line in claim.lines.all() for receipt in line.receipts.all()
    )


def open_question(claim):
    """The note that waits for the person's answer, or None."""
    if claim.status != Claim.Status.RETURNED:
        return None
    return next((note for note in reversed(list(claim.notes.all())) if note.by_id != claim.person_id), None)


def claims_of_event(event):
    """How the claims of an event stand: [(Claim.Status, how many)], in the order of a claim's life; none left out."""
    counts = dict(event.claims.order_by().values_list("status").annotate(Count("pk")))
    return [(status, counts[status.value]) for status in Claim.Status if counts.get(status.value)]


def is_late(claim):
    """Whether a sent claim was sent after the policy's claim window had closed."""
    return bool(claim.submitted_at) and timezone.localdate(claim.submitted_at) > claim_until(claim)


# Bank details
def people_paid(programme):
    """People with lived experience, and everyone with a sent claim, in `programme` (or its id)."""
    members = Membership.objects.filter(programme=programme, role=Role.LIVED_EXPERIENCE)
    claims = Claim.objects.filter(programme=programme).exclude(status=Claim.Status.DRAFT)
    return Person.objects.filter(Q(pk__in=members.values("person")) | Q(pk__in=claims.values("person")))


def contact_programme(person):
    """The programme whose contact answers a person's questions: the one they joined last, or None."""
    return Programme.objects.filter(memberships__person=person).order_by("-memberships__starts_on", "pk").first()


# As `cost_code_of`, of claims in the database.
COST_CODE = Coalesce("budget_line__cost_code", "programme__cost_code")


def cost_code_of(claim):
    """The cost code a claim is booked under: that of its budget line, or its programme's where it is on none."""
    return claim.budget_line.cost_code if claim.budget_line_id else claim.programme.cost_code


def cost_codes(claims):
    """The cost codes that `claims` (a queryset) are booked under, as `cost_code_of`, in order."""
    return list(claims.order_by().values_list(COST_CODE, flat=True).distinct().order_by(COST_CODE))


def is_paid(user):
    roles = roles_of(user).values()
    return any(Role.LIVED_EXPERIENCE in held for held in roles) or Claim.objects.filter(person__user=user).exists()
