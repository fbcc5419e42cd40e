"""Set how a programme's files are made, and confirm the account that pays as a second person."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.bank_files import rules
from payments.bank_files.journal import purposes
from payments.bank_files.layouts import FileSettingsError, check_layout
from payments.bank_files.models.setup import BankFileFormat, JournalFormat, PayingAccount
from payments.payees.account_values import account_values
from programmes.models import Programme
from wellbeing.lib.actions import action

ACCOUNT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,19}")


@action
def set_paying_account(
    *, programme, by, effective_from, account_name, sort_code, account_number, service_user_number=""
):
    """Finance enters the account `programme` pays from, from the date `effective_from`; it waits for a second person.

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
def confirm_paying_account(*, account, by):
    """A second person of finance confirms the account a programme pays from. Raises FileSettingsError."""
    account = PayingAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    rules.can_confirm_paying_account(by, account).insist(FileSettingsError)
    account.confirmed_at, account.confirmed_by = timezone.now(), by.person
    account.save(update_fields=["confirmed_at", "confirmed_by"])
    return account


@action
def set_bank_layout(*, programme, by, layout):
    """Finance sets the columns of the bank file (`bank_columns.Layout`). Returns the BankFileFormat.

    Raises FileSettingsError, with the field of the column ("column2-text"), when a file so made could pay nobody.
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
def set_journal_layout(*, programme, by, package, codes, by_claim=False, tax_code="", tracking=""):
    """Finance sets how the accounts take journals. `codes` is {Purpose or kind of expense: account code}.

    Returns the JournalFormat. Raises FileSettingsError, with the field ("code-fees"), when a code cannot be one, and
    without a tax rate or code where the package asks for it.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    rules.can_set_files(by, programme).insist(FileSettingsError)
    known = dict(purposes())
    kept = {purpose: code.strip() for purpose, code in codes.items() if code.strip()}
    for purpose, code in kept.items():
        if purpose not in known:
            raise FileSettingsError(_("There is nothing of the kind “%(kind)s” in a journal.") % {"kind": purpose})
        if not ACCOUNT_CODE.fullmatch(code):
            raise FileSettingsError(
                _("Write an account code with letters and numbers, 20 at most."), field=f"code-{purpose}"
            )
    if package != JournalFormat.Package.GENERIC and not tax_code.strip():
        raise FileSettingsError(_("Write the tax rate or code as it stands in your accounts."), field="tax_code")
    return JournalFormat.objects.create(
        programme=programme,
        package=package,
        by_claim=by_claim,
        tax_code=tax_code.strip(),
        tracking=tracking.strip(),
        codes=kept,
        set_by=by.person,
    )
