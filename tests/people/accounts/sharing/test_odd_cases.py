"""Odd things that readers of a shared address, and others, may try."""

import contextlib
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.accounts import sharing
from people.models import Message, Person, User
from tests.factories import a_user, an_administrator
from tests.helpers.roles import fresh
from tests.helpers.sharing import (
    HOME,
    HOME2,
    add,
    codes_in,
    leave,
    link_of,
    move,
)
from tests.helpers.sign_in import ask, code_in, is_signed_in
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


def test_messages_about_the_account_of_who_shares_go_to_their_mailbox(muriel, terence, with_second_factor, worker):
    client = with_second_factor(fresh(muriel))
    with worker():
        client.post(
            "/accounts/password/set/",
            {"password1": "many-words-of-hers-4", "password2": "many-words-of-hers-4"},
            follow=True,
        )
    assert fresh(muriel).has_usable_password()
    assert {m.to for m in Message.objects.filter(notice__kind="account")} == {HOME}
    assert "shared.invalid" not in "".join(m.body + m.subject for m in mail.outbox)


def test_the_admin_finds_who_shares_by_their_address_and_shows_it(muriel, with_second_factor):
    administrator = an_administrator()

    page = with_second_factor(administrator).get(f"/admin/people/user/?q={HOME}")
    assert "2 accounts" in page.text
    page = with_second_factor(administrator).get("/admin/people/user/?q=muriel")
    assert "shared.invalid" not in page.text


def test_a_shared_address_whose_own_account_is_inactive_still_brings_codes(terence, muriel):
    User.objects.filter(pk=terence.pk).update(is_active=False)
    client = Client()
    ask(client, HOME)
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)
    assert client.session["_auth_user_id"] == str(muriel.pk)


def test_a_code_of_one_does_not_sign_in_at_the_other_twice(terence, muriel):
    first, second = Client(), Client()
    ask(first, HOME)
    codes = codes_in(mail.outbox[-1])
    ask(second, HOME)
    for client in (first, second):
        client.post("/accounts/login/code/confirm/", {"code": codes["Muriel Twoby"]}, follow=True)
    assert [is_signed_in(c) for c in (first, second)] == [True, False]


def test_the_code_of_another_address_does_not_open_it(terence, muriel):
    a_user("Ann Invented", email="ann@example.org")
    ask(Client(), HOME)
    codes = codes_in(mail.outbox[-1])
    client = Client()
    ask(client, "ann@example.org")
    client.post("/accounts/login/code/confirm/", {"code": codes["Muriel Twoby"]}, follow=True)
    assert not is_signed_in(client)


def test_a_code_to_the_address_does_not_open_who_left_it_to_their_own(
    programme, staff, terence, muriel, with_second_factor, worker
):
    ask(Client(), HOME)
    codes = codes_in(mail.outbox[-1])
    leave(terence, "his@example.org", with_second_factor, worker)
    for address in (HOME, "his@example.org"):
        client = Client()
        ask(client, address)
        client.post("/accounts/login/code/confirm/", {"code": codes["Terence Twoby"]}, follow=True)
        assert not is_signed_in(client)


def test_a_code_of_the_one_who_stays_still_works_after_the_other_left(
    programme, staff, terence, muriel, with_second_factor, worker
):
    client = Client()
    ask(client, HOME)
    codes = codes_in(mail.outbox[-1])
    leave(terence, "his@example.org", with_second_factor, worker)
    client.post("/accounts/login/code/confirm/", {"code": codes["Muriel Twoby"]}, follow=True)
    assert is_signed_in(client)


def test_password_sign_in_after_a_move_to_a_shared_address_shows_no_name_of_the_library(
    programme, staff, terence, muriel, ann
):
    move(fresh(muriel).person, HOME2, staff)
    user = fresh(muriel)
    user.set_password("many-words-of-hers-4")
    user.save()
    client = Client()
    page = client.post(
        "/accounts/login/", {"login": HOME2, "password": "many-words-of-hers-4", "with": "password"}, follow=True
    )
    assert "shared.invalid" not in page.text


