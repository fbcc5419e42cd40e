"""Programmes, partners, roles, groups and terms of office: the verbs."""

import datetime as dt
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from people.models import Organisation, Person
from programmes.groups.actions import groups, terms
from programmes.language import actions as language_actions
from programmes.members import queries as member_queries
from programmes.members.actions import appointments, memberships
from programmes.models import Group, Membership, Programme, Role, Term, has_role
from programmes.programme.actions import partnerships, programmes
from tests import factories as make
from tests.helpers.roles import fresh
from tests.helpers.threads import at_once
from wellbeing.lib.errors import ActionError


def details(**changes):
    values = {
        "name": "Breathing Space",
        "short_code": "bs",
        "funder": "The Invented Fund",
        "starts_on": dt.date(2026, 4, 1),
        "ends_on": dt.date(2029, 3, 31),
        "cost_code": "CC-77",
        "contact_name": "Connie Contact",
        "contact_email": "connie@example.org",
    }
    return values | changes


@pytest.fixture
def creator(scene):
    """The member of staff, to whom an administrator gave the right to set up programmes."""
    appointments.give_creator_right(person=scene.staff.person, by=scene.administrator)
    return scene.staff


def test_somebody_with_the_right_to_set_up_programmes_becomes_staff_of_theirs(scene, creator):
    programme = programmes.create(by=creator, **details())
    assert programme.slug == "breathing-space"
    assert programme.short_code == "BS"
    assert has_role(fresh(scene.staff), programme, Role.STAFF)


def test_an_administrator_becomes_nothing_in_a_programme_they_set_up(scene):
    programme = programmes.create(by=scene.administrator, **details())
    assert not programme.memberships.exists()


def test_a_programme_that_starts_later_already_has_its_staff(scene, creator, today):
    starts, ends = today + dt.timedelta(days=30), today + dt.timedelta(days=400)
    programme = programmes.create(by=creator, **details(starts_on=starts, ends_on=ends))
    assert has_role(fresh(scene.staff), programme, Role.STAFF)


@pytest.mark.parametrize("who", ["staff", "finance", "lived", "member", "stranger"])
def test_only_who_has_the_right_sets_up_a_programme(scene, who):
    with pytest.raises(ActionError):
        programmes.create(by=getattr(scene, who), **details())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "wellbeing our WAY"}, "name"),
        ({"short_code": "TAKEN"}, "short_code"),
        ({"ends_on": dt.date(2026, 4, 1)}, "ends_on"),
    ],
)
def test_what_is_wrong_with_a_programme_is_said_beside_its_field(scene, creator, changes, field):
    Programme.objects.filter(pk=scene.other.pk).update(short_code="TAKEN")
    with pytest.raises(ActionError) as refusal:
        programmes.create(by=creator, **details(**changes))
    assert refusal.value.field == field


@pytest.mark.parametrize("name", ["New", "Creators", "Wow", "???"])
def test_no_programme_takes_an_address_that_is_in_use(creator, name):
    programme = programmes.create(by=creator, **details(name=name))
    assert programme.slug not in {"new", "creators", "wow", ""}


def test_editing_keeps_the_address_and_writes_down_who_did_it(scene):
    programmes.edit(programme=scene.programme, by=scene.staff, name="Wellbeing Their Way")
    scene.programme.refresh_from_db()
    assert scene.programme.slug == "wow"
    last = scene.programme.history.order_by("-pgh_id").first()
    assert last.name == "Wellbeing Their Way"
    assert last.pgh_context.metadata["user"] == scene.staff.pk


@pytest.mark.parametrize("who", ["finance", "lived", "member", "chair", "elsewhere", "stranger"])
def test_only_its_staff_change_a_programme(scene, who):
    user = getattr(scene, who)
    for attempt in (
        lambda: programmes.edit(programme=scene.programme, by=user, name="Mine"),
        lambda: partnerships.add(programme=scene.programme, by=user, name="Mine"),
        lambda: groups.create(programme=scene.programme, by=user, name="Mine", kind="working"),
        lambda: groups.edit(group=scene.group, by=user, name="Mine"),
        lambda: terms.add(group=scene.group, person=scene.lived.person, seat="staff", by=user),
        lambda: terms.end(term=scene.group.terms.first(), by=user),
        lambda: memberships.add(programme=scene.programme, person=scene.member.person, by=user),
        lambda: appointments.propose(programme=scene.programme, person=scene.lived.person, role=Role.STAFF, by=user),
        lambda: memberships.welcome(programme=scene.programme, by=user, roles=["staff"], full_name="Mine"),
        lambda: memberships.end(membership=scene.programme.memberships.first(), by=user),
        lambda: language_actions.add(
            programme=scene.programme, by=user, term="a", replaces="b", agreed_on=dt.date(2026, 1, 1)
        ),
    ):
        with pytest.raises(ActionError):
            attempt()


