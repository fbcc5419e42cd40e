"""Programmes, partners, roles, groups and terms of office: the verbs."""

import datetime as dt
import threading
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from people.models import Organisation, Person
from programmes.groups.actions import groups, terms
from programmes.language import actions as language_actions
from programmes.members import queries as member_queries
from programmes.members.actions import appointments, memberships
from programmes.models import Group, Membership, Programme, Role, Term, has_role
from programmes.programme.actions import partnerships, programmes
from tests import factories as make
from tests.programmes.conftest import fresh
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
def creator(world):
    """The member of staff, to whom an administrator gave the right to set up programmes."""
    appointments.give_creator_right(person=world.staff.person, by=world.administrator)
    return world.staff


def test_somebody_with_the_right_to_set_up_programmes_becomes_staff_of_theirs(world, creator):
    programme = programmes.create(by=creator, **details())
    assert programme.slug == "breathing-space"
    assert programme.short_code == "BS"
    assert has_role(fresh(world.staff), programme, Role.STAFF)


def test_an_administrator_becomes_nothing_in_a_programme_they_set_up(world):
    programme = programmes.create(by=world.administrator, **details())
    assert not programme.memberships.exists()


def test_a_programme_that_starts_later_already_has_its_staff(world, creator, today):
    starts, ends = today + dt.timedelta(days=30), today + dt.timedelta(days=400)
    programme = programmes.create(by=creator, **details(starts_on=starts, ends_on=ends))
    assert has_role(fresh(world.staff), programme, Role.STAFF)


@pytest.mark.parametrize("who", ["staff", "finance", "lived", "member", "stranger"])
def test_only_who_has_the_right_sets_up_a_programme(world, who):
    with pytest.raises(ActionError):
        programmes.create(by=getattr(world, who), **details())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "wellbeing our WAY"}, "name"),
        ({"short_code": "TAKEN"}, "short_code"),
        ({"ends_on": dt.date(2026, 4, 1)}, "ends_on"),
    ],
)
def test_what_is_wrong_with_a_programme_is_said_beside_its_field(world, creator, changes, field):
    Programme.objects.filter(pk=world.other.pk).update(short_code="TAKEN")
    with pytest.raises(ActionError) as refusal:
        programmes.create(by=creator, **details(**changes))
    assert refusal.value.field == field


@pytest.mark.parametrize("name", ["New", "Creators", "Wow", "???"])
def test_no_programme_takes_an_address_that_is_in_use(creator, name):
    programme = programmes.create(by=creator, **details(name=name))
    assert programme.slug not in {"new", "creators", "wow", ""}


def test_editing_keeps_the_address_and_writes_down_who_did_it(world):
    programmes.edit(programme=world.programme, by=world.staff, name="Wellbeing Their Way")
    world.programme.refresh_from_db()
    assert world.programme.slug == "wow"
    last = world.programme.history.order_by("-pgh_id").first()
    assert last.name == "Wellbeing Their Way"
    assert last.pgh_context.metadata["user"] == world.staff.pk


