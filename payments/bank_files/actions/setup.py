"""What a programme's files are made with: set by finance, the account that pays confirmed by a second person."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.bank_files import columns, rules
from payments.bank_files.journal import purposes
from payments.bank_files.models.setup import BankFileFormat, JournalFormat, PayingAccount
from payments.payees.actions.bank import account_values
from programmes.models import Programme
from wellbeing.lib.errors import ActionError

# What may stand in a line of a bank file for good, or above it: nothing a CSV or a spreadsheet takes for something.
PLAIN_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .&/-]*")
ACCOUNT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,19}")


class FileSettingsError(ActionError):
    """A rule refused something about a programme's files."""


@transaction.atomic
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


@transaction.atomic
def confirm_paying_account(*, account, by):
    """A second person of finance confirms the account a programme pays from. Raises FileSettingsError."""
    account = PayingAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    rules.can_confirm_paying_account(by, account).insist(FileSettingsError)
    account.confirmed_at, account.confirmed_by = timezone.now(), by.person
    account.save(update_fields=["confirmed_at", "confirmed_by"])
    return account


@transaction.atomic
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


def check_layout(layout):
    """Refuse a bank layout that could pay nobody, or has a text no bank takes. Raises FileSettingsError."""
    held = [column.content for column in layout.columns]
    labels = dict(columns.CONTENTS)
    lacking = [str(labels[needed]) for needed in columns.NEEDED if needed not in held]
    if lacking:
        raise FileSettingsError(_("The bank needs these columns too: %(names)s.") % {"names": ", ".join(lacking)})
    for place, column in enumerate(layout.columns):
        if column.content == columns.FIXED and not PLAIN_TEXT.fullmatch(column.text):
            raise FileSettingsError(_("Write the text with letters A to Z and numbers."), field=f"column{place}-text")
        if column.heading and not PLAIN_TEXT.fullmatch(column.heading):
            raise FileSettingsError(
                _("Write the heading with letters A to Z and numbers."), field=f"column{place}-heading"
            )


@transaction.atomic
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
