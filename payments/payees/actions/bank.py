"""Save and confirm bank details, and record what the bank said about a name."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from payments.claims.models.claim import Claim
from payments.payees import account_checks, emails, queries, rules
from payments.payees.account_values import BankError, account_values, roll_number_value
from payments.payees.choices import pay_into_the_account
from payments.payees.models.bank import BankConfirmation, BankDetails, account_key
from payments.payees.models.name_checks import NameCheck
from people.messages.telling import tell_many
from people.models import Person, User
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.crypto import blind_index

NOTHING_OWED = _lazy("Your programme owes this person no money now, so it does not see or confirm where it would go.")


@action
def save(
    *,
    person: Person,
    by: User,
    account_name: str,
    sort_code: str,
    account_number: str,
    roll_number: str = "",
    sure: bool = False,
) -> BankDetails:
    """Save the account that `person`, who is `by`, is paid into, and pay them there. Returns the BankDetails.

    Sort code and account number may have spaces and hyphens, the account number six to eight digits. A change is on
    hold until finance of the programme that pays confirms it, and the person is told by email, at the addresses they
    had lately too. The same details again change nothing. Raises BankError soon after a changed sign-in address; with
    the field when something cannot be right; with the field `sure` when the numbers look wrong and `sure` does not say
    that they are to be kept. Locks the person.
    """
    if by.person.pk != person.pk:
        raise BankError(_("Only the person who is paid can change where the money goes."))
    values = account_values(account_name=account_name, sort_code=sort_code, account_number=account_number)
    values["roll_number"] = roll_number_value(roll_number)
    return _store(person, by, values, sure, {"told_how": "", "told_by": "", "told_on": None})


@action
def write_down(
    *,
    person: Person,
    programme: Programme,
    by: User,
    account_name: str,
    sort_code: str,
    account_number: str,
    told_how: str,
    told_by: str,
    told_on: dt.date,
    roll_number: str = "",
    sure: bool = False,
) -> BankDetails:
    """Save the account that somebody told finance of `programme`, which owes `person` money, on paper or by phone.

    `told_how` is a Claim.EnteredHow, `told_by` a name. It is on hold like any change, and whoever wrote it down never
    confirms it. The person is told. Returns the BankDetails. Raises BankError as `save` does, and where the day lies
    ahead. Locks the person.
    """
    rules.can_write_down(by, person, programme).insist(BankError)
    values = account_values(account_name=account_name, sort_code=sort_code, account_number=account_number)
    values["roll_number"] = roll_number_value(roll_number)
    if told_how not in Claim.EnteredHow.values:
        raise BankError(_("Choose how they told you."), field="told_how")
    if not told_by.strip():
        raise BankError(_("Enter who told you."), field="told_by")
    if told_on > timezone.localdate():
        raise BankError(_("This day has not come yet."), field="told_on")
    told = {"told_how": told_how, "told_by": " ".join(told_by.split()), "told_on": told_on}
    return _store(person, by, values, sure, told)


def _store(person: Person, by: User, values: dict[str, str], sure: bool, told: dict[str, Any]) -> BankDetails:
    # The person is locked, not the details: there may be none yet, and two windows may be open.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    existing = BankDetails.objects.filter(person=person).first()
    rechosen = pay_into_the_account(person, by, told)
    if existing and all(getattr(existing, name) == values[name] for name in values):
        if rechosen:
            tell_many(emails.method_changed(rechosen))
        # The same account once more: what the bank said about its name goes on counting.
        existing.asked_again_at, existing.asked_again_by = None, None
        existing.save(update_fields=["asked_again_at", "asked_again_by"])
        return existing
    rules.can_change_bank_details(person).insist(BankError)
    looks = account_checks.judge(values["sort_code"], values["account_number"])
    if looks == BankDetails.Check.LOOKS_WRONG and not sure:
        raise BankError(
            _("These numbers look wrong. Look at your bank card again. If they are right, tick the box to keep them."),
            field="sure",
        )
    details = existing or BankDetails(person=person)
    for name, value in {**values, **told}.items():
        setattr(details, name, value)
    details.account_index = blind_index(account_key(details.sort_code, details.account_number))
    details.last_digits = details.account_number[-2:]
    details.checked = looks
    details.changed_at, details.changed_by = timezone.now(), by.person
    details.on_hold_since = details.changed_at
    details.confirmed_at, details.confirmed_by, details.confirmed_how = None, None, ""
    details.asked_again_at, details.asked_again_by = None, None
    details.save()
    tell_many(emails.bank_details_changed(details, is_first=existing is None))
    return details


@action
def confirm(*, details: BankDetails, programme: Programme, by: User, how: str, seen: dt.datetime) -> BankDetails:
    """Confirm bank details for `programme`, which owes the person money, by a contact known before; `how` says which.

    Payments of this programme go on from now; another programme confirms for itself. `seen` is the `changed_at` of the
    details that were checked. Returns the BankDetails. Raises BankError when they changed since, when nothing is owed,
    and without `how`. Locks the details.
    """
    details = BankDetails.objects.select_for_update(of=("self",)).select_related("person").get(pk=details.pk)
    rules.can_confirm_bank_details(by, details, programme).insist(BankError)
    if not BankDetails.objects.owed_by(programme).filter(pk=details.pk).exists():
        raise BankError(str(NOTHING_OWED))
    if details.changed_at != seen:
        raise BankError(_("The details were changed while you had this page open. Check the new ones."))
    if details.asked_again_at:
        raise BankError(_("Somebody in finance has asked for the right details. Wait for the person's answer."))
    if queries.refused_by_bank(BankDetails.objects.filter(pk=details.pk)).exists():
        raise BankError(_("The bank said that name and account do not match. Two people must agree to pay it first."))
    if not how.strip():
        raise BankError(_("Say how you checked."), field="how")
    now = timezone.now()
    BankConfirmation.objects.create(
        bank_details=details, programme=programme, confirmed_by=by.person, confirmed_at=now, how=how.strip()
    )
    details.confirmed_at, details.confirmed_by, details.confirmed_how = now, by.person, how.strip()
    details.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_how"])
    return details


@action
def record_name_check(
    *, details: BankDetails, programme: Programme, by: User, outcome: str, name_returned: str = "", seen: dt.datetime
) -> NameCheck:
    """Record for `programme` what the bank said about name and account: `outcome` is a NameCheck.Outcome.

    `seen` is the `changed_at` of the details asked about. Returns the NameCheck, which is kept for good. Raises
    BankError when they changed since, when nothing is owed, and for a close match without a name. Locks the details.
    """
    details = BankDetails.objects.select_for_update(of=("self",)).select_related("person").get(pk=details.pk)
    rules.can_record_name_check(by, details, programme).insist(BankError)
    if not BankDetails.objects.owed_by(programme).filter(pk=details.pk).exists():
        raise BankError(str(NOTHING_OWED))
    if details.changed_at != seen:
        raise BankError(_("The details were changed while you had this page open. Check the new ones."))
    name = " ".join(name_returned.split())
    if outcome == NameCheck.Outcome.CLOSE_MATCH and not name:
        raise BankError(_("With a close match the bank gives a name. Write it down."), field="name_returned")
    return NameCheck.objects.create(
        bank_details=details, outcome=outcome, name_returned=name, recorded_by=by.person, recorded_at=timezone.now()
    )
