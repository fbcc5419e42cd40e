"""Tests: what programmes adds to the people app: the worklist, the header, who sees whom, who needs a second factor."""

import datetime as dt

import pytest
from django.urls import reverse

from people.accounts.rules import needs_second_factor
from people.directory.rules import can_edit_person
from people.models import Person
from programmes import contributions, registry
from programmes.decisions import contributions as decision_contributions
from programmes.decisions.actions import speaking as decision_actions
from programmes.groups import contributions as group_contributions
from programmes.groups.actions import terms
from programmes.models import Programme, Role, Term
from tests import factories as make
from tests.helpers.roles import fresh


def labels(user, programme=None):
    return [str(link.label) for link in contributions.navigation(user, programme)]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("lived", ["Decisions", "You said, we did", "Our agreed language"]),
        ("member", ["Dashboard", "Decisions", "You said, we did", "4Pi reviews", "Our agreed language"]),
        ("finance", ["Overview", "People", "Groups", "Decisions", "You said, we did"]),
        ("staff", ["Overview", "People", "Groups", "Dashboard", "Decisions", "You said, we did", "4Pi reviews"]),
        ("administrator", ["Programmes"]),
        ("stranger", []),
    ],
)
def test_the_header_offers_only_what_serves_its_reader(scene, who, expected):
    assert labels(getattr(scene, who)) == expected


def test_with_several_programmes_the_header_leads_to_the_list_and_into_the_one_at_hand(scene):
    make.with_role(scene.other, Role.LIVED_EXPERIENCE, user=scene.lived)
    user = fresh(scene.lived)
    assert labels(user) == ["Programmes"]
    assert labels(user, scene.programme) == ["Programmes", "Decisions", "You said, we did", "Our agreed language"]


def test_the_header_adds_nothing_of_a_programme_the_reader_is_not_in(scene):
    assert "Overview" not in labels(scene.stranger, scene.programme)


def test_a_member_is_asked_for_their_view_until_they_gave_it(scene, today):
    soon = make.a_decision(scene.programme, title="Soon", closes_on=today + dt.timedelta(days=1))
    make.a_decision(scene.programme, title="Later", closes_on=today + dt.timedelta(days=9))
    tasks = decision_contributions.positions_to_give(scene.member)
    assert [(task.title, task.urgent) for task in tasks] == [
        ("Say what you think: Soon", True),
        ("Say what you think: Later", False),
    ]
    decision_actions.take_position(decision=soon, stance="minor", by=scene.member)
    assert len(decision_contributions.positions_to_give(scene.member)) == 1
    assert decision_contributions.positions_to_give(scene.lived) == []
    assert decision_contributions.positions_to_give(scene.staff) == []


def test_staff_are_told_of_proposals_past_their_last_day(scene, today):
    make.a_decision(
        scene.programme,
        title="Forgotten",
        opened_on=today - dt.timedelta(days=20),
        closes_on=today - dt.timedelta(days=1),
    )
    make.a_decision(scene.programme, title="Last day today", closes_on=today)
    assert [task.title for task in decision_contributions.outcomes_to_record(scene.staff)] == [
        "Record what was decided: Forgotten"
    ]
    for user in (scene.member, scene.finance, scene.elsewhere):
        assert decision_contributions.outcomes_to_record(user) == []


@pytest.mark.parametrize(("days", "told"), [(0, True), (60, True), (61, False), (-1, False)])
def test_staff_are_told_60_days_before_a_term_ends(scene, today, days, told):
    Term.objects.filter(person=scene.chair.person).update(ends_on=today + dt.timedelta(days=days))
    assert bool(group_contributions.terms_to_renew(scene.staff)) == told
    assert group_contributions.terms_to_renew(scene.finance) == []


def test_nobody_is_told_of_a_term_that_is_followed_by_another(scene, today):
    Term.objects.filter(person=scene.chair.person).update(ends_on=today + dt.timedelta(days=5))
    terms.add(
        group=scene.group,
        person=scene.chair.person,
        seat="partner",
        by=scene.staff,
        starts_on=today + dt.timedelta(days=6),
    )
    assert group_contributions.terms_to_renew(scene.staff) == []


@pytest.mark.parametrize(
    ("who", "needs"),
    [
        ("staff", True),
        ("finance", True),
        ("lived", False),
        ("member", False),
        ("stranger", False),
        ("administrator", True),
    ],
)
def test_who_needs_a_second_factor(scene, who, needs):
    assert needs_second_factor(getattr(scene, who)) == needs


@pytest.mark.parametrize(
    ("who", "sees", "edits"),
    [
        ("staff", True, True),
        ("finance", True, False),
        ("member", False, False),
        ("elsewhere", False, False),
        ("stranger", False, False),
        ("administrator", True, True),
    ],
)
def test_who_sees_and_who_changes_a_person(scene, who, sees, edits):
    user, person = getattr(scene, who), scene.lived.person
    assert Person.objects.visible_to(user).filter(pk=person.pk).exists() == sees
    assert bool(can_edit_person(user, person)) == edits


def test_staff_still_see_but_no_longer_change_someone_who_left(scene, today):
    scene.lived.person.memberships.update(ends_on=today - dt.timedelta(days=1))
    assert Person.objects.visible_to(scene.staff).filter(pk=scene.lived.person.pk).exists()
    assert not can_edit_person(scene.staff, scene.lived.person)


def test_panels_of_the_apps_above_stand_on_the_programmes_page_in_their_order(scene, monkeypatch):
    from people.registry import Panel

    late, early = Panel("late.html", {}, order=90), Panel("early.html", {}, order=10)
    monkeypatch.setattr(
        registry, "programme_panels", [lambda user, programme: late, lambda user, programme: None, lambda u, p: early]
    )
    assert registry.panels_for(scene.staff, scene.programme) == [early, late]


def test_the_home_page_shows_the_worklist(scene, signed_in):
    make.a_decision(scene.programme, title="Meet in the evening")
    page = signed_in(scene.member).get(reverse("home")).content.decode()
    assert "Say what you think: Meet in the evening" in page


def test_programmes_are_visible_by_any_role_and_only_then(scene):
    assert set(Programme.objects.visible_to(scene.lived)) == {scene.programme}
    assert set(Programme.objects.visible_to(scene.administrator)) == {scene.programme, scene.other}
    assert not Programme.objects.visible_to(scene.stranger)
