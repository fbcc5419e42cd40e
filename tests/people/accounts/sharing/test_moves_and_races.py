"""People who come to a shared address and leave it, and things that happen at once."""

import contextlib
import datetime as dt
import re
import threading
import time
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.accounts import rules as account_rules
from people.accounts import sharing
from people.accounts.actions import accounts, addresses
from people.models import Message, Person, User
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Joining, Membership, Role
from programmes.programme.actions import programmes as programme_actions
from tests.factories import a_programme, a_user, an_administrator, with_role
from tests.helpers.roles import fresh
from tests.helpers.sharing import (
    HOME,
    HOME2,
    add,
    at_work_and_not_alone,
    codes_in,
    leave,
    link_of,
    move,
)
from tests.helpers.sign_in import ask, code_in, is_signed_in
from tests.helpers.threads import at_once
from tests.programmes.programme.test_actions import details
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


def test_who_moved_to_a_shared_address_signs_in_with_one_code_and_sees_no_name_of_the_library(
    programme, staff, terence, muriel, ann
):
    move(fresh(muriel).person, HOME2, staff)
    client = Client()
    ask(client, HOME2)
    page = client.post(
        "/accounts/login/code/confirm/", {"code": codes_in(mail.outbox[-1])["Muriel Twoby"]}, follow=True
    )
    assert "shared.invalid" not in page.text
    assert is_signed_in(client)


def test_a_changed_address_shared_by_the_new_readers_yes_opens_with_one_code(programme, staff, terence):
    """As the standing test, and she signs in."""
    una = with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Una Invented", email="una@example.org"))
    move(una.person, HOME, staff)
    client = Client()
    ask(client, HOME)
    page = client.post(
        "/accounts/login/code/confirm/", {"code": codes_in(mail.outbox[-1])["Una Invented"]}, follow=True
    )
    assert "shared.invalid" not in page.text
    assert is_signed_in(client)


def test_a_code_to_the_address_before_does_not_open_the_account_once_it_has_been_opened_at_the_new_one(
    programme, staff, terence, muriel, ann
):
    ask(Client(), HOME)
    old = codes_in(mail.outbox[-1])["Muriel Twoby"]
    move(fresh(muriel).person, HOME2, staff)
    # She signs in at the new address, as anybody does.
    client = Client()
    ask(client, HOME2)
    client.post("/accounts/login/code/confirm/", {"code": codes_in(mail.outbox[-1])["Muriel Twoby"]}, follow=True)
    assert is_signed_in(client)
    stranger = Client()
    ask(stranger, HOME2)
    stranger.post("/accounts/login/code/confirm/", {"code": old}, follow=True)
    assert not is_signed_in(stranger)


def test_a_sign_in_begun_before_the_move_does_not_open_it(
    programme, staff, terence, muriel, ann, with_second_factor, worker
):
    leave(terence, "his@example.org", with_second_factor, worker)
    client = Client()
    ask(client, HOME)
    old = code_in(mail.outbox[-1])
    move(fresh(muriel).person, HOME2, staff)
    client.post("/accounts/login/code/confirm/", {"code": old}, follow=True)
    assert not is_signed_in(client)


def test_a_link_for_a_forgotten_password_from_before_the_move_does_not_open_it(programme, staff, terence, muriel, ann):

    Client().post("/accounts/password/reset/", {"email": HOME}, follow=True)
    message = next(m for m in mail.outbox if "Muriel" in m.subject)
    link = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", message.body)[1]
    move(fresh(muriel).person, HOME2, staff)
    client = Client()
    page = client.get(link, follow=True)
    page = client.post(
        page.request["PATH_INFO"],
        {"password1": "words-of-a-stranger-7", "password2": "words-of-a-stranger-7"},
        follow=True,
    )
    assert not fresh(muriel).has_usable_password()


def test_two_whose_roles_start_next_week_do_not_come_to_one_mailbox(programme, staff, terence):
    meg = with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Meg Invented", email="meg@example.org"))
    for user, role in ((terence, Role.FINANCE), (meg, Role.STAFF)):
        appointment = appointments.propose(
            programme=programme,
            person=user.person,
            role=role,
            by=staff,
            starts_on=timezone.localdate() + dt.timedelta(days=7),
        )
        appointments.confirm(appointment=appointment, by=an_administrator(f"Ada {role}"))
    with contextlib.suppress(ActionError):
        move(meg.person, HOME, staff)
    Membership.objects.filter(person__in=[terence.person, meg.person]).update(starts_on=timezone.localdate())
    assert at_work_and_not_alone() == []


