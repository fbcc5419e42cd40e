"""Another sign-in address on somebody's behalf: asked for, agreed by the old address or two colleagues, waited for."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payments.models import BankDetails
from payments.payees.actions import bank
from people.accounts import timed
from people.accounts.actions import addresses
from people.directory import actions as person_actions
from people.home import contributions as home_contributions
from people.models import AddressChange, Message, Notice, User
from programmes.models import Role
from tests.factories import a_membership, a_programme, a_user, an_administrator, confirm_bank_details, with_role
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db

ACCOUNT = {"account_name": "Ann Invented", "sort_code": "08-99-99", "account_number": "66374958"}


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stella Staff")


@pytest.fixture
def colleague(programme):
    return with_role(programme, Role.FINANCE, "Fay Finance")


@pytest.fixture
def ann(programme):
    return with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Ann Invented", email="ann@example.org"))


def ask(person, by, new="new@example.org"):
    return addresses.ask(person=person, new_address=new, how="They rang from the number we have.", by=by)


def agreed(change, by):
    return addresses.agree(change=change, how="I rang them back.", by=by)


def now_is(user):
    user = User.objects.select_related("person").get(pk=user.pk)
    return user.email, user.person.email


def test_asking_changes_nothing_and_the_old_address_is_written_to(staff, ann):
    change = ask(ann.person, staff)
    assert now_is(ann) == ("ann@example.org", "ann@example.org")
    message = Notice.objects.get()
    assert message.messages.get().to == "ann@example.org"
    assert "Stella Staff asks us to use another email address for you: new@example.org." in message.text_body
    assert reverse("address_link", args=[change.key]) in message.text_body
    assert not Notice.objects.visible_to(staff).exists(), "the link is for its reader alone"


def test_it_counts_once_the_old_address_and_then_the_new_one_have_said_yes(staff, ann, with_second_factor):
    change = ask(ann.person, staff)
    ann.emailaddress_set.create(email="ann@example.org", verified=True, primary=True)
    browser = with_second_factor(ann)
    address = reverse("address_link", args=[change.key])
    assert Client().get(address).status_code == 200
    assert now_is(ann)[0] == "ann@example.org", "opening a link changes nothing"
    assert browser.get(reverse("your_details")).status_code == 200
    ann.set_password("a password of before")
    ann.save()
    browser = with_second_factor(ann)
    Client().post(address, {"answer": "yes"})
    assert now_is(ann)[0] == "ann@example.org", "the new mailbox has not shown that it is hers"
    change.refresh_from_db()
    new = reverse("address_link", args=[change.new_key])
    assert new in Message.objects.get(to="new@example.org").notice.text_body
    Client().post(new, {"answer": "yes"})
    assert now_is(ann) == ("new@example.org", "new@example.org")
    assert not User.objects.get(pk=ann.pk).has_usable_password(), "nothing from before signs in any more"
    assert not User.objects.get(pk=ann.pk).emailaddress_set.exists(), "the old proof does not count for the new one"
    assert browser.get(reverse("your_details")).status_code == 302, "who was signed in signs in anew"
    told = Notice.objects.filter(subject="Your email address has changed")
    assert {notice.messages.get().to for notice in told} == {"ann@example.org", "new@example.org"}


def test_two_colleagues_agree_and_it_counts_after_three_days_unless_it_is_stopped(staff, colleague, ann):
    change = agreed(ask(ann.person, staff), colleague)
    timed.carry_out_address_changes()
    assert now_is(ann)[0] == "ann@example.org"
    assert Message.objects.filter(to="ann@example.org", notice__subject__contains="is about to change").exists()
    with time_machine.travel(change.takes_effect_at - dt.timedelta(minutes=1)):
        timed.carry_out_address_changes()
        assert now_is(ann)[0] == "ann@example.org"
    with time_machine.travel(change.takes_effect_at + dt.timedelta(minutes=1)):
        timed.carry_out_address_changes()
        timed.carry_out_address_changes()
        change.refresh_from_db()
        assert now_is(ann)[0] == "ann@example.org"
        Client().post(reverse("address_link", args=[change.new_key]), {"answer": "yes"})
    assert Message.objects.filter(to="new@example.org", notice__subject="Is this your new email address?").count() == 1
    assert now_is(ann) == ("new@example.org", "new@example.org")
    assert change.takes_effect_at - change.agreed_at == dt.timedelta(hours=72)


@pytest.mark.parametrize("who", ["old address", "ann", "staff", "colleague"])
def test_it_is_stopped_before_its_time_by_the_owner_or_a_colleague(staff, colleague, ann, who, with_second_factor):
    change = agreed(ask(ann.person, staff), colleague)
    if who == "old address":
        Client().post(reverse("address_link", args=[change.key]), {"answer": "no"})
    else:
        user = {"ann": ann, "staff": staff, "colleague": colleague}[who]
        with_second_factor(user).post(reverse("address_change", args=[change.pk]), {"stop": "yes"})
    with time_machine.travel(change.takes_effect_at + dt.timedelta(days=1)):
        timed.carry_out_address_changes()
    assert now_is(ann)[0] == "ann@example.org"
    change.refresh_from_db()
    assert change.status == AddressChange.Status.STOPPED


def test_nobody_agrees_to_what_they_asked_for_themselves_nor_anybody_from_elsewhere(programme, staff, ann):
    change = ask(ann.person, staff)
    elsewhere = with_role(a_programme(), Role.STAFF)
    peer = with_role(programme, Role.LIVED_EXPERIENCE)
    for user in (staff, elsewhere, peer, ann, a_user()):
        with pytest.raises(ActionError):
            agreed(change, user)
    for user in (elsewhere, peer, ann, a_user()):
        with pytest.raises(ActionError):
            ask(ann.person, user, "other@example.org")
    assert now_is(ann)[0] == "ann@example.org"


def test_not_even_an_administrator_changes_it_alone(ann):
    change = ask(ann.person, an_administrator())
    with pytest.raises(ActionError, match="second colleague"):
        agreed(change, change.asked_by.user)
    assert now_is(ann)[0] == "ann@example.org"


def test_somebody_without_an_address_gets_one_only_when_two_agree(staff, colleague):
    person = person_actions.add(by=staff, full_name="Nora None", phone="0123", channel="phone")
    with_no_account = person
    programme = staff.person.memberships.get().programme
    a_membership(programme, with_no_account, Role.LIVED_EXPERIENCE)
    change = agreed(ask(person, staff), colleague)
    assert not Notice.objects.filter(kind="address").exists()
    with time_machine.travel(change.takes_effect_at + dt.timedelta(minutes=1)):
        timed.carry_out_address_changes()
    person.refresh_from_db()
    assert person.email == "new@example.org"


def test_an_address_of_another_account_is_told_to_its_owner_alone(staff, colleague, ann):
    """Its reader says whether the two share it; one that staff sign in with is shared with nobody."""
    with_role(a_programme(), Role.STAFF, user=a_user("Tess Taken", email="taken@example.org"))
    change = agreed(ask(ann.person, staff, "taken@example.org"), colleague)
    with time_machine.travel(change.takes_effect_at + dt.timedelta(minutes=1)):
        timed.carry_out_address_changes()
        change.refresh_from_db()
        assert change.status == AddressChange.Status.AGREED
        page = Client().post(reverse("address_link", args=[change.new_key]), {"answer": "yes"})
    assert "Somebody who works for a programme uses this address, so nobody else can." in page.text
    assert now_is(ann)[0] == "ann@example.org"


def test_the_new_address_says_no(staff, ann):
    change = addresses.agree_from_old_address(change=ask(ann.person, staff), by=None)
    Client().post(reverse("address_link", args=[change.new_key]), {"answer": "no"})
    change.refresh_from_db()
    assert (change.status, now_is(ann)[0]) == (AddressChange.Status.STOPPED, "ann@example.org")


def test_bank_details_are_held_again_after_a_changed_address(staff, colleague, ann):
    details = bank.save(person=ann.person, by=ann, **ACCOUNT)
    programme = staff.person.memberships.get().programme
    confirm_bank_details(details, colleague.person, [programme])
    addresses.take(change=addresses.agree_from_old_address(change=ask(ann.person, staff), by=None), by=None)
    details.refresh_from_db()
    assert details.is_on_hold
    assert BankDetails.objects.on_hold_for(programme).filter(pk=details.pk).exists()


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(staff, ann, with_second_factor):
    client, address = with_second_factor(staff), reverse("address_ask", args=[ann.person.pk])
    page = client.post(address, {"new_address": "ANN@example.org", "how": "They rang me."})
    assert "This is the address they have now." in page.text
    assert "They rang me." in page.text
    page = client.post(address, {"new_address": "new@example", "how": ""})
    assert set(page.context["form"].errors) == {"new_address", "how"}
    response = client.post(address, {"new_address": "new@example.org", "how": "They rang me."})
    assert response.url == reverse("address_change", args=[AddressChange.objects.get().pk])
    with pytest.raises(ActionError, match="Another new address"):
        ask(ann.person, staff, "third@example.org")


def test_colleagues_and_the_person_find_it_on_their_home_pages(staff, colleague, ann, with_second_factor):
    change = ask(ann.person, staff)
    assert not home_contributions.addresses_to_agree(staff)
    assert [task.title for task in home_contributions.addresses_to_agree(colleague)] == [
        "Check the new email address of Ann Invented"
    ]
    assert [task.urgent for task in home_contributions.own_address_change(ann)] == [True]
    client, address = with_second_factor(colleague), reverse("address_change", args=[change.pk])
    assert "They rang from the number we have." in client.get(address).text
    assert "Error: " in client.post(address, {"how": ""}).text
    client.post(address, {"how": "I rang her back."})
    change.refresh_from_db()
    assert (change.status, change.agreed_by) == (AddressChange.Status.AGREED, colleague.person)


# Bank details afterwards


@pytest.mark.parametrize("how", ["by the person", "by colleagues"])
def test_bank_details_stay_as_they_are_for_three_days_after_a_changed_address(staff, ann, how, with_second_factor):
    if how == "by the person":
        person_actions.follow_account(user=ann, email="new@example.org", by=ann)
    else:
        addresses.take(change=addresses.agree_from_old_address(change=ask(ann.person, staff), by=None), by=None)
    ann = User.objects.get(pk=ann.pk)
    with pytest.raises(ActionError, match="Your email address changed lately"):
        bank.save(person=ann.person, by=ann, **ACCOUNT)
    page = with_second_factor(ann).get(reverse("your_bank_change"))
    assert "You cannot change your bank details just now" in page.text
    with time_machine.travel(timezone.now() + dt.timedelta(hours=72, minutes=1)):
        bank.save(person=ann.person, by=User.objects.get(pk=ann.pk), **ACCOUNT)


def test_postgres_refuses_bank_details_changed_soon_after_the_address(ann):
    details = bank.save(person=ann.person, by=ann, **ACCOUNT)
    person_actions.follow_account(user=ann, email="new@example.org", by=ann)
    details.account_index, details.changed_at = "0" * 64, timezone.now()
    details.on_hold_since = details.changed_at
    with pytest.raises(InternalError, match="so soon after"), transaction.atomic():
        details.save()


# The database refuses first


def test_postgres_refuses_a_change_one_person_asked_for_and_agreed_to(staff, colleague, ann):
    change = ask(ann.person, staff)
    now = timezone.now()
    for fields in (
        {"status": "agreed", "agreed_by": staff.person, "agreed_how": "x", "agreed_at": now, "takes_effect_at": now},
        {"status": "agreed", "agreed_by": ann.person, "agreed_how": "x", "agreed_at": now, "takes_effect_at": now},
        {"status": "agreed", "agreed_by": colleague.person, "agreed_at": now, "takes_effect_at": now},
        {"status": "agreed", "agreed_by": colleague.person, "agreed_how": "x", "agreed_at": now},
        {"status": "agreed"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AddressChange.objects.filter(pk=change.pk).update(**fields)
    AddressChange.objects.filter(pk=change.pk).update(
        status="agreed", agreed_at=now, takes_effect_at=now + dt.timedelta(hours=1)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        AddressChange.objects.filter(pk=change.pk).update(status="done", done_at=now)
    addresses.stop(change=change, by=ann)
    with pytest.raises(InternalError), transaction.atomic():
        AddressChange.objects.filter(pk=change.pk).update(status="asked", stopped_at=None)
