"""Questions the pages of the payments app ask."""

from dataclasses import dataclass
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Prefetch, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import calculations
from payments.models import (
    BankDetails,
    Claim,
    ClaimLine,
    Document,
    Payment,
    PaymentItem,
    PaymentRun,
    PolicyVersion,
    Receipt,
)
from payments.models.bank import account_key
from payments.models.policy import ExpenseKind, Vehicle
from people.models import Person
from programmes.models import Membership, Programme, Role
from wellbeing.lib.crypto import blind_indexes

# The policy


def policies(programme):
    """The published versions of a programme's policy with their rules, the newest first."""
    return (
        PolicyVersion.objects.filter(programme=programme, published_at__isnull=False)
        .prefetch_related("fee_rules", "expense_rules")
        .order_by("-holds_from", "-number")
    )


def policy_in_force(programme, on):
    """The version that holds on the date `on` with its rules, or None."""
    return policies(programme).filter(holds_from__lte=on).first()


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


def whole_claim(pk):
    """One claim with everything its page shows, in a fixed number of queries."""
    receipts = Receipt.objects.order_by("pk")
    lines = ClaimLine.objects.order_by("-category", "pk").prefetch_related(Prefetch("receipts", receipts))
    return (
        Claim.objects.select_related(
            "programme", "person__user", "event", "policy", "approved_by", "submitted_by", "first_approved_by"
        )
        .prefetch_related(
            Prefetch("lines", lines),
            "notes__by",
            "policy__fee_rules",
            "policy__expense_rules",
            "person__access_needs",
            Prefetch(
                "payment_items",
                PaymentItem.objects.filter(live=True).select_related("payment__run"),
                to_attr="live_items",
            ),
        )
        .get(pk=pk)
    )


