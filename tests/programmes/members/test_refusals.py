"""What is refused when people join, are proposed and get roles, and what is said then."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Notice, Person
from programmes.members import contributions, queries
from programmes.members.actions import appointments, joining, memberships
from programmes.models import Joining, Membership, Role, Term
from tests import factories as make
from tests.factories.decisions import a_seat
from tests.helpers.client import page_text, words_of
from wellbeing.lib.errors import ActionError


@pytest.fixture
def added(scene):
    """Somebody whom staff added at an address where nobody signs in."""
    return memberships.welcome(
        programme=scene.programme,
        by=scene.staff,
        roles=["lived_experience"],
        full_name="Nora New",
        email="nora@example.org",
    )


def link_to(person):
    return reverse("joining_link", args=[Joining.objects.get(person=person).key])


def test_a_link_says_once_whether_it_is_them(scene, added):
    browser, place = Client(), link_to(added)
    browser.post(place, {"answer": "yes", "sure": "yes"})
    assert Joining.objects.get(person=added).answer == "yes"
    with pytest.raises(ActionError, match="This has been answered already"):
        joining.decline(joining=Joining.objects.get(person=added), by=None)
    with pytest.raises(ActionError, match="This has been answered already"):
        joining.send_again(joining=Joining.objects.get(person=added), by=scene.staff)


def test_a_record_that_went_into_their_own_is_answered_no_more(scene):
    known = make.a_user("Vera Known")
    record = memberships.add(
        programme=scene.programme, role="lived_experience", by=scene.staff, full_name="V Typed", email=known.email
    ).person
    question = Joining.objects.get(person=record)
    joining.accept(joining=question, by=known)
    with pytest.raises(ActionError, match="This has been answered already"):
        joining.accept(joining=question, by=known)


def test_a_welcome_goes_out_once(scene):
    person = make.a_person("Ivy Imported", email="ivy@example.org")
    question = Joining.objects.create(
        person=person, programme=scene.programme, key="a-key", address=person.email, asked_by=scene.staff.person
    )
    joining.welcome(joining=question, by=scene.staff)
    told = Notice.objects.count()
    assert told
    joining.welcome(joining=question, by=scene.staff)
    assert Notice.objects.count() == told


def test_who_signs_in_says_which_of_the_questions_to_them_they_answer(scene, signed_in):
    known = make.a_user("Vera Known")
    memberships.add(
        programme=scene.programme, role="lived_experience", by=scene.staff, full_name="Wim Other", email=known.email
    )
    client, place = signed_in(known), reverse("joinings")
    for wrong in ("", "x", "999999"):
        assert client.post(place, {"joining": wrong, "answer": "yes"}).status_code == 404
    question = Joining.objects.get(address=known.email)
    assert queries.is_known_by_another_name(question)
    page = words_of(client.post(place, {"joining": question.pk, "answer": "apart"}, follow=True))
    assert "From now on they get a code of their own at your address, and can say yes there." in page
    other = Person.objects.get(full_name="Wim Other")
    assert (other.shares_address, other.user is not None) == (True, True)


def test_who_works_for_a_programme_shares_their_address_with_nobody(scene, signed_in):
    memberships.add(
        programme=scene.other,
        role="lived_experience",
        by=scene.elsewhere,
        full_name="Wim Other",
        email=scene.finance.email,
    )
    question = Joining.objects.get(address=scene.finance.email)
    page = words_of(
        signed_in(scene.finance).post(reverse("joinings"), {"joining": question.pk, "answer": "apart"}, follow=True)
    )
    assert "From now on they get a code" not in page
    assert not Person.objects.get(full_name="Wim Other").shares_address


def test_staff_and_finance_are_proposed_and_never_given(scene):
    with pytest.raises(ActionError, match="Staff and finance are proposed, and somebody else confirms it"):
        memberships.add(programme=scene.programme, person=scene.lived.person, role=Role.STAFF, by=scene.staff)
    with pytest.raises(ActionError, match="Choose what they are to the programme"):
        memberships.welcome(programme=scene.programme, by=scene.staff, roles=[], full_name="Nora New")
    with pytest.raises(ActionError, match="already has this role: Finance"):
        appointments.propose(programme=scene.programme, person=scene.finance.person, role=Role.FINANCE, by=scene.staff)


def test_a_second_role_is_given_on_the_page_and_a_later_end_is_said_with_its_day(scene, signed_in, day):
    client = signed_in(scene.staff)
    place = reverse("membership_new", args=["wow", scene.member.person.pk])
    page = words_of(client.post(place, {"roles": ["lived_experience"]}, follow=True))
    assert "Molly Member has the new role." in page
    role = scene.member.person.memberships.get(role="lived_experience")
    end = {"when": "later", **day("last_day", 30)}
    page = words_of(client.post(reverse("membership_end", args=[role.pk]), end, follow=True))
    assert "Molly Member has this role until 23 December 2026" in page


def test_nobody_but_staff_finance_and_those_concerned_open_a_proposal(scene, signed_in):
    proposal = appointments.propose(
        programme=scene.programme, person=scene.lived.person, role=Role.FINANCE, by=scene.staff
    )
    place = reverse("appointment", args=[proposal.pk])
    assert signed_in(scene.stranger).get(place).status_code == 404
    client = signed_in(scene.finance)
    appointments.refuse(appointment=proposal, by=scene.staff)
    assert client.post(place, {"answer": "confirm"}).status_code in {302, 403}
    assert not Membership.objects.filter(person=scene.lived.person, role=Role.FINANCE).exists()
    assert Client().get(reverse("appointment_link", args=["nothing"])).status_code == 404


def test_an_administrator_gives_nobody_a_right_they_have(scene, signed_in):
    client, place = signed_in(scene.administrator), reverse("creators")
    own = page_text(client.post(place, {"email": scene.administrator.email}))
    assert "As an administrator you can set up programmes already." in own
    first = appointments.give_creator_right(person=scene.staff.person, by=scene.administrator)
    assert appointments.give_creator_right(person=scene.staff.person, by=scene.administrator) == first
    ended = appointments.end_creator_right(right=first, by=scene.administrator)
    assert appointments.end_creator_right(right=first, by=scene.administrator).ended_at == ended.ended_at
    with pytest.raises(ActionError):
        appointments.give_creator_right(person=scene.lived.person, by=scene.staff)


def test_a_seat_that_both_records_hold_is_held_once(scene):
    record = make.a_person("M Typed")
    theirs = a_seat(scene.group, record)
    elsewhere = a_seat(make.a_steering_group(scene.other), record)
    contributions.end_roles_held_twice(record, scene.member.person)
    assert Term.objects.get(pk=theirs.pk).ends_on == theirs.starts_on - dt.timedelta(days=1)
    assert Term.objects.get(pk=elsewhere.pk).ends_on is None


def test_members_of_a_group_are_written_to_by_staff_of_its_programme(scene):
    found = contributions.members_to_write_to(scene.staff, str(scene.group.pk))
    assert (found.title, set(found.people)) == (scene.group.name, {scene.chair.person, scene.member.person})
    assert contributions.members_to_write_to(scene.elsewhere, str(scene.group.pk)) is None
    assert contributions.members_to_write_to(scene.staff, "all") is None
    assert contributions.people_to_write_to(scene.elsewhere, "wow") is None
    assert contributions.colleagues_who_tell("somebody:1") == []


def test_the_page_of_somebody_without_any_part_says_nothing_of_parts(scene):
    assert contributions.roles_of_person(scene.administrator, scene.stranger.person) is None
