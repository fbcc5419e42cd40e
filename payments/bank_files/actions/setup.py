"""Set how a programme's files are made, and confirm the account that pays as a second person."""

import datetime as dt
import re
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.bank_files import rules
from payments.bank_files.columns import Layout
from payments.bank_files.journal import purposes
from payments.bank_files.layouts import FileSettingsError, check_layout
from payments.bank_files.models.setup import BankFileFormat, JournalFormat, PayingAccount
from payments.payees.account_values import account_values
from people.models import User
from programmes.models import Programme
from wellbeing.lib.actions import action

ACCOUNT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,19}")


@action
def set_paying_account(
    *,
    programme: Programme,
    by: User,
    effective_from: dt.date,
    account_name: str,
    sort_code: str,
    account_number: str,
    service_user_number: str = "",
) -> PayingAccount:
    """Enter the account `programme` pays from, from the day `effective_from`, for a second person to confirm.

    Returns the PayingAccount. Raises an ActionError, with the field, when something cannot be right.
    """
    rules.can_set_files(by, programme).insist(FileSettingsError)
    values = account_values(account_name=account_name, sort_code=sort_code, account_number=account_number)
    number = re.sub(r"[\s-]", "", service_user_number)
    if number and not re.fullmatch("[0-9]{6}", number):
        raise FileSettingsError(_("A Service User Number has 6 digits."), field="service_user_number")
    if effective_from < timezone.localdate():
        raise FileSettingsError(_("Choose today or a later day."), field="effective_from")
    return PayingAccount.objects.create(
        programme=programme,
        effective_from=effective_from,
        last_digits=values["account_number"][-2:],
        service_user_number=number,
        set_by=by.person,
        **values,
    )


@action
def confirm_paying_account(*, account: PayingAccount, by: User) -> PayingAccount:
    """Confirm, as a second person of finance, the account a programme pays from. Returns it.

    Raises FileSettingsError. Locks the account.
    """
    account = PayingAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    rules.can_confirm_paying_account(by, account).insist(FileSettingsError)
    account.confirmed_at, account.confirmed_by = timezone.now(), by.person
    account.save(update_fields=["confirmed_at", "confirmed_by"])
    return account


@action
def set_bank_layout(*, programme: Programme, by: User, layout: Layout) -> BankFileFormat:
    """Set the layout of the programme's bank file. Returns the BankFileFormat.

    Raises FileSettingsError, with the field of the column ("column2-text"), when such a file could pay nobody. Locks
    the programme.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_set_files(by, programme).insist(FileSettingsError)
    check_layout(layout)
    return BankFileFormat.objects.create(
        programme=programme,
        columns=[vars(column) for column in layout.columns],
        headings=layout.headings,
        amount=layout.amount,
        date_format=layout.date_format,
        capitals=layout.capitals,
        set_by=by.person,
    )


@action
def set_journal_layout(
    *,
    programme: Programme,
    by: User,
    package: str,
    codes: Mapping[str, str],
    by_claim: bool = False,
    tax_code: str = "",
    tracking: str = "",
) -> JournalFormat:
    """Set the format of the programme's journals. `codes` are account codes by Purpose or kind of expense.

    Returns the JournalFormat. Raises FileSettingsError, with the field ("code-fees"), when a code cannot be one, and
    without a tax rate or code where the package asks for it. Locks the programme.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_set_files(by, programme).insist(FileSettingsError)
    names = dict(purposes())
    filled_in = {purpose: code.strip() for purpose, code in codes.items() if code.strip()}
    for purpose, code in filled_in.items():
        if purpose not in names:
            raise FileSettingsError(_("A journal has no line of the kind “%(kind)s”.") % {"kind": purpose})
        if not ACCOUNT_CODE.fullmatch(code):
            raise FileSettingsError(
                _("Write an account code with letters and numbers, 20 at most."), field=f"code-{purpose}"
            )
    if package != JournalFormat.Package.GENERIC and not tax_code.strip():
        raise FileSettingsError(_("Enter the tax rate or code as it is in your accounts."), field="tax_code")
    return JournalFormat.objects.create(
        programme=programme,
        package=package,
        by_claim=by_claim,
        tax_code=tax_code.strip(),
        tracking=tracking.strip(),
        codes=filled_in,
        set_by=by.person,
    )
