"""Bank details and the bank file: entered by the person, confirmed by a second one, handed out on the record."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import emails, exports, rules
from payments.actions import runs
from payments.models import BankDetails, BankFileDownload, PaymentRun
from payments.models.bank import account_key
from people.actions import outbox
from people.models import Person
from wellbeing.lib.crypto import blind_index
from wellbeing.lib.errors import ActionError


class BankError(ActionError):
    """A rule refused something about bank details or the bank file."""


@transaction.atomic
def save(*, person, by, account_name, sort_code, account_number):
    """The person `by` gives or changes the account they are paid into. Returns the BankDetails.

    Sort code and account number are taken as people write them: with spaces and hyphens, the account number with six
    to eight digits. Every change is held until a second person confirms it, and the person is told by e-mail.
    The same details again change nothing. Raises BankError, with the field, when something cannot be right.
    """
    if by.person.pk != person.pk:
        raise BankError(_("Only the person who is paid can change where the money goes."))
    values = {
        "account_name": _account_name(account_name),
        "sort_code": _sort_code(sort_code),
        "account_number": _account_number(account_number),
    }
    # The person is locked, not the details: there may be none yet, and two windows may be open.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    details = BankDetails.objects.filter(person=person).first()
    is_first = details is None
    if is_first:
        details = BankDetails(person=person)
    elif all(getattr(details, name) == value for name, value in values.items()):
        return details
    for name, value in values.items():
        setattr(details, name, value)
    details.account_index = blind_index(account_key(details.sort_code, details.account_number))
    details.last_digits = details.account_number[-2:]
    details.checked = looks(details.sort_code, details.account_number)
    details.changed_at, details.changed_by = timezone.now(), by.person
    details.confirmed_at, details.confirmed_by, details.confirmed_how = None, None, ""
    details.save()
    for draft in emails.bank_details_changed(details, is_first=is_first):
        outbox.enqueue(**draft)
    return details


def looks(sort_code, account_number):
    """What can be said of the numbers alone (a BankDetails.Check). It never says whose account it is.

    Numbers that are one digit over and over are nobody's. More would need the banks' own table of check sums, which
    may not be handed on with this software.
    """
    if len(set(sort_code)) == 1 or len(set(account_number)) == 1:
        return BankDetails.Check.LOOKS_WRONG
    return BankDetails.Check.CANNOT_CHECK


@transaction.atomic
def confirm(*, details, programme, by, how, seen):
    """Finance of `programme` confirms details by a contact known before, saying `how`. Payments go on from now.

    `seen` is the `changed_at` of the details that were checked: raises BankError when they changed since, as whenever
    a rule says no.
    """
    details = BankDetails.objects.select_for_update(of=("self",)).select_related("person").get(pk=details.pk)
    _must(rules.can_confirm_bank_details(by, details, programme))
    if not BankDetails.objects.of_programme(programme).filter(pk=details.pk).exists():
        raise BankError(_("This person is not in this programme."))
    if details.changed_at != seen:
        raise BankError(_("The details were changed while you had this page open. Check the new ones."))
    if not how.strip():
        raise BankError(_("Say how you checked."), field="how")
    details.confirmed_at, details.confirmed_by, details.confirmed_how = timezone.now(), by.person, how.strip()
    details.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_how"])
    return details


@transaction.atomic
def download(*, run, by, again=False):
    """Record that `by` takes the bank file of a signed run. Returns the BankFileDownload, which says what is in it.

    Raises BankError when the file was taken before and `again` does not say that this is known: sent to the bank
    twice, it pays everyone twice.
    """
    run = PaymentRun.objects.select_for_update(of=("self",)).select_related("programme").get(pk=run.pk)
    _must(rules.can_download_bank_file(by, run))
    if run.bank_downloads.exists() and not again:
        raise BankError(
            _("This file has been downloaded before. Tick the box if you need it once more."), field="again"
        )
    file = exports.BankFile(run)
    for _piece in file:
        pass
    if not file.count:
        raise BankError(_("Nobody in this run is paid by bank file."))
    runs.taken(run=run, by=by, bank_file=True)
    return BankFileDownload.objects.create(
        run=run, by=by.person, sha256=file.sha256, payments_count=file.count, total_pence=file.total_pence
    )


def _account_name(text):
    name = " ".join(text.split())
    if not re.search("[A-Z]", exports.bank_text(name)):
        raise BankError(_("Write the name on the account in the letters A to Z."), field="account_name")
    return name


def _sort_code(text):
    digits = re.sub(r"[\s‐-―-]", "", text)
    if not re.fullmatch("[0-9]{6}", digits):
        raise BankError(_("A sort code has 6 digits, like 08-99-99."), field="sort_code")
    return digits


def _account_number(text):
    digits = re.sub(r"[\s‐-―-]", "", text)
    if not re.fullmatch("[0-9]{6,8}", digits):
        raise BankError(_("An account number has 6 to 8 digits, like 66374958."), field="account_number")
    return digits.zfill(8)


def _must(ruling):
    if not ruling:
        raise BankError(ruling.why_not)
