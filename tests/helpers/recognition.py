"""Helpers: what a programme offers, and claims sent with a choice of how to be paid."""

from django.utils import timezone

from payments.claims.actions import payment_choice, sending
from payments.models import ClaimLine
from payments.recognition import actions as recognition_actions


def an_offer(scene, **fields):
    values = {"charity_name": "Brook House Trust", "charity_number": "0000000", "vouchers": True, **fields}
    return recognition_actions.offer(
        programme=scene.programme, by=scene.staff, effective_from=timezone.localdate(), **values
    )


def fare(claim, pence=1250):
    return ClaimLine.objects.create(
        claim=claim,
        category="expense",
        expense_kind="mileage",
        miles=10,
        description="Driving",
        on=claim.activity_date,
        amount_pence=pence,
    )


def submitted(claim_in, scene, recognition=None, expenses=1250, **fields):
    claim = claim_in("draft", **fields)
    if expenses:
        fare(claim, expenses)
    if recognition:
        payment_choice.choose_recognition(claim=claim, by=scene.person, **recognition)
    return sending.submit(claim=claim, by=scene.person)
