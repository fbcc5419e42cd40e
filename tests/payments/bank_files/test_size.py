"""A run of 5,000 payments: every file of it in a fixed number of queries and with flat memory.

`pytest tests/payments/bank_files/test_size.py -s` shows seconds, size and memory of each file.
"""

import gc
import resource
import time
import tracemalloc

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from payments.bank_files import bacs, columns, registry
from payments.bank_files.actions import setup
from payments.models import Claim, ClaimLine, Payment, PaymentItem, PaymentMethod, PaymentRun
from people.models import Person
from tests import factories
from wellbeing.lib.dates import add_working_days

# The most memory that one file may take at a time, however long it is: docs/decisions.md promises it.
MAX_BYTES = 3 * 1024 * 1024
KINDS = ("bank_file", "standard_18", "journal", "vouchers", "payroll")


def a_large_run(scene, size, reference):
    """A signed run of `size` payments, each of one claim with a fee and a fare, written in few statements.

    Behind the guards' backs, as thousands of steps of single claims would take minutes.
    """
    with pgtrigger.ignore():
        return _large_run(scene, size, reference)


def _large_run(scene, size, reference):
    people = Person.objects.bulk_create(
        Person(full_name=f"Invented Person {n}", email=f"{reference}{n}@example.org".lower()) for n in range(size)
    )
    claims = _claims_of(scene, people, reference)
    run = PaymentRun.objects.create(
        programme=scene.programme,
        reference=reference,
        made_by=scene.finance.person,
        status="signed",
        signed_by=scene.finance_two.person,
        signed_at=timezone.now(),
    )
    _pay(run, people, claims)
    with connection.cursor() as cursor:
        # As the database does by itself once rows are committed; without it, it takes thousands for a handful.
        cursor.execute("ANALYZE")
    return PaymentRun.objects.select_related("programme").get(pk=run.pk)


def _claims_of(scene, people, reference):
    """Write a claim of `people` each, in a run, with a fee and a fare."""
    now, today = timezone.now(), timezone.localdate()
    claims = Claim.objects.bulk_create(
        Claim(
            programme=scene.programme,
            person=person,
            reference=f"{reference}-{n:05d}",
            activity="meeting",
            description="Meeting",
            activity_date=today,
            policy=scene.policy,
            status="in_run",
            submitted_at=now,
            submitted_by=person,
            pay_by=today,
            approved_at=now,
            approved_by=scene.staff.person,
            approved_pence=5250,
            money_pence=3250,
            payroll_pence=1000,
            voucher_pence=1000,
            donation_pence=0,
            waived_pence=0,
            advance_recovered_pence=0,
        )
        for n, person in enumerate(people)
    )
    ClaimLine.objects.bulk_create(
        ClaimLine(
            claim=claim,
            category=category,
            expense_kind=kind,
            description=category,
            on=today,
            hours=3 if not kind else None,
            amount_pence=pence,
            approved_pence=pence,
        )
        for claim in claims
        for category, kind, pence in (("time", "", 5000), ("expense", "parking", 250))
    )
    return claims


def _pay(run, people, claims):
    """Write the payment of each claim in `run`."""
    sums = {"amount_pence": 3250, "payroll_pence": 1000, "voucher_pence": 1000}
    account = {"account_name": "Invented Person", "sort_code": "000001", "account_digits": "01"}
    payments = Payment.objects.bulk_create(
        Payment(
            run=run,
            person=person,
            reference=f"{run.reference}{n:05d}",
            method=PaymentMethod.BANK,
            account_number=f"{n:08d}",
            **account,
            **sums,
        )
        for n, person in enumerate(people)
    )
    PaymentItem.objects.bulk_create(
        PaymentItem(payment=payment, claim=claim, **sums) for payment, claim in zip(payments, claims, strict=True)
    )


@pytest.fixture
def ready(scene):
    """Account codes with a line for each claim, a layout with every kind of column, a paying account."""
    codes = dict.fromkeys(("fees", "expenses", "bank", "payroll", "vouchers"), "1")
    setup.set_journal_layout(programme=scene.programme, by=scene.finance, package="generic", codes=codes, by_claim=True)
    layout = next(preset.layout for preset in columns.PRESETS if preset.key == "paygate")
    setup.set_bank_layout(programme=scene.programme, by=scene.finance, layout=layout)
    factories.a_paying_account(scene.programme, scene.finance.person, scene.finance_two.person)


def made(run, kind):
    """The file of `run`, made for the next working day, handed out piece by piece as to a browser: (file, bytes)."""
    terms = registry.parameters(run, kind, add_working_days(timezone.localdate(), 1))
    file = registry.file_of(run, kind, terms)
    return file, sum(len(piece) for piece in file)


@pytest.fixture
def _small_pieces(monkeypatch):
    """So that thirty rows come in several pieces, as thousands do."""
    monkeypatch.setattr(bacs, "CHUNK", 5)


@pytest.mark.usefixtures("ready", "_small_pieces")
@pytest.mark.parametrize("kind", KINDS)
def test_a_longer_file_takes_no_more_queries(scene, kind):
    counts = []
    for size, reference in ((3, "SMALL"), (30, "LARGE")):
        run = a_large_run(scene, size, reference)
        with CaptureQueriesContext(connection) as queries:
            file, _size = made(run, kind)
        assert file.count
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.no_cover
@pytest.mark.usefixtures("ready")
def test_files_of_5000_payments_are_whole_and_keep_memory_flat(scene):
    small, run = a_large_run(scene, 3, "SMALL"), a_large_run(scene, 5000, "R5000")
    expected = {
        "bank_file": (5000, 5000 * 3250),
        "standard_18": (5000, 5000 * 3250),
        # A line for the fee and one for the fare of each claim, and a credit for the bank, payroll and vouchers.
        "journal": (10_003, 5000 * 5250),
        "vouchers": (5000, 5000 * 1000),
        "payroll": (5000, 5000 * 1000),
    }
    for kind in KINDS:
        # Modules that the first of a kind loads are no part of the file.
        made(small, kind)
        gc.collect()
        began = time.process_time()
        tracemalloc.start()
        file, size = made(run, kind)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        seconds = time.process_time() - began
        assert (file.count, file.total_pence) == expected[kind]
        resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"\n{kind}: {seconds:.2f} s of processor time, watching its memory among it, {size} bytes,"
            f" {peak / 2**20:.1f} MB at most, process {resident:.0f} MB",
            end="",
        )
        assert peak < MAX_BYTES