def test_two_inactive_who_come_back_do_not_have_one_mailbox(programme, staff):
    olga = with_role(programme, Role.FINANCE, user=a_user("Olga Office", email=HOME))
    sam = with_role(programme, Role.STAFF, user=a_user("Sam Second", email="sam@example.org"))
    User.objects.filter(pk__in=[olga.pk, sam.pk]).update(is_active=False)
    with contextlib.suppress(ActionError):
        move(sam.person, HOME, staff)
    User.objects.filter(pk__in=[olga.pk, sam.pk]).update(is_active=True)
    assert at_work_and_not_alone() == []


def test_who_shares_and_may_set_up_programmes_is_refused_in_words(programme, staff, terence):
    appointments.give_creator_right(person=terence.person, by=an_administrator())
    Client().post(link_of(add(programme, staff)), {"answer": "apart"})
    with contextlib.suppress(ActionError):
        programme_actions.create(by=fresh(terence), **details())


@pytest.mark.parametrize("way", ["own page", "link"])
def test_the_household_is_not_told_where_somebody_went(
    programme, staff, terence, muriel, with_second_factor, worker, way
):
    """A shared mailbox is read by the one she leaves."""
    del mail.outbox[:]
    if way == "own page":
        leave(muriel, "hers@example.org", with_second_factor, worker)
        told = " ".join(str(m.body) for m in mail.outbox if m.to == [HOME])
    else:
        move(fresh(muriel).person, "hers@example.org", staff)
        told = " ".join(m.notice.text_body for m in Message.objects.filter(to=HOME))
    assert "hers@example.org" not in told


def test_a_passkey_or_password_set_from_the_shared_mailbox_does_not_outlive_it(
    programme, staff, terence, muriel, with_second_factor, worker
):
    user = fresh(muriel)
    user.set_password("set-by-whoever-reads-home")
    user.save()
    leave(user, "hers@example.org", with_second_factor, worker)
    assert not fresh(muriel).has_usable_password()


def test_staff_who_type_the_name_of_the_second_are_offered_the_second(
    programme, staff, terence, muriel, with_second_factor
):
    client = with_second_factor(staff)
    typed = {
        "full_name": "Muriel Twoby",
        "email": HOME,
        "roles": "lived_experience",
        "channel": "email",
        "letter_size": "standard",
    }
    page = client.post(reverse("programme_person_new", args=[programme.slug]), typed)
    assert "<strong>Muriel Twoby</strong>" in page.text


def test_adding_at_a_shared_address_asks_the_database_as_often_as_at_an_unknown_one(terence, muriel):
    other = a_programme("Other Programme")
    otto = with_role(other, Role.STAFF, "Otto Other")
    counts = []
    for address in ("warm@example.org", HOME, "nobody@example.org"):
        with CaptureQueriesContext(connection) as asked:
            memberships.welcome(programme=other, by=otto, roles=["lived_experience"], full_name="N N", email=address)
        counts.append(len(asked))
    assert counts[1] == counts[2], counts


def test_the_list_search_and_export_tell_nothing_of_sharing(programme, staff, terence, muriel, with_second_factor):
    client = with_second_factor(staff)
    people = reverse("programme_people", args=[programme.slug])
    for query in ("", f"?q={HOME}", "?q=shared.invalid", "?export=csv"):
        response = client.get(people + query)
        text = b"".join(response.streaming_content).decode() if response.streaming else response.text
        assert "shared.invalid" not in text.replace("q=shared.invalid", "").replace(
            'value="shared.invalid"', ""
        ).replace("“shared.invalid”", "")


