"""Deciding: by the rules a proposal was put under, and by no others; the action refuses, and so does Postgres."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from programmes.decisions.actions import deciding, proposing, speaking
from programmes.decisions.queries.standing import Standing
from programmes.models import Decision, Role, Term
from tests import factories as make
from wellbeing.lib.errors import ActionError

from .conftest import answer_all, say

ACTION = {"agreed": "decided", "not_agreed": "not_agreed"}


def record(decision, by, outcome="agreed", **more):
    return deciding.record_outcome(decision=decision, outcome=outcome, reason="For these reasons.", by=by, **more)


def force(decision, board, outcome="agreed", day=None, **more):
    """Write the outcome past the action, as raw SQL would. Raises DatabaseError where Postgres refuses."""
    day = day or timezone.localdate()
    with transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            status=ACTION[outcome],
            outcome=outcome,
            outcome_reason="Forced.",
            decided_on=day,
            recorded_by=board.staff.person,
            **more,
        )
        # Undone, so that the action can be tried as well.
        transaction.set_rollback(True)


def refused(decision, board, outcome="agreed", **more):
    """Refuse the outcome in the action and in the database; return what the action says."""
    with pytest.raises(ActionError) as error:
        record(decision, board.pat, outcome, **more)
    with pytest.raises(DatabaseError):
        force(decision, board, outcome, **more)
    return str(error.value)


# Who took part; whether it is quorate by 4 members, 2 of them with lived experience.
QUORUM = [
    ("lena lotte luca pat pia stan", True),
    ("lena lotte luca pat", True),
    ("lena lotte pat pia", True),
    ("lena lotte luca", False),
    ("lena pat pia stan", False),
    ("pat pia stan", False),
    ("lena", False),
    ("", False),
    ("lena lotte pat stan", True),
    ("luca pat pia stan", False),
]


@pytest.mark.parametrize(("who", "is_quorate"), QUORUM)
@pytest.mark.parametrize("method", ["consent", "gradient", "vote"])
def test_quorum_and_the_lived_experience_minimum_as_worked_by_hand(board, put, method, who, is_quorate):
    decision = put(method, ago=7)
    stance = {"consent": "consent", "gradient": "minor", "vote": "in_favour"}[method]
    say(decision, stance, *(getattr(board, name) for name in who.split()))
    if is_quorate:
        force(decision, board)
        assert record(decision, board.pat).status == "decided"
    else:
        refused(decision, board)


def test_nothing_is_decided_before_the_closing_day_unless_everyone_is_heard(board, put):
    decision = put("vote", ago=3)
    everyone = [board.lena, board.lotte, board.luca, board.pat, board.pia]
    say(decision, "in_favour", *everyone)
    assert "Views are wanted until" in refused(decision, board)
    say(decision, "pass", board.stan)
    force(decision, board)
    assert record(decision, board.pat).outcome == "agreed"


def test_raw_sql_moves_no_closing_day_nearer_and_no_rule_aside(board, put):
    decision = put("vote", days=30, ago=8)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    for change in (
        {"closes_on": timezone.localdate()},
        {"method": "gradient"},
        {"rules": None},
        {"deciding_from": timezone.localdate() - dt.timedelta(days=60)},
        {"title": "Something else"},
        {"status": "gathering"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)
    refused(decision, board)
    with pytest.raises(DatabaseError):
        force(decision, board, day=timezone.localdate() + dt.timedelta(days=40))


def test_an_urgent_decision_names_the_rule_and_is_asked_to_be_confirmed(board, put):
    decision = put("vote", ago=1)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    refused(decision, board)
    force(decision, board, urgency_reason="A lift broke.")
    made = record(decision, board.pat, urgency_reason="A lift broke.")
    again = Decision.objects.get(earlier=made)
    assert (again.relation, again.status, again.method) == ("ratifies", "deciding", "vote")
    assert again.closes_on == again.opened_on + dt.timedelta(days=board.rules.ratify_days)
    # A confirmation waits for its day: it is never urgent itself.
    say(again, "against", board.lena, board.lotte, board.pat, board.pia)
    refused(again, board, "not_agreed", urgency_reason="Now.")


def test_a_reason_for_urgency_is_kept_only_where_it_was_needed(board, put):
    decision = put("vote", ago=7)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    assert not record(decision, board.pat, urgency_reason="Not needed.").was_urgent
    assert not Decision.objects.filter(earlier=decision).exists()


def test_a_group_without_a_rule_for_urgency_waits(board, put):
    plain = make.some_rules(board.group, days_ago=500, quorum=4, lived_experience_minimum=2, open_days=7)
    decision = put("vote", ago=1)
    Decision.objects.filter(pk=decision.pk).update(rules=plain)
    decision.refresh_from_db()
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    refused(decision, board, urgency_reason="A lift broke.")


# Method, stances, whether it is agreed by more than half.
BY_RULE = [
    ("vote", "in_favour in_favour in_favour against", True),
    ("vote", "in_favour in_favour against against", False),
    ("vote", "in_favour abstain abstain abstain", True),
    ("vote", "abstain abstain abstain abstain", False),
    ("vote", "pass pass pass pass in_favour", True),
    ("gradient", "whole_hearted minor reservations dislike", True),
    ("gradient", "whole_hearted minor more_talk more_talk", False),
    ("gradient", "abstain abstain abstain minor", True),
    ("consent", "consent concerns consent abstain", True),
]


@pytest.mark.parametrize(("method", "stances", "agreed"), BY_RULE)
def test_it_is_agreed_by_the_rule_that_was_chosen_and_by_no_other(board, put, method, stances, agreed):
    decision = put(method, ago=7)
    users = [board.lena, board.lotte, board.pat, board.pia, board.stan]
    for user, stance in zip(users, stances.split(), strict=False):
        say(decision, stance, user)
    right, wrong = ("agreed", "not_agreed") if agreed else ("not_agreed", "agreed")
    refused(decision, board, wrong)
    force(decision, board, right)
    assert record(decision, board.pat, right).outcome == right


@pytest.mark.parametrize("method", ["consent", "gradient"])
def test_an_objection_nobody_answered_stops_every_outcome(board, put, method):
    decision = put(method, ago=7)
    stance = "object" if method == "consent" else "serious"
    say(decision, "consent" if method == "consent" else "minor", board.lena, board.lotte, board.pat)
    say(decision, stance, board.pia)
    assert "no answer yet" in refused(decision, board, "agreed")
    refused(decision, board, "not_agreed")


def test_by_consent_an_objection_that_stands_stops_agreement_and_one_that_is_enough_does_not(board, put):
    decision = put("consent", ago=7)
    say(decision, "consent", board.lena, board.lotte, board.pat)
    say(decision, "object", board.pia)
    answer_all(decision, board.pat)
    # The member has five days to say if it is enough.
    refused(decision, board, "agreed")
    objection = decision.objections.get()
    speaking.close_objection(objection=objection, closed_as="stands", by=board.pia)
    refused(decision, board, "agreed")
    force(decision, board, "not_agreed")
    speaking.reply_to_objection(objection=objection, words="And this, too.", by=board.pat)
    speaking.close_objection(objection=objection, closed_as="enough", by=board.pia)
    refused(decision, board, "not_agreed")
    force(decision, board, "agreed")
    assert record(decision, board.pat).outcome == "agreed"


def test_an_answer_that_nobody_speaks_of_for_some_days_no_longer_stops_consent(board, put, today):
    decision = put("consent", ago=7)
    say(decision, "consent", board.lena, board.lotte, board.pat)
    say(decision, "object", board.pia)
    answer_all(decision, board.pat)
    assert not Standing(decision, today + dt.timedelta(days=4)).passes
    assert Standing(decision, today + dt.timedelta(days=5)).passes


def test_by_gradient_dissent_is_overruled_only_once_it_is_answered_and_stays(board, put):
    decision = put("gradient", ago=7)
    say(decision, "minor", board.lena, board.lotte, board.pat)
    say(decision, "veto", board.pia, reason="You will lose the people you do not see.")
    refused(decision, board)
    answer_all(decision, board.pat, "stands")
    assert record(decision, board.pat).outcome == "agreed"
    assert decision.positions.get(stance="veto").reason == "You will lose the people you do not see."


def test_a_reservation_that_asks_for_an_answer_gets_one_first(board, put):
    decision = put("gradient", ago=7)
    say(decision, "minor", board.lena, board.lotte, board.pat)
    say(decision, "reservations", board.pia, wants_answer=True)
    refused(decision, board)
    answer_all(decision, board.pat)
    assert record(decision, board.pat).outcome == "agreed"


def test_changed_words_are_asked_again_and_agreed_as_changed(board, put):
    decision = put("consent", ago=7)
    say(decision, "consent", board.lena, board.lotte, board.pat, board.stan)
    say(decision, "object", board.pia)
    version = proposing.amend(
        decision=decision,
        wording="Changed words.",
        why="Pia is right.",
        answers=decision.objections.all(),
        by=board.pat,
    )
    # Nobody has spoken on the new words.
    refused(decision, board)
    decision.refresh_from_db()
    say(decision, "consent", board.lena, board.lotte, board.pat, board.pia)
    assert decision.objections.get().closed_as == ""
    speaking.close_objection(objection=decision.objections.get(), closed_as="enough", by=board.pia)
    # The words changed today, so there are three days more, unless everyone is heard.
    refused(decision, board)
    say(decision, "consent", board.luca, board.stan)
    with pytest.raises(DatabaseError):
        force(decision, board, "agreed")
    made = record(decision, board.pat)
    assert (made.outcome, made.version_id, made.wording) == ("agreed_with_changes", version.pk, "Changed words.")
    assert {one.version.number for one in decision.positions.select_related("version")} == {1, 2}


def test_a_declared_interest_takes_its_member_out_of_quorum_and_position(board, put):
    decision = put("vote", ago=7)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    proposing.declare_interest(decision=decision, nature="money", outline="I would be paid.", by=board.lotte)
    standing = Standing(decision, timezone.localdate())
    assert board.lotte.person not in [voice.member for voice in standing.voices]
    refused(decision, board)
    with pytest.raises(ActionError):
        say(decision, "against", board.lotte)
    say(decision, "against", board.luca)
    made = record(decision, board.pat)
    assert [one.outline for one in made.declared_interests.all()] == ["I would be paid."]
    assert made.counted_voices.count() == 5


def test_a_deputy_speaks_for_a_member_who_does_not_and_is_never_counted_twice(board, put, today):
    deputy = make.a_user("Della Deputy")
    make.a_seat(board.group, deputy.person, "lived_experience", deputy_for=board.luca.person)
    decision = put("vote", ago=7)
    say(decision, "in_favour", board.lena, board.pat, board.pia)
    refused(decision, board)
    say(decision, "against", deputy)
    standing = Standing(decision, today)
    assert (len(standing.voices), len(standing.heard), standing.against) == (6, 4, 1)
    say(decision, "in_favour", board.luca)
    standing = Standing(decision, today)
    assert (len(standing.heard), standing.support, standing.against) == (4, 4, 0)
    assert decision.positions.count() == 5
    record(decision, board.pat)


def test_a_member_counts_by_their_term_on_the_day_of_the_decision(board, put, today):
    decision = put("vote", ago=7)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    # Renewed since: still heard. Left since: no longer counted, their words are kept.
    Term.objects.filter(person=board.lena.person).update(ends_on=today - dt.timedelta(days=1))
    make.a_seat(board.group, board.lena.person, starts_on=today)
    assert len(Standing(decision, today).heard) == 4
    Term.objects.filter(person=board.lotte.person).update(ends_on=today - dt.timedelta(days=1))
    assert len(Standing(decision, today).heard) == 3
    refused(decision, board)
    assert decision.positions.count() == 4


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decided_on": 1}, "decided_on"),
        ({"decided_on": -30}, "decided_on"),
        ({"review_on": 0}, "review_on"),
        ({"safe_to_try": True}, "review_on"),
    ],
)
def test_an_outcome_has_days_that_make_sense(board, put, today, changes, field):
    decision = put("vote", ago=7)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    values = {
        name: value if isinstance(value, bool) else today + dt.timedelta(days=value) for name, value in changes.items()
    }
    with pytest.raises(ActionError) as refusal:
        record(decision, board.pat, **values)
    assert refusal.value.field == field


def test_a_proposal_can_be_put_off_at_any_time_and_taken_up_again(board, put, today):
    decision = put("vote")
    put_off = record(decision, board.pat, "come_back", review_on=today + dt.timedelta(days=30))
    assert (put_off.status, put_off.outcome) == ("deferred", "come_back")
    again = proposing.propose(
        group=board.group,
        title="Again",
        wording="Words.",
        closes_on=today + dt.timedelta(days=7),
        earlier=put_off,
        relation="follows",
        by=board.lena,
    )
    assert list(put_off.later.all()) == [again]


def test_a_proposal_that_is_talked_over_cannot_be_decided(board, put):
    decision = put("vote", ago=9, status="shaping")
    with pytest.raises(ActionError):
        record(decision, board.pat)


WHO_MAY = ["staff", "lena", "pat"]


@pytest.mark.parametrize("who", ["staff", "lena", "lotte", "pat", "pia", "stan", "lived", "elsewhere"])
def test_the_chairs_and_staff_record_what_was_decided(board, put, who):
    board.lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE, "Liv Lived")
    board.elsewhere = make.with_role(make.a_programme(), Role.STAFF, "Elsie Elsewhere")
    decision = put("vote", ago=7)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    if who in WHO_MAY:
        assert record(decision, getattr(board, who)).status == "decided"
    else:
        with pytest.raises(ActionError):
            record(decision, getattr(board, who))


SQL = {
    "change a view": "UPDATE programmes_position SET reason = 'x' WHERE decision_id = {decision}",
    "take a view away": "DELETE FROM programmes_position WHERE decision_id = {decision}",
    "give a view to someone else": "UPDATE programmes_position SET person_id = {person}, member_id = {person}"
    " WHERE decision_id = {decision}",
    "move a view": "UPDATE programmes_position SET decision_id = {other} WHERE decision_id = {decision}",
    "change the words": "UPDATE programmes_version SET wording = 'x' WHERE decision_id = {decision}",
    "add words": "INSERT INTO programmes_version (decision_id, number, wording, why, written_by_id, asked_on)"
    " VALUES ({decision}, 2, 'x', '', {person}, now())",
    "point at other words": "UPDATE programmes_decision SET version_id ="
    " (SELECT version_id FROM programmes_decision WHERE id = {other}) WHERE id = {decision}",
    "take an objection away": "DELETE FROM programmes_objection WHERE decision_id = {decision}",
    "change an objection": "UPDATE programmes_objection SET words = 'x' WHERE decision_id = {decision}",
    "take an answer away": "DELETE FROM programmes_objectionreply",
    "change an answer": "UPDATE programmes_objectionreply SET words = 'x'",
    "declare an interest": "INSERT INTO programmes_declaredinterest (decision_id, person_id, nature, outline,"
    " in_advance, declared_on, recorded_by_id, taken_back_why)"
    " VALUES ({decision}, {person}, 'money', 'x', true, now(), {person}, '')",
    "count another voice": "INSERT INTO programmes_countedvoice (decision_id, member_id, seat)"
    " VALUES ({decision}, {person}, 'staff')",
    "take a voice away": "DELETE FROM programmes_countedvoice WHERE decision_id = {decision}",
    "change the outcome": "UPDATE programmes_decision SET outcome = 'not_agreed', status = 'not_agreed'"
    " WHERE id = {decision}",
    "change the reason": "UPDATE programmes_decision SET outcome_reason = 'x' WHERE id = {decision}",
    "open it again": "UPDATE programmes_decision SET status = 'deciding', outcome = '', decided_on = NULL"
    " WHERE id = {decision}",
    "delete it": "DELETE FROM programmes_decision WHERE id = {decision}",
    "change the seal": "UPDATE programmes_seal SET digest = repeat('0', 64)",
    "take the seal away": "DELETE FROM programmes_seal",
    "change the rules": "UPDATE programmes_grouprules SET quorum = 1",
}


@pytest.mark.parametrize("attempt", SQL)
def test_postgres_keeps_the_record_of_a_decision_as_it_was_made(board, put, attempt):
    decision, other = put("gradient", ago=7), put("gradient")
    say(decision, "minor", board.lena, board.lotte, board.pat)
    say(decision, "serious", board.pia, reason="No.")
    answer_all(decision, board.pat, "stands")
    record(decision, board.pat)
    sql = SQL[attempt].format(decision=decision.pk, other=other.pk, person=board.stan.person.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("status", ["decided", "not_agreed", "deferred", "withdrawn"])
def test_postgres_takes_no_proposal_that_begins_closed(board, put, status):
    with pytest.raises(DatabaseError), transaction.atomic():
        put("vote", status=status)


def test_a_view_is_only_taken_from_members_in_office_even_by_raw_sql(board, put, today):
    decision = put("vote")
    stranger = make.a_seat(board.group, ends_on=today - dt.timedelta(days=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        make.a_position(decision, stranger, "in_favour")
