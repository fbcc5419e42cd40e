"""Claims with what a test needs on them."""

from payments.claims import receipts
from payments.claims.actions import filling
from tests.helpers import samples


def with_receipt(scene, claim):
    line = filling.add_expense(
        claim=claim,
        by=scene.person,
        kind="parking",
        description="Car park",
        amount_pence=500,
        file=samples.upload(samples.jpeg()),
    )
    receipt = line.receipts.get()
    receipts.make_clean(receipt.pk)
    return line, receipt
