"""Choose the method by which a person is paid."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.claim import Claim
from payments.payees import emails, queries, rules
from payments.payees.account_values import BankError
from payments.payees.models.methods import MONEY_METHODS, MethodChoice, PaymentMethod
from people.messages.telling import tell_many
from people.models import Person, User
from programmes.models import Programme
from wellbeing.lib.actions import action


@action
def choose(*, person: Person, by: User, method: str) -> MethodChoice:
    """Choose how `person`, who is `by`, gets their money: PaymentMethod bank, cheque or cash. Returns the MethodChoice.

    The person is told by email. The same method again changes nothing. Raises BankError for a method that none of
    their programmes offers, and soon after a changed sign-in address. Locks the person.
    """
    if by.person.pk != person.pk:
        raise BankError(_("Only the person who is paid can choose how they get their money."))
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if method not in queries.methods_offered(person):
        raise BankError(_("Choose one of the answers."), field="method")
    rules.can_change_bank_details(person).insist(BankError)
    if method == PaymentMethod.CHEQUE and not person.postal_address:
        raise BankError(_("We need your postal address for a cheque. Add it to your details first."), field="method")
    return _store(person, by, method, "", "", None)


@action
def write_down(
    *,
    person: Person,
    programme: Programme,
    by: User,
    method: str,
    told_how: str,
    told_on: dt.date,
    said_how: str = "",
) -> MethodChoice:
    """Write down for finance of `programme`, which owes `person` money, how they want it. Returns the MethodChoice.

    `said_how` names another way than bank, cheque and cash. `told_how` is a Claim.EnteredHow. The person is told.
    Raises BankError, with the field, when something is missing or the day lies ahead. Locks the person.
    """
    rules.can_write_down(by, person, programme).insist(BankError)
    rules.can_change_bank_details(person).insist(BankError)
    if method not in MONEY_METHODS:
        raise BankError(_("Choose one of the answers."), field="method")
    if told_how not in Claim.EnteredHow.values:
        raise BankError(_("Choose how they told you."), field="told_how")
    if told_on > timezone.localdate():
        raise BankError(_("This day has not come yet."), field="told_on")
    words = " ".join(said_how.split()) if method == PaymentMethod.OTHER else ""
    if method == PaymentMethod.OTHER and not words:
        raise BankError(_("Say how they will get their money."), field="said_how")
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return _store(person, by, method, words, told_how, told_on)


def _store(
    person: Person, by: User, method: str, said_how: str, told_how: str, told_on: dt.date | None
) -> MethodChoice:
    choice = MethodChoice.objects.filter(person=person).first()
    before = (choice.method, choice.said_how) if choice else (PaymentMethod.BANK, "")
    if (method, said_how) == before:
        return choice or MethodChoice(person=person, method=method)
    choice = choice or MethodChoice(person=person)
    choice.method, choice.said_how, choice.told_how, choice.told_on = method, said_how, told_how, told_on
    choice.changed_by, choice.changed_at = by.person, timezone.now()
    choice.save()
    tell_many(emails.method_changed(choice))
    return choice
