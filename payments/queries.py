"""Questions the pages of the payments app ask."""

from dataclasses import dataclass
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Invitation
from payments import calculations, recognition
from payments.models import (
    BankConfirmation,
    BankDetails,
    Claim,
    ClaimLine,
    ClosedDay,
    Document,
    NameCheck,
    PayingAccount,
    Payment,
    PaymentItem,
    PaymentReturn,
    PaymentRun,
    PolicyVersion,
    Receipt,
)
from payments.models.bank import account_key
from payments.models.policy import ActivityRole, ExpenseKind, Vehicle
from people.models import Person
from programmes.models import Group, Membership, Programme, Role, Term
from programmes.models.roles import new_in_finance_until
from wellbeing.lib.crypto import blind_indexes

# The policy


def policies(programme):
    """The published versions of a programme's policy with their rules, the newest first."""
    return (
        PolicyVersion.objects.filter(programme=programme, published_at__isnull=False)
        .prefetch_related("fee_rules", "expense_rules__bands")
        .order_by("-holds_from", "-number")
    )


def policy_in_force(programme, on):
    """The version that holds on the date `on` with its rules, or None."""
    return policies(programme).filter(holds_from__lte=on).first()


def draft_of(programme):
    """The draft of a programme's next version with its rules, or None."""
    return (
        PolicyVersion.objects.filter(programme=programme, published_at=None)
        .prefetch_related("fee_rules", "expense_rules__bands")
        .first()
    )


def roles_on(programme, people, on, event=None):
    """What each of `people` (ids) is on the date `on` besides somebody taking part: {person id: {ActivityRole, …}}.

    Whoever serves on a steering group of `programme` that day is a steering group member at every activity. At `event`
    the chairs of its group chair it, and those so marked on their invitation help to run it. Two queries at most.
    """
    roles = {}
    terms = Term.objects.in_force(on).filter(person__in=people, group__programme=programme).select_related("group")
    for term in terms:
        roles.setdefault(term.person_id, set()).update(roles_by_term(term, event))
    if event is not None:
        helping = Invitation.objects.filter(event=event, person__in=people, facilitates=True)
        for person_id in helping.values_list("person", flat=True):
            roles.setdefault(person_id, set()).add(ActivityRole.FACILITATING)
    return roles


def fee_rule_of(policy, person, activity, on, event=None):
    """The FeeRule that `policy` has for `person` (an id) at `activity` on the date `on`, by their roles then, or None.

    `event` is where it was, None for work that is not tied to one. Three queries at most.
    """
    return policy.fee_rule_for(activity, roles_on(policy.programme_id, [person], on, event).get(person, ()))


def roles_by_term(term, event=None):
    """The ActivityRoles that a Term, with its group, gives at `event`, or at what is no event."""
    roles = set()
    if term.group.kind == Group.Kind.STEERING:
        roles.add(ActivityRole.STEERING)
    chairs = term.office in {Term.Office.CHAIR, Term.Office.CO_CHAIR}
    if chairs and event is not None and event.group_id == term.group_id:
        roles.add(ActivityRole.CHAIRING)
    return roles


def closed_days(programme, after=None):
    """The dates on which `programme` (or its id) is closed, after the date `after` when told."""
    days = ClosedDay.objects.filter(programme=programme)
    return set((days.filter(day__gt=after) if after else days).values_list("day", flat=True))


def must_be_agreed(rule, person):
    """Whether `person` must have asked before they spend what `rule` covers: not where a need of theirs is enough."""
    return rule.agree_first and not rule.is_covered_by(person.access_needs.all())


