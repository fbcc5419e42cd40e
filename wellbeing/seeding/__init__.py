"""Make a large invented programme in bulk, for trying the application at size. `manage.py seed` calls `make`.

Rows go in by COPY, and claims and payment runs then walk through their statuses by UPDATE, one step for all rows at a
time. Every constraint and every trigger that keeps a rule is active, which is why lines go in while their claims are
drafts, and payments while their run is open. Only the triggers that write history stand aside: the same history rows
are written by one statement for many rows (`rows.with_history`), in half the time and dated as the invented story has
it.

No file is made (receipts, payment letters), and the messages hold one sentence each.
"""

from .plan import AlreadyThereError, Plan, make

__all__ = ["AlreadyThereError", "Plan", "make"]
