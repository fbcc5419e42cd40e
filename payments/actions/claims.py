"""What happens to a claim, from the day someone came until it is sent. `actions.approval` decides on it."""

import datetime as dt
import logging
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import (
    budget_queries,
    calculations,
    emails,
    making_queries,
    queries,
    receipts,
    recognition,
    rules,
    tasks,
    wording,
)
from payments.actions.recognition import must_still_be_offered, settled
from payments.models import Claim, ClaimLine, ClaimNote, ClaimTold, MileageRate, Numbering, Receipt
from payments.models.policy import ExpenseKind, Vehicle
from people.actions import outbox
from people.models import Person
from programmes.models import Role
from wellbeing.lib import uploads
from wellbeing.lib.dates import add_working_days
from wellbeing.lib.errors import ActionError
from wellbeing.lib.money import pounds
from wellbeing.lib.workers import hand_over

logger = logging.getLogger(__name__)

MOST_REASON = 2000


class ClaimError(ActionError):
    """A rule refused something about a claim."""


# From attendance to a claim


@transaction.atomic
def open_for_attendance(*, attendance, by):
    """Open the claim of a person with lived experience who came to an event, with their time already priced.

    Called again it returns the claim that is there; a claim staff closed because the person had not come is opened
    again. Where the person did not come after all, an unsent claim is closed. Returns the Claim, or None where there
    is none to have: not a person with lived experience, or no policy in force that day. Raises ClaimError when the
    person did not come but has already sent their claim.
    """
    event, person = attendance.event, attendance.person
    if not attendance.came:
        return _close_for_attendance(event, person, by)
    today = timezone.localdate()
    day = event.day
    in_programme = person.memberships.filter(programme=event.programme_id, role=Role.LIVED_EXPERIENCE).filter(
        Q(starts_on__lte=max(day, today)), Q(ends_on=None) | Q(ends_on__gte=day)
    )
    policy = queries.policy_in_force(event.programme, day)
    if policy is None or not in_programme.exists():
        return None
    known = Claim.objects.filter(event=event, person=person).first()
    if known:
        return _open_again(known)
    try:
        with transaction.atomic():
            claim = new_claim(
                event.programme,
                person=person,
                event=event,
                activity=event.kind,
                description=event.title,
                activity_date=day,
                policy=policy,
            )
    except IntegrityError:
        # Somebody else recorded the same attendance at the same moment.
        return Claim.objects.get(event=event, person=person)
    add_time(claim, calculations.hours_between(event.starts_at, event.ends_at))
    outbox.enqueue_many(emails.claim_waiting(claim))
    return claim


def new_claim(programme, **fields):
    """A draft Claim of `programme` with the next reference and the person's standing wish; call it in a transaction."""
    reference = f"{programme.short_code}-{Numbering.objects.next_claim(programme):04d}"
    wish = recognition.for_new_claim(fields["person"], programme)
    return Claim.objects.create(programme=programme, reference=reference, **wish, **fields)


def add_time(claim, hours):
    """Price `hours` (Decimal) of the claim's activity by its policy, as its line of time; none where it is not paid."""
    rule = queries.fee_rule_of(claim.policy, claim.person_id, claim.activity, claim.activity_date, claim.event)
    if rule is None:
        return
    ClaimLine.objects.create(
        claim=claim,
        category=ClaimLine.Category.TIME,
        description=_("Time: %(hours)s") % {"hours": wording.hours_in_words(hours)},
        on=claim.activity_date,
        hours=hours,
        amount_pence=calculations.fee(rule.terms, hours),
        rate_note=wording.rate_used(rule, hours),
    )


def _open_again(claim):
    if not _closed_by_staff(claim):
        # Not locked: whoever makes a payment run holds sent claims while they wait for a number, which we may hold.
        return claim
    claim = lock(claim)
    if _closed_by_staff(claim):
        back_to_draft(claim)
    return claim


def _closed_by_staff(claim):
    return claim.status == Claim.Status.WITHDRAWN and claim.withdrawn_by_id not in {None, claim.person_id}


