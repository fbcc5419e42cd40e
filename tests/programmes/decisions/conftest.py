"""A steering group with members of each kind and rules that ask for something."""

import datetime as dt
from types import SimpleNamespace

import pytest

from programmes.decisions.actions import speaking
from programmes.models import Group, Role
from tests import factories as make
from tests.helpers.shared import Shared

RULES = {"quorum": 4, "lived_experience_minimum": 2, "open_days": 7, "amended_days": 3, "answer_days": 5}


def a_board():
    """A programme whose group has three members with lived experience, two of partners, one of staff."""
    programme = make.a_programme("Wellbeing Our Way", slug="wow")
    staff = make.with_role(programme, Role.STAFF, "Stella Staffordly")
    group = Group.objects.create(programme=programme, kind="steering", name="Steering group")
    rules = make.some_rules(group, urgency_rule="Where somebody would come to harm.", **RULES)
    users = {}
    for name, seat, office in (
        ("Lena Livedly", "lived_experience", "co_chair"),
        ("Lotte Livedly", "lived_experience", "member"),
        ("Luca Livedly", "lived_experience", "member"),
        ("Pat Partnerly", "partner", "chair"),
        ("Pia Partnerly", "partner", "member"),
        ("Stan Stafferly", "staff", "member"),
    ):
        user = make.a_user(name)
        make.a_seat(group, user.person, seat, office=office)
        users[name.split()[0].lower()] = user
    return SimpleNamespace(programme=programme, staff=staff, group=group, rules=rules, **users)


@pytest.fixture(scope="session")
def _board(django_db_setup, django_db_blocker):
    yield from Shared.for_session("_board", a_board, django_db_blocker)


@pytest.fixture
def board(_board, db):
    return _board.copy()


@pytest.fixture
def put(board, today):
    """Put a proposal to the board: `put(method="vote", days=7, ago=0)` -> Decision, asked `ago` days ago."""

    def put_one(method="consent", days=7, ago=0, **fields):
        return make.a_decision(
            board.programme,
            group=board.group,
            rules=board.rules,
            method=method,
            opened_on=today - dt.timedelta(days=ago),
            closes_on=today + dt.timedelta(days=days - ago),
            proposed_by=board.pat.person,
            **fields,
        )

    return put_one


def say(decision, stance, *users, reason="Invented words.", **more):
    """Take the same position for each of `users`."""
    return [speaking.take_position(decision=decision, stance=stance, reason=reason, by=user, **more) for user in users]


def answer_all(decision, by, closed_as=""):
    """Answer every objection to `decision`, and perhaps close each as the member who raised it."""
    for objection in decision.objections.filter(closed_as=""):
        speaking.reply_to_objection(objection=objection, words="Because of this.", by=by)
        if closed_as:
            speaking.close_objection(objection=objection, closed_as=closed_as, by=objection.person.user)
