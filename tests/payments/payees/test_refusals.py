"""Refusals about how people are paid: to whom, when and with which words."""

import datetime as dt

import pytest
from django.urls import reverse

from payments.models import BankDetails, MethodChoice, NameCheck
from payments.payees import destinations
from payments.payees.account_values import BankError
from payments.payees.actions import bank, doubts, methods
from people.models import Notice, Person
from tests import factories
from tests.helpers.payees import GIVEN, check, give

TOLD = {"told_how": "phone", "told_on": dt.date(2026, 11, 20)}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"method": "pigeon"}, "method"),
        ({"told_how": "pigeon"}, "told_how"),
        ({"told_on": dt.date(2026, 11, 24)}, "told_on"),
        ({"method": "other", "said_how": " "}, "said_how"),
    ],
)
def test_a_method_that_cannot_be_is_refused_beside_its_field(scene, claim_in, changes, field):
    claim_in("approved")
    values = {"method": "cash", **TOLD, **changes}
    with pytest.raises(BankError) as refusal:
        methods.write_down(person=scene.person.person, programme=scene.programme, by=scene.finance, **values)
    assert refusal.value.field == field


def test_the_same_method_again_changes_nothing(scene, claim_in):
    claim_in("approved")
    values = {"person": scene.person.person, "programme": scene.programme, "by": scene.finance, **TOLD}
    methods.write_down(method="cash", **values)
    first = MethodChoice.objects.get(person=scene.person.person).changed_at
    methods.write_down(method="cash", **values)
    assert MethodChoice.objects.get(person=scene.person.person).changed_at == first
    assert Notice.objects.filter(kind="payment_method_changed").count() == 1


def test_finance_writes_nothing_down_for_themself(scene):
    factories.owe(scene.programme, scene.finance.person)
    with pytest.raises(BankError, match="on your own page"):
        methods.write_down(
            person=scene.finance.person, programme=scene.programme, by=scene.finance, method="cash", **TOLD
        )


@pytest.fixture
def own(scene):
    """The bank details of somebody in finance, who is owed money."""
    factories.owe(scene.programme, scene.finance.person)
    return give(scene.finance)


def test_nobody_settles_a_doubt_about_their_own_account(scene, own):
    with pytest.raises(BankError, match="your own bank details"):
        doubts.ask_again(details=own, programme=scene.programme, by=scene.finance, seen=own.changed_at)
    with pytest.raises(BankError, match="your own bank details"):
        doubts.override_name_check(
            details=own, programme=scene.programme, by=scene.finance, reason="x", seen=own.changed_at
        )


def test_an_agreement_is_about_the_latest_answer_and_the_details_seen(scene, claim_in):
    claim_in("approved")
    details = give(scene.person)
    values = {"details": details, "programme": scene.programme, "by": scene.finance}
    with pytest.raises(BankError, match="latest answer is another"):
        doubts.override_name_check(reason="x", seen=details.changed_at, **values)
    NameCheck.objects.create(bank_details=details, outcome="no_match", recorded_by=scene.finance_two.person)
    with pytest.raises(BankError, match="changed while you had this page open"):
        doubts.override_name_check(reason="x", seen=details.changed_at - dt.timedelta(1), **values)
    with pytest.raises(BankError) as refusal:
        doubts.override_name_check(reason=" ", seen=details.changed_at, **values)
    assert refusal.value.field == "reason"
    assert destinations.destination(scene.programme, scene.person.person).why_not.startswith("The bank said")


@pytest.mark.parametrize("who", ["staff", "administrator", "finance_elsewhere"])
def test_only_finance_settles_doubts(scene, claim_in, who):
    claim_in("approved")
    details = give(scene.person)
    with pytest.raises(BankError, match="Only finance"):
        doubts.ask_again(details=details, programme=scene.programme, by=getattr(scene, who), seen=details.changed_at)
    with pytest.raises(BankError, match="Only finance"):
        doubts.override_name_check(
            details=details, programme=scene.programme, by=getattr(scene, who), reason="x", seen=details.changed_at
        )


def test_somebody_no_way_reaches_is_asked_by_a_colleague(scene, claim_in, signed_in):
    claim_in("approved")
    details = check(scene, give(scene.person))
    factories.move_address(scene.person.person, "")
    page = signed_in(scene.finance).post(
        reverse("bank_details_wrong", args=[scene.programme.slug, details.pk]),
        {"seen": details.changed_at.isoformat()},
        follow=True,
    )
    assert "We are asking Petra Person for the right details, in the way they chose." in page.text
    assert Notice.objects.get(kind="bank_details_wrong").messages.get().channel == "colleague"


def test_a_cheque_without_an_address_is_said_on_ones_own_pages(scene, claim_in, signed_in):
    claim = claim_in("draft")
    MethodChoice.objects.filter(person=scene.person.person).update(method="cheque", said_how="")
    client = signed_in(scene.person)
    assert (
        "You want a cheque, and we do not have your postal address."
        in client.get(reverse("claim_check", args=[claim.pk])).text
    )
    assert "We do not have your postal address" in client.get(reverse("your_bank")).text


def test_the_method_cannot_change_so_soon_after_the_address(scene, signed_in):
    factories.a_claim(scene.programme, scene.person.person, policy=scene.policy)
    person = scene.person.person
    Person.objects.filter(pk=person.pk).update(email="new@example.org", address_changed_at=dt.datetime.now(dt.UTC))
    page = signed_in(scene.person).get(reverse("your_method")).text
    assert "You cannot change your bank details just now" in page
    with pytest.raises(BankError, match="email address changed lately"):
        bank.save(person=person, by=scene.person, **GIVEN)
    assert not BankDetails.objects.exists()