def test_two_with_one_password_are_told_apart(terence, muriel):
    for user in (fresh(terence), fresh(muriel)):
        user.set_password("our-dog-is-called-rex")
        user.save()
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    EmailAddress.objects.update(verified=True)
    client = Client()
    client.post(
        "/accounts/login/", {"login": HOME, "password": "our-dog-is-called-rex", "with": "password"}, follow=True
    )
    assert not is_signed_in(client)


def test_the_person_page_of_staff_costs_no_query_for_each_sharer(programme, staff, terence, muriel):
    with CaptureQueriesContext(connection) as asked:
        ask(Client(), HOME)
    assert len(asked) < 60


def test_who_left_and_comes_back_to_the_address_by_own_page(
    programme, staff, terence, muriel, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    with contextlib.suppress(ActionError):
        leave(terence, HOME, with_second_factor, worker)
    user = fresh(terence)
    assert (user.email == HOME) == (user.person.email == HOME)


def test_the_second_of_a_new_couple_who_never_signed_in_is_named_as_themselves(programme, staff):
    """Both added, neither answered; one types the address into the sign-in page."""
    first, second = add(programme, staff, "Terence Twoby"), add(programme, staff, "Muriel Twoby")
    client = Client()
    ask(client, HOME)
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)
    page = client.get(reverse("joinings")).text
    assert "Muriel Twoby" in page
    assert "Terence Twoby" in page
    client.post(reverse("joinings"), {"joining": second.joining.pk, "answer": "apart"})
    client.post(reverse("joinings"), {"joining": first.joining.pk, "answer": "yes"})
    assert {u.get_full_name() for u in sharing.accounts_at(HOME)} == {"Terence Twoby", "Muriel Twoby"}


def test_an_old_link_apart_after_the_record_was_declined(programme, staff, terence):
    person = add(programme, staff)
    link = link_of(person)
    Client().post(link, {"answer": "no"})
    Client().post(link, {"answer": "apart"})
    assert not Person.objects.filter(shares_address=True).exists()


def take_name(user, name, with_second_factor, worker):
    """Ask on the page of one's own address for a name of the library, and type the code that comes."""
    client = with_second_factor(fresh(user))
    del mail.outbox[:]
    client.post("/accounts/email/", {"email": name, "action_add": "yes"}, follow=True)
    if mail.outbox and re.search("[0-9]{3}-[0-9]{3}-[0-9]{3}", mail.outbox[-1].body):
        with worker():
            client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])}, follow=True)


def test_nobody_takes_a_name_of_the_library_as_their_address(programme, terence, with_second_factor, worker):
    take_name(terence, "person-99@shared.invalid", with_second_factor, worker)
    assert fresh(terence).email == HOME


def test_nobody_is_locked_out_by_a_name_of_the_library(programme, terence, with_second_factor, worker):
    take_name(terence, "person-99@shared.invalid", with_second_factor, worker)
    client = Client()
    ask(client, HOME)
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)
    assert is_signed_in(client)
    assert not [m for m in mail.outbox if m.to[0].endswith("shared.invalid")]


def test_nobody_hinders_another_from_sharing_by_taking_their_name_first(
    programme, staff, terence, with_second_factor, worker
):
    person = add(programme, staff)
    mallory = a_user("Mallory Other", email="mallory@example.org")
    take_name(mallory, sharing.name_for(person), with_second_factor, worker)
    page = Client().post(link_of(person), {"answer": "apart"})
    assert "You have joined" in page.text


def test_nobody_takes_the_name_of_somebody_who_shares(programme, staff, terence, muriel, with_second_factor, worker):
    mallory = a_user("Mallory Other", email="mallory@example.org")
    take_name(mallory, fresh(muriel).email, with_second_factor, worker)
    assert fresh(mallory).email == "mallory@example.org"
    assert "mallory@example.org" not in {m.to[0] for m in mail.outbox}
