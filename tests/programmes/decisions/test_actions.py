"""Decisions: proposing, taking a position, the outcome, and what can never change afterwards."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from programmes.decisions import actions as decision_actions
from programmes.decisions import queries as decision_queries
from programmes.models import Decision, Group, Position, Role, Term
from tests import factories as make
from tests.helpers.threads import at_once
from wellbeing.lib.errors import ActionError

S = Decision.Status


@pytest.fixture
def decision(scene, today):
    return decision_actions.propose(
        group=scene.group,
        title="Pay within ten days",
        wording="We pay everyone within ten working days.",
        closes_on=today + dt.timedelta(days=5),
        by=scene.staff,
    )


def close(decision, status, by):
    if status == S.DECIDED:
        decision_actions.record_outcome(decision=decision, outcome="agreed", reason="Everyone agreed.", by=by)
    elif status == S.WITHDRAWN:
        decision_actions.withdraw(decision=decision, by=by)
    return Decision.objects.get(pk=decision.pk)


ACTIONS = {
    "edit": lambda decision, user: decision_actions.edit(
        decision=decision, title="T", wording="W", closes_on=decision.closes_on, by=user
    ),
    "take_position": lambda decision, user: decision_actions.take_position(decision=decision, stance="minor", by=user),
    "record_outcome": lambda decision, user: decision_actions.record_outcome(
        decision=decision, outcome="agreed", reason="Because.", by=user
    ),
    "withdraw": lambda decision, user: decision_actions.withdraw(decision=decision, by=user),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("status", [S.DECIDED, S.WITHDRAWN])
def test_nothing_is_done_to_a_closed_decision(scene, decision, status, action):
    make.with_role(scene.programme, Role.STEERING, user=scene.staff)
    closed = close(decision, status, scene.staff)
    with pytest.raises(ActionError):
        ACTIONS[action](closed, scene.staff)
    closed.refresh_from_db()
    assert closed.status == status
    assert not closed.positions.exists()


WHO_MAY = {
    "edit": {"staff", "administrator"},
    "take_position": {"member", "chair"},
    "record_outcome": {"staff", "chair", "administrator"},
    "withdraw": {"staff", "administrator"},
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    "who", ["staff", "finance", "lived", "member", "chair", "elsewhere", "stranger", "administrator"]
)
def test_who_may_do_what_to_an_open_decision(scene, decision, action, who):
    user = getattr(scene, who)
    if who in WHO_MAY[action]:
        ACTIONS[action](decision, user)
    else:
        with pytest.raises(ActionError):
            ACTIONS[action](decision, user)


def test_a_member_may_propose_change_and_withdraw_their_own_words(scene, today):
    mine = decision_actions.propose(group=scene.group, title="T", wording="W", closes_on=today, by=scene.member)
    decision_actions.edit(decision=mine, title="T", wording="Better words", closes_on=today, by=scene.member)
    with pytest.raises(ActionError):
        decision_actions.withdraw(decision=mine, by=make.with_role(scene.programme, Role.STEERING))
    assert decision_actions.withdraw(decision=mine, by=scene.member, reason="Not now.").withdrawn_on == today


@pytest.mark.parametrize("who", ["finance", "lived", "elsewhere", "stranger"])
def test_only_staff_and_members_propose(scene, today, who):
    with pytest.raises(ActionError):
        decision_actions.propose(group=scene.group, title="T", wording="W", closes_on=today, by=getattr(scene, who))


def test_proposals_go_to_a_steering_group_with_time_to_answer(scene, today):
    community = Group.objects.create(programme=scene.programme, name="Pain", kind="community")
    with pytest.raises(ActionError) as refusal:
        decision_actions.propose(group=community, title="T", wording="W", closes_on=today, by=scene.staff)
    assert refusal.value.field == "group"
    with pytest.raises(ActionError) as refusal:
        decision_actions.propose(
            group=scene.group, title="T", wording="W", closes_on=today - dt.timedelta(days=1), by=scene.staff
        )
    assert refusal.value.field == "closes_on"


def test_the_seat_comes_from_the_term_and_a_position_may_change_until_the_end(scene, decision):
    decision_actions.take_position(decision=decision, stance="serious", reason=" No. ", by=scene.chair)
    position = decision_actions.take_position(
        decision=decision, stance="minor", reason="Now I can.", named=False, by=scene.chair
    )
    assert (position.seat, position.stance, position.reason, position.named) == (
        "partner",
        "minor",
        "Now I can.",
        False,
    )
    assert decision.positions.count() == 1


def test_a_member_after_or_before_their_term_has_no_say(scene, decision, today):
    Term.objects.filter(person=scene.member.person).update(ends_on=today - dt.timedelta(days=1))
    with pytest.raises(ActionError):
        decision_actions.take_position(decision=decision, stance="minor", by=scene.member)
    Term.objects.filter(person=scene.chair.person).update(starts_on=today + dt.timedelta(days=1))
    with pytest.raises(ActionError):
        decision_actions.take_position(decision=decision, stance="minor", by=scene.chair)


def test_a_member_of_another_group_of_the_programme_has_no_say(scene, decision):
    second = Group.objects.create(programme=scene.programme, name="Second board", kind="steering")
    Term.objects.create(group=second, person=scene.lived.person, seat="partner", starts_on=decision.opened_on)
    with pytest.raises(ActionError):
        decision_actions.take_position(decision=decision, stance="minor", by=scene.lived)
    with pytest.raises(ActionError):
        decision_actions.propose(
            group=scene.group, title="T", wording="W", closes_on=decision.closes_on, by=scene.lived
        )


def test_words_stay_once_a_member_has_spoken(scene, decision):
    decision_actions.edit(
        decision=decision, title="Title", wording="Second words", closes_on=decision.closes_on, by=scene.staff
    )
    decision.refresh_from_db()
    assert [wording for _when, _title, wording in decision_queries.earlier_wordings(decision)] == [
        "We pay everyone within ten working days."
    ]
    decision_actions.take_position(decision=decision, stance="minor", by=scene.member)
    with pytest.raises(ActionError):
        ACTIONS["edit"](decision, scene.staff)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"decided_on": 1}, "decided_on"),
        ({"decided_on": -1}, "decided_on"),
        ({"review_on": 0}, "review_on"),
    ],
)
def test_an_outcome_needs_a_reason_and_days_that_make_sense(scene, decision, today, changes, field):
    values = {"outcome": "agreed", "reason": "Because."} | {
        name: today + dt.timedelta(days=value) if isinstance(value, int) else value for name, value in changes.items()
    }
    with pytest.raises(ActionError) as refusal:
        decision_actions.record_outcome(decision=decision, by=scene.chair, **values)
    assert refusal.value.field == field


def test_dissent_is_counted_and_kept_beside_the_outcome(scene, decision, today):
    decision_actions.take_position(decision=decision, stance="dislike", reason="Too slow.", by=scene.member)
    close(decision, S.DECIDED, scene.chair)
    row = decision_queries.decisions_of(scene.programme, today).get(pk=decision.pk)
    assert (row.spoken, row.silent, row.asked, row.dissent) == (1, 1, 2, 1)
    assert Position.objects.get().reason == "Too slow."


def test_a_member_who_left_after_speaking_still_counts_as_heard(scene, decision, today):
    decision_actions.take_position(decision=decision, stance="minor", by=scene.member)
    Term.objects.filter(person=scene.member.person).update(ends_on=today - dt.timedelta(days=1))
    row = decision_queries.decisions_of(scene.programme, today).get()
    assert (row.spoken, row.silent, row.asked) == (1, 1, 2)


def test_counts_put_each_kind_of_member_side_by_side(scene, decision):
    decision_actions.take_position(decision=decision, stance="minor", by=scene.member)
    decision_actions.take_position(decision=decision, stance="minor", by=scene.chair)
    _seats, rows, totals = decision_queries.counts_by_seat(decision.positions.all())
    assert {label: counts for label, counts, _all in rows}["I agree, with one small change"] == [1, 1, 0]
    assert totals == [1, 1, 0, 2]


SQL = {
    "change a position": "UPDATE programmes_position SET reason = 'x' WHERE decision_id = {decision}",
    "take one away": "DELETE FROM programmes_position WHERE decision_id = {decision}",
    "add one": "INSERT INTO programmes_position (decision_id, person_id, seat, stance, reason, named, given_at)"
    " VALUES ({decision}, {person}, 'partner', 'veto', '', true, now())",
    "move one to an open decision": "UPDATE programmes_position SET decision_id = {other}"
    " WHERE decision_id = {decision}",
    "give one to someone else": "UPDATE programmes_position SET person_id = {person} WHERE decision_id = {decision}",
    "change the outcome": "UPDATE programmes_decision SET outcome = 'not_agreed' WHERE id = {decision}",
    "change the reason": "UPDATE programmes_decision SET outcome_reason = 'x' WHERE id = {decision}",
    "open it again": "UPDATE programmes_decision SET status = 'open', outcome = '', decided_on = NULL,"
    " withdrawn_on = NULL WHERE id = {decision}",
    "delete it": "DELETE FROM programmes_decision WHERE id = {decision}",
}


@pytest.mark.parametrize("attempt", SQL)
@pytest.mark.parametrize("status", [S.DECIDED, S.WITHDRAWN])
def test_postgres_seals_a_closed_decision(scene, decision, today, status, attempt):
    decision_actions.take_position(decision=decision, stance="serious", reason="No.", by=scene.member)
    other = make.a_decision(scene.programme)
    close(decision, status, scene.staff)
    sql = SQL[attempt].format(decision=decision.pk, other=other.pk, person=scene.chair.person.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Position.objects.get().reason == "No."
    assert Decision.objects.get(pk=decision.pk).status == status


@pytest.mark.parametrize(
    "attempt", ["take one away", "move one to an open decision", "give one to someone else", "delete it"]
)
def test_postgres_keeps_positions_of_an_open_decision_where_they_are(scene, decision, attempt):
    decision_actions.take_position(decision=decision, stance="serious", reason="No.", by=scene.member)
    other = make.a_decision(scene.programme)
    sql = SQL[attempt].format(decision=decision.pk, other=other.pk, person=scene.chair.person.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_postgres_keeps_the_words_once_a_member_has_spoken(scene, decision):
    change = f"UPDATE programmes_decision SET wording = 'x' WHERE id = {decision.pk}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    decision_actions.take_position(decision=decision, stance="minor", by=scene.member)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.replace("'x'", "'y'"))


@pytest.mark.django_db(transaction=True)
def test_a_position_and_an_outcome_at_the_same_moment_leave_one_clear_story(scene, decision):
    """Whichever is first, no position is taken after the outcome."""
    position, outcome = at_once(
        lambda: ACTIONS["take_position"](decision, scene.member),
        lambda: ACTIONS["record_outcome"](decision, scene.staff),
    )
    assert not isinstance(outcome, ActionError)
    assert Decision.objects.get(pk=decision.pk).status == S.DECIDED
    assert Position.objects.count() == (0 if isinstance(position, ActionError) else 1)


def test_nobody_learns_by_elimination_who_spoke_without_a_name(scene, decision, client):
    address = reverse("decision", args=[decision.pk])
    client.force_login(scene.staff)
    assert scene.member.person.full_name in client.get(address).text
    decision_actions.take_position(decision=decision, stance="veto", by=scene.chair, named=False)
    page = client.get(address).text
    assert "Not heard from yet" not in page
    assert scene.member.person.full_name not in page
    decision_actions.take_position(decision=decision, stance="veto", by=scene.chair, named=True)
    assert scene.member.person.full_name in client.get(address).text
