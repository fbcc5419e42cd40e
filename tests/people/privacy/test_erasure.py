"""After an erasure nothing that is stored holds a personal value of the person, but records of accounts."""

import pytest
from django.db import transaction
from django.utils import timezone

from payments.models import Claim, Payment, PaymentItem, PaymentRun, Advance, Document, DocumentRequest
import pgtrigger
from people.privacy import erasing
from people.privacy.values import values_of
from people.privacy.walking import everything_about
from tests.people.privacy.dumps import accounts_tables, files, in_redis, tables


def settle(person):
    unpaid = PaymentRun.objects.filter(status__in=["open", "signed", "exported"])
    with pgtrigger.ignore(), transaction.atomic():
        for model, path in ((PaymentItem, "payment__run__in"), (Document, "run__in"), (DocumentRequest, "run__in"), (Payment, "run__in")):
            rows = model.objects.filter(**{path: unpaid})
            rows._raw_delete(rows.db)
        PaymentItem.objects.filter(claim__person=person).exclude(claim__status="paid").delete()
        Claim.objects.filter(person=person).exclude(status__in=["paid", "declined", "withdrawn"]).update(
            status="draft", submitted_at=None, submitted_by=None, approved_by=None, approved_at=None, approved_pence=None, pay_by=None, entered_by=None, entered_how="", money_pence=None, payroll_pence=None, voucher_pence=None, donation_pence=None, waived_pence=None, advance_recovered_pence=None, first_approved_by=None, first_approved_at=None, declined_by=None, declined_at=None,
        )
        Advance.objects.filter(person=person).update(closed_at=timezone.now(), closed_by=Advance.objects.filter(person=person).first().recorded_by, closed_reason="Spent")


@pytest.mark.django_db
def test_try(world):
    person = world.owner
    settle(person)
    assert erasing.what_to_settle(person) == []
    values = values_of(person, list(everything_about(person, alone=True, accounts=False)))
    print(values)
    erasure = erasing.remove(person, by=world.users["admin"])
    print(erasure.counts, erasure.kept, erasure.to_look_at, erasure.last_kept_until)
    look = {value for value in values.names | values.reach | set(values.words)}
    print(look)
    skip = accounts_tables()
    for table, text in tables():
        for value in look:
            if table not in skip and value.lower() in text.lower():
                print("LEFT", table, value, "|", text[:300].replace("\n", " / "))
