"""Questions of the pages of a claim and a run: the whole claim, its timeline."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from payments.claims import shares
from payments.claims.models.claim import Claim
from payments.claims.queries import claim_with_lines, open_question
from payments.payees.models.methods import PaymentMethod
from payments.runs import wording
from payments.runs.models.payments import PaymentItem
from payments.runs.models.returns import PaymentReturn
from payments.runs.models.runs import PaymentRun


def whole_claim(pk: int) -> Claim:
    """Fetch a claim with everything its page shows, in a fixed number of queries."""
    return with_payments(claim_with_lines(pk))


def with_payments(claim: Claim) -> Claim:
    """Load the payments of `claim`, live and returned ones, for its page. Returns the claim."""
    live = PaymentItem.objects.filter(live=True).select_related("payment__run").prefetch_related("payment__made")
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


def live_items(claim: Claim) -> list[PaymentItem]:
    """Return the items by which `claim` (from `whole_claim`) is in a payment run or paid."""
    items: list[PaymentItem] = cast(Any, claim).live_items
    return items


def returned_items(claim: Claim) -> list[PaymentItem]:
    """Return the items of `claim` (from `whole_claim`) whose payment came back, the oldest first."""
    items: list[PaymentItem] = cast(Any, claim).returned_items
    return items


def ways_of(claim: Claim) -> list[tuple[str, int, dt.date | None]]:
    """Return how each part of `claim` (from `whole_claim`) goes in its signed run: words, pence, and the day it went.

    The day is None while nobody has recorded that the part was made. [] before the run is signed off.
    """
    ways = []
    for item in live_items(claim):
        if item.payment.run.status not in PaymentRun.SIGNED_OFF:
            continue
        days = {made.method: made.on for made in item.payment.made.all()}
        ways += [(wording.how_paid(item.payment, method), pence, days.get(method)) for method, pence in item.parts]
    return ways


@dataclass(frozen=True)
class TimelineStep:
    """One step of a claim on its way to the money, for `components/timeline.html`."""

    label: str
    state: str
    date: dt.date | None = None
    detail: str = ""


# The number of steps done in each status, of four: sent, approved, in a payment run, paid.
_REACHED = {
    Claim.Status.DRAFT: 0,
    Claim.Status.WITHDRAWN: 0,
    Claim.Status.SUBMITTED: 1,
    Claim.Status.RETURNED: 1,
    Claim.Status.DECLINED: 1,
    Claim.Status.APPROVED: 2,
    Claim.Status.PARTLY_APPROVED: 2,
    Claim.Status.PAYMENT_FAILED: 2,
    Claim.Status.IN_RUN: 3,
    Claim.Status.PAID: 4,
}
# In these an extra step is the current one: a question, or a payment that came back.
_WITH_PROBLEM = (Claim.Status.RETURNED, Claim.Status.PAYMENT_FAILED)


def timeline(claim: Claim, to_person: bool = True) -> list[TimelineStep]:
    """List the steps of a claim (from `whole_claim`): sent, approved, in a payment run, paid, each with its date.

    Each time the money came back is a step of its own, before the run that pays it again. With `to_person`,
    for the person themselves, it says what to do about their account.
    """
    steps = _sent_to_paid(claim)
    if claim.owed_pence == 0:
        # Nobody is to be paid anything, so no payment run will take it.
        return [steps[0], TimelineStep(_("Approved"), "done", claim.approved_at, shares.nothing_owed(claim))]
    if claim.status == Claim.Status.DECLINED:
        # It is not on its way to the money.
        return [steps[0], TimelineStep(_("Not approved"), "problem", claim.declined_at)]
    if claim.status == Claim.Status.RETURNED:
        steps.insert(1, _question_asked(claim))
    steps[2:2] = [_came_back(item.payment.returned, claim, to_person) for item in returned_items(claim)]
    return steps


def run_of(claim: Claim) -> PaymentRun | None:
    """Return the payment run that a claim (from `whole_claim`) is in or was paid with, or None."""
    items = live_items(claim)
    return items[0].payment.run if items else None


def _sent_to_paid(claim: Claim) -> list[TimelineStep]:
    """List the four steps sent, approved, in a payment run and paid: each is done, current or upcoming."""
    run, reached = run_of(claim), _REACHED[Claim.Status(claim.status)]
    steps = []
    for index, (label, date) in enumerate(
        [
            (_("Sent"), claim.submitted_at),
            (_("Being checked") if claim.status == Claim.Status.SUBMITTED else _("Approved"), claim.approved_at),
            (_("In a payment run"), run.made_at if run else None),
            (_("Paid"), claim.paid_on),
        ]
    ):
        if index < reached:
            steps.append(TimelineStep(label, "done", date))
        elif index == reached and claim.status not in _WITH_PROBLEM:
            steps.append(TimelineStep(label, "current", None, _happens_now(claim)))
        else:
            steps.append(TimelineStep(label, "upcoming"))
    return steps


def _happens_now(claim: Claim) -> str:
    """Say what happens now, under the current step of a claim; "" where the step says enough."""
    if claim.waits_for_second_approval:
        return _("We are checking it. A second person has to agree to it too.")
    if claim.status == Claim.Status.SUBMITTED:
        return _("We are looking at it again.") if claim.asked_again_at else _("It is waiting to be checked.")
    if claim.status in {Claim.Status.APPROVED, Claim.Status.PARTLY_APPROVED}:
        return _("Finance will add it to a payment run.")
    if claim.status == Claim.Status.IN_RUN:
        run = run_of(claim)
        signed = run is not None and run.status in PaymentRun.TO_PAY
        return (
            _("Finance is paying it now.")
            if signed
            else _("A second person will check the payment run before it is paid.")
        )
    return ""


def _question_asked(claim: Claim) -> TimelineStep:
    """Make the step of a returned claim that says it waits for an answer."""
    question = open_question(claim)
    asked_at = question.written_at if question else None
    return TimelineStep(_("Question asked"), "problem", asked_at, _("It is waiting for an answer."))


def _came_back(returned: PaymentReturn, claim: Claim, to_person: bool) -> TimelineStep:
    """Make the step that says that the money came back, why, and what happens next."""
    reason, label = returned.reason, wording.came_back_label(returned.payment.method)
    if not reason.tells_person:
        advice = _("Please get in touch with us.") if to_person else _("Ask finance before you get in touch.")
        return TimelineStep(label, "problem", returned.on, advice)
    if claim.status != Claim.Status.PAYMENT_FAILED:
        return TimelineStep(label, "done", returned.on, f"{reason.words}.")
    if not to_person:
        happens = (
            _("We will pay it again after their bank details are checked.")
            if returned.payment.method == PaymentMethod.BANK
            else _("It is paid again in the next payment run.")
        )
        return TimelineStep(label, "problem", returned.on, f"{reason.words}. {happens}")
    happens = _("We pay you again in the next payment run after that.")
    return TimelineStep(label, "problem", returned.on, f"{reason.words}. {reason.advice} {happens}")