def covered_by_need(claim):
    """The ids of the lines of a claim that had to be agreed first, were an access need not enough."""
    rules = {rule.kind: rule for rule in claim.policy.expense_rules.all() if rule.agree_first}
    return [
        line.pk
        for line in claim.lines.all()
        if line.expense_kind in rules and not line.agreed_with and rules[line.expense_kind].need_is_enough
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


def whole_claim(pk):
    """One claim with everything its page shows, in a fixed number of queries."""
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
            Prefetch(
                "payment_items",
                PaymentItem.objects.filter(live=True).select_related("payment__run"),
                to_attr="live_items",
            ),
            Prefetch(
                "payment_items",
                PaymentItem.objects.filter(live=False, payment__returned__isnull=False)
                .select_related("payment__returned__reason")
                .order_by("pk"),
                to_attr="returned_items",
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


def timeline(claim, to_person=True):
    """The steps of a claim (from `whole_claim`): sent, approved, in a payment run, paid, each with its date.

    Each time the bank sent the money back is a step of its own, before the run that pays it again. `to_person` says
    that the person themselves reads it: only they are told what to do about their account.
    """
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
    if claim.owed_pence == 0:
        # Nobody is to be paid anything, so no run will come.
        return [steps[0], Step(_("Approved"), "done", claim.approved_at, recognition.nothing_owed(claim))]
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
        if claim.status != status.PAYMENT_FAILED:
            steps[2] = Step(steps[2].label, "current", None, _("Finance puts it in the next payment run."))
        else:
            steps[2] = Step(steps[2].label, "upcoming")
    elif reached == 3:
        signed = run.status in PaymentRun.TO_PAY
        words = _("Finance is paying it now.") if signed else _("A second person checks the payment run.")
        steps[3] = Step(steps[3].label, "current", None, words)
    steps[2:2] = [_sent_back(item.payment.returned, claim, to_person) for item in claim.returned_items]
    return steps


def _sent_back(returned, claim, to_person):
    """The step of a claim's timeline that says the bank sent the money back, why, and what happens next."""
    reason = returned.reason
    if not reason.tells_person:
        words = _("Please get in touch with us.") if to_person else _("Ask finance before you get in touch.")
        return Step(_("The bank sent it back"), "problem", returned.on, words)
    if claim.status != Claim.Status.PAYMENT_FAILED:
        return Step(_("The bank sent it back"), "done", returned.on, f"{reason.words}.")
    if not to_person:
        happens = _("It is paid again once their bank details are checked.")
        return Step(_("The bank sent it back"), "problem", returned.on, f"{reason.words}. {happens}")
    happens = _("We pay you again in the next payment run after that.")
    return Step(_("The bank sent it back"), "problem", returned.on, f"{reason.words}. {reason.advice} {happens}")


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
    """Payment runs of `programme` that `user` may see, with who made and signed them."""
    return PaymentRun.objects.visible_to(user).filter(programme=programme).select_related("made_by", "signed_by")


def whole_payments(run, ids=None):
    """The payments of a run by name, with person, claims and lines; only those with `ids` when given.

    Each item says as `sent_back_before` whether its claim was paid before and the bank sent that back.
    """
    lines = ClaimLine.objects.order_by("-category", "pk")
    sent_back = PaymentReturn.objects.filter(
        payment__items__claim=OuterRef("claim"), payment__items__live=False, payment__lt=OuterRef("payment")
    )
    items = PaymentItem.objects.select_related("claim").annotate(sent_back_before=Exists(sent_back))
    payments = (
        Payment.objects.filter(run=run)
        .select_related("person", "run__programme")
        .prefetch_related(
            Prefetch("items", items.prefetch_related(Prefetch("claim__lines", lines))),
            Prefetch("documents", Document.objects.order_by("-version")),
        )
        .order_by("person__full_name", "pk")
    )
    return payments if ids is None else payments.filter(pk__in=ids)


def payees(run):
    """The ids of the people a run pays."""
    return set(run.payments.values_list("person_id", flat=True))


def finance_people(programme):
    """People with an account who are in the finance of `programme` today, by name."""
    finance = Membership.objects.in_force(timezone.localdate()).filter(programme=programme, role=Role.FINANCE)
    return Person.objects.filter(memberships__in=finance, user__is_active=True).distinct().order_by("full_name", "pk")


def who_can_sign(run):
    """People who may sign the run off: finance of the programme with an account and past their first days there.

    Neither its maker nor anybody it pays.
    """
    finance = Membership.objects.in_force(timezone.localdate()).filter(programme=run.programme, role=Role.FINANCE)
    people = (
        Person.objects.filter(memberships__in=finance, user__is_active=True)
        .exclude(pk=run.made_by_id)
        .exclude(pk__in=run.payments.values("person"))
        .select_related("user")
        .distinct()
        .order_by("full_name")
    )
    return [person for person in people if new_in_finance_until(person.user, run.programme) is None]


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


def held_people(people, programme):
    """The ids among `people` whose bank details finance of `programme` has yet to confirm. It pays them nothing."""
    return set(BankDetails.objects.held_for(programme).filter(person__in=people).values_list("person_id", flat=True))


def bank_details_of_programme(programme):
    """Bank details of the people `programme` owes money, unconfirmed first, each with its own latest confirmation.

    Adds `confirmed_here_at` and `confirmed_here_by` (a name) of this programme; None while it has not confirmed them.
    """
    latest = BankConfirmation.objects.filter(
        bank_details=OuterRef("pk"), programme=programme, confirmed_at__gte=OuterRef("held_since")
    ).order_by("-confirmed_at")
    return (
        BankDetails.objects.owed_by(programme)
        .select_related("person")
        .annotate(
            confirmed_here_at=Subquery(latest.values("confirmed_at")[:1]),
            confirmed_here_by=Subquery(latest.values("confirmed_by__full_name")[:1]),
        )
        .order_by("-confirmed_here_at", "changed_at", "pk")
    )


def confirmation_for(details, programme):
    """The latest BankConfirmation of `details` by finance of `programme` that still counts, or None."""
    return (
        details.confirmations.filter(programme=programme, confirmed_at__gte=details.held_since)
        .select_related("confirmed_by")
        .last()
    )


def held_by_programme(programmes, not_of):
    """People whose bank details wait to be confirmed in each of `programmes` (ids): {programme id: {person id, …}}.

    People whom the programme owes money; the person `not_of` is left out. One query, however many programmes.
    """
    confirmed = BankConfirmation.objects.filter(
        bank_details__person=OuterRef("person"),
        programme=OuterRef("programme"),
        confirmed_at__gte=F("bank_details__held_since"),
    )
    rows = (
        Claim.objects.owed()
        .filter(programme__in=programmes, person__bank_details__isnull=False)
        .exclude(person=not_of)
        .exclude(Exists(confirmed))
        .order_by()
        .values_list("programme", "person")
        .distinct()
    )
    found = {}
    for programme_id, person_id in rows:
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


def latest_name_checks(people):
    """What the bank said last about the names of `people` (ids): {person id: NameCheck}; only on their account now."""
    found = NameCheck.objects.filter(bank_details__person__in=people).current().select_related("bank_details")
    return {check.bank_details.person_id: check for check in found}


def people_with_numbers_that_look_wrong(people):
    """The ids among `people` (ids) whose sort code and account number look wrong."""
    return set(
        BankDetails.objects.filter(person__in=people, checked=BankDetails.Check.LOOKS_WRONG).values_list(
            "person_id", flat=True
        )
    )


def paying_accounts_to_confirm(programmes, not_set_by):
    """Paying accounts of `programmes` (ids) that wait for a second person, those `not_set_by` set left out."""
    return PayingAccount.objects.waiting().filter(programme__in=programmes).exclude(set_by=not_set_by)


# Files of a run


def payments_with(run, field):
    """The payments of a run with something in `field` (a column of whole pence), with person and claim references."""
    return (
        Payment.objects.filter(run=run, **{f"{field}__gt": 0})
        .select_related("person")
        .annotate(claim_references=StringAgg("items__claim__reference", Value(" "), order_by="items__claim__reference"))
    )


def agreed_sum():
    """What was agreed of claim lines, in whole pence, for `annotate`."""
    return Sum(Coalesce("agreed_pence", 0))


def items_for_journal(run):
    """The claims of a run by id, with what a journal needs: `by_bank`, and `was_paid_before` where money came back."""
    before = PaymentItem.objects.filter(claim=OuterRef("claim"), payment__run__made_at__lt=run.made_at).exclude(
        payment__run__status__in=[PaymentRun.Status.OPEN, PaymentRun.Status.CANCELLED]
    )
    return (
        PaymentItem.objects.filter(payment__run=run)
        .select_related("claim__programme", "claim__budget_line")
        .annotate(
            by_bank=ExpressionWrapper(Q(payment__method=Payment.Method.BANK), BooleanField()),
            was_paid_before=Exists(before),
        )
        .order_by("claim_id")
    )


# As `cost_code_of`, of claims in the database.
COST_CODE = Coalesce("budget_line__cost_code", "programme__cost_code")


def cost_code_of(claim):
    """The cost code a claim is booked under: that of its budget line, or its programme's where it is on none."""
    return claim.budget_line.cost_code if claim.budget_line_id else claim.programme.cost_code


def cost_codes(claims):
    """The cost codes that `claims` (a queryset) are booked under, as `cost_code_of`, in order."""
    return list(claims.order_by().values_list(COST_CODE, flat=True).distinct().order_by(COST_CODE))


def cost_codes_of_run(run):
    """The cost codes that the claims of a run are booked under, in order."""
    return cost_codes(Claim.objects.filter(payment_items__payment__run=run))


def run_sums(run):
    """What a run holds of each kind, for the page of its files: {"bank": (how many, pence), "vouchers": …}."""
    by_bank = Q(method=Payment.Method.BANK, amount_pence__gt=0)
    found = Payment.objects.filter(run=run).aggregate(
        bank_count=Count("pk", filter=by_bank),
        bank_pence=Sum("amount_pence", filter=by_bank, default=0),
        vouchers_count=Count("pk", filter=Q(voucher_pence__gt=0)),
        vouchers_pence=Sum("voucher_pence", default=0),
        donations_count=Count("pk", filter=Q(donation_pence__gt=0)),
        donations_pence=Sum("donation_pence", default=0),
        payroll_count=Count("pk", filter=Q(payroll_pence__gt=0)),
        payroll_pence=Sum("payroll_pence", default=0),
    )
    return {
        kind: (found[f"{kind}_count"], found[f"{kind}_pence"]) for kind in ("bank", "vouchers", "donations", "payroll")
    }


def downloads_by_kind(run):
    """How often each kind of file of a run was taken: {kind: how often}."""
    return dict(run.bank_downloads.order_by().values_list("kind").annotate(Count("pk")))


def paying_accounts_to_come(programme):
    """Accounts of `programme` that wait for a second person or for their day, the next first."""
    later = Q(confirmed_at=None) | Q(holds_from__gt=timezone.localdate())
    return (
        PayingAccount.objects.filter(later, programme=programme)
        .select_related("set_by", "confirmed_by")
        .order_by("holds_from", "pk")
    )
