"""Codes to a shared address, names that are no addresses, and what pages tell."""

import datetime as dt
import re
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.accounts import sharing
from people.accounts.actions import addresses
from people.messages import delivery, telling
from people.models import Message, User
from programmes.members import queries
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Joining, Membership, Role
from tests.factories import a_person, a_programme, a_user, an_administrator, with_role
from tests.helpers.roles import fresh
from tests.helpers.sharing import (
    HOME,
    HOME2,
    add,
    codes_in,
    leave,
    link_of,
    move,
    signed_in_as,
)
from tests.helpers.sign_in import an_app_for, ask, code_in, is_signed_in
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


# Codes


def test_a_code_to_the_address_before_does_not_open_the_account_at_another_shared_address(
    programme, staff, terence, muriel, ann
):
    ask(Client(), HOME)
    old = codes_in(mail.outbox[-1])["Muriel Twoby"]
    move(fresh(muriel).person, HOME2, staff)
    client = Client()
    ask(client, HOME2)
    client.post("/accounts/login/code/confirm/", {"code": old}, follow=True)
    assert not is_signed_in(client)


def test_a_sign_in_begun_before_does_not_open_or_show_the_new_shared_address(
    programme, staff, terence, muriel, ann, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    client = Client()
    ask(client, HOME)
    old = code_in(mail.outbox[-1])
    move(fresh(muriel).person, HOME2, staff)
    assert HOME2 not in client.get("/accounts/login/code/confirm/").text
    client.post("/accounts/login/code/confirm/", {"code": old}, follow=True)
    assert not is_signed_in(client)


def test_asking_the_same_sign_in_for_a_new_code_does_not_write_to_the_new_address(
    programme, staff, terence, muriel, ann, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    client = Client()
    ask(client, HOME)
    move(fresh(muriel).person, HOME2, staff)
    page = client.post("/accounts/login/code/confirm/", {"action": "resend"}, follow=True)
    assert HOME2 not in page.text


def test_a_code_for_the_other_does_not_skip_their_second_step(terence, muriel):
    an_app_for(fresh(muriel))
    client = Client()
    ask(client, HOME)
    client.post("/accounts/login/code/confirm/", {"code": codes_in(mail.outbox[-1])["Muriel Twoby"]}, follow=True)
    assert not is_signed_in(client)


def test_father_and_son_of_one_name_each_have_a_code(programme, staff):
    with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("John Smith", email=HOME))
    son = add(programme, staff, "John Smith")
    Client().post(link_of(son), {"answer": "apart"})
    assert len(sharing.accounts_at(HOME)) == 2
    ask(Client(), HOME)
    assert len(set(re.findall(r"[0-9]{3}-[0-9]{3}-[0-9]{3}", mail.outbox[-1].body))) == 2


def test_a_name_with_an_apostrophe_is_plain_in_the_text_of_the_email(programme, staff, terence):
    person = add(programme, staff, "Muriel O'Twoby <&")
    Client().post(link_of(person), {"answer": "apart"})
    ask(Client(), HOME)
    assert "Muriel O'Twoby <&: " in mail.outbox[-1].body


def test_a_code_of_an_inactive_account_is_not_sent_and_does_not_work(terence, muriel):
    ask(Client(), HOME)
    codes = codes_in(mail.outbox[-1])
    User.objects.filter(pk=muriel.pk).update(is_active=False)
    assert signed_in_as(codes["Muriel Twoby"]) is None


# Nothing is lost


def test_who_joined_long_ago_and_never_signed_in_still_gets_a_code_beside_who_shares(programme, staff):
    """Letters until now: joined by their programme, without an account."""
    terence = a_person("Terence Twoby", email=HOME, joined_at=timezone.now() - dt.timedelta(days=300))
    Membership.objects.create(person=terence, programme=programme, role=Role.LIVED_EXPERIENCE)
    Client().post(link_of(add(programme, staff)), {"answer": "apart"})
    ask(Client(), HOME)
    assert {user.get_full_name() for user in sharing.accounts_at(HOME)} == {"Terence Twoby", "Muriel Twoby"}


def test_the_link_says_yes_after_the_other_told_them_apart(programme, staff, terence):
    """Terence has said that it is somebody else; Muriel opens her link and presses the first button."""
    person = add(programme, staff)
    joining.tell_apart(joining=person.joining, by=terence)
    page = Client().post(link_of(person), {"answer": "yes", "sure": "yes"})
    assert "Several people sign in" not in page.text
    assert Joining.objects.get(person=person).answer == "yes"


def test_a_no_by_the_link_after_the_other_told_them_apart_leaves_them_as_they_were(programme, staff, terence):
    person = add(programme, staff)
    joining.tell_apart(joining=person.joining, by=terence)
    Client().post(link_of(person), {"answer": "no"})
    assert not fresh(terence).person.shares_address


# Names at shared.invalid


def test_nobody_is_added_with_a_name_at_shared_invalid(programme, staff):
    with pytest.raises(ActionError):
        memberships.welcome(
            programme=programme, by=staff, roles=["lived_experience"], full_name="X Y", email="person-99@shared.invalid"
        )
    assert not Message.objects.filter(to__endswith="shared.invalid").exists()


def test_nobodys_address_is_changed_to_a_name_at_shared_invalid(programme, staff):
    person = a_person("X Y", email="x@example.org")
    Membership.objects.create(person=person, programme=programme, role=Role.LIVED_EXPERIENCE)
    try:
        change = addresses.ask(person=person, new_address="person-99@shared.invalid", how="x", by=staff)
        addresses.agree_from_old_address(change=change, by=None)
    except ActionError:
        pass
    person.refresh_from_db()
    assert not person.email.endswith("shared.invalid")
    assert not Message.objects.filter(to__endswith="shared.invalid").exists()


def test_no_code_goes_to_a_name_at_shared_invalid_asked_on_the_own_page(terence, with_second_factor):
    client = with_second_factor(terence)
    client.post("/accounts/email/", {"email": "person-99@shared.invalid", "action_add": "yes"}, follow=True)
    assert not [message for message in mail.outbox if message.to[0].endswith("shared.invalid")]


def test_asking_for_the_name_of_who_shares_on_the_own_page_writes_to_nobody(terence, muriel, with_second_factor):
    client = with_second_factor(fresh(terence))
    del mail.outbox[:]
    client.post("/accounts/email/", {"email": muriel.email, "action_add": "yes"}, follow=True)
    assert mail.outbox == []


def test_staff_do_not_find_by_the_librarys_name_who_shares(programme, staff, muriel):
    assert queries.known_in(programme, sharing.name_for(fresh(muriel).person)) == []


# Pages of staff


def test_the_page_of_a_record_not_joined_tells_not_that_somebody_signs_in_at_its_address(
    programme, staff, terence_elsewhere, with_second_factor
):
    person = add(programme, staff)
    client = with_second_factor(staff)
    page = reverse("person", args=[person.pk])
    before = client.get(page).text
    joining.tell_apart(joining=person.joining, by=terence_elsewhere)
    after = client.get(page).text
    assert "Has not joined yet" in after
    assert "other people use it too" not in after
    assert before.count("home@example.org") == after.count("home@example.org")


def test_the_page_of_somebody_tells_not_that_another_programme_has_their_address(
    programme, staff, terence_elsewhere, elsewhere, with_second_factor
):
    """Staff of the other programme see Terence; that Muriel of this programme shares his address is not theirs."""
    other_staff = with_role(elsewhere, Role.STAFF, "Otto Other")
    Client().post(link_of(add(programme, staff)), {"answer": "apart"})
    page = with_second_factor(other_staff).get(reverse("person", args=[terence_elsewhere.person.pk])).text
    assert "other people use it too" not in page


def test_the_refusal_of_a_role_tells_not_that_another_programme_has_the_address(
    programme, staff, terence_elsewhere, elsewhere
):
    other_staff = with_role(elsewhere, Role.STAFF, "Otto Other")
    Client().post(link_of(add(programme, staff)), {"answer": "apart"})
    try:
        appointments.propose(
            programme=elsewhere, person=fresh(terence_elsewhere).person, role=Role.STAFF, by=other_staff
        )
    except ActionError as error:
        assert "Somebody else uses the email address" not in str(error)


def test_the_code_typed_by_staff_tells_not_who_of_another_programme_has_the_address(
    programme, staff, elsewhere, with_second_factor
):
    with_role(elsewhere, Role.FINANCE, user=a_user("Olga Office", email=HOME))
    person = add(programme, staff)
    code = queries.code_of(person.joining, apart=True)
    page = with_second_factor(staff).post(
        reverse("joining_in_person", args=[person.joining.pk]), {"code": code}, follow=True
    )
    assert "Olga" not in page.text
    assert "works for a programme" not in page.text


def test_the_code_typed_by_staff_tells_not_that_several_sign_in_there(
    programme, staff, terence_elsewhere, elsewhere, with_second_factor
):
    other_staff = with_role(elsewhere, Role.STAFF, "Otto Other")
    Client().post(link_of(add(elsewhere, other_staff)), {"answer": "apart"})
    person = add(programme, staff, "Nell Niece")
    code = queries.code_of(person.joining)
    page = with_second_factor(staff).post(
        reverse("joining_in_person", args=[person.joining.pk]), {"code": code}, follow=True
    )
    assert "Several people sign in with this address" not in page.text


def test_the_names_at_an_address_are_read_by_no_colleague(programme, staff, terence_elsewhere, with_second_factor):
    ann = with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Ann Invented", email="ann@example.org"))
    change = addresses.ask(person=ann.person, new_address=HOME, how="She rang.", by=staff)
    change = addresses.agree_from_old_address(change=change, by=None)
    assert "Terence Twoby" in Message.objects.get(to=HOME).notice.text_body
    client = with_second_factor(staff)
    for url in (
        reverse("messages"),
        reverse("person", args=[ann.person.pk]),
        reverse("message", args=[Message.objects.get(to=HOME).pk]),
    ):
        assert "Terence" not in client.get(url).text


# Strangers


def hashes(address):
    with patch.object(User, "check_password", autospec=True, side_effect=User.check_password) as checked:
        Client().post("/accounts/login/", {"login": address, "password": "some-words-of-no-one", "with": "password"})
    return checked.call_count


def test_the_reader_of_an_address_with_a_wrong_code_learns_nothing_of_it(terence, muriel):
    pages = []
    for address in (HOME, "nobody@example.org"):
        client = Client()
        ask(client, address)
        pages.append(
            re.sub(
                r'value="[^"]*"|home@|nobody@',
                "",
                client.post("/accounts/login/code/confirm/", {"code": "111-111-111"}).text,
            )
        )
    assert pages[0] == pages[1]


def test_the_list_of_accounts_still_finds_and_shows_no_name_of_the_library(muriel, with_second_factor):
    administrator = an_administrator()
    page = with_second_factor(administrator).get(reverse("accounts") + f"?q={HOME}").text
    assert "Muriel Twoby" in page
    assert "shared.invalid" not in page


def test_two_names_of_one_person_are_not_told_from_two_people(programme, staff, terence):
    """Another programme typed the nickname of Terence: his own emails say for whom they are, though nobody shares."""
    other = a_programme("Other Programme")
    memberships.welcome(
        programme=other,
        by=with_role(other, Role.STAFF, "Otto Other"),
        roles=["lived_experience"],
        full_name="Terry Twoby",
        email=HOME,
    )
    telling.tell(terence.person, "invitation", key="told:9", subject="You are invited", text="Hello", html="")
    delivery.send([Message.objects.get(notice__key="told:9").pk])
    assert mail.outbox[-1].subject == "You are invited"