@pytest.mark.parametrize(
    ("starts", "ends", "on", "year", "years"),
    [
        (dt.date(2025, 4, 1), dt.date(2028, 3, 31), dt.date(2026, 11, 23), 2, 3),
        (dt.date(2025, 4, 1), dt.date(2028, 3, 31), dt.date(2026, 3, 31), 1, 3),
        (dt.date(2025, 4, 1), dt.date(2028, 3, 31), dt.date(2026, 4, 1), 2, 3),
        (dt.date(2025, 4, 1), dt.date(2028, 3, 31), dt.date(2031, 1, 1), 3, 3),
        (dt.date(2025, 4, 1), dt.date(2028, 3, 31), dt.date(2024, 1, 1), 1, 3),
        (dt.date(2024, 2, 29), dt.date(2024, 12, 31), dt.date(2024, 6, 1), 1, 1),
    ],
)
def test_the_year_of_funding_counts_from_the_first_day(monkeypatch, starts, ends, on, year, years):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: on)
    programme = Programme(starts_on=starts, ends_on=ends)
    assert (programme.year_number, programme.years_in_all) == (year, years)


def test_a_partner_known_by_name_is_used_as_it_stands(scene):
    known = Organisation.objects.create(name="Quiet Minds", about="Known already")
    partnership = partnerships.add(programme=scene.programme, by=scene.staff, name=" quiet minds ", about="New words")
    assert partnership.organisation == known
    known.refresh_from_db()
    assert known.about == "Known already"
    with pytest.raises(ActionError):
        partnerships.add(programme=scene.programme, by=scene.staff, name="Quiet Minds")


def test_removing_a_partner_twice_does_no_harm(scene):
    partnership = partnerships.add(programme=scene.programme, by=scene.staff, name="Quiet Minds")
    partnerships.remove(partnership=partnership, by=scene.staff)
    partnerships.remove(partnership=partnership, by=scene.staff)
    assert not scene.programme.partnerships.exists()
    assert Organisation.objects.filter(name="Quiet Minds").exists()


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
    assert member_queries.known_in(scene.programme, "SIGNIN@example.org") == user.person
    assert member_queries.known_in(scene.other, "signin@example.org") is None
    assert member_queries.known_in(scene.programme, "") is None


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


def test_agreed_words_are_on_the_page_once(scene, today):
    words = language_actions.add(
        programme=scene.programme,
        term="People with lived experience",
        replaces="Service users",
        agreed_on=today,
        by=scene.staff,
    )
    with pytest.raises(ActionError) as refusal:
        language_actions.add(
            programme=scene.programme,
            term="people with lived EXPERIENCE",
            replaces="Patients",
            agreed_on=today,
            by=scene.staff,
        )
    assert refusal.value.field == "term"
    language_actions.edit(agreed_term=words, term=words.term, replaces="Patients", agreed_on=today, by=scene.staff)
    words.refresh_from_db()
    assert words.replaces == "Patients"
    with pytest.raises(ActionError) as refusal:
        language_actions.edit(
            agreed_term=words,
            term=words.term,
            replaces="x",
            agreed_on=today + dt.timedelta(days=1),
            by=scene.staff,
        )
    assert refusal.value.field == "agreed_on"


def test_every_change_of_a_role_is_in_the_history(scene):
    membership = memberships.add(programme=scene.programme, person=scene.member.person, by=scene.staff)
    memberships.end(membership=membership, by=scene.staff)
    written = Membership.pgh_event_model.objects.filter(pgh_obj_id=membership.pk).order_by("pgh_id")
    names = ["members.memberships.add", "members.memberships.end"]
    assert [row.pgh_context.metadata["action"] for row in written] == names


def test_a_short_code_another_programme_ever_had_is_not_used_again(scene):
    """Claims and payments of that programme still carry it, and a reference stands for one claim."""
    once = scene.other.short_code
    programmes.edit(programme=scene.other, by=scene.elsewhere, short_code="ONCE")
    with pytest.raises(ActionError, match="Another programme has this short code"):
        programmes.edit(programme=scene.programme, by=scene.staff, short_code=once)
    programmes.edit(programme=scene.other, by=scene.elsewhere, short_code=once)


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
