"""Record that payments were made other than by bank: one by one, or a list of them together."""

import datetime as dt

from django.utils.translation import gettext as _

from payments.payees.models.methods import PaymentMethod
from payments.runs import parts, rules
from payments.runs.models.made import PaymentMade
from payments.runs.models.payments import Payment
from payments.runs.models.runs import PaymentRun
from payments.runs.settling import insist_on_day, insist_on_letters, record_rows
from payments.runs.steps import RunError, lock_run
from people.models import User
from wellbeing.lib.actions import action

# Made for everybody in a run with one transfer or one list.
MADE_TOGETHER = (PaymentMethod.PAYROLL, PaymentMethod.CHARITY)


@action
def record(
    *,
    payment: Payment,
    method: str,
    by: User,
    on: dt.date,
    reference: str = "",
    handed_over_by: str = "",
    received_by: str = "",
) -> PaymentMade:
    """Record that the part of `payment` by `method` was made on the day `on`; its person is told. Returns PaymentMade.

    A cheque has its number as `reference`, a voucher the last figures of its code; cash says who handed it over and who
    received it. Claims whose every part has been made are paid. A run without bank payments is paid with its last part.
    Raises RunError, with the field, when something is missing or the day makes no sense, and when it is recorded
    already. Locks the run and its claims.
    """
    run = lock_run(payment.run)
    payment = run.payments.select_related("person").get(pk=payment.pk)
    payment.run = run
    rules.can_record_made(by, payment, method).insist(RunError)
    insist_on_letters(run)
    insist_on_day(run, on, field="on")
    made = PaymentMade(payment=payment, method=method, on=on, recorded_by=by.person)
    made.reference, made.handed_over_by, made.received_by = _details(method, reference, handed_over_by, received_by)
    record_rows(run, [made], by)
    return made


@action
def record_together(*, run: PaymentRun, method: str, by: User, on: dt.date, reference: str = "") -> int:
    """Record that all parts of a run by `method`, payroll or charity, were made on the day `on`; the people are told.

    Returns how many. Raises RunError when there is none left, or the day makes no sense. Locks the run and its claims.
    """
    run = lock_run(run)
    if method not in MADE_TOGETHER:
        raise RunError(_("Payments by this method are recorded one by one."))
    waiting = [payment for payment, part in parts.parts_not_made(run) if part == method]
    if not waiting:
        raise RunError(_("Somebody has recorded this already."))
    for payment in waiting:
        payment.run = run
        rules.can_record_made(by, payment, method).insist(RunError)
    insist_on_letters(run)
    insist_on_day(run, on, field="on")
    shared = " ".join(reference.split())
    rows = [
        PaymentMade(payment=payment, method=method, on=on, reference=shared, recorded_by=by.person)
        for payment in waiting
    ]
    record_rows(run, rows, by)
    return len(rows)


def _details(method: str, reference: str, handed_over_by: str, received_by: str) -> tuple[str, str, str]:
    """Return reference, giver and receiver as they are stored. Raises RunError, with the field, for one that misses."""
    reference, giver, receiver = (" ".join(text.split()) for text in (reference, handed_over_by, received_by))
    if method == PaymentMethod.CHEQUE and not (reference.isascii() and reference.isdigit() and len(reference) <= 12):
        raise RunError(_("Enter the number of the cheque, in figures."), field="reference")
    if method == PaymentMethod.VOUCHER and not reference:
        raise RunError(_("Enter the last figures of the voucher's code."), field="reference")
    if method != PaymentMethod.CASH:
        return reference, "", ""
    if not giver:
        raise RunError(_("Enter who handed the cash over."), field="handed_over_by")
    if not receiver:
        raise RunError(_("Enter who received the cash."), field="received_by")
    return reference, giver, receiver
