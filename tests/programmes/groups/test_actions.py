"""Groups, and the terms of their members."""

import datetime as dt
from functools import partial

import pytest

from programmes.groups.actions import groups, terms
from programmes.members.actions import memberships
from programmes.models import Group, Role, Term, has_role
from tests import factories as make
from tests.helpers.roles import fresh
from tests.helpers.threads import at_once
from wellbeing.lib.errors import ActionError


def test_a_group_has_a_name_of_its_own_in_its_programme(scene):
    groups.create(programme=scene.programme, name="Pain", kind=Group.Kind.COMMUNITY, by=scene.staff)
    with pytest.raises(ActionError) as refusal:
        groups.create(programme=scene.programme, name="PAIN", kind=Group.Kind.WORKING, by=scene.staff)
    assert refusal.value.field == "name"
    with pytest.raises(ActionError):
        groups.edit(group=scene.group, name="pain", by=scene.staff)
    group = groups.edit(group=scene.group, name="Steering group", purpose="To decide.", by=scene.staff)
    assert group.purpose == "To decide."


def test_a_term_on_a_steering_group_gives_the_steering_role_and_its_end_takes_it(scene):
    term = terms.add(group=scene.group, person=scene.lived.person, seat="lived_experience", by=scene.staff)
    assert has_role(fresh(scene.lived), scene.programme, Role.STEERING)
    terms.end(term=term, by=scene.staff)
    assert not has_role(fresh(scene.lived), scene.programme, Role.STEERING)


def test_a_term_on_another_kind_of_group_gives_no_role(scene):
    group = groups.create(programme=scene.programme, name="Pain", kind="community", by=scene.staff)
    make.of_programme(scene.programme, scene.stranger.person)
    terms.add(group=group, person=scene.stranger.person, seat="lived_experience", by=scene.staff)
    assert not has_role(fresh(scene.stranger), scene.programme, *Role)


@pytest.mark.parametrize(
    ("starts", "ends"), [(0, None), (-50, None), (-500, None), (-110, -90), (-500, -100), (5, 10), (10, None)]
)
def test_terms_of_one_person_on_one_group_never_meet(scene, today, starts, ends):
    def day(offset):
        return None if offset is None else today + dt.timedelta(days=offset)

    with pytest.raises(ActionError) as refusal:
        terms.add(
            group=scene.group,
            person=scene.chair.person,
            seat="partner",
            by=scene.staff,
            starts_on=day(starts),
            ends_on=day(ends),
        )
    assert refusal.value.field == "person"


def test_a_term_before_another_is_allowed_and_may_not_grow_into_it(scene, today):
    def day(offset):
        return today + dt.timedelta(days=offset)

    first = terms.add(
        group=scene.group,
        person=scene.lived.person,
        seat="partner",
        by=scene.staff,
        starts_on=day(-10),
        ends_on=day(10),
    )
    terms.add(group=scene.group, person=scene.lived.person, seat="partner", by=scene.staff, starts_on=day(20))
    with pytest.raises(ActionError):
        terms.end(term=first, by=scene.staff, last_day=day(20))
    terms.end(term=first, by=scene.staff, last_day=day(19))


def test_a_term_may_not_end_before_it_begins(scene, today):
    with pytest.raises(ActionError) as refusal:
        terms.add(
            group=scene.group,
            person=scene.lived.person,
            seat="partner",
            by=scene.staff,
            starts_on=today,
            ends_on=today - dt.timedelta(days=1),
        )
    assert refusal.value.field == "ends_on"


def test_an_ended_term_is_not_ended_again(scene, today):
    term = Term.objects.get(person=scene.chair.person)
    terms.end(term=term, by=scene.staff)
    with pytest.raises(ActionError):
        terms.end(term=term, by=scene.staff, last_day=today)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_giving_the_same_person_the_same_seat_at_once_wait_for_each_other():
    programme = make.a_programme()
    group = make.a_steering_group(programme)
    staff = [make.with_role(programme, Role.STAFF) for _n in range(2)]
    for _round in range(5):
        person = make.of_programme(programme)
        welcome = partial(
            memberships.welcome,
            programme=programme,
            by=staff[0],
            person=person,
            roles=[Role.LIVED_EXPERIENCE],
            group=group,
            seat="partner",
        )
        at_once(welcome, partial(terms.add, group=group, person=person, seat="partner", by=staff[1]))
        assert Term.objects.filter(group=group, person=person).count() == 1


@pytest.mark.django_db
def test_nobody_seats_themselves_on_a_steering_group():
    programme = make.a_programme()
    staff = make.with_role(programme, Role.STAFF)
    with pytest.raises(ActionError, match="Ask a colleague"):
        terms.add(group=make.a_steering_group(programme), person=staff.person, seat=Term.Seat.STAFF, by=staff)
    assert not Term.objects.exists()
