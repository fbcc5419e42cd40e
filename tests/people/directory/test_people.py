"""People: added once, changed by themselves or on their behalf, seen by those who work with them."""

import pytest
from django.core import mail
from django.db import IntegrityError, InternalError, transaction
from django.test import Client

from people.directory import actions as person_actions
from people.models import AccessNeed, Notice, Organisation, Person
from people.needs import actions as need_actions
from programmes.directory.actions import columns
from programmes.models import Role
from tests.factories import a_person, a_programme, a_user, an_administrator, with_role
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stella Staff")


@pytest.fixture
def ann(programme):
    user = a_user("Ann Invented", email="ann@example.org")
    with_role(programme, Role.LIVED_EXPERIENCE, user=user)
    return user


def fields(person, **changed):
    """Return what the browser posts for the form of a person."""
    values = {name: getattr(person, name) for name in person_actions.DETAILS}
    values["organisation"] = person.organisation_id
    values.update(changed)
    return {name: "" if value is None else value for name, value in values.items()}


# Actions


def test_a_person_is_added_as_typed_and_nobody_is_looked_up_by_their_address(staff, ann):
    first = person_actions.add(by=staff, full_name=" Ann Invented ", email="Ann@Example.org", phone=" 01 ")
    assert (first.full_name, first.email, first.phone) == ("Ann Invented", "ann@example.org", "01")
    assert first.pk != ann.person.pk
    assert (first.user, first.joined_at) == (None, None)


def test_a_job_title_is_said_by_its_person_and_a_column_of_the_list(programme, staff, ann, with_second_factor):
    lantern = Organisation.objects.create(name="Lanternlight", kind="charity")
    person_actions.edit(person=ann.person, by=staff, organisation=lantern)
    browser = with_second_factor(ann)
    assert "#id_job_title" in browser.get("/you/").content.decode()
    given = fields(Person.objects.get(pk=ann.person.pk), job_title="Head of peer support")
    browser.post("/you/edit/", given)
    assert "Head of peer support" in browser.get("/you/").content.decode()
    desk = with_second_factor(staff)
    assert "Head of peer support" in desk.get(f"/people/{ann.person.pk}/").content.decode()
    columns.choose(columns=["job_title"], by=staff)
    assert "Head of peer support" in desk.get(f"/programmes/{programme.slug}/people/").content.decode()


def test_a_person_needs_a_name_and_known_details(staff):
    with pytest.raises(ActionError, match="name"):
        person_actions.add(by=staff, full_name=" ")
    with pytest.raises(TypeError):
        person_actions.add(by=staff, full_name="Ann", shoe_size=5)


@pytest.mark.parametrize("channel", ["sms", "phone", "letter"])
def test_a_way_to_reach_somebody_needs_its_address_or_number(staff, channel):
    with pytest.raises(ActionError, match="To reach them"):
        person_actions.add(by=staff, full_name="Ann", email="ann@example.org", channel=channel)


def test_done_on_somebodys_behalf_they_are_told_and_it_says_by_whom(staff, ann):
    person_actions.edit(person=ann.person, by=staff, phone="0123")
    message = Notice.objects.get()
    assert (message.messages.get().to, message.person, message.kind) == (
        "ann@example.org",
        ann.person,
        "details-changed",
    )
    assert "Stella Staff has changed the details we hold about you" in message.text_body
    assert "<h1" in message.html_body


def test_nothing_changed_tells_nobody_and_changing_oneself_neither(staff, ann):
    person_actions.edit(person=ann.person, by=staff, phone="")
    person_actions.edit(person=ann.person, by=ann, phone="0123")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("by", ["staff", "administrator", "ann"])
def test_nobody_writes_another_sign_in_address_into_the_details(staff, ann, by):
    user = {"staff": staff, "administrator": an_administrator(), "ann": ann}[by]
    for address in ("mine@example.org", ""):
        with pytest.raises(ActionError, match="own page") as refused:
            person_actions.edit(person=ann.person, by=user, email=address)
        assert refused.value.field == "email"
    person_actions.edit(person=ann.person, by=user, email="ANN@example.org", phone="0123")


def test_strangers_and_staff_elsewhere_change_nothing(ann):
    for user in (a_user(), with_role(a_programme(), Role.STAFF)):
        with pytest.raises(ActionError):
            person_actions.edit(person=ann.person, by=user, phone="1")
        with pytest.raises(ActionError):
            need_actions.set(person=ann.person, by=user, needs=[("bsl", "")])


def test_access_needs_become_exactly_what_was_said(ann):
    need_actions.set(person=ann.person, by=ann, needs=[("bsl", ""), ("diet", "no  nuts")])
    kept = AccessNeed.objects.get(kind="bsl")
    rows = need_actions.set(person=ann.person, by=ann, needs=[("bsl", ""), ("step_free", ""), ("bsl", "")])
    assert {(row.kind, row.detail) for row in rows} == {("bsl", ""), ("step_free", "")}
    assert AccessNeed.objects.get(kind="bsl").pk == kept.pk


