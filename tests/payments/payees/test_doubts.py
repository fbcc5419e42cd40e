"""The bank's answer about a name goes on counting, and a method that is told again is told to its person."""

import datetime as dt

import pytest

from payments.models import BankDetails, MethodChoice
from payments.payees import queries
from payments.payees.account_values import BankError
from payments.payees.actions import bank, doubts
from people.models import Notice
from tests.helpers.payees import GIVEN, check, give

TOLD = {"told_how": "phone", "told_on": dt.date(2026, 11, 20), "told_by": "Petra"}


@pytest.fixture
def doubted(scene, claim_in):
    """Bank details of the person, of which the bank said that the name does not match."""
    claim_in("approved")
    details = give(scene.person)
    said(scene, details, "no_match", scene.finance)
    return details


def said(scene, details, outcome, by):
    bank.record_name_check(
        details=details, programme=scene.programme, by=by, outcome=outcome, seen=details.changed_at, name_returned="P P"
    )


def is_refused():
    return queries.refused_by_bank(BankDetails.objects.all()).exists()


def test_a_later_match_counts_when_somebody_else_recorded_it(scene, doubted):
    for outcome, by in (
        ("unavailable", scene.finance_two),
        ("close_match", scene.finance_two),
        ("match", scene.finance),
    ):
        said(scene, doubted, outcome, by)
        assert is_refused(), f"{outcome} by {by}"
    said(scene, doubted, "match", scene.finance_two)
    assert not is_refused()


def test_the_same_numbers_again_do_not_lose_what_the_bank_said(scene, doubted):
    doubts.ask_again(details=doubted, programme=scene.programme, by=scene.finance, seen=doubted.changed_at)
    again = give(scene.person)
    assert is_refused()
    with pytest.raises(BankError, match="Two people must agree"):
        check(scene, again)


def test_who_wrote_an_account_down_records_no_answer_of_the_bank_about_it(scene, claim_in):
    claim_in("approved")
    details = bank.write_down(person=scene.person.person, programme=scene.programme, by=scene.finance, **GIVEN, **TOLD)
    with pytest.raises(BankError, match="another person in finance records this"):
        said(scene, details, "match", scene.finance)


def test_the_same_account_told_again_changes_the_method_and_says_so(scene, claim_in):
    claim_in("approved")
    give(scene.person)
    MethodChoice.objects.filter(person=scene.person.person).update(method="cheque", said_how="")
    bank.write_down(person=scene.person.person, programme=scene.programme, by=scene.finance, **GIVEN, **TOLD)
    choice = MethodChoice.objects.get(person=scene.person.person)
    assert (choice.method, choice.told_how) == ("bank", "phone")
    assert Notice.objects.filter(kind="payment_method_changed").count() == 1
