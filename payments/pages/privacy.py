"""Parts that payments add to privacy: money to settle first, records of accounts that stay, and their end."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.advances.models import Advance
from payments.claims.models.claim import Claim
from payments.reports import periods
from payments.reports.models import YearStatement
from payments.runs.models.payments import Payment
from payments.runs.models.runs import PaymentRun
from people.privacy import hooks
from people.privacy.erasing import ErasureError
from people.privacy.files import note_of_removal, replace
from people.privacy.models import DueForRetention, PrivacyRule
from people.privacy.rules import time_for
from people.privacy.taking_away import delete_rows, empty_rows, file_fields
from people.privacy.walking import model_of
from programmes.models import Programme
from wellbeing.lib.dates import short_date
from wellbeing.lib.money import pounds

# Not sent, or ended without money.
NO_MONEY = (Claim.Status.DRAFT, Claim.Status.WITHDRAWN, Claim.Status.DECLINED, Claim.Status.PAID)

UNPAID = (PaymentRun.Status.OPEN, PaymentRun.Status.SIGNED, PaymentRun.Status.EXPORTED)


@dataclass(frozen=True)
class Accounts:
    """A kind of record of accounts: by which day it belongs to a year, and which rows go with it."""

    key: str
    title: Any
    label: str
    day: str
    programme: str = "programme"
    # (model, path to the record)
    parts: tuple[tuple[str, str], ...] = ()


RECORDS = (
    Accounts(
        "claims",
        gettext_lazy("Claims and receipts"),
        "payments.Claim",
        "activity_date",
        parts=(
            ("payments.ClaimLine", "claim"),
            ("payments.Receipt", "claim"),
            ("payments.BudgetOverride", "claim"),
            ("payments.ClaimNote", "claim"),
            ("payments.StaffNote", "claim"),
        ),
    ),
    Accounts(
        "payments",
        gettext_lazy("Payments"),
        "payments.Payment",
        "run__paid_on",
        "run__programme",
        parts=(
            ("payments.PaymentMade", "payment"),
            ("payments.PaymentReturn", "payment"),
            ("payments.Document", "payment"),
            ("payments.DocumentRequest", "payment"),
            ("payments.AccountLook", "payment"),
        ),
    ),
    Accounts(
        "taken_out", gettext_lazy("Payments taken out of a run"), "payments.TakenOut", "run__paid_on", "run__programme"
    ),
    Accounts("advances", gettext_lazy("Advances"), "payments.Advance", "paid_on"),
    Accounts("bookings", gettext_lazy("Bookings paid for people"), "payments.Booking", "on"),
)


def register():
    """Register them once, when the app is ready."""
    hooks.before_erasure_settle.append(money_to_settle)
    hooks.before_erasure.append(forget_drafts)
    hooks.accounts_kept_until.append(kept_until)
    hooks.last_days.append(last_day_of_claims)
    hooks.add_retention_kinds(*(_kind(records) for records in RECORDS), STATEMENTS)


def money_to_settle(person):
    """Return what is owed either way, which has to be settled before `person` is removed."""
    sentences = [
        _("Claim %(reference)s is not settled. Pay it, decline it or have it taken back first.")
        % {"reference": claim.reference}
        for claim in Claim.objects.filter(person=person).exclude(status__in=NO_MONEY)
    ]
    if Payment.objects.filter(person=person, run__status__in=UNPAID).exists():
        sentences.append(_("A payment run that is not paid yet pays them. Finish it first."))
    sentences += [
        _("An advance of %(sum)s is not settled. Close it first.") % {"sum": pounds(advance.left_pence)}
        for advance in Advance.objects.filter(person=person, closed_at=None).with_used()
        if advance.left_pence
    ]
    return sentences


def forget_drafts(person):
    """Delete the claims that `person` never sent, with lines and receipts: they are no records of accounts.

    Raises ErasureError for one that is sent at this moment. Locks them.
    """
    unsent = Claim.objects.select_for_update(of=("self",)).filter(person=person, status=Claim.Status.DRAFT)
    drafts = list(unsent.values_list("pk", flat=True))
    if to_settle := money_to_settle(person):
        raise ErasureError(" ".join(to_settle))
    with pgtrigger.ignore(), transaction.atomic():
        for label, path in (*RECORDS[0].parts, ("payments.Claim", "pk")):
            rows = model_of(label)._base_manager.filter(**{f"{path}__in": drafts})
            if label == "payments.Receipt":
                through = model_of(label).lines.through
                through._base_manager.filter(receipt__claim__in=drafts).delete()
            delete_rows(rows)


def kept_until(person):
    """Return the last day until which a record of accounts of `person` is kept, or None."""
    length = time_for(PrivacyRule.Kind.ACCOUNTS).delta
    ends = [
        periods.financial_year_of(day, starts).last
        for records in RECORDS
        for day, starts in model_of(records.label)
        ._base_manager.filter(Q(person=person), **{f"{records.day}__isnull": False})
        .values_list(records.day, f"{records.programme}__financial_year_starts")
    ]
    return max(ends) + length if ends else None


def last_day_of_claims(person):
    """Return the day of the last claim of `person`; None while one is not settled."""
    if money_to_settle(person):
        return None
    return (
        Claim.objects.filter(person=person).order_by("-activity_date").values_list("activity_date", flat=True).first()
        or dt.date.min
    )


def _kind(records: Accounts) -> hooks.RetentionKind:
    return hooks.RetentionKind(
        records.key,
        records.title,
        PrivacyRule.Kind.ACCOUNTS,
        lambda rule, on, key: _due(records, rule, on, key),
        lambda pk: _end(records, pk),
        lambda keys: _described(records, keys),
    )


def _due(records: Accounts, rule: PrivacyRule, on: dt.date, key: int | None) -> Iterator[tuple[int, dt.date]]:
    """Yield the records whose financial year ended long enough before the day `on`, and that still have their words."""
    done = DueForRetention.objects.filter(kind=records.key, done_at__isnull=False).values("subject_id")
    for programme in Programme.objects.all():
        # A year is over for long enough when it ended before the year in which the day lies that long ago.
        before = periods.financial_year_of(on - rule.delta, programme.financial_year_starts).first
        rows = model_of(records.label)._base_manager.filter(
            **{records.programme: programme, f"{records.day}__lt": before}
        )
        rows = rows.exclude(pk__in=done) if key is None else rows.exclude(pk__in=done).filter(pk=key)
        for pk, day in rows.values_list("pk", records.day):
            yield pk, periods.financial_year_of(day, programme.financial_year_starts).last


def _end(records: Accounts, pk: int) -> None:
    """Take the words and files of one record away. Its sums stay: no report changes."""
    _take_words(((records.label, "pk"), *records.parts), pk)


def _take_words(parts: Iterable[tuple[str, str]], pk: int) -> None:
    with pgtrigger.ignore(), transaction.atomic():
        for label, path in parts:
            rows = model_of(label)._base_manager.filter(**{path: pk})
            for one in file_fields(rows.model):
                for row in rows.exclude(**{one.name: ""}):
                    replace(row, one, note_of_removal())
            empty_rows(rows)


def _described(records: Accounts, keys: Iterable[int]) -> dict[int, str]:
    rows: Iterable[Model] = model_of(records.label)._base_manager.filter(pk__in=list(keys)).select_related("person")
    return {row.pk: f"{row}, {_day(row, records)}" for row in rows}


def _day(row: Any, records: Accounts) -> str:
    for name in records.day.split("__"):
        row = getattr(row, name)
    return short_date(row) if row else short_date(timezone.localdate())


def _statements_due(rule: PrivacyRule, on: dt.date, key: int | None) -> Iterator[tuple[int, dt.date]]:
    """Yield the statements of tax years that ended long enough before the day `on`."""
    done = DueForRetention.objects.filter(kind=STATEMENTS.key, done_at__isnull=False).values("subject_id")
    made = YearStatement.objects.exclude(made_at=None).exclude(pk__in=done)
    for statement in made if key is None else made.filter(pk=key):
        if statement.ends_on < on - rule.delta:
            yield statement.pk, statement.ends_on


def _statements_described(keys: Iterable[int]) -> dict[int, str]:
    rows = YearStatement.objects.filter(pk__in=list(keys)).select_related("person")
    return {row.pk: str(row) for row in rows}


STATEMENTS = hooks.RetentionKind(
    "statements",
    gettext_lazy("Statements of tax years"),
    PrivacyRule.Kind.ACCOUNTS,
    _statements_due,
    lambda pk: _take_words([("payments.YearStatement", "pk")], pk),
    _statements_described,
)
