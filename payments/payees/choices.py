"""Make the bank account the method of somebody who gives one."""

from typing import Any

from django.utils import timezone

from payments.payees.models.methods import MethodChoice, PaymentMethod
from people.models import Person, User


def pay_into_the_account(person: Person, by: User, told: dict[str, Any]) -> MethodChoice | None:
    """Make the bank account the method of `person`, who gave one, or told it: `told` has told_how and told_on.

    Returns the MethodChoice where that changes it, otherwise None. Called with the person locked.
    """
    choice = MethodChoice.objects.filter(person=person).exclude(method=PaymentMethod.BANK).first()
    if choice is not None:
        choice.method, choice.said_how = PaymentMethod.BANK, ""
        choice.told_how, choice.told_on = told["told_how"], told["told_on"]
        choice.changed_by, choice.changed_at = by.person, timezone.now()
        choice.save()
    return choice
