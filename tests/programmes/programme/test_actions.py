"""Setting up and changing a programme, its years of funding and its partners."""

import datetime as dt

import pytest

from people.models import Organisation
from programmes.groups.actions import groups, terms
from programmes.language import actions as language_actions
from programmes.members.actions import appointments, memberships
from programmes.models import Programme, Role, has_role
from programmes.programme.actions import partnerships, programmes
from tests.helpers.roles import fresh
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
        # Their own seat is theirs to give up.
        lambda: terms.end(term=scene.group.terms.exclude(person=user.person).first(), by=user),
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


def test_a_short_code_another_programme_ever_had_is_not_used_again(scene):
    """Claims and payments of that programme still carry it, and a reference stands for one claim."""
    once = scene.other.short_code
    programmes.edit(programme=scene.other, by=scene.elsewhere, short_code="ONCE")
    with pytest.raises(ActionError, match="Another programme has this short code"):
        programmes.edit(programme=scene.programme, by=scene.staff, short_code=once)
    programmes.edit(programme=scene.other, by=scene.elsewhere, short_code=once)
