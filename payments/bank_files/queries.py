"""Questions about files of runs: paying accounts, sums, downloads."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from payments.bank_files.models.downloads import RunFileDownload
from payments.bank_files.models.setup import PayingAccount
from payments.payees.models.methods import PaymentMethod
from payments.runs import queries as run_queries
from payments.runs.models.payments import Payment, PaymentItem
from payments.runs.models.runs import PaymentRun
from people.models import Person
from programmes.models import Programme
from wellbeing.lib.types import Pence, ProgrammeId


def paying_accounts_to_confirm(programmes: Iterable[ProgrammeId], not_set_by: Person) -> QuerySet[PayingAccount]:
    """Return the paying accounts of `programmes` that wait for a second person, but for those that `not_set_by` set."""
    return PayingAccount.objects.waiting().filter(programme__in=programmes).exclude(set_by=not_set_by)


# Files of a run
def payments_with(run: PaymentRun, field: str) -> QuerySet[Any]:
    """Return the payments of a run with something in the pence of `field`, with person and claim references."""
    return (
        Payment.objects.filter(run=run, **{f"{field}__gt": 0})
        .select_related("person")
        .annotate(claim_references=StringAgg("items__claim__reference", Value(" "), order_by="items__claim__reference"))
    )


def approved_sum() -> Sum:
    """Make the sum of the pence approved of claim lines, for `annotate`."""
    return Sum(Coalesce("approved_pence", 0))


def items_for_journal(run: PaymentRun) -> QuerySet[Any]:
    """Return the claims of a run by id, with `by_bank`, and `was_paid_before` where the bank sent the money back."""
    before = PaymentItem.objects.filter(claim=OuterRef("claim"), payment__run__made_at__lt=run.made_at).exclude(
        payment__run__status__in=[PaymentRun.Status.OPEN, PaymentRun.Status.CANCELLED]
    )
    return (
        PaymentItem.objects.filter(payment__run=run)
        .select_related("claim__programme", "claim__budget_line")
        .annotate(
            by_bank=ExpressionWrapper(Q(payment__method=PaymentMethod.BANK), BooleanField()),
            was_paid_before=Exists(before),
        )
        .order_by("claim_id")
    )


def sums_by_file(run: PaymentRun) -> dict[str, tuple[int, Pence]]:
    """Return the number of payments and the pence in each file of a signed run; both bank files go by "bank"."""
    sums = run_queries.run_sums(run)
    return {
        "bank": (sums.bank_count, sums.bank),
        "vouchers": (sums.voucher_count, sums.voucher),
        "donations": (sums.donation_count, sums.donation),
        "payroll": (sums.payroll_count, sums.payroll),
    }


def downloads_by_kind(run: PaymentRun) -> dict[str, int]:
    """Count the downloads of each kind of file of a run, by kind."""
    return dict(run.bank_downloads.order_by().values_list("kind").annotate(Count("pk")))


def paying_accounts_to_come(programme: Programme) -> QuerySet[PayingAccount]:
    """Return the paying accounts of `programme` that are not used yet: unconfirmed, or effective in future."""
    later = Q(confirmed_at=None) | Q(effective_from__gt=timezone.localdate())
    return (
        PayingAccount.objects.filter(later, programme=programme)
        .select_related("set_by", "confirmed_by")
        .order_by("effective_from", "pk")
    )


def taken_before(run: PaymentRun, kind: str) -> QuerySet[RunFileDownload]:
    """Return the downloads of a run that one of `kind` would repeat: either form of the bank file repeats the other."""
    kinds = RunFileDownload.PAYING if kind in RunFileDownload.PAYING else [kind]
    return run.bank_downloads.filter(kind__in=kinds)