def claims_to_decide(rows):
    """The claims of `rows` (a queryset) with what a decision on each needs, in a fixed number of queries."""
    lines = ClaimLine.objects.order_by("-category", "pk").prefetch_related("receipts")
    return (
        rows.select_related("person", "programme", "policy")
        .prefetch_related(Prefetch("lines", lines), "policy__expense_rules", "policy__fee_rules")
        .order_by("submitted_at", "pk")
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


@dataclass(frozen=True)
class Step:
    """One step of a claim on its way to the money, as `components/timeline.html` draws it."""

    label: str
    state: str
    date: object = None
    detail: str = ""


def timeline(claim):
    """The steps of a claim (from `whole_claim`): sent, approved, in a payment run, paid, each with its date."""
    status = Claim.Status
    reached = {
        status.DRAFT: 0,
        status.WITHDRAWN: 0,
        status.SUBMITTED: 1,
        status.RETURNED: 1,
        status.DECLINED: 1,
        status.APPROVED: 2,
        status.PARTLY_APPROVED: 2,
        status.PAYMENT_FAILED: 2,
        status.IN_RUN: 3,
        status.PAID: 4,
    }[status(claim.status)]
    run = claim.live_items[0].payment.run if claim.live_items else None
    names = [
        (_("Sent"), claim.submitted_at),
        (_("Approved"), claim.approved_at),
        (_("In a payment run"), run.made_at if run else None),
        (_("Paid"), claim.paid_on),
    ]
    steps = []
    for place, (label, date) in enumerate(names, start=1):
        if place <= reached:
            state = "done"
        elif place == reached + 1:
            state = "current"
        else:
            state = "upcoming"
        steps.append(Step(label, state, date if place <= reached else None))
    if claim.status == status.RETURNED:
        question = open_question(claim)
        asked = question.written_at if question else None
        steps.insert(1, Step(_("Question asked"), "problem", asked, _("It is waiting for an answer.")))
        steps[2] = Step(steps[2].label, "upcoming")
    elif claim.status == status.DECLINED:
        # It is not on its way to the money.
        return [steps[0], Step(_("Not approved"), "problem", claim.declined_at)]
    elif claim.waits_for_second_approval:
        steps[1] = Step(
            steps[1].label, "current", None, _("Approved once. A second person checks it, because of the amount.")
        )
    elif reached == 1 and claim.asked_again_at:
        steps[1] = Step(steps[1].label, "current", None, _("We are looking at it again."))
    elif reached == 1:
        steps[1] = Step(steps[1].label, "current", None, _("We are checking it now."))
    elif reached == 2:
        steps[2] = Step(steps[2].label, "current", None, _("Finance puts it in the next payment run."))
    elif reached == 3:
        signed = run.status == PaymentRun.Status.SIGNED
        words = _("Finance is paying it now.") if signed else _("A second person checks the payment run.")
        steps[3] = Step(steps[3].label, "current", None, words)
    return steps


# Payment runs


def waiting_for_a_run(programme):
    """Claims of `programme` a run may take, longest promised first, with person and totals."""
    return (
        Claim.objects.payable()
        .filter(programme=programme)
        .select_related("person")
        .with_totals()
        .order_by("pay_by", "pk")
    )


def runs_of_programme(user, programme):
    """Payment runs of `programme` that `user` may see, with the number of payments and the total of each."""
    return (
        PaymentRun.objects.visible_to(user)
        .filter(programme=programme)
        .select_related("made_by", "signed_by")
        .annotate(payments_count=Count("payments"), total_pence=Sum("payments__amount_pence", default=0))
    )


def whole_payments(run, ids=None):
    """The payments of a run by name, with person, claims and lines; only those with `ids` when given."""
    lines = ClaimLine.objects.order_by("-category", "pk")
    payments = (
        Payment.objects.filter(run=run)
        .select_related("person", "run__programme")
        .prefetch_related(
            Prefetch(
                "items",
                PaymentItem.objects.select_related("claim").prefetch_related(Prefetch("claim__lines", lines)),
            ),
            Prefetch("documents", Document.objects.order_by("-version")),
        )
        .order_by("person__full_name", "pk")
    )
    return payments if ids is None else payments.filter(pk__in=ids)


def payees(run):
    """The ids of the people a run pays."""
    return set(run.payments.values_list("person_id", flat=True))


def payments_without_letter(run):
    """The ids of the payments whose letter has not been made."""
    return list(
        run.payments.exclude(documents__kind=Document.Kind.REMITTANCE).order_by("pk").values_list("pk", flat=True)
    )


def documents_are_ready(run):
    """Whether the schedule and every letter of the run have been made."""
    return (
        run.documents.filter(kind=Document.Kind.SCHEDULE).exists()
        and not run.payments.exclude(documents__kind=Document.Kind.REMITTANCE).exists()
    )


def who_can_sign(run):
    """People who may sign the run off: finance of the programme with an account, not its maker, not paid by it."""
    finance = Membership.objects.in_force(timezone.localdate()).filter(programme=run.programme, role=Role.FINANCE)
    return (
        Person.objects.filter(memberships__in=finance, user__is_active=True)
        .exclude(pk=run.made_by_id)
        .exclude(pk__in=run.payments.values("person"))
        .distinct()
        .order_by("full_name")
    )


def claims_of_event(event):
    """How the claims of an event stand: [(Claim.Status, how many)], in the order of a claim's life; none left out."""
    counts = dict(event.claims.order_by().values_list("status").annotate(Count("pk")))
    return [(status, counts[status.value]) for status in Claim.Status if counts.get(status.value)]


def is_late(claim):
    """Whether a sent claim was sent after the policy's claim window had closed."""
    return bool(claim.submitted_at) and timezone.localdate(claim.submitted_at) > claim_until(claim)


# Bank details


def held_people(people):
    """The ids among `people` (ids) whose bank details wait to be confirmed: nothing is paid to them meanwhile."""
    return set(BankDetails.objects.held().filter(person__in=people).values_list("person_id", flat=True))


def people_with_confirmed_details(people):
    """The ids among `people` (ids) who are paid by bank file."""
    return set(
        BankDetails.objects.filter(person__in=people, confirmed_at__isnull=False).values_list("person_id", flat=True)
    )


def bank_details_of_programme(programme):
    """The bank details of the people of `programme`, those that wait first, with who is whose."""
    return (
        BankDetails.objects.of_programme(programme)
        .select_related("person", "confirmed_by")
        .order_by("-confirmed_at", "changed_at", "pk")
    )


def held_by_programme(programmes, not_of):
    """Whose bank details wait to be confirmed in each of `programmes` (ids): {programme id: {person id, …}}.

    The person `not_of` is left out. Three queries at most, however many programmes.
    """
    held = list(BankDetails.objects.held().exclude(person=not_of).values_list("person_id", flat=True))
    found = {}
    if held:
        members = Membership.objects.filter(programme__in=programmes, person__in=held, role=Role.LIVED_EXPERIENCE)
        claims = Claim.objects.filter(programme__in=programmes, person__in=held).exclude(status=Claim.Status.DRAFT)
        for rows in (members, claims):
            for programme_id, person_id in rows.order_by().values_list("programme", "person").distinct():
                found.setdefault(programme_id, set()).add(person_id)
    return found


def others_with_the_account(details, programme):
    """Other people of `programme` who gave the same account, by name; found by fingerprint."""
    same = blind_indexes(account_key(details.sort_code, details.account_number))
    others = BankDetails.objects.of_programme(programme).filter(account_index__in=same).exclude(pk=details.pk)
    return Person.objects.filter(pk__in=others.values("person")).order_by("full_name", "pk")


def bank_payments(run):
    """The payments of a signed run that go by bank file."""
    return Payment.objects.filter(run=run, method=Payment.Method.BANK, amount_pence__gt=0)


def contact_programme(person):
    """The programme whose contact answers a person's questions: the one they joined last, or None."""
    return Programme.objects.filter(memberships__person=person).order_by("-memberships__starts_on", "pk").first()
