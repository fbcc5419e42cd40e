"""Claims with what a test needs on them."""

from payments.claims import receipts
from payments.claims.actions import filling
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