# Races


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_and_the_others_answer_at_once(programme, staff, terence):
    other = a_programme("Other Programme")
    otto = with_role(other, Role.STAFF, "Otto Other")
    appointment = appointments.propose(programme=programme, person=terence.person, role=Role.FINANCE, by=staff)
    person = memberships.welcome(
        programme=other, by=otto, roles=["lived_experience"], full_name="Muriel Twoby", email=HOME
    )
    question = Joining.objects.get(person=person)
    administrator = an_administrator()
    checked = threading.Event()

    def slowly(user):
        answer = account_rules.needs_second_factor(user)
        checked.set()
        time.sleep(1.5)
        return answer

    def share():
        with patch.object(accounts, "needs_second_factor", slowly):
            joining.tell_apart(joining=question, by=None)

    def confirm():
        checked.wait(10)
        appointments.confirm(appointment=appointment, by=administrator)

    at_once(share, confirm, expected=Exception)
    assert at_work_and_not_alone() == []


@pytest.mark.django_db(transaction=True)
def test_staff_who_move_and_somebody_who_shares_at_once(programme, staff):
    olga = with_role(programme, Role.FINANCE, user=a_user("Olga Office", email="olga@example.org"))
    other = a_programme("Other Programme")
    otto = with_role(other, Role.STAFF, "Otto Other")
    person = memberships.welcome(
        programme=other, by=otto, roles=["lived_experience"], full_name="Muriel Twoby", email=HOME
    )
    question = Joining.objects.get(person=person)
    change = addresses.ask(person=olga.person, new_address=HOME, how="She rang.", by=staff)
    change = addresses.agree_from_old_address(change=change, by=None)
    real, moved = addresses._hand_over_account, threading.Event()

    def slowly(user, name):
        real(user, name)
        moved.set()
        time.sleep(1.5)

    def take():
        with patch.object(addresses, "_hand_over_account", slowly):
            addresses.take(change=change, by=None)

    def share():
        moved.wait(10)
        joining.tell_apart(joining=question, by=None)

    at_once(take, share, expected=Exception)
    assert at_work_and_not_alone() == []


@pytest.mark.django_db(transaction=True)
def test_two_links_answered_at_once_leave_two_accounts(programme, staff, terence):
    other = a_programme("Other Programme")
    otto = with_role(other, Role.STAFF, "Otto Other")
    one = add(programme, staff, "Muriel Twoby")
    two = memberships.welcome(programme=other, by=otto, roles=["lived_experience"], full_name="Nell Niece", email=HOME)
    questions = [Joining.objects.get(person=each) for each in (one, two)]
    at_once(*[lambda q=q: joining.tell_apart(joining=q, by=None) for q in questions])
    assert {u.get_full_name() for u in sharing.accounts_at(HOME)} == {"Terence Twoby", "Muriel Twoby", "Nell Niece"}
    assert Person.objects.filter(email=HOME, shares_address=True).count() == 3


@pytest.mark.django_db(transaction=True)
def test_yes_and_apart_at_once_where_nobody_signs_in_yet(programme, staff):
    other = a_programme("Other Programme")
    otto = with_role(other, Role.STAFF, "Otto Other")
    one = add(programme, staff, "Muriel Twoby")
    two = memberships.welcome(programme=other, by=otto, roles=["lived_experience"], full_name="Nell Niece", email=HOME)
    at_once(
        lambda: joining.tell_apart(joining=Joining.objects.get(person=one), by=None),
        lambda: joining.accept(joining=Joining.objects.get(person=two), by=None),
    )
    assert len(sharing.accounts_at(HOME)) >= 1


@pytest.mark.django_db(transaction=True)
def test_one_link_answered_twice_at_once(programme, staff, terence):
    one = add(programme, staff, "Muriel Twoby")
    question = Joining.objects.get(person=one)
    results = at_once(
        *[lambda: joining.tell_apart(joining=question, by=None)] * 2, lambda: joining.accept(joining=question, by=None)
    )
    assert sum(isinstance(each, Exception) for each in results) == 2


@pytest.mark.django_db(transaction=True)
def test_two_first_codes_at_once_make_one_account_each(programme, staff, terence):
    person = add(programme, staff)
    joining.tell_apart(joining=person.joining, by=terence)
    person.refresh_from_db()
    person.user.delete()
    at_once(*[lambda: accounts.account_for(email=HOME, by=None)] * 3)
    assert len(sharing.accounts_at(HOME)) == 2
