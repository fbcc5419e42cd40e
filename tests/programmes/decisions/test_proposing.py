"""Putting proposals forward, shaping them, amending them, and taking them back."""

import datetime as dt

import pytest
from django.utils import timezone

from people.messages.models import Notice
from programmes.decisions.actions import deciding, proposing, speaking
from programmes.models import Decision, Group, Role
from tests import factories as make
from wellbeing.lib.errors import ActionError
from wellbeing.lib.word_changes import changes

from .conftest import say


def propose(board, by, days=7, **more):
    closes_on = timezone.localdate() + dt.timedelta(days=days)
    values = {"title": "Evenings", "wording": "We meet in the evening.", **more}
    return proposing.propose(group=board.group, closes_on=closes_on, by=by, **values)


WHO_PROPOSES = {
    "all": {"staff", "lena", "lotte", "pat"},
    "members": {"lena", "lotte", "pat"},
    "chairs": {"staff", "lena", "pat"},
}


@pytest.mark.parametrize("proposers", WHO_PROPOSES)
@pytest.mark.parametrize("who", ["staff", "lena", "lotte", "pat", "lived", "elsewhere"])
def test_who_may_propose_is_a_rule_of_the_group(board, who, proposers):
    board.lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE)
    board.elsewhere = make.with_role(make.a_programme(), Role.STAFF)
    make.some_rules(board.group, days_ago=1, proposers=proposers)
    if who in WHO_PROPOSES[proposers]:
        assert propose(board, getattr(board, who)).wording == "We meet in the evening."
    else:
        with pytest.raises(ActionError):
            propose(board, getattr(board, who))


@pytest.mark.parametrize(
    ("more", "field"),
    [({"days": 6}, "closes_on"), ({"days": -1}, "closes_on"), ({"method": "lottery"}, "method")],
)
def test_a_proposal_keeps_to_the_rules_of_the_group(board, more, field):
    with pytest.raises(ActionError) as refusal:
        propose(board, board.lena, **more)
    assert refusal.value.field == field


def test_proposals_go_to_a_steering_group_that_has_rules(board):
    community = Group.objects.create(programme=board.programme, name="Pain", kind="community")
    with pytest.raises(ActionError) as refusal:
        proposing.propose(group=community, title="T", wording="W", closes_on=timezone.localdate(), by=board.staff)
    assert "rules" in str(refusal.value)
    make.some_rules(community)
    with pytest.raises(ActionError) as refusal:
        proposing.propose(group=community, title="T", wording="W", closes_on=timezone.localdate(), by=board.staff)
    assert refusal.value.field == "group"


def test_the_members_are_told_and_the_proposer_is_not(board):
    decision = propose(board, board.lena)
    told = Notice.objects.filter(kind="proposal").values_list("person__full_name", flat=True)
    assert sorted(told) == ["Lotte Livedly", "Luca Livedly", "Pat Partnerly", "Pia Partnerly", "Stan Stafferly"]
    assert "We meet in the evening." in Notice.objects.filter(kind="proposal").first().text_body
    assert decision.deciding_from == timezone.localdate()


def test_a_proposal_is_gathered_shaped_and_asked_in_turn(board):
    decision = propose(board, board.lena, stage="gathering")
    with pytest.raises(ActionError):
        say(decision, "minor", board.lotte)
    speaking.think(decision=decision, words="I like it.", matters="Sleep.", by=board.lotte)
    first = proposing.add_option(decision=decision, title="Early", for_it="Awake", by=board.lotte)
    second = proposing.add_option(decision=decision, title="Late", against_it="Dark", by=board.pia)
    both = proposing.add_option(decision=decision, title="At noon", made_from=[first, second], by=board.stan)
    assert {one.title for one in both.made_from.all()} == {"Early", "Late"}
    with pytest.raises(ActionError):
        proposing.add_option(decision=decision, title="Half", made_from=[first], by=board.stan)
    proposing.shape(decision=decision, by=board.lena)
    with pytest.raises(ActionError):
        proposing.ask(decision=decision, closes_on=timezone.localdate() + dt.timedelta(days=6), by=board.lena)
    asked = proposing.ask(decision=decision, closes_on=timezone.localdate() + dt.timedelta(days=7), by=board.lena)
    assert (asked.status, asked.deciding_from) == ("deciding", timezone.localdate())
    with pytest.raises(ActionError):
        proposing.add_option(decision=decision, title="Too late", by=board.stan)
    with pytest.raises(ActionError):
        proposing.shape(decision=decision, by=board.lena)


def test_new_words_keep_the_earlier_view_as_theirs_and_ask_again(board, put):
    decision = put("gradient")
    say(decision, "minor", board.lotte, reason="Fine as it is.")
    with pytest.raises(ActionError) as refusal:
        proposing.amend(decision=decision, wording="Other words.", by=board.pat)
    assert refusal.value.field == "why"
    before = decision.version
    proposing.amend(decision=decision, wording="Other words.", why="Clearer.", by=board.pat)
    decision.refresh_from_db()
    assert decision.wording == "Other words."
    kept = decision.positions.get()
    assert (kept.version, kept.reason) == (before, "Fine as it is.")
    asked = Notice.objects.get(person=board.lotte.person, key__contains=":version:")
    assert "Clearer." in asked.text_body and "Other words." in asked.text_body
    assert not Notice.objects.filter(person=board.luca.person, key__contains=":version:").exists()


