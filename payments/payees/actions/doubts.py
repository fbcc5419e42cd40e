"""Settle doubts about an account: agree to pay it all the same, ask the person again, or look at its numbers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.payees import emails, rules
from payments.payees.account_values import BankError
from payments.payees.models.bank import BankDetails
from payments.payees.models.name_checks import AccountLook, NameCheck, NameCheckOverride
from people.messages.telling import tell_many
from people.models import User
from people.privacy.looking import note_looks
from people.privacy.models import Look
from programmes.models import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.types import PersonId


@action
def override_name_check(
    *, details: BankDetails, programme: Programme, by: User, reason: str, seen: dt.datetime
) -> NameCheckOverride:
    """Agree, as one of two people, to pay an account although the bank said that the name does not match.

    `seen` is the `changed_at` of the details that were looked at. Returns the NameCheckOverride. Raises BankError
    without a reason, when the details or the bank's answer changed since, and for somebody who agreed already. Locks
    the details.
    """
    details = BankDetails.objects.select_for_update(of=("self",)).select_related("person").get(pk=details.pk)
    rules.can_override_name_check(by, details, programme).insist(BankError)
    if details.changed_at != seen:
        raise BankError(_("The details were changed while you had this page open. Check the new ones."))
    check = details.name_checks.current().last()
    if check is None or check.outcome != NameCheck.Outcome.NO_MATCH:
        raise BankError(_("The bank's latest answer is another. Open the page again."))
    if not reason.strip():
        raise BankError(_("Say why the account is right all the same."), field="reason")
    if check.overrides.filter(by=by.person).exists():
        raise BankError(_("You have agreed already. Another person in finance has to agree too."))
    return NameCheckOverride.objects.create(name_check=check, by=by.person, reason=reason.strip())


@action
def ask_again(*, details: BankDetails, programme: Programme, by: User, seen: dt.datetime) -> BankDetails:
    """Ask the person to give their bank details again, as these are wrong. Returns the BankDetails.

    They are paid nothing there until then. The person gets an email, where they have an address, and finds it first
    among what they have to do. `seen` is the `changed_at` of the details that were looked at: raises BankError when
    they changed since, and when the person was asked already. Locks the details.
    """
    details = BankDetails.objects.select_for_update(of=("self",)).select_related("person").get(pk=details.pk)
    rules.can_ask_again(by, details, programme).insist(BankError)
    if details.changed_at != seen:
        raise BankError(_("The details were changed while you had this page open. Check the new ones."))
    if details.asked_again_at:
        raise BankError(_("They have been asked already."))
    details.asked_again_at, details.asked_again_by = timezone.now(), by.person
    details.on_hold_since = details.asked_again_at
    details.confirmed_at, details.confirmed_by, details.confirmed_how = None, None, ""
    details.save()
    tell_many(emails.bank_details_wrong(details, programme))
    return details


@dataclass(frozen=True)
class SeenAccount:
    """The account whose full numbers somebody saw: whose it is, how its number ends, and the payment that keeps it."""

    person: PersonId
    last_digits: str
    payment: int | None = None


@action
def look(*, seen: Iterable[SeenAccount], programme: Programme, by: User, about: str) -> list[AccountLook]:
    """Record that `by`, finance of `programme`, sees the full numbers of the accounts `seen`; `about` says where.

    Returns the AccountLooks. Raises BankError for anybody else.
    """
    rules.can_see_bank_details(by, programme).insist(BankError)
    rows = [
        AccountLook(
            person_id=account.person,
            last_digits=account.last_digits,
            payment_id=account.payment,
            programme=programme,
            by=by.person,
            about=about[:40],
        )
        for account in seen
    ]
    note_looks(by, [row.person_id for row in rows], Look.Kind.BANK)
    return AccountLook.objects.bulk_create(rows, batch_size=500)
