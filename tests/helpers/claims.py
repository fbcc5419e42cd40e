"""Claims with what a test needs on them."""

from django.utils import timezone

from payments.claims import receipts
from payments.claims.actions import filling
from tests import factories
from tests.helpers import samples


def add_parking(scene, claim, *, description="Car park", amount_pence=500, file=None):
    """Add an expense for parking, with a receipt not yet checked (a good photo unless told), and return its line."""
    return filling.add_expense(
        claim=claim,
        by=scene.person,
        kind="parking",
        description=description,
        amount_pence=amount_pence,
        file=file or samples.upload(samples.jpeg()),
    )


def with_receipt(scene, claim):
    """Add an expense for parking to `claim` and check its receipt; return both."""
    line = add_parking(scene, claim)
    receipt = line.receipts.get()
    receipts.make_clean(receipt.pk)
    return line, receipt


def approved_expenses(scene, amounts, kind="parking", miles=None):
    """Make an approved claim of somebody else for each of `amounts` in pence, with an expense of `kind`."""
    for number, pence in enumerate(amounts):
        claim = factories.a_claim(
            scene.programme, factories.a_person("Somebody Earlier"), policy=scene.policy, amount_pence=0
        )
        claim.lines.create(
            category="expense",
            expense_kind=kind,
            description="Earlier",
            on=claim.activity_date,
            amount_pence=pence,
            miles=miles[number] if miles else None,
        )
        claim.status, claim.submitted_at, claim.submitted_by = "submitted", timezone.now(), claim.person
        claim.pay_by = timezone.localdate()
        claim.save()
        for each in claim.lines.all():
            each.approved_pence = each.amount_pence
            each.save()
        claim.status, claim.approved_at, claim.approved_by = "approved", timezone.now(), scene.staff_two.person
        claim.approved_pence = claim.money_pence = pence
        claim.payroll_pence = claim.voucher_pence = claim.donation_pence = 0
        claim.waived_pence = claim.advance_recovered_pence = 0
        claim.save()
