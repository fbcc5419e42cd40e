"""Runs to make files of: claims approved with every way a fee can go, signed by two people."""

from django.db.models import F
from django.utils import timezone

from payments.models import ClaimLine
from payments.payees.actions import bank
from payments.runs.actions import runs
from tests import factories


def approved(scene, user, lines, **shares):
    """An approved claim. `lines` are (expense kind, or "" for time, pence); `shares` are pence, money the rest."""
    claim = factories.a_claim(scene.programme, user.person, policy=scene.policy)
    claim.lines.all().delete()
    for kind, pence in lines:
        ClaimLine.objects.create(
            claim=claim,
            category="expense" if kind else "time",
            expense_kind=kind,
            description=kind or "Half a day",
            on=claim.activity_date,
            hours=None if kind else 3,
            miles=10 if kind == "mileage" else None,
            amount_pence=pence,
        )
    claim.status, claim.submitted_at, claim.submitted_by = "submitted", timezone.now(), user.person
    claim.pay_by = timezone.localdate()
    claim.save()
    claim.lines.update(approved_pence=F("amount_pence"))
    claim.approved_pence = sum(pence for _kind, pence in lines)
    for name in ("payroll", "voucher", "donation", "waived", "advance_recovered"):
        setattr(claim, f"{name}_pence", shares.get(name, 0))
    claim.money_pence = claim.approved_pence - sum(shares.values())
    claim.status, claim.approved_at, claim.approved_by = "approved", timezone.now(), scene.staff.person
    claim.save()
    return claim


def give_checked_details(scene, user, **changes):
    """`user` gives bank details, and a second person checks them."""
    values = {"account_name": user.person.full_name, "sort_code": "08-99-99", "account_number": "66374958", **changes}
    details = bank.save(person=user.person, by=user, **values)
    factories.confirm_bank_details(details, scene.finance_two.person)
    return details


def signed(scene, claims):
    """A run of `claims`, signed off by a second person."""
    run = runs.make_run(programme=scene.programme, claims=claims, by=scene.finance)
    return runs.sign_off(run=run, by=scene.finance_two)
