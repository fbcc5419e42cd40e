"""Make the bank account the method of somebody who gives one."""

from django.utils import timezone

from payments.payees.models.methods import MethodChoice, PaymentMethod
from people.models import Person, User


def pay_into_the_account(person: Person, by: User) -> None:
    """Make the bank account the method of `person`, who gave one. Called with the person locked."""
    choice = MethodChoice.objects.filter(person=person).exclude(method=PaymentMethod.BANK).first()
    if choice is not None:
        choice.method, choice.said_how, choice.told_how, choice.told_on = PaymentMethod.BANK, "", "", None
        choice.changed_by, choice.changed_at = by.person, timezone.now()
        choice.save()
