"""How somebody is paid stays known when two of their records come together."""

import datetime as dt

import pytest

from payments.models import AccountLook, BankDetails
from payments.payees import destinations
from payments.payees.actions import bank, doubts
from people.directory import actions as person_actions
from people.models import Person
from tests import factories
from tests.helpers.database import refused
from tests.helpers.payees import GIVEN, check, give

TOLD = {"told_how": "phone", "told_on": dt.date(2026, 11, 20)}


@pytest.fixture
def told_twice(scene):
    """A record whose bank details finance wrote down, and the account of the same person."""
    record = factories.a_person("Vera Twice")
    factories.a_claim(scene.programme, record, "approved", policy=scene.policy)
    bank.write_down(
        person=record, programme=scene.programme, by=scene.finance, **GIVEN, **TOLD, told_by="Vera's brother"
    )
    return record, factories.a_user("Vera Twice")


def test_details_written_down_for_a_record_go_with_it_to_the_person(scene, told_twice):
    record, user = told_twice
    person_actions.take_over(record=record, person=user.person, by=None)
    details = BankDetails.objects.get()
    assert (details.person, details.told_by) == (user.person, "Vera's brother")
    assert destinations.own(user.person).digits == "58"


def test_the_account_a_person_gave_themself_stays(scene, told_twice):
    record, user = told_twice
    give(user, account_number="12345678")
    person_actions.take_over(record=record, person=user.person, by=None)
    assert BankDetails.objects.get().account_number == "12345678"
    assert not Person.objects.filter(pk=record.pk).exists()


def test_two_accounts_of_which_one_was_checked_are_not_put_together_by_themselves(scene, told_twice):
    record, user = told_twice
    check(scene, BankDetails.objects.get())
    give(user, account_number="12345678")
    with pytest.raises(person_actions.PersonError, match="Ask them for help"):
        person_actions.take_over(record=record, person=user.person, by=None)


def test_a_look_at_an_account_goes_with_it_and_holds_nothing_up(scene, told_twice):
    record, user = told_twice
    details = BankDetails.objects.get()
    seen = doubts.SeenAccount(record.pk, details.last_digits)
    doubts.look(seen=[seen], programme=scene.programme, by=scene.finance, about="Bank details")
    give(user, account_number="12345678")
    person_actions.take_over(record=record, person=user.person, by=None)
    look = AccountLook.objects.get()
    assert (look.person, look.last_digits) == (user.person, "58")


def test_postgres_keeps_whose_account_somebody_looked_at(scene, told_twice):
    record, user = told_twice
    seen = doubts.SeenAccount(record.pk, "58")
    doubts.look(seen=[seen], programme=scene.programme, by=scene.finance, about="Bank details")
    other = factories.a_person("Olga Other").pk
    for change in (f"person_id = {other}", f"person_id = {user.person.pk}, last_digits = '99'", "about = 'x'"):
        assert "kept as it was" in refused(f"UPDATE payments_accountlook SET {change}")
    assert "kept as it was" in refused("DELETE FROM payments_accountlook")
