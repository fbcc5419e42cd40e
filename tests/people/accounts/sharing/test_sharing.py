"""An email address of several people: each has an account, codes and pages of their own, and nobody sees more."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.accounts import sharing
from people.accounts.actions import accounts, addresses
from people.messages import delivery, telling
from people.messages.texts import sending
from people.models import DemoText, Message, Person
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Appointment, Joining, Role
from tests.factories import a_person, a_user, an_administrator, with_role
from tests.helpers.roles import fresh
from tests.helpers.sharing import HOME, add, codes_in, link_of, signed_in_as
from tests.helpers.sign_in import ask, code_in, is_signed_in
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


def test_each_has_a_code_of_their_own_in_one_email_and_signs_in_with_it(terence, muriel):
    client = Client()
    page = ask(client, HOME)
    assert HOME in page.text
    [message] = mail.outbox
    assert (message.to, message.subject) == ([HOME], "Your codes to sign in")
    codes = codes_in(message)
    assert set(codes) == {"Terence Twoby", "Muriel Twoby"}
    assert len(set(codes.values())) == 2
    client.post("/accounts/login/code/confirm/", {"code": codes["Muriel Twoby"]}, follow=True)
    assert "Hello Muriel" in client.get("/").text
    other = Client()
    ask(other, HOME)
    other.post("/accounts/login/code/confirm/", {"code": codes["Terence Twoby"]}, follow=True)
    assert "Hello Terence" in other.get("/").text


def test_a_code_works_once_and_a_wrong_one_for_nobody(terence, muriel):
    ask(Client(), HOME)
    codes = codes_in(mail.outbox[0])
    assert signed_in_as(codes["Muriel Twoby"]) == "Muriel Twoby"
    assert signed_in_as(codes["Muriel Twoby"]) is None
    assert signed_in_as("000-000-000") is None


def test_the_pages_are_the_same_for_a_shared_address_one_persons_and_a_strangers(terence, muriel):
    a_person(email="ann@example.org")
    pages = [ask(Client(), address) for address in (HOME, "ann@example.org", "who@example.org")]
    clean = {re.sub(r'value="[^"]*"|home@|ann@|who@', "", page.text) for page in pages}
    assert len(clean) == 1
    assert len({str(page.redirect_chain) for page in pages}) == 1


def test_the_page_never_shows_the_name_the_library_has_for_an_account(terence, muriel):
    user = fresh(muriel)
    assert user.email == sharing.name_for(user.person)
    assert (user.mailbox, str(user)) == (HOME, HOME)
    client = Client()
    client.force_login(user)
    for address in ("/", "/you/", "/accounts/email/", "/you/signed-in/", "/you/show-it-is-you/"):
        page = client.get(address, follow=True)
        assert page.status_code == 200
        assert "shared.invalid" not in page.text, address


def test_nobody_signs_in_by_the_name_of_an_account(muriel):
    page = ask(Client(), muriel.email)
    assert "Enter an email address, like name@example.org" in page.text
    assert mail.outbox == []


def test_who_leaves_the_address_leaves_the_other_alone(programme, staff, terence, muriel, with_second_factor, worker):
    """Terence takes an address of his own; the household's is Muriel's."""
    client = with_second_factor(fresh(terence))
    client.post("/accounts/email/", {"email": "his@example.org", "action_add": "yes"}, follow=True)
    with worker():
        client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])}, follow=True)
    assert (fresh(terence).email, fresh(terence).person.shares_address) == ("his@example.org", False)
    del mail.outbox[:]
    client = Client()
    assert HOME in ask(client, HOME).text
    [message] = mail.outbox
    assert "Terence" not in message.body
    assert signed_in_as(code_in(message), client) == "Muriel Twoby"


def test_who_shares_an_address_changes_to_their_own_and_the_old_one_is_told(muriel, with_second_factor, worker):
    client = with_second_factor(fresh(muriel))
    client.post("/accounts/email/", {"email": "hers@example.org", "action_add": "yes"}, follow=True)
    assert mail.outbox[-1].to == ["hers@example.org"]
    code = code_in(mail.outbox[-1])
    with worker():
        client.post("/accounts/confirm-email/", {"code": code}, follow=True)
    user = fresh(muriel)
    assert (user.email, user.person.email, user.person.shares_address) == (
        "hers@example.org",
        "hers@example.org",
        False,
    )
    told = [message for message in mail.outbox if "changed" in message.subject]
    assert [message.to for message in told] == [[HOME]]
    assert "Muriel Twoby no longer signs in with this address." in told[0].body
    assert "hers@example.org" not in told[0].body, "who reads it is not told where she is now"


def test_passwords_tell_who_it_is(terence, muriel):
    for user, password in ((fresh(terence), "terence-his-own-words"), (fresh(muriel), "muriel-her-own-words")):
        user.set_password(password)
        user.save()
        user.emailaddress_set.get_or_create(email=user.email, defaults={"primary": True})
        user.emailaddress_set.update(verified=True)
        client = Client()
        client.post("/accounts/login/", {"login": HOME, "password": password, "with": "password"}, follow=True)
        assert client.session["_auth_user_id"] == str(user.pk)
    client = Client()
    client.post("/accounts/login/", {"login": HOME, "password": "neither-of-the-two", "with": "password"}, follow=True)
    assert not is_signed_in(client)


def test_a_forgotten_password_is_asked_for_by_each_by_name(terence, muriel, client):
    client.post("/accounts/password/reset/", {"email": HOME}, follow=True)
    assert {message.subject for message in mail.outbox} == {
        "For Terence Twoby: Choose a new password",
        "For Muriel Twoby: Choose a new password",
    }
    assert {tuple(message.to) for message in mail.outbox} == {(HOME,)}


def test_proving_who_one_is_by_code_names_the_person(muriel, client):
    client.force_login(fresh(muriel))
    client.post("/you/show-it-is-you/", {"send": "yes"}, follow=True)
    assert mail.outbox[-1].to == [HOME]
    assert mail.outbox[-1].subject.startswith("For Muriel Twoby: ")


# How an address comes to be shared


def test_the_link_of_the_question_tells_them_apart_and_is_a_yes(programme, staff, terence):
    person = add(programme, staff)
    page = Client().post(link_of(person), {"answer": "apart"})
    assert "You have joined Invented Wellbeing" in page.text
    person.refresh_from_db()
    assert person.joined_at
    assert person.shares_address
    assert fresh(terence).person.shares_address
    assert person.user != terence


def test_a_yes_with_another_name_is_asked_again_before_two_are_put_together(programme, staff, terence):
    person = add(programme, staff)
    page = Client().post(link_of(person), {"answer": "yes"})
    assert "Somebody with another name signs in with this email address" in page.text
    assert "Terence" not in page.text
    assert Person.objects.filter(pk=person.pk, joined_at=None).exists()
    Client().post(link_of(person), {"answer": "yes", "sure": "yes"})
    assert not Person.objects.filter(pk=person.pk).exists()


def test_who_signs_in_says_that_it_is_somebody_else_and_they_say_yes_by_signing_in(programme, staff, terence):
    person = add(programme, staff)
    client = Client()
    client.force_login(terence)
    client.post(reverse("joinings"), {"joining": person.joining.pk, "answer": "apart"})
    assert Joining.objects.get(person=person).answer == ""
    assert "No programme is waiting for an answer" in client.get(reverse("joinings")).text
    ask(Client(), HOME)
    assert signed_in_as(codes_in(mail.outbox[-1])["Muriel Twoby"]) == "Muriel Twoby"
    assert Joining.objects.get(person=person).answer == "yes"


def test_of_two_who_sign_in_there_neither_is_put_together_with_a_third_by_the_link(programme, staff, terence, muriel):
    third = add(programme, staff, "Nell Niece")
    page = Client().post(link_of(third), {"answer": "yes", "sure": "yes"})
    assert "Several people sign in with this address." in page.text
    Client().post(link_of(third), {"answer": "apart"})
    ask(Client(), HOME)
    assert set(codes_in(mail.outbox[-1])) == {"Terence Twoby", "Muriel Twoby", "Nell Niece"}


def test_a_colleague_beside_them_types_the_code_of_who_shares(programme, staff, terence):
    person = add(programme, staff)
    page = Client().get(link_of(person)).text
    code = re.findall(r"<strong>([A-Z2-7]{4}-[A-Z2-7]{4})</strong>", page)[1]
    joining.accept_in_person(joining=person.joining, code=code, by=staff)
    person.refresh_from_db()
    assert person.shares_address
    assert Joining.objects.get(person=person).answer == "yes"


def test_staff_add_somebody_else_with_an_address_of_the_programme(programme, staff, terence, with_second_factor):
    client = with_second_factor(staff)
    new = reverse("programme_person_new", args=[programme.slug])
    typed = {
        "full_name": "Muriel Twoby",
        "email": HOME,
        "roles": "lived_experience",
        "channel": "email",
        "letter_size": "standard",
    }
    page = client.post(new, typed)
    assert "No, add Muriel Twoby with the same address" in page.text
    page = client.post(new, {**typed, "somebody_else": terence.person.pk}, follow=True)
    assert "Muriel Twoby has been added." in page.text
    assert Person.objects.filter(email=HOME).count() == 2
    assert Joining.objects.get(person__full_name="Muriel Twoby").answer == ""


def test_a_changed_address_of_another_account_is_shared_once_its_reader_says_yes(programme, staff, terence):
    ann = with_role(programme, Role.LIVED_EXPERIENCE, user=a_user("Ann Invented", email="ann@example.org"))
    change = addresses.ask(person=ann.person, new_address=HOME, how="She rang.", by=staff)
    change = addresses.agree_from_old_address(change=change, by=None)
    question = Message.objects.get(to=HOME).notice
    assert "Already signing in with this address: Terence Twoby." in question.text_body
    Client().post(reverse("address_link", args=[change.new_key]), {"answer": "yes"})
    assert (fresh(ann).mailbox, fresh(ann).person.email) == (HOME, HOME)
    assert fresh(terence).email == HOME
    ask(Client(), HOME)
    assert set(codes_in(mail.outbox[-1])) == {"Terence Twoby", "Ann Invented"}


# Two who approve each other's work never read one mailbox


@pytest.mark.parametrize("role", [Role.STAFF, Role.FINANCE])
def test_the_address_of_staff_and_finance_is_shared_with_nobody(programme, staff, role):
    with_role(programme, role, user=a_user("Olga Office", email=HOME))
    person = add(programme, staff)
    page = Client().post(link_of(person), {"answer": "apart"})
    assert "Somebody who works for a programme uses this address, so nobody else can." in page.text
    assert not Person.objects.filter(shares_address=True).exists()
    assert Joining.objects.get(person=person).answer == ""


def test_the_address_of_an_administrator_is_shared_with_nobody(programme, staff):
    administrator = an_administrator()
    person = memberships.welcome(
        programme=programme, by=staff, roles=["lived_experience"], full_name="Ann Other", email=administrator.email
    )
    with pytest.raises(ActionError, match="works for a programme"):
        joining.tell_apart(joining=person.joining, by=None)


def test_who_is_proposed_as_staff_shares_no_address(programme, staff, terence):
    person = memberships.welcome(
        programme=programme, by=staff, roles=["staff"], full_name="Muriel Twoby", email=HOME, somebody_else=True
    )
    page = Client().post(link_of(person), {"answer": "apart"})
    assert "Somebody who works for a programme uses this address" in page.text


def test_who_shares_an_address_becomes_neither_staff_nor_somebody_who_sets_up_programmes(programme, staff, muriel):
    with pytest.raises(ActionError, match="an email address that is theirs alone"):
        appointments.propose(programme=programme, person=muriel.person, role=Role.STAFF, by=staff)
    with pytest.raises(ActionError, match="an email address that is theirs alone"):
        appointments.give_creator_right(person=muriel.person, by=an_administrator())
    with transaction.atomic(), pytest.raises(InternalError, match="share their email address with nobody"):
        Appointment.objects.create(person=muriel.person, programme=programme, role=Role.STAFF, proposed_by=staff.person)


def test_postgres_refuses_two_accounts_at_an_address_nobody_shares(terence):
    other = a_user("Una Other", email="una@example.org").person
    with transaction.atomic(), pytest.raises(IntegrityError, match="one_account_person_per_email"):
        Person.objects.filter(pk=other.pk).update(email=HOME, address_changed_at="2026-11-01T00:00Z")
    with transaction.atomic(), pytest.raises(IntegrityError, match="a_shared_address_is_an_address"):
        Person.objects.create(full_name="No Address", shares_address=True)


# Messages to a shared address say for whom they are


def told(person, key="told:1", **more):
    telling.tell(
        person, "invitation", key=key, subject="You are invited", text="Hello", html="<body>Hello</body>", **more
    )
    return Message.objects.get(notice__key=key)


def test_an_email_to_a_shared_address_says_for_whom_it_is(muriel, terence):
    for user in (terence, muriel):
        delivery.send([told(fresh(user).person, key=f"told:{user.pk}").pk])
    first, second = mail.outbox[-2:]
    assert first.subject == "For Terence Twoby: You are invited"
    assert second.subject == "For Muriel Twoby: You are invited"
    assert second.body.startswith("This is for Muriel Twoby.")
    assert "This is for Muriel Twoby." in second.alternatives[0][0]
    assert first.to == second.to == [HOME]


def test_an_email_to_an_address_of_one_person_says_no_more_than_before(db):
    person = a_person("Ann Invented", email="ann@example.org")
    a_person("Ann Invented", email="ann@example.org")
    delivery.send([told(person).pk])
    assert mail.outbox[-1].subject == "You are invited"


def test_a_batch_asks_once_whose_its_addresses_are(db):
    def queries(number):
        ids = [
            told(a_person(email=f"p{number}-{each}@example.org"), f"told:{number}:{each}").pk for each in range(number)
        ]
        with CaptureQueriesContext(connection) as asked:
            delivery.send(ids)
        return sum("upper" in query["sql"].lower() for query in asked)

    assert queries(2) == queries(9) == 1


def test_a_text_to_a_shared_phone_says_for_whom_it_is(settings):
    settings.TEXT_PROVIDER = "demo"
    people = [a_person(name, phone="07700 900123", email="", channel="sms") for name in ("Tom Twoby", "Meg Twoby")]
    for person in people:
        sending.send([told(person, f"told:{person.pk}").pk])
    words = list(DemoText.objects.order_by("pk").values_list("words", flat=True))
    assert words[0].startswith("For Tom Twoby: ")
    assert words[1].startswith("For Meg Twoby: ")


def test_somebody_who_shares_and_whose_account_was_deleted_gets_a_new_one_with_the_next_code(programme, staff, terence):
    person = add(programme, staff)
    joining.tell_apart(joining=person.joining, by=terence)
    person.refresh_from_db()
    person.user.delete()
    accounts.account_for(email=HOME, by=None)
    person.refresh_from_db()
    assert person.user.email == sharing.name_for(person)
