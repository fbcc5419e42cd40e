"""Two people who must be two are never opened by one mailbox, in whatever order things happen."""

import contextlib
import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.accounts.actions import accounts, addresses
from people.models import Person, User
from programmes.members.actions import appointments, memberships
from programmes.models import Appointment, CreatorRight, Role
from tests.factories import a_user, an_administrator, with_role
from tests.helpers.roles import fresh
from tests.helpers.sharing import (
    HOME,
    add,
    at_home,
    at_work_and_not_alone,
    leave,
    link_of,
)
from tests.helpers.sign_in import ask
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


def test_who_sets_up_programmes_shares_with_nobody(programme, staff, terence):
    appointments.give_creator_right(person=terence.person, by=an_administrator())
    person = add(programme, staff)
    Client().post(link_of(person), {"answer": "apart"})
    assert not Person.objects.filter(shares_address=True).exists()


def test_a_record_with_the_right_to_set_up_programmes_is_not_told_apart(programme, staff, terence):
    person = add(programme, staff)
    appointments.give_creator_right(person=person, by=an_administrator())
    Client().post(link_of(person), {"answer": "apart"})
    assert not Person.objects.filter(shares_address=True).exists()


def test_who_shares_does_not_take_over_the_right_to_set_up_programmes(programme, staff, terence, muriel):
    third = add(programme, staff, "T. Twoby")
    appointments.give_creator_right(person=third, by=an_administrator())
    client = Client()
    client.force_login(fresh(terence))
    client.post(reverse("joinings"), {"joining": third.joining.pk, "answer": "yes"})
    person = fresh(terence).person
    assert not (person.shares_address and CreatorRight.objects.filter(person=person, ended_at=None).exists())


def test_who_shares_does_not_take_over_a_waiting_appointment(programme, staff, terence, muriel):
    third = memberships.welcome(
        programme=programme, by=staff, roles=["staff"], full_name="T. Twoby", email=HOME, somebody_else=True
    )
    client = Client()
    client.force_login(fresh(terence))
    client.post(reverse("joinings"), {"joining": third.joining.pk, "answer": "yes"})
    person = fresh(terence).person
    assert not (person.shares_address and Appointment.objects.waiting().filter(person=person).exists())


def test_confirming_for_who_shares_by_taking_over_says_why_not(programme, staff, terence, muriel):
    third = memberships.welcome(
        programme=programme, by=staff, roles=["staff"], full_name="T. Twoby", email=HOME, somebody_else=True
    )
    client = Client()
    client.force_login(fresh(terence))
    client.post(reverse("joinings"), {"joining": third.joining.pk, "answer": "yes"})
    appointment = Appointment.objects.waiting().filter(person=fresh(terence).person).first()
    if appointment is None:
        return
    with pytest.raises(ActionError):
        appointments.confirm(appointment=appointment, by=an_administrator())


def test_whom_the_programme_proposed_does_not_come_to_share_by_the_others_answer(programme, staff, terence):
    """Terence is proposed as staff; then Muriel says that she shares his address."""
    appointments.propose(programme=programme, person=terence.person, role=Role.STAFF, by=staff)
    person = add(programme, staff)
    Client().post(link_of(person), {"answer": "apart"})
    assert not Person.objects.filter(shares_address=True).exists()


def test_confirming_somebody_who_came_to_share_while_it_waited_is_refused_in_words(programme, staff, terence):
    appointment = appointments.propose(programme=programme, person=terence.person, role=Role.STAFF, by=staff)
    person = add(programme, staff)
    Client().post(link_of(person), {"answer": "apart"})
    if not fresh(terence).person.shares_address:
        return
    with pytest.raises(ActionError):
        appointments.confirm(appointment=appointment, by=an_administrator())


def test_a_role_that_starts_next_week_counts_now(programme, staff, terence):
    appointment = appointments.propose(
        programme=programme,
        person=terence.person,
        role=Role.FINANCE,
        by=staff,
        starts_on=timezone.localdate() + dt.timedelta(days=7),
    )
    appointments.confirm(appointment=appointment, by=an_administrator())
    person = add(programme, staff)
    Client().post(link_of(person), {"answer": "apart"})
    person.refresh_from_db()
    assert not person.shares_address
    assert not fresh(terence).person.shares_address


@pytest.mark.parametrize("who", ["staff", "administrator"])
def test_an_account_that_cannot_sign_in_for_now_counts_too(programme, staff, who):
    olga = a_user("Olga Office", email=HOME, is_superuser=who == "administrator")
    if who == "staff":
        with_role(programme, Role.STAFF, user=olga)
    User.objects.filter(pk=olga.pk).update(is_active=False)
    person = add(programme, staff)
    Client().post(link_of(person), {"answer": "apart"})
    User.objects.filter(pk=olga.pk).update(is_active=True)
    assert at_work_and_not_alone() == []


def test_staff_do_not_move_to_a_shared_address_on_their_own_page(
    programme, staff, terence, muriel, with_second_factor, worker
):
    """Terence left; Muriel alone has the address, by a name the library does not know it by."""
    leave(terence, "his@example.org", with_second_factor, worker)
    with contextlib.suppress(ActionError):
        leave(staff, HOME, with_second_factor, worker)
    assert at_work_and_not_alone() == []