def test_a_view_on_words_that_changed_meanwhile_is_not_taken(board, put):
    decision = put("gradient")
    read = decision.version
    proposing.amend(decision=decision, wording="Other words.", why="Clearer.", by=board.pat)
    with pytest.raises(speaking.WordsChangedError):
        speaking.take_position(decision=decision, stance="minor", version=read, by=board.lotte)
    assert not decision.positions.exists()


def test_the_same_words_are_no_amendment_and_only_those_who_shape_it_amend(board, put):
    decision = put("gradient")
    with pytest.raises(ActionError):
        proposing.amend(decision=decision, wording=decision.wording, why="x", by=board.pat)
    for who in (board.lotte, board.stan):
        with pytest.raises(ActionError):
            proposing.amend(decision=decision, wording="Mine", why="x", by=who)


def test_what_stands_around_the_words_changes_until_the_first_view(board, put):
    decision = put("gradient", days=10)
    closes = decision.closes_on
    proposing.edit(decision=decision, title="T", wording="Better", closes_on=closes, cost="£5", by=board.pat)
    decision.refresh_from_db()
    assert (decision.title, decision.wording, decision.cost) == ("T", "Better", "£5")
    with pytest.raises(ActionError) as refusal:
        proposing.edit(decision=decision, title="T", closes_on=closes - dt.timedelta(days=1), by=board.pat)
    assert refusal.value.field == "closes_on"
    say(decision, "minor", board.lotte)
    with pytest.raises(ActionError):
        proposing.edit(decision=decision, title="U", closes_on=closes, by=board.pat)
    assert proposing.extend(decision=decision, closes_on=closes + dt.timedelta(days=3), by=board.pat)
    with pytest.raises(ActionError):
        proposing.extend(decision=decision, closes_on=closes, by=board.pat)


def test_only_who_made_a_proposal_withdraws_it(board, put):
    decision = put("gradient")
    for who in (board.staff, board.lena, board.lotte):
        with pytest.raises(ActionError):
            proposing.withdraw(decision=decision, by=who)
    say(decision, "minor", board.lotte)
    gone = proposing.withdraw(decision=decision, reason="Not now.", by=board.pat)
    assert (gone.status, gone.withdrawn_on, gone.positions.count()) == ("withdrawn", timezone.localdate(), 1)


CLOSED = ["decided", "not_agreed", "deferred", "withdrawn"]
ACTIONS = {
    "edit": lambda d, b: proposing.edit(decision=d, title="T", closes_on=d.closes_on, by=b.pat),
    "amend": lambda d, b: proposing.amend(decision=d, wording="New", why="x", by=b.pat),
    "extend": lambda d, b: proposing.extend(decision=d, closes_on=d.closes_on + dt.timedelta(days=9), by=b.pat),
    "shape": lambda d, b: proposing.shape(decision=d, by=b.pat),
    "ask": lambda d, b: proposing.ask(decision=d, closes_on=d.closes_on + dt.timedelta(days=9), by=b.pat),
    "withdraw": lambda d, b: proposing.withdraw(decision=d, by=b.pat),
    "add_option": lambda d, b: proposing.add_option(decision=d, title="T", by=b.pat),
    "declare_interest": lambda d, b: proposing.declare_interest(decision=d, nature="work", outline="x", by=b.pat),
    "take_position": lambda d, b: speaking.take_position(decision=d, stance="in_favour", by=b.pat),
    "record_position": lambda d, b: speaking.record_position(
        decision=d, member=b.lena.person, stance="in_favour", way="phone", by=b.staff
    ),
    "think": lambda d, b: speaking.think(decision=d, words="x", by=b.pat),
    "ask_question": lambda d, b: speaking.ask_question(decision=d, words="x", by=b.pat),
    "record_outcome": lambda d, b: deciding.record_outcome(decision=d, outcome="agreed", reason="x", by=b.pat),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("status", CLOSED)
def test_nothing_is_done_to_a_closed_decision(board, put, status, action):
    decision = put("vote", ago=7)
    if status == "withdrawn":
        proposing.withdraw(decision=decision, by=board.pat)
    else:
        say(
            decision,
            "against" if status == "not_agreed" else "in_favour",
            board.lena,
            board.lotte,
            board.pat,
            board.pia,
        )
        outcome = {"decided": "agreed", "not_agreed": "not_agreed", "deferred": "come_back"}[status]
        deciding.record_outcome(decision=decision, outcome=outcome, reason="x", by=board.pat)
    closed = Decision.objects.get(pk=decision.pk)
    with pytest.raises(ActionError):
        ACTIONS[action](closed, board)
    closed.refresh_from_db()
    assert closed.status == status


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We meet in the evening.", "We meet in the morning."),
        ("", "New words"),
        ("All gone", ""),
        ("The same", "The same"),
        ("a  b\n\nc", "a b c"),
    ],
)
def test_the_parts_of_a_change_put_together_are_both_texts(before, after):
    parts = changes(before, after)
    assert "".join(part.words for part in parts if part.kind != "gone") == after
    assert "".join(part.words for part in parts if part.kind == "gone") in before


def test_a_change_shows_the_word_that_was_put_in():
    assert [(part.kind, part.words) for part in changes("We meet at noon.", "We meet at ten.")] == [
        ("same", "We meet at "),
        ("gone", "noon."),
        ("new", "ten."),
    ]
