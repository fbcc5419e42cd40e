"""Questions about the parts of payments: which were made, and which are still to come."""

import datetime as dt
from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.utils.translation import ngettext

from payments.claims.models.claim import Claim
from payments.payees.models.methods import MONEY_METHODS, PaymentMethod
from payments.runs.models.made import PaymentMade
from payments.runs.models.payments import Payment, PaymentItem
from payments.runs.models.returns import PaymentReturn
from payments.runs.models.runs import PaymentRun
from wellbeing.lib.types import ClaimId, Pence

# The column of a payment that each method other than money fills.
COLUMNS = {
    PaymentMethod.PAYROLL: "payroll_pence",
    PaymentMethod.VOUCHER: "voucher_pence",
    PaymentMethod.CHARITY: "donation_pence",
}


def _waiting(run: PaymentRun) -> tuple[QuerySet[Payment], dict[PaymentMethod, tuple[str, Q]]]:
    """Return the payments of a run with what was made of them, and the column and condition of each waiting part."""
    made = PaymentMade.objects.filter(payment=OuterRef("pk"))
    payments = run.payments.annotate(
        money_made=Exists(made.filter(method=OuterRef("method"))),
        **{f"{method}_made": Exists(made.filter(method=method)) for method in COLUMNS},
    )
    parts = {
        method: ("amount_pence", Q(amount_pence__gt=0, method=method, money_made=False, returned__isnull=True))
        for method in MONEY_METHODS
    }
    for method, column in COLUMNS.items():
        parts[method] = (column, Q(**{f"{column}__gt": 0, f"{method}_made": False}))
    return payments, parts


def counts_not_made(run: PaymentRun) -> dict[PaymentMethod, tuple[int, Pence]]:
    """Count the parts of a signed run that nobody has recorded as made, with their pence, by method, in one query."""
    payments, parts = _waiting(run)
    sums = payments.order_by().aggregate(
        **{f"{method}_count": Count("pk", filter=only) for method, (_column, only) in parts.items()},
        **{f"{method}_sum": Sum(column, filter=only, default=0) for method, (column, only) in parts.items()},
    )
    return {method: (sums[f"{method}_count"], sums[f"{method}_sum"]) for method in parts if sums[f"{method}_count"]}


def parts_not_made(run: PaymentRun) -> list[tuple[Payment, PaymentMethod]]:
    """Return the parts of the payments of a signed run that nobody has recorded as made, by name of the person."""
    payments, parts = _waiting(run)
    waiting = payments.filter(reduce(or_, (only for _column, only in parts.values()))).select_related(
        "person", "returned"
    )
    return [
        (payment, method)
        for payment in waiting.prefetch_related("made").order_by("person__sort_key", "pk")
        for method, _pence in payment.parts
        if method not in {made.method for made in payment.made.all()}
        and not (method == payment.method and hasattr(payment, "returned"))
    ]


def methods_not_made(runs: Collection[int]) -> dict[int, list[PaymentMethod]]:
    """Return the methods by which parts of `runs` (ids) have yet to be made, by run id, in one query."""
    # Told by the database, one row a run and method: a run may hold thousands of payments.
    made = PaymentMade.objects.filter(payment=OuterRef("pk"))
    payments = Payment.objects.filter(run__in=runs).order_by()
    money = payments.filter(
        ~Exists(made.filter(method=OuterRef("method"))),
        ~Exists(PaymentReturn.objects.filter(payment=OuterRef("pk"))),
        amount_pence__gt=0,
    )
    others = [
        payments.filter(~Exists(made.filter(method=method)), **{f"{column}__gt": 0}).values_list(
            "run", Value(method.value)
        )
        for method, column in COLUMNS.items()
    ]
    found: dict[int, set[str]] = {run: set() for run in runs}
    for run, method in money.values_list("run", "method").union(*others):
        found[run].add(method)
    return {run: [method for method in PaymentMethod if method in methods] for run, methods in found.items()}


def waiting_sentence(counts: dict[PaymentMethod, tuple[int, Pence]]) -> str:
    """Say how many payments of a run have yet to be made, by method; `counts` comes from `counts_not_made`."""
    listed = ", ".join(f"{method.label} {number}" for method, (number, _pence) in counts.items())
    total = sum(number for number, _pence in counts.values())
    return ngettext(
        "%(n)s payment has not been recorded as made yet (%(listed)s). Record it first.",
        "%(n)s payments have not been recorded as made yet (%(listed)s). Record them first.",
        total,
    ) % {"n": total, "listed": listed}


def claims_made_whole(payments: Collection[int]) -> list[tuple[ClaimId, dt.date]]:
    """Return the claims being paid in `payments` (ids) whose every part was made, each with the day of the last one."""
    items = (
        PaymentItem.objects.filter(payment__in=payments, live=True, claim__status=Claim.Status.IN_RUN)
        .select_related("payment")
        .prefetch_related("payment__made")
        .order_by("claim_id")
    )
    whole = []
    for item in items:
        days = {made.method: made.on for made in item.payment.made.all()}
        needed = [method for method, _pence in item.parts]
        if all(method in days for method in needed):
            whole.append((item.claim_id, max(days[method] for method in needed)))
    return whole