def test_anybody_who_moves_to_a_shared_address_on_their_own_page_is_one_who_shares(
    programme, staff, terence, muriel, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    ann = with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Ann Invented", email="ann@example.org"))
    with contextlib.suppress(ActionError):
        leave(ann, HOME, with_second_factor, worker)
    ann = fresh(ann)
    if len(at_home()) > 1:
        assert ann.person.shares_address
        assert ann.person.email == HOME


def test_who_moved_there_on_their_own_page_is_not_made_staff(
    programme, staff, terence, muriel, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    ann = with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Ann Invented", email="ann@example.org"))
    with contextlib.suppress(ActionError):
        leave(ann, HOME, with_second_factor, worker)
    try:
        appointment = appointments.propose(programme=programme, person=fresh(ann).person, role=Role.FINANCE, by=staff)
        appointments.confirm(appointment=appointment, by=an_administrator())
    except ActionError:
        pass
    assert at_work_and_not_alone() == []


def test_the_account_of_who_shares_and_was_deleted_does_not_come_back_beside_staff_by_the_link(
    programme, staff, terence, muriel, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    fresh(muriel).delete()
    olga = with_role(programme, Role.FINANCE, user=a_user("Olga Office", email="olga@example.org"))
    change = addresses.ask(person=olga.person, new_address=HOME, how="She rang.", by=staff)
    change = addresses.agree_from_old_address(change=change, by=None)
    with contextlib.suppress(ActionError):
        addresses.take(change=change, by=None)
    accounts.account_for(email=HOME, by=None)
    assert at_work_and_not_alone() == []


def test_the_account_of_who_shares_and_was_deleted_does_not_come_back_beside_staff_by_own_page(
    programme, staff, terence, muriel, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    fresh(muriel).delete()
    leave(staff, HOME, with_second_factor, worker)
    accounts.account_for(email=HOME, by=None)
    assert at_work_and_not_alone() == []


def test_staff_whose_account_was_deleted_are_counted(programme, staff):
    """The account is gone, the role is not: it is theirs again with the next code."""
    olga = with_role(programme, Role.FINANCE, user=a_user("Olga Office", email=HOME))
    olga.delete()
    person = add(programme, staff)
    Client().post(link_of(person), {"answer": "apart"})
    assert not Person.objects.filter(shares_address=True).exists()


def test_staff_whose_account_was_deleted_still_get_in(programme, staff):
    olga = with_role(programme, Role.FINANCE, user=a_user("Olga Office", email=HOME))
    olga.delete()
    person = add(programme, staff)
    Client().post(link_of(person), {"answer": "apart"})
    ask(Client(), HOME)
    assert "Olga Office" in at_home()


def test_an_administrator_is_not_made_at_a_shared_address(
    programme, staff, terence, muriel, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    with contextlib.suppress(Exception):
        User.objects.create_superuser(HOME)
    assert at_work_and_not_alone() == []


def test_two_colleagues_do_not_move_staff_who_are_proposed_to_a_shared_address(programme, staff, terence):
    ann = with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Ann Invented", email="ann@example.org"))
    appointment = appointments.propose(programme=programme, person=ann.person, role=Role.FINANCE, by=staff)
    change = addresses.ask(person=ann.person, new_address=HOME, how="She rang.", by=staff)
    change = addresses.agree_from_old_address(change=change, by=None)
    with contextlib.suppress(ActionError):
        addresses.take(change=change, by=None)
    with contextlib.suppress(ActionError):
        appointments.confirm(appointment=appointment, by=an_administrator())
    assert at_work_and_not_alone() == []
    assert not (fresh(ann).person.shares_address and Appointment.objects.waiting().filter(person=ann.person).exists())


def test_staff_do_not_move_to_an_address_of_somebody_by_two_colleagues(programme, staff, terence):
    olga = with_role(programme, Role.FINANCE, user=a_user("Olga Office", email="olga@example.org"))
    change = addresses.ask(person=olga.person, new_address=HOME, how="She rang.", by=staff)
    change = addresses.agree_from_old_address(change=change, by=None)
    page = Client().post(reverse("address_link", args=[change.new_key]), {"answer": "yes"})
    assert page.status_code == 200
    assert at_work_and_not_alone() == []


def test_who_alone_is_left_at_the_address_can_be_staff_again(
    programme, staff, terence, muriel, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    assert at_home() == {"Muriel Twoby"}
    appointments.propose(programme=programme, person=fresh(muriel).person, role=Role.STAFF, by=staff)


def test_who_pressed_that_they_share_and_nobody_does_can_be_staff(programme, staff):
    person = add(programme, staff, "Solo Singleton")
    Client().post(link_of(person), {"answer": "apart"})
    person.refresh_from_db()
    assert at_home() == {"Solo Singleton"}
    appointments.propose(programme=programme, person=person, role=Role.STAFF, by=staff)


def test_whoever_joins_at_an_address_with_a_lone_sharer_who_is_gone(
    programme, staff, terence, muriel, with_second_factor, worker
):
    """A sharer without an account (deleted), then a new record says yes by the link."""
    leave(terence, "his@example.org", with_second_factor, worker)
    fresh(muriel).delete()
    nell = add(programme, staff, "Nell Niece")
    page = Client().post(link_of(nell), {"answer": "yes", "sure": "yes"})
    assert page.status_code == 200
