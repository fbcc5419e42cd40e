"""Programmes, partners, roles, groups and terms of office: the verbs."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from people.models import Person
from programmes.groups.actions import terms
from programmes.members import queries as member_queries
from programmes.members.actions import memberships
from programmes.models import Membership, Role, has_role
from tests import factories as make
from tests.helpers.roles import fresh
from wellbeing.lib.errors import ActionError


def test_a_new_person_gets_roles_a_seat_and_their_needs_in_one_go(scene):
    person = memberships.welcome(
        programme=scene.programme,
        by=scene.staff,
        roles=["lived_experience", "finance"],
        group=scene.group,
        seat="lived_experience",
        full_name="Nora New",
        email="nora@example.org",
        needs=[("large_print", "24 point")],
    )
    assert list(person.memberships.values_list("role", flat=True)) == ["lived_experience"]
    assert person.appointments.get().role == "finance"
    assert person.appointments.get().status == "waiting"
    assert person.terms.get().seat == "lived_experience"
    assert str(person.access_needs.get()) == "Large print: 24 point"


def test_nothing_is_kept_when_one_part_of_a_welcome_is_refused(scene):
    with pytest.raises(ActionError):
        memberships.welcome(
            programme=scene.programme,
            by=scene.staff,
            roles=["staff"],
            full_name="Nora New",
            channel="sms",
            email="n@example.org",
        )
    assert not Person.objects.filter(full_name="Nora New").exists()


def test_someone_of_the_programme_is_never_made_twice_nor_changed(scene):
    scene.lived.person.email = scene.lived.email
    person = memberships.welcome(
        programme=scene.programme,
        by=scene.staff,
        roles=["lived_experience"],
        group=scene.group,
        seat="lived_experience",
        full_name="Quite Other",
        email=scene.lived.email.upper(),
        needs=[("bsl", "")],
    )
    assert person == scene.lived.person
    person.refresh_from_db()
    assert person.full_name == "Lena Lived"
    assert not person.access_needs.exists()


def test_someone_of_the_programme_is_found_by_the_address_they_sign_in_with_too(scene):
    user = make.with_role(scene.programme, Role.LIVED_EXPERIENCE, user=make.a_user(email="signin@example.org"))
    make.move_address(user.person, "")
    assert member_queries.known_in(scene.programme, "SIGNIN@example.org") == [user.person]
    assert member_queries.known_in(scene.other, "signin@example.org") == []
    assert member_queries.known_in(scene.programme, "") == []


@pytest.mark.parametrize("role", Role.values[:3])
def test_nobody_of_another_programme_is_given_a_role_without_being_asked(scene, role):
    for person in (scene.stranger.person, scene.elsewhere.person):
        with pytest.raises(ActionError, match="not in this programme"):
            memberships.welcome(programme=scene.programme, by=scene.staff, person=person, roles=[role])
        with pytest.raises(ActionError, match="not in this programme"):
            terms.add(group=scene.group, person=person, seat="partner", by=scene.staff)


def test_a_role_held_already_is_not_given_again(scene):
    with pytest.raises(ActionError) as refusal:
        memberships.add(
            programme=scene.programme, person=scene.lived.person, role=Role.LIVED_EXPERIENCE, by=scene.staff
        )
    assert refusal.value.field == "roles"
    with pytest.raises(ActionError):
        memberships.welcome(
            programme=scene.programme, person=scene.lived.person, roles=["lived_experience"], by=scene.staff
        )


def test_a_role_may_be_given_again_after_it_ended(scene):
    membership = scene.lived.person.memberships.get()
    memberships.end(membership=membership, by=scene.staff)
    memberships.add(programme=scene.programme, person=scene.lived.person, role="lived_experience", by=scene.staff)
    assert scene.lived.person.memberships.count() == 2


@pytest.mark.parametrize("role", ["staff", "finance", "lived_experience"])
def test_nobody_gives_themselves_a_role(scene, role):
    for user in (scene.staff, scene.administrator):
        with pytest.raises(ActionError):
            memberships.welcome(programme=scene.programme, person=user.person, roles=[role], by=user)


def test_a_role_ended_now_is_gone_at_once_even_on_its_first_day(scene, today):
    membership = memberships.add(programme=scene.programme, person=scene.member.person, by=scene.staff)
    assert has_role(fresh(scene.member), scene.programme, Role.LIVED_EXPERIENCE)
    memberships.end(membership=membership, by=scene.staff)
    assert not has_role(fresh(scene.member), scene.programme, Role.LIVED_EXPERIENCE)


def test_a_role_holds_through_its_last_day(scene, today):
    membership = scene.finance.person.memberships.get()
    memberships.end(membership=membership, by=scene.staff, last_day=today)
    assert has_role(fresh(scene.finance), scene.programme, Role.FINANCE)


def test_an_end_may_be_moved_until_it_has_come(scene, today):
    membership = scene.finance.person.memberships.get()
    memberships.end(membership=membership, by=scene.staff, last_day=today + dt.timedelta(days=30))
    memberships.end(membership=membership, by=scene.staff, last_day=today - dt.timedelta(days=1))
    with pytest.raises(ActionError):
        memberships.end(membership=membership, by=scene.staff, last_day=today)


def test_no_role_ends_before_it_began(scene):
    membership = scene.finance.person.memberships.get()
    with pytest.raises(ActionError) as refusal:
        memberships.end(membership=membership, by=scene.staff, last_day=membership.starts_on - dt.timedelta(days=1))
    assert refusal.value.field == "last_day"


def test_the_last_member_of_staff_stays(scene):
    membership = scene.staff.person.memberships.get()
    with pytest.raises(ActionError):
        memberships.end(membership=membership, by=scene.staff)
    make.with_role(scene.programme, Role.STAFF)
    memberships.end(membership=membership, by=scene.staff)
    assert not has_role(fresh(scene.staff), scene.programme, Role.STAFF)


def test_postgres_refuses_two_open_memberships_of_one_role(scene):
    membership = scene.lived.person.memberships.get()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO programmes_membership (person_id, programme_id, role, starts_on) VALUES (%s, %s, %s, %s)",
            [membership.person_id, membership.programme_id, membership.role, membership.starts_on],
        )


def test_every_change_of_a_role_is_in_the_history(scene):
    membership = memberships.add(programme=scene.programme, person=scene.member.person, by=scene.staff)
    memberships.end(membership=membership, by=scene.staff)
    written = Membership.pgh_event_model.objects.filter(pgh_obj_id=membership.pk).order_by("pgh_id")
    names = ["members.memberships.add", "members.memberships.end"]
    assert [row.pgh_context.metadata["action"] for row in written] == names