def _close_for_attendance(event, person, by):
    claim = Claim.objects.filter(event=event, person=person).first()
    if claim is not None and claim.status == Claim.Status.DRAFT:
        claim = lock(claim)
    if claim is None or claim.status == Claim.Status.WITHDRAWN:
        return
    if claim.status != Claim.Status.DRAFT:
        raise ClaimError(
            _(
                "%(name)s has already sent claim %(reference)s for this day, so they cannot be marked as not there."
                " Return the claim with a question, and ask them to take it back."
            )
            % {"name": person.full_name, "reference": claim.reference}
        )
    move(claim, Claim.Status.WITHDRAWN, withdrawn_by=by.person)
    return


# Filling it in


@transaction.atomic
def add_expense(
    *,
    claim,
    by,
    kind,
    description,
    on=None,
    amount_pence=None,
    miles=None,
    vehicle="",
    passengers=0,
    nights=None,
    hours=None,
    agreed_with="",
    file=None,
):
    """Add one expense to a claim. Mileage takes `miles` (Decimal) and is priced here; the rest take `amount_pence`.

    Where the policy pays HMRC's rates, mileage also takes the `vehicle` (Vehicle) and the number of `passengers`.
    Where its limit is counted by them, the expense takes `nights` (int) or `hours` (Decimal); where it is to be agreed
    first, `agreed_with` says who agreed and when, unless an access need on record stands in for that.
    `on` is the day of the activity unless told. `file` is an uploaded receipt. Returns the ClaimLine. Raises
    ClaimError when the policy does not cover the kind or the amount, or the claim can no longer change.
    """
    claim = lock(claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = ClaimLine(claim=claim, category=ClaimLine.Category.EXPENSE, expense_kind=kind)
    drive, told = Drive(miles, vehicle, passengers), Told(nights, hours, agreed_with)
    _fill_expense(line, claim, description=description, on=on, amount_pence=amount_pence, drive=drive, told=told)
    line.save()
    if file:
        _keep_receipt(line, file, by)
    return line


@transaction.atomic
def change_expense(
    *,
    line,
    by,
    description,
    on=None,
    amount_pence=None,
    miles=None,
    vehicle="",
    passengers=0,
    nights=None,
    hours=None,
    agreed_with="",
):
    """Change what an expense was or how much it cost; its receipts stay. Raises as `add_expense`."""
    claim = lock(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = _expense_line(claim, line)
    drive, told = Drive(miles, vehicle, passengers), Told(nights, hours, agreed_with)
    _fill_expense(line, claim, description=description, on=on, amount_pence=amount_pence, drive=drive, told=told)
    line.save()
    _price_drives_again(claim)
    return line


@transaction.atomic
def add_receipt(*, line, by, file):
    """Give an expense a receipt, beside those it has; one that could not be opened goes. Returns the Receipt.

    A worker then checks it. Raises ClaimError (field "receipt") when the file is empty, too large, or not a photo or
    PDF.
    """
    claim = lock(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = _expense_line(claim, line)
    receipt = _keep_receipt(line, file, by)
    _forget_receipts(line, line.receipts.filter(status=Receipt.Status.REFUSED))
    return receipt


@transaction.atomic
def use_receipt(*, line, by, receipt):
    """Let a receipt of the same claim prove this expense too: one ticket for two, one bill for a week.

    Harmless the second time. Raises ClaimError when the receipt is not on the claim, or could not be opened.
    """
    claim = lock(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = _expense_line(claim, line)
    found = claim.receipts.exclude(status=Receipt.Status.REFUSED).filter(pk=receipt.pk).first()
    if found is None:
        raise ClaimError(_("This receipt is no longer on your claim. Add it again."))
    found.lines.add(line)
    _forget_receipts(line, line.receipts.filter(status=Receipt.Status.REFUSED))
    return found


@transaction.atomic
def remove_receipt(*, line, by, receipt):
    """Take a receipt off an expense; its file goes once no expense uses it. Harmless the second time."""
    claim = lock(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = _expense_line(claim, line)
    _forget_receipts(line, line.receipts.filter(pk=receipt.pk))


@transaction.atomic
def remove_line(*, line, by):
    """Take an expense off a claim, with its receipts. Payment for time stays."""
    claim = lock(line.claim)
    rules.can_edit(by, claim).insist(ClaimError)
    line = _expense_line(claim, line)
    _forget_receipts(line, line.receipts.all())
    line.delete()
    _price_drives_again(claim)


def _expense_line(claim, line):
    found = claim.lines.filter(pk=line.pk).first()
    if found is None:
        raise ClaimError(_("This line is no longer on your claim."))
    if found.is_time:
        raise ClaimError(_("The payment for your time comes from the programme, so it cannot be changed here."))
    return found


@dataclass(frozen=True)
class Drive:
    """A journey as somebody tells it: miles (Decimal, or None), and for HMRC's rates the vehicle and passengers."""

    miles: Decimal | None
    vehicle: str = ""
    passengers: int = 0


@dataclass(frozen=True)
class Told:
    """What else a person tells about an expense: nights or hours the limit is counted by, and who agreed and when."""

    nights: int | None = None
    hours: Decimal | None = None
    agreed_with: str = ""


def _fill_expense(line, claim, *, description, on, amount_pence, drive, told):
    rule = claim.policy.expense_rule_for(line.expense_kind)
    if rule is None:
        raise ClaimError(
            _("This programme does not cover that. Ask %(who)s if you think it should.")
            % {"who": claim.programme.contact_name},
            field="kind",
        )
    if line.expense_kind == ExpenseKind.OTHER and not description.strip():
        raise ClaimError(_("Say what it was, and why you needed it to take part."), field="description")
    line.description = description.strip()[:200] or rule.label
    line.on = on or claim.activity_date
    if line.expense_kind == ExpenseKind.MILEAGE:
        if drive.miles is None or Decimal(drive.miles) <= 0:
            raise ClaimError(_("Enter how many miles you drove."), field="miles")
        line.miles = Decimal(drive.miles)
        # A programme's own rate is the same for all, so nothing is kept that was not needed.
        line.vehicle = drive.vehicle if rule.hmrc_rates else ""
        line.passengers = drive.passengers if line.vehicle == Vehicle.CAR else 0
        _price_drive(line, rule)
        field = "miles"
    else:
        line.miles, line.amount_pence, line.rate_note, field = None, amount_pence, "", "amount"
    if not line.amount_pence:
        raise ClaimError(_("Enter an amount that is more than nothing."), field=field)
    _hold_to_limit(line, claim, rule, told, field)
    _hold_to_agreement(line, claim, rule, told.agreed_with.strip())


def _hold_to_limit(line, claim, rule, told, field):
    line.nights = told.nights if rule.asks_nights else None
    line.hours_spent = told.hours if rule.asks_hours else None
    if rule.asks_nights and not line.nights:
        raise ClaimError(_("Enter how many nights you stayed."), field="nights")
    if rule.asks_hours and not line.hours_spent:
        raise ClaimError(_("Enter how many hours it was."), field="hours")
    most = calculations.most_repaid(rule.cap, line.nights, line.hours_spent)
    if rule.asks_nights or rule.asks_hours:
        line.rate_note = wording.limit_used(rule, line.nights, line.hours_spent)
    who = claim.programme.contact_name
    if most == 0:
        raise ClaimError(
            _("We pay for meals when you are away for %(hours)s or more.")
            % {"hours": wording.hours_in_words(min(band[0] for band in rule.cap.bands))},
            field="hours",
        )
    if most is not None and line.amount_pence > most:
        raise ClaimError(
            _("The most we can pay back for this is %(cap)s. If it cost you more, ask %(who)s.")
            % {"cap": pounds(most), "who": who},
            field=field,
        )


def _hold_to_agreement(line, claim, rule, agreed_with):
    line.agreed_with = agreed_with[:200] if rule.agree_first else ""
    if queries.must_be_agreed(rule, claim.person) and not line.agreed_with:
        raise ClaimError(wording.agreement_missing(rule), field="agreed_with")


def _price_drive(line, rule):
    if not rule.hmrc_rates:
        line.amount_pence = calculations.mileage(calculations.MileageTerms(rule.pence_per_mile), line.miles)
        line.rate_note = wording.mileage_used(rule, line.miles)
        return
    if line.vehicle not in Vehicle.values:
        raise ClaimError(_("Choose what you drove or rode."), field="vehicle")
    rate = MileageRate.objects.in_force(line.on).get(line.vehicle)
    if rate is None:
        raise ClaimError(_("There is no HMRC rate for that day. Check the day."), field="miles")
    before = queries.miles_before(line, line.vehicle)
    line.amount_pence = calculations.mileage(rate.terms, line.miles, before, line.passengers)
    line.rate_note = wording.hmrc_mileage_used(rate, line.miles, before, line.passengers)


def _price_drives_again(claim):
    """The year's bands are filled in the order of the lines, so one that changes or goes moves those after it."""
    rule = claim.policy.expense_rule_for(ExpenseKind.MILEAGE)
    if rule is None or not rule.hmrc_rates:
        return
    for line in claim.lines.filter(expense_kind=ExpenseKind.MILEAGE).order_by("pk"):
        line.claim = claim
        _price_drive(line, rule)
        line.save(update_fields=["amount_pence", "rate_note"])


def _keep_receipt(line, file, by):
    _must_have_room_for_a_file(line, by)
    try:
        kind = uploads.quick_check(file, max_bytes=settings.UPLOAD_MAX_BYTES)
    except uploads.UploadRefused as refusal:
        raise ClaimError(str(refusal), field="receipt") from None
    try:
        receipt = receipts.arrived(claim=line.claim, file=file, kind=kind, by=by.person)
    except OSError:
        logger.exception("A receipt of claim %s could not be stored.", line.claim_id)
        raise ClaimError(uploads.no_room(), field="receipt") from None
    receipt.lines.add(line)
    transaction.on_commit(lambda: hand_over(tasks.clean_receipt, receipt.pk))
    return receipt


def _must_have_room_for_a_file(line, by):
    """Raise ClaimError (field "receipt") when the expense, the claim or this person's last hour has had its share."""
    usable = Receipt.objects.exclude(status=Receipt.Status.REFUSED)
    if usable.filter(lines=line).count() >= settings.RECEIPTS_A_LINE:
        raise ClaimError(
            _("This expense has %(limit)s files, which is the most. Remove one first, or put more in one photo.")
            % {"limit": settings.RECEIPTS_A_LINE},
            field="receipt",
        )
    if usable.filter(claim=line.claim_id).count() >= settings.RECEIPTS_A_CLAIM:
        raise ClaimError(
            _("This claim has %(limit)s files, which is the most. Remove one that you do not need first.")
            % {"limit": settings.RECEIPTS_A_CLAIM},
            field="receipt",
        )
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    if receipts.sent_lately(by.person, hour_ago) >= settings.RECEIPTS_AN_HOUR:
        raise ClaimError(
            _("You have sent %(limit)s files in an hour, which is the most. Your claim is saved. Send this one later.")
            % {"limit": settings.RECEIPTS_AN_HOUR},
            field="receipt",
        )


def _forget_receipts(line, unwanted):
    for receipt in unwanted:
        receipt.lines.remove(line)
        if not receipt.lines.exists():
            receipts.forget(receipt)


# Sending, taking back, starting again


@transaction.atomic
def submit(*, claim, by, late_reason=""):
    """Send a claim to be checked, with the day we promise to pay by. Raises ClaimError when something is missing.

    After the time to claim has ended it needs a reason, which the approver reads; without one raises ClaimError
    (field "late_reason"). Whoever staff entered it for is told, in the way they chose.
    """
    claim = lock(claim)
    rules.can_submit(by, claim).insist(ClaimError)
    _must_be_complete(claim)
    now = timezone.now()
    is_late = making_queries.days_late(claim, timezone.localdate(now)) > 0
    late_reason = late_reason.strip()[:MOST_REASON] if is_late else ""
    if is_late and not late_reason:
        raise ClaimError(_("Say why this claim is late. We will look at it."), field="late_reason")
    closed = queries.closed_days(claim.programme_id)
    pay_by = add_working_days(timezone.localdate(now), claim.policy.pay_within_working_days, closed)
    move(
        claim,
        Claim.Status.SUBMITTED,
        submitted_at=now,
        submitted_by=by.person,
        pay_by=pay_by,
        late_reason=late_reason,
    )
    if by.person.pk == claim.person_id:
        outbox.enqueue_many(emails.claim_received(claim))
    elif claim.person.email and claim.person.channel == Person.Channel.EMAIL:
        outbox.enqueue_many(emails.claim_entered(claim))
        ClaimTold.objects.create(claim=claim, how=ClaimTold.How.EMAIL, by=by.person)
    return claim


@transaction.atomic
def answer(*, claim, by, answer):
    """Answer the question on a returned claim, which sends it again. It keeps its place in the queue."""
    claim = lock(claim)
    rules.can_answer(by, claim).insist(ClaimError)
    if not answer.strip():
        raise ClaimError(_("Write your answer."), field="answer")
    _must_be_complete(claim)
    ClaimNote.objects.create(claim=claim, by=by.person, body=answer.strip())
    move(claim, Claim.Status.SUBMITTED)
    return claim


@transaction.atomic
def withdraw(*, claim, by):
    """Take a claim back before it is approved."""
    claim = lock(claim)
    rules.can_withdraw(by, claim).insist(ClaimError)
    move(claim, Claim.Status.WITHDRAWN, withdrawn_by=by.person, **nothing_decided(claim))
    return claim


@transaction.atomic
def ask_again(*, claim, by, words):
    """Ask to have a claim looked at again that was not approved; it keeps its place and the day we promised.

    Somebody else decides then. Raises ClaimError for a claim that was looked at twice, or without words.
    """
    claim = lock(claim)
    rules.can_ask_again(by, claim).insist(ClaimError)
    if not words.strip():
        raise ClaimError(_("Tell us why we should look at it again."), field="words")
    ClaimNote.objects.create(claim=claim, by=by.person, kind=ClaimNote.Kind.ASK_AGAIN, body=words.strip())
    move(claim, Claim.Status.SUBMITTED, asked_again_at=timezone.now())
    return claim


@transaction.atomic
def reopen(*, claim, by):
    """Start a claim again that its owner took back."""
    claim = lock(claim)
    rules.can_reopen(by, claim).insist(ClaimError)
    back_to_draft(claim)
    return claim


@transaction.atomic
def choose_recognition(*, claim, by, recognition, recognition_pence=None):
    """The owner says how they wish to be recognised for this claim, until it is approved. Nobody is asked why.

    `recognition` is a Claim.Recognition, `recognition_pence` how much of the fee they take, for part of it. Expenses
    are never touched. Returns the Claim. Raises RecognitionError for what is not offered or more than the fee.
    """
    claim = lock(claim)
    rules.can_choose_for_claim(by, claim).insist(ClaimError)
    fee = sum(line.amount_pence for line in claim.lines.all() if line.is_time)
    wish = settled(claim.programme_id, recognition, recognition_pence, fee_pence=fee)
    for name, value in wish.items():
        setattr(claim, name, value)
    claim.save(update_fields=list(wish))
    return claim


def _must_be_complete(claim):
    must_still_be_offered(claim)
    lines = list(claim.lines.all())
    if not sum(line.amount_pence for line in lines):
        raise ClaimError(_("There is nothing to pay on this claim yet. Add what you spent."))
    for line, refused in queries.lines_without_receipt(claim):
        words = {"what": line.description, "problem": refused.problem if refused else ""}
        if refused:
            raise ClaimError(_("The receipt for “%(what)s” did not work. %(problem)s") % words)
        raise ClaimError(_("Add a receipt for “%(what)s”, or remove it from your claim.") % words)


# The one way to change a status


def lock(claim):
    """The claim as it stands now, locked until the transaction ends, with its programme, person and policy."""
    return (
        Claim.objects.select_for_update(of=("self",)).select_related("programme", "person", "policy").get(pk=claim.pk)
    )


def move(claim, status, **fields):
    """Give a locked claim its next status, and `fields` with it. Raises ClaimError where no such move is allowed."""
    if not claim.can_become(status):
        raise ClaimError(
            _("This claim has moved on. It is now: %(status)s. Open the page again.")
            % {"status": claim.get_status_display()}
        )
    if status == Claim.Status.SUBMITTED and (claim.budget_line_id is None or claim.status == Claim.Status.DRAFT):
        fields["budget_line"] = budget_queries.line_for(claim)
    claim.status = status
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save(update_fields=["status", *fields])


def nothing_decided(claim):
    """Forget what a first approver decided, as the claim goes back to its person; the claim's fields that say so."""
    if claim.first_approved_by_id is None:
        return {}
    claim.lines.update(agreed_pence=None, decision_reason="")
    return {"first_approved_by": None, "first_approved_at": None, "duplicate_reason": ""}


def back_to_draft(claim):
    """Open a claim again that was taken back; `claim` must be locked."""
    move(claim, Claim.Status.DRAFT, withdrawn_by=None, submitted_at=None, submitted_by=None, pay_by=None)
