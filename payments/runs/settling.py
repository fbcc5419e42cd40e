"""Store that payments were made, by whichever method; settle the claims they pay, and tell their people."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.runs import emails, parts, queries
from payments.runs.models.documents import LetterDispatch
from payments.runs.models.made import PaymentMade
from payments.runs.models.runs import PaymentRun
from payments.runs.steps import RunError, lock_claims, move
from people.messages.telling import tell_many
from people.models import User
from wellbeing.lib.dates import long_date

# People written to at a time, each perhaps with a letter, to keep memory small.
TOLD_AT_ONCE = 200


def insist_on_letters(run: PaymentRun) -> None:
    """Raise RunError while the documents of a run are missing."""
    if not queries.papers_are_ready(run):
        raise RunError(_("Make the documents first: each person paid gets a letter."))


def insist_on_day(run: PaymentRun, on: dt.date, *, field: str) -> None:
    """Raise RunError, with `field`, when a payment of a signed run cannot have been made on the day `on`."""
    signed_on = timezone.localdate(run.signed_at)
    if on < signed_on:
        raise RunError(
            _("The run was signed off on %(day)s, so it was paid on that day or later.")
            % {"day": long_date(signed_on)},
            field=field,
        )
    if on > timezone.localdate():
        raise RunError(_("This day has not come yet. Come back once the money has gone."), field=field)


def record_rows(run: PaymentRun, rows: list[PaymentMade], by: User) -> None:
    """Store `rows` of a locked run, settle the claims whose every part has now been made, and tell their people.

    A run without bank payments is paid when its last part has been made. Raises DocumentChangedError when a letter was
    changed.
    """
    PaymentMade.objects.bulk_create(rows, batch_size=1000)
    _settle(run, {row.payment_id for row in rows})
    finish(run, by, max(row.on for row in rows))
    _tell(run, rows, by)


def finish(run: PaymentRun, by: User, on: dt.date) -> None:
    """Move a locked run to paid once nothing in it is still to be made, on the day of its last payment, or on `on`."""
    if run.status in PaymentRun.TO_PAY and not parts.counts_not_made(run):
        last = max(PaymentMade.objects.filter(payment__run=run).values_list("on", flat=True), default=on)
        move(run, PaymentRun.Status.PAID, paid_on=last, paid_recorded_by=by.person)


def _settle(run: PaymentRun, payments: set[int]) -> None:
    """Mark the claims in `payments` (ids) as paid whose every part has been made, each on the day of the last part."""
    lock_claims(run)
    by_day: dict[dt.date, list[int]] = {}
    for claim_id, day in parts.claims_made_whole(payments):
        by_day.setdefault(day, []).append(claim_id)
    for day, ids in by_day.items():
        Claim.objects.filter(pk__in=ids).update(status=Claim.Status.PAID, paid_on=day)


def _tell(run: PaymentRun, rows: Iterable[PaymentMade], by: User) -> None:
    """Write to the people of `rows`; a letter that goes by email goes with the first message about its payment."""
    ordered = sorted(rows, key=lambda row: row.payment_id)
    for start in range(0, len(ordered), TOLD_AT_ONCE):
        some = {row.payment_id: row for row in ordered[start : start + TOLD_AT_ONCE]}
        newest = queries.letters(run, queries.BY_EMAIL & Q(pk__in=some)).exclude(sendings__way=LetterDispatch.Way.EMAIL)
        letters = {letter.payment_id: letter for letter in newest if letter.payment_id is not None}
        tell_many(
            [
                draft
                for payment in queries.whole_payments(run, list(some))
                for draft in emails.payment_made(payment, some[payment.pk], letters.get(payment.pk))
            ]
        )
        LetterDispatch.objects.bulk_create(
            [LetterDispatch(document=letter, way=LetterDispatch.Way.EMAIL, by=by.person) for letter in letters.values()]
        )
