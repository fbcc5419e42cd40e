"""Runs of many payments, made with few queries."""

import datetime as dt
import itertools

from django.db.models import F
from django.utils import timezone

from payments.models import Claim, ClaimLine, MethodChoice
from payments.runs.actions import runs
from people.models import Person
from tests import factories

numbers = itertools.count(1)


def approved_claims(programme, policy, count, pence=lambda number: 5000, **person):
    """`count` approved claims, each of a person of its own. `pence(number)` is the amount of each."""
    today, now = timezone.localdate(), timezone.now()
    start = next(numbers) * 10_000
    people = Person.objects.bulk_create(
        Person(full_name=f"Person {start + n:06d}", email=f"many{start + n}@example.org", **person)
        for n in range(count)
    )
    MethodChoice.objects.bulk_create(MethodChoice(person=each, method="other", said_how="Cash box") for each in people)
    claims = Claim.objects.bulk_create(
        Claim(
            programme=programme,
            person=each,
            reference=f"{programme.short_code}-{start + n}",
            activity="meeting",
            description="Curry and co-production",
            activity_date=today - dt.timedelta(days=5),
            policy=policy,
        )
        for n, each in enumerate(people)
    )
    ids = [claim.pk for claim in claims]
    ClaimLine.objects.bulk_create(
        ClaimLine(claim=claim, category="time", description="Half a day", on=today, hours=3, amount_pence=pence(n))
        for n, claim in enumerate(claims)
    )
    approver = factories.a_person("Abel Approver")
    for claim in claims:
        claim.status, claim.submitted_at, claim.submitted_by, claim.pay_by = "submitted", now, claim.person, today
    Claim.objects.bulk_update(claims, ["status", "submitted_at", "submitted_by", "pay_by"])
    for n, claim in enumerate(claims):
        claim.status, claim.approved_at, claim.approved_by = "approved", now, approver
        claim.approved_pence = claim.money_pence = pence(n)
        claim.payroll_pence = claim.voucher_pence = claim.donation_pence = 0
        claim.waived_pence = claim.advance_recovered_pence = 0
    ClaimLine.objects.filter(claim__in=ids).update(approved_pence=F("amount_pence"))
    fields = ["status", "approved_at", "approved_by", "approved_pence", "money_pence", "payroll_pence"]
    Claim.objects.bulk_update(
        claims, [*fields, "voucher_pence", "donation_pence", "waived_pence", "advance_recovered_pence"]
    )
    return Claim.objects.filter(pk__in=ids)


def signed_run(programme, claims, maker, signer):
    """A signed run of `claims`."""
    run = runs.make_run(programme=programme, claims=claims, by=maker)
    return runs.sign_off(run=run, by=signer)