def test_postgres_refuses_two_accounts_people_with_one_address_and_a_nameless_one(ann):
    a_person(email="ann@example.org")
    other = a_person(email="ANN@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(user=a_user())
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(full_name="")


def test_postgres_refuses_a_changed_address_without_its_time(ann):
    with pytest.raises(InternalError), transaction.atomic():
        Person.objects.filter(pk=ann.person.pk).update(email="mine@example.org")


# Pages


def test_who_opens_a_persons_page(programme, staff, ann, with_second_factor):
    address = f"/people/{ann.person.pk}/"
    answers = {
        "owner": with_second_factor(ann).get(address).status_code,
        "staff": with_second_factor(staff).get(address).status_code,
        "finance": with_second_factor(with_role(programme, Role.FINANCE)).get(address).status_code,
        "administrator": with_second_factor(an_administrator()).get(address).status_code,
        "staff elsewhere": with_second_factor(with_role(a_programme(), Role.STAFF)).get(address).status_code,
        "another person": with_second_factor(with_role(programme, Role.LIVED_EXPERIENCE)).get(address).status_code,
        "stranger": with_second_factor(a_user()).get(address).status_code,
        "signed out": Client().get(address).status_code,
    }
    assert answers == {
        "owner": 200,
        "staff": 200,
        "finance": 200,
        "administrator": 200,
        "staff elsewhere": 404,
        "another person": 404,
        "stranger": 404,
        "signed out": 302,
    }


@pytest.mark.parametrize("page", ["edit", "access-needs"])
def test_who_changes_a_person_on_their_behalf(programme, staff, ann, with_second_factor, page):
    address = f"/people/{ann.person.pk}/{page}/"
    assert with_second_factor(staff).get(address).status_code == 200
    assert "on behalf of Ann Invented" in with_second_factor(staff).get(address).text
    assert with_second_factor(an_administrator()).get(address).status_code == 200
    assert with_second_factor(with_role(programme, Role.FINANCE)).get(address).status_code == 403
    assert with_second_factor(with_role(a_programme(), Role.STAFF)).get(address).status_code == 404
    assert with_second_factor(a_user()).post(address, {"full_name": "x"}).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_page_flags_access_needs_for_those_who_plan_days_and_not_for_finance(
    programme, staff, ann, with_second_factor
):
    AccessNeed.objects.create(person=ann.person, kind="diet", detail="no nuts")
    Person.objects.filter(pk=ann.person.pk).update(about="I live with long illness.")
    address = f"/people/{ann.person.pk}/"
    seen = {user: with_second_factor(user).get(address).text for user in (staff, with_role(programme, Role.FINANCE))}
    for user, page in seen.items():
        assert ("Food and drink: no nuts" in page) == (user == staff)
        assert ("I live with long illness." in page) == (user == staff)


def test_staff_change_details_and_the_form_keeps_what_was_typed_when_it_cannot(staff, ann, with_second_factor, worker):
    client, address = with_second_factor(staff), f"/people/{ann.person.pk}/edit/"
    page = client.post(address, fields(ann.person, channel="letter", phone="01632 960999", email="mine@example.org"))
    assert page.status_code == 200
    assert "Error: " in page.text
    assert "enter a postal address" in page.text
    assert 'value="01632 960999"' in page.text
    with worker():
        page = client.post(address, fields(ann.person, phone="01632 960999"), follow=True)
    assert "are changed" in page.text
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    ann.person.refresh_from_db()
    assert ann.person.phone == "+441632960999"
    assert ann.person.history.order_by("-pgh_id")[0].pgh_context.metadata["user"] == staff.pk


def test_history_holds_numbers_and_addresses_of_pages_never_names(staff, ann, with_second_factor):
    with_second_factor(staff).post(f"/people/{ann.person.pk}/edit/", fields(ann.person, phone="01632 960999"))
    metadata = ann.person.history.order_by("-pgh_id")[0].pgh_context.metadata
    assert set(metadata) == {"user", "request_id", "path", "action"}
    assert metadata["action"] == "directory.edit"
    assert len(metadata["request_id"]) >= 8


def test_ones_own_pages_show_and_change_ones_own_details(ann, with_second_factor):
    Organisation.objects.create(name="Invented Charity")
    client = with_second_factor(ann)
    page = client.get("/you/")
    assert "ann@example.org" in page.text
    page = client.post("/you/edit/", fields(ann.person, known_as="Annie", email="sneaky@example.org"), follow=True)
    assert "Your details are saved." in page.text
    ann.person.refresh_from_db()
    assert (ann.person.known_as, ann.person.email) == ("Annie", "ann@example.org")
    assert client.get(f"/people/{ann.person.pk}/edit/")["Location"] == "/you/edit/"
    page = client.post("/you/edit/", fields(ann.person, channel="letter"))
    assert "enter a postal address" in page.text
    assert Client().get("/you/").status_code == 302


def test_ones_own_access_needs(ann, with_second_factor):
    client = with_second_factor(ann)
    page = client.post("/you/access-needs/", {"bsl": "on", "diet_detail": "no nuts"}, follow=True)
    assert "British Sign Language interpreter" in page.text
    assert "Food and drink: no nuts" in page.text, "words without a tick count"
    assert 'name="bsl"' in client.get("/you/access-needs/").text
    assert "checked" in client.get("/you/access-needs/").text
    page = client.post("/you/access-needs/", {"bsl": "on", "bsl_detail": "x" * 301})
    assert "Error: " in page.text
    client.post("/you/access-needs/", {})
    assert not AccessNeed.objects.exists()