@pytest.mark.parametrize("who", ["finance", "lived", "member", "chair", "elsewhere", "stranger"])
def test_only_its_staff_change_a_programme(world, who):
    user = getattr(world, who)
    for attempt in (
        lambda: programmes.edit(programme=world.programme, by=user, name="Mine"),
        lambda: partnerships.add(programme=world.programme, by=user, name="Mine"),
        lambda: groups.create(programme=world.programme, by=user, name="Mine", kind="working"),
        lambda: groups.edit(group=world.group, by=user, name="Mine"),
        lambda: terms.add(group=world.group, person=world.lived.person, seat="staff", by=user),
        lambda: terms.end(term=world.group.terms.first(), by=user),
        lambda: memberships.add(programme=world.programme, person=world.member.person, by=user),
        lambda: appointments.propose(programme=world.programme, person=world.lived.person, role=Role.STAFF, by=user),
        lambda: memberships.welcome(programme=world.programme, by=user, roles=["staff"], full_name="Mine"),
        lambda: memberships.end(membership=world.programme.memberships.first(), by=user),
        lambda: language_actions.add(
            programme=world.programme, by=user, term="a", replaces="b", agreed_on=dt.date(2026, 1, 1)
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


def test_a_partner_known_by_name_is_used_as_it_stands(world):
    known = Organisation.objects.create(name="Quiet Minds", about="Known already")
    partnership = partnerships.add(programme=world.programme, by=world.staff, name=" quiet minds ", about="New words")
    assert partnership.organisation == known
    known.refresh_from_db()
    assert known.about == "Known already"
    with pytest.raises(ActionError):
        partnerships.add(programme=world.programme, by=world.staff, name="Quiet Minds")


def test_removing_a_partner_twice_does_no_harm(world):
    partnership = partnerships.add(programme=world.programme, by=world.staff, name="Quiet Minds")
    partnerships.remove(partnership=partnership, by=world.staff)
    partnerships.remove(partnership=partnership, by=world.staff)
    assert not world.programme.partnerships.exists()
    assert Organisation.objects.filter(name="Quiet Minds").exists()


def test_a_new_person_gets_roles_a_seat_and_their_needs_in_one_go(world):
    person = memberships.welcome(
        programme=world.programme,
        by=world.staff,
        roles=["lived_experience", "finance"],
        group=world.group,
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


def test_nothing_is_kept_when_one_part_of_a_welcome_is_refused(world):
    with pytest.raises(ActionError):
        memberships.welcome(
            programme=world.programme,
            by=world.staff,
            roles=["staff"],
            full_name="Nora New",
            channel="sms",
            email="n@example.org",
        )
    assert not Person.objects.filter(full_name="Nora New").exists()


def test_someone_of_the_programme_is_never_made_twice_nor_changed(world):
    world.lived.person.email = world.lived.email
    person = memberships.welcome(
        programme=world.programme,
        by=world.staff,
        roles=["lived_experience"],
        group=world.group,
        seat="lived_experience",
        full_name="Quite Other",
        email=world.lived.email.upper(),
        needs=[("bsl", "")],
    )
    assert person == world.lived.person
    person.refresh_from_db()
    assert person.full_name == "Lena Lived"
    assert not person.access_needs.exists()


def test_someone_of_the_programme_is_found_by_the_address_they_sign_in_with_too(world):
    user = make.with_role(world.programme, Role.LIVED_EXPERIENCE, user=make.a_user(email="signin@example.org"))
    make.move_address(user.person, "")
    assert member_queries.known_in(world.programme, "SIGNIN@example.org") == user.person
    assert member_queries.known_in(world.other, "signin@example.org") is None
    assert member_queries.known_in(world.programme, "") is None


@pytest.mark.parametrize("role", Role.values[:3])
def test_nobody_of_another_programme_is_given_a_role_without_being_asked(world, role):
    for person in (world.stranger.person, world.elsewhere.person):
        with pytest.raises(ActionError, match="not in this programme"):
            memberships.welcome(programme=world.programme, by=world.staff, person=person, roles=[role])
        with pytest.raises(ActionError, match="not in this programme"):
            terms.add(group=world.group, person=person, seat="partner", by=world.staff)


def test_a_role_held_already_is_not_given_again(world):
    with pytest.raises(ActionError) as refusal:
        memberships.add(
            programme=world.programme, person=world.lived.person, role=Role.LIVED_EXPERIENCE, by=world.staff
        )
    assert refusal.value.field == "roles"
    with pytest.raises(ActionError):
        memberships.welcome(
            programme=world.programme, person=world.lived.person, roles=["lived_experience"], by=world.staff
        )


def test_a_role_may_be_given_again_after_it_ended(world):
    membership = world.lived.person.memberships.get()
    memberships.end(membership=membership, by=world.staff)
    memberships.add(programme=world.programme, person=world.lived.person, role="lived_experience", by=world.staff)
    assert world.lived.person.memberships.count() == 2


@pytest.mark.parametrize("role", ["staff", "finance", "lived_experience"])
def test_nobody_gives_themselves_a_role(world, role):
    for user in (world.staff, world.administrator):
        with pytest.raises(ActionError):
            memberships.welcome(programme=world.programme, person=user.person, roles=[role], by=user)


def test_a_role_ended_now_is_gone_at_once_even_on_its_first_day(world, today):
    membership = memberships.add(programme=world.programme, person=world.member.person, by=world.staff)
    assert has_role(fresh(world.member), world.programme, Role.LIVED_EXPERIENCE)
    memberships.end(membership=membership, by=world.staff)
    assert not has_role(fresh(world.member), world.programme, Role.LIVED_EXPERIENCE)


def test_a_role_holds_through_its_last_day(world, today):
    membership = world.finance.person.memberships.get()
    memberships.end(membership=membership, by=world.staff, last_day=today)
    assert has_role(fresh(world.finance), world.programme, Role.FINANCE)


def test_an_end_may_be_moved_until_it_has_come(world, today):
    membership = world.finance.person.memberships.get()
    memberships.end(membership=membership, by=world.staff, last_day=today + dt.timedelta(days=30))
    memberships.end(membership=membership, by=world.staff, last_day=today - dt.timedelta(days=1))
    with pytest.raises(ActionError):
        memberships.end(membership=membership, by=world.staff, last_day=today)


def test_no_role_ends_before_it_began(world):
    membership = world.finance.person.memberships.get()
    with pytest.raises(ActionError) as refusal:
        memberships.end(membership=membership, by=world.staff, last_day=membership.starts_on - dt.timedelta(days=1))
    assert refusal.value.field == "last_day"


def test_the_last_member_of_staff_stays(world):
    membership = world.staff.person.memberships.get()
    with pytest.raises(ActionError):
        memberships.end(membership=membership, by=world.staff)
    make.with_role(world.programme, Role.STAFF)
    memberships.end(membership=membership, by=world.staff)
    assert not has_role(fresh(world.staff), world.programme, Role.STAFF)


def test_postgres_refuses_two_open_memberships_of_one_role(world):
    membership = world.lived.person.memberships.get()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO programmes_membership (person_id, programme_id, role, starts_on) VALUES (%s, %s, %s, %s)",
            [membership.person_id, membership.programme_id, membership.role, membership.starts_on],
        )


def test_a_group_has_a_name_of_its_own_in_its_programme(world):
    groups.create(programme=world.programme, name="Pain", kind=Group.Kind.COMMUNITY, by=world.staff)
    with pytest.raises(ActionError) as refusal:
        groups.create(programme=world.programme, name="PAIN", kind=Group.Kind.WORKING, by=world.staff)
    assert refusal.value.field == "name"
    with pytest.raises(ActionError):
        groups.edit(group=world.group, name="pain", by=world.staff)
    group = groups.edit(group=world.group, name="Steering group", purpose="To decide.", by=world.staff)
    assert group.purpose == "To decide."


def test_a_term_on_a_steering_group_gives_the_steering_role_and_its_end_takes_it(world):
    term = terms.add(group=world.group, person=world.lived.person, seat="lived_experience", by=world.staff)
    assert has_role(fresh(world.lived), world.programme, Role.STEERING)
    terms.end(term=term, by=world.staff)
    assert not has_role(fresh(world.lived), world.programme, Role.STEERING)


def test_a_term_on_another_kind_of_group_gives_no_role(world):
    group = groups.create(programme=world.programme, name="Pain", kind="community", by=world.staff)
    make.of_programme(world.programme, world.stranger.person)
    terms.add(group=group, person=world.stranger.person, seat="lived_experience", by=world.staff)
    assert not has_role(fresh(world.stranger), world.programme, *Role)


@pytest.mark.parametrize(
    ("starts", "ends"), [(0, None), (-50, None), (-500, None), (-110, -90), (-500, -100), (5, 10), (10, None)]
)
def test_terms_of_one_person_on_one_group_never_meet(world, today, starts, ends):
    def day(offset):
        return None if offset is None else today + dt.timedelta(days=offset)

    with pytest.raises(ActionError) as refusal:
        terms.add(
            group=world.group,
            person=world.chair.person,
            seat="partner",
            by=world.staff,
            starts_on=day(starts),
            ends_on=day(ends),
        )
    assert refusal.value.field == "person"


def test_a_term_before_another_is_allowed_and_may_not_grow_into_it(world, today):
    def day(offset):
        return today + dt.timedelta(days=offset)

    first = terms.add(
        group=world.group,
        person=world.lived.person,
        seat="partner",
        by=world.staff,
        starts_on=day(-10),
        ends_on=day(10),
    )
    terms.add(group=world.group, person=world.lived.person, seat="partner", by=world.staff, starts_on=day(20))
    with pytest.raises(ActionError):
        terms.end(term=first, by=world.staff, last_day=day(20))
    terms.end(term=first, by=world.staff, last_day=day(19))


def test_a_term_may_not_end_before_it_begins(world, today):
    with pytest.raises(ActionError) as refusal:
        terms.add(
            group=world.group,
            person=world.lived.person,
            seat="partner",
            by=world.staff,
            starts_on=today,
            ends_on=today - dt.timedelta(days=1),
        )
    assert refusal.value.field == "ends_on"


def test_an_ended_term_is_not_ended_again(world, today):
    term = Term.objects.get(person=world.chair.person)
    terms.end(term=term, by=world.staff)
    with pytest.raises(ActionError):
        terms.end(term=term, by=world.staff, last_day=today)


def test_agreed_words_are_on_the_page_once(world, today):
    words = language_actions.add(
        programme=world.programme,
        term="People with lived experience",
        replaces="Service users",
        agreed_on=today,
        by=world.staff,
    )
    with pytest.raises(ActionError) as refusal:
        language_actions.add(
            programme=world.programme,
            term="people with lived EXPERIENCE",
            replaces="Patients",
            agreed_on=today,
            by=world.staff,
        )
    assert refusal.value.field == "term"
    language_actions.edit(agreed_term=words, term=words.term, replaces="Patients", agreed_on=today, by=world.staff)
    words.refresh_from_db()
    assert words.replaces == "Patients"
    with pytest.raises(ActionError) as refusal:
        language_actions.edit(
            agreed_term=words,
            term=words.term,
            replaces="x",
            agreed_on=today + dt.timedelta(days=1),
            by=world.staff,
        )
    assert refusal.value.field == "agreed_on"


def test_every_change_of_a_role_is_in_the_history(world):
    membership = memberships.add(programme=world.programme, person=world.member.person, by=world.staff)
    memberships.end(membership=membership, by=world.staff)
    written = Membership.pgh_event_model.objects.filter(pgh_obj_id=membership.pk).order_by("pgh_id")
    names = ["members.memberships.add", "members.memberships.end"]
    assert [row.pgh_context.metadata["action"] for row in written] == names


def test_a_short_code_another_programme_ever_had_is_not_used_again(world):
    """Claims and payments of that programme still carry it, and a reference stands for one claim."""
    once = world.other.short_code
    programmes.edit(programme=world.other, by=world.elsewhere, short_code="ONCE")
    with pytest.raises(ActionError, match="Another programme has this short code"):
        programmes.edit(programme=world.programme, by=world.staff, short_code=once)
    programmes.edit(programme=world.other, by=world.elsewhere, short_code=once)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_giving_the_same_person_the_same_seat_at_once_wait_for_each_other():
    programme = make.a_programme()
    group = make.a_steering_group(programme)
    staff = [make.with_role(programme, Role.STAFF) for _n in range(2)]
    for _round in range(5):
        person, barrier, problems = make.of_programme(programme), threading.Barrier(2), []

        def press(work, barrier=barrier, problems=problems):
            try:
                barrier.wait(timeout=20)
                work()
            except ActionError:
                pass
            except DatabaseError as error:
                problems.append(error)
            finally:
                connections.close_all()

        works = [
            partial(
                memberships.welcome,
                programme=programme,
                by=staff[0],
                person=person,
                roles=[Role.LIVED_EXPERIENCE],
                group=group,
                seat="partner",
            ),
            partial(terms.add, group=group, person=person, seat="partner", by=staff[1]),
        ]
        threads = [threading.Thread(target=press, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert not problems
        assert Term.objects.filter(group=group, person=person).count() == 1


@pytest.mark.django_db
def test_nobody_seats_themselves_on_a_steering_group():
    programme = make.a_programme()
    staff = make.with_role(programme, Role.STAFF)
    with pytest.raises(ActionError, match="Ask a colleague"):
        terms.add(group=make.a_steering_group(programme), person=staff.person, seat=Term.Seat.STAFF, by=staff)
    assert not Term.objects.exists()
