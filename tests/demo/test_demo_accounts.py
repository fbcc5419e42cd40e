"""The demo's bank details: invented, checked by a second person, one held."""

from collections import Counter

import pytest
from django.utils import timezone

from payments.bank_files import bacs, registry
from payments.models import BankDetails, JournalFormat, PayingAccount, PaymentRun
from tests.helpers.demo import wow
from wellbeing.demo import accounts

pytestmark = pytest.mark.django_db


def test_details_are_nobodys_and_those_that_changed_or_failed_wait_to_be_checked(demo):
    details = list(BankDetails.objects.select_related("person"))
    assert len(details) == len(accounts.GIVEN)
    # No bank has a sort code that starts 00-00.
    assert {each.sort_code[:4] for each in details} == {"0000"}
    held = {each.person.full_name for each in details if each.is_on_hold}
    # One changed them; to the other's account the bank sent money back.
    assert held == {"Zainab Quillfeather", "Ludmila Vantrees"}
    assert len({each.account_number for each in details}) == len(details)


def test_most_people_of_the_first_run_were_paid_by_bank_and_its_files_add_up(demo):
    run = PaymentRun.objects.filter(status="paid").select_related("programme").get()
    methods = list(run.payments.values_list("method", flat=True))
    assert Counter(methods) == {"bank": 12, "cheque": 1, "cash": 1}
    file = bacs.BankFile(run, registry.bank_layout(run.programme)).exhaust()
    assert file.count == 12
    kind = "journal"
    journal = registry.file_of(run, kind, registry.parameters(run, kind)).exhaust()
    assert not journal.missing
    assert journal.total_pence == sum(run.payments.values_list("amount_pence", flat=True))


def test_the_programme_pays_from_a_confirmed_account(demo):
    account = PayingAccount.objects.effective_on(wow(), timezone.localdate())
    assert account.set_by != account.confirmed_by
    assert account.service_user_number == "000021"
    assert JournalFormat.objects.latest_of(wow()).code_for("parking") == "5200"
