"""Questions of the pages of a claim and a run: the whole claim, its timeline."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from payments.claims import shares
from payments.claims.models.claim import Claim
from payments.claims.queries import claim_with_lines, open_question
from payments.runs.models.payments import PaymentItem
from payments.runs.models.runs import PaymentRun


def whole_claim(pk):
    """One claim with everything its page shows, in a fixed number of queries."""
    return with_payments(claim_with_lines(pk))


def with_payments(claim):
    """Load the payments of `claim`, live and returned ones, for its page. Returns the claim."""
    live = PaymentItem.objects.filter(live=True).select_related("payment__run")
    returned = (
        PaymentItem.objects.filter(live=False, payment__returned__isnull=False)
        .select_related("payment__returned__reason")
        .order_by("pk")
    )
    prefetch_related_objects(
        [claim],
        Prefetch("payment_items", live, to_attr="live_items"),
        Prefetch("payment_items", returned, to_attr="returned_items"),
    )
    return claim


@dataclass(frozen=True)
class TimelineStep:
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
        steps.append(TimelineStep(label, state, date if place <= reached else None))
    if claim.owed_pence == 0:
        # Nobody is to be paid anything, so no run will come.
        return [steps[0], TimelineStep(_("Approved"), "done", claim.approved_at, shares.nothing_owed(claim))]
    if claim.status == status.RETURNED:
        question = open_question(claim)
        asked = question.written_at if question else None
        steps.insert(1, TimelineStep(_("Question asked"), "problem", asked, _("It is waiting for an answer.")))
        steps[2] = TimelineStep(steps[2].label, "upcoming")
    elif claim.status == status.DECLINED:
        # It is not on its way to the money.
        return [steps[0], TimelineStep(_("Not approved"), "problem", claim.declined_at)]
    elif claim.waits_for_second_approval:
        steps[1] = TimelineStep(
            steps[1].label, "current", None, _("Approved once. A second person checks it, because of the amount.")
        )
    elif reached == 1 and claim.asked_again_at:
        steps[1] = TimelineStep(steps[1].label, "current", None, _("We are looking at it again."))
    elif reached == 1:
        steps[1] = TimelineStep(steps[1].label, "current", None, _("We are checking it now."))
    elif reached == 2:
        if claim.status != status.PAYMENT_FAILED:
            steps[2] = TimelineStep(steps[2].label, "current", None, _("Finance puts it in the next payment run."))
        else:
            steps[2] = TimelineStep(steps[2].label, "upcoming")
    elif reached == 3:
        signed = run.status in PaymentRun.TO_PAY
        words = _("Finance is paying it now.") if signed else _("A second person checks the payment run.")
        steps[3] = TimelineStep(steps[3].label, "current", None, words)
    steps[2:2] = [_sent_back(item.payment.returned, claim, to_person) for item in claim.returned_items]
    return steps


def _sent_back(returned, claim, to_person):
    """The step of a claim's timeline that says the bank sent the money back, why, and what happens next."""
    reason = returned.reason
    if not reason.tells_person:
        words = _("Please get in touch with us.") if to_person else _("Ask finance before you get in touch.")
        return TimelineStep(_("The bank sent it back"), "problem", returned.on, words)
    if claim.status != Claim.Status.PAYMENT_FAILED:
        return TimelineStep(_("The bank sent it back"), "done", returned.on, f"{reason.words}.")
    if not to_person:
        happens = _("It is paid again once their bank details are checked.")
        return TimelineStep(_("The bank sent it back"), "problem", returned.on, f"{reason.words}. {happens}")
    happens = _("We pay you again in the next payment run after that.")
    return TimelineStep(
        _("The bank sent it back"), "problem", returned.on, f"{reason.words}. {reason.advice} {happens}"
    )
