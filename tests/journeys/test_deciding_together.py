"""A steering group decides: by consent with an objection, by gradient with dissent, sooner than usual, and again later.

In a real browser: members on their phones, the chair and staff at a desk.
"""

import datetime as dt
import re
import time
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import Decision, DecisionDraft, Group, Objection, Role
from tests import factories as make
from tests.programmes.decisions.conftest import answer_all, say

from .conftest import PHONE


@pytest.fixture
def board(transactional_db):
    """A programme whose group has rules, a chair, and members of each kind."""
    programme = make.a_programme("Wellbeing Invented", slug="invented")
    group = Group.objects.create(programme=programme, kind="steering", name="Steering group")
    rules = make.some_rules(
        group,
        quorum=3,
        lived_experience_minimum=1,
        urgency_rule="Where somebody would come to harm.",
        ratify_days=14,
        open_days=7,
        methods=["consent", "gradient", "vote"],
    )
    users = {}
    for name, seat, office in (
        ("Carla Chairly", "lived_experience", "chair"),
        ("Lena Livedly", "lived_experience", "member"),
        ("Luca Livedly", "lived_experience", "member"),
        ("Pia Partnerly", "partner", "member"),
    ):
        user = make.a_user(name)
        make.a_seat(group, user.person, seat, office=office)
        users[name.split()[0].lower()] = user
    staff = make.with_role(programme, Role.STAFF, "Stella Staffordly")
    return SimpleNamespace(programme=programme, group=group, rules=rules, staff=staff, **users)


def a_proposal(board, ago=0, days=7, **fields):
    today = timezone.localdate()
    return make.a_decision(
        board.programme,
        group=board.group,
        rules=board.rules,
        proposed_by=board.carla.person,
        opened_on=today - dt.timedelta(days=ago),
        closes_on=today - dt.timedelta(days=ago) + dt.timedelta(days=days),
        **fields,
    )


def page_of(decision):
    return reverse("decision", args=[decision.pk])


def words_are_kept(member, decision):
    """The battery of `member` dies while they type, and later they leave the page at once: nothing is lost."""
    words = member.page.get_by_label("In your own words")
    words.press_sequentially("The last")
    member.page.get_by_text("Kept. Nobody else can read it").wait_for()
    words.press_sequentially(" bus")
    member.go("/")
    for _tenth in range(50):
        if DecisionDraft.objects.get(decision=decision).fields["reason"] == ["The last bus"]:
            break
        time.sleep(0.1)
    member.click("link", "Go on writing: Meet in the evening")
    member.click("link", "Go on writing")
    member.sees("We kept what you were writing on “Meet in the evening”")
    assert member.page.get_by_label("In your own words").input_value() == "The last bus"
    assert member.page.get_by_label("I object").is_checked()


def test_an_objection_is_met_by_new_words_and_everyone_is_asked_again(board, at_work):
    chair, lena = at_work(board.carla), at_work(board.lena, PHONE)
    chair.go("/programmes/invented/decisions/new/")
    chair.fill("The proposal in a few words", "Meet in the evening")
    chair.page.get_by_label("The proposal", exact=True).fill("We meet at seven in the evening.")
    chair.choose("By consent")
    chair.fill_date("When do you want views by?", timezone.localdate() + dt.timedelta(days=3))
    chair.click("button", "Send to the group")
    chair.sees("By the rules of this group a proposal is open for 7 days at least")
    chair.fill_date("When do you want views by?", timezone.localdate() + dt.timedelta(days=7))
    chair.click("button", "Send to the group")
    decision = Decision.objects.get()

    lena.go("/")
    lena.click("link", "Say what you think: Meet in the evening")
    lena.click("link", "Give your view")
    lena.choose("I object")
    lena.click("button", "Save my view")
    lena.sees("Say in your own words what you object to")
    words_are_kept(lena, decision)
    lena.fill("In your own words", "The last bus goes at six.")
    lena.click("button", "Save my view")
    lena.sees("The last bus goes at six.", "No answer yet")
    assert not DecisionDraft.objects.exists()

    say(decision, "consent", board.luca, board.pia)
    chair.go("/")
    chair.click("link", "Answer an objection: Meet in the evening")
    chair.sees("Before the group can decide")
    chair.click("link", "Answer by changing the words")
    chair.page.get_by_label("The proposal", exact=True).fill("We meet at four in the afternoon.")
    chair.fill("Why do the words change?", "Lena is right about the bus.")
    chair.choose("The last bus goes at six.")
    chair.click("button", "Put in the new wording")
    chair.sees("Lena is right about the bus.")
    chair.open("Earlier wording, and what was said of it")
    chair.sees("taken out: seven put in: four", "taken out: evening. put in: afternoon.")

    lena.go("/")
    lena.click("link", "Is the answer enough for you?")
    lena.click("link", "Say if that is enough")
    lena.choose("That is enough for me")
    lena.click("button", "Save")
    lena.sees("The wording has changed. Please say what you think of it as it is now.")
    lena.click("link", "Give your view")
    lena.choose("I have no objection")
    lena.click("button", "Save my view")
    decision.refresh_from_db()
    say(decision, "consent", board.luca, board.pia)
    say(decision, "pass", board.carla, reason="")

    chair.go(page_of(decision))
    chair.click("link", "Record the outcome")
    chair.sees("By the group's rule it is agreed as things are.")
    chair.choose("Agreed", exact=True)
    chair.fill("Why?", "Everybody can come at four.")
    chair.click("button", "Record the outcome")
    chair.sees("Agreed with changes", "Sealed as number 1")
    lena.go(page_of(decision))
    lena.sees("Agreed with changes", "Enough for the member")
    chair.nothing_was_wrong()
    lena.nothing_was_wrong()


def test_closing_early_is_refused_and_dissent_stays_beside_a_conflicted_member(board, at_work):
    chair, luca, staff = at_work(board.carla), at_work(board.luca, PHONE), at_work(board.staff)
    decision = a_proposal(board, ago=5, method="gradient", title="Weekdays only", wording="We meet on weekdays.")
    luca.go(page_of(decision))
    luca.click("link", "Declare an interest in this")
    luca.choose("Work")
    luca.fill("Tell us in a few words", "I sit on the board of the hall.")
    luca.click("button", "Declare it")
    luca.sees("You declared an interest, so you take no part in this decision.")
    say(decision, "minor", board.carla, board.lena)
    chair.go(page_of(decision))
    chair.click("link", "Record the outcome")
    chair.sees("The group cannot decide yet", "Views are wanted until")
    chair.choose("Agreed", exact=True)
    chair.fill("Why?", "It is cheaper.")
    chair.click("button", "Record the outcome")
    chair.sees("3 members must take part")
    assert chair.page.get_by_label("Why?").input_value() == "It is cheaper."
    assert Decision.objects.get().status == "deciding"

    staff.go(page_of(decision))
    staff.click("link", "Write down a member's view")
    staff.page.get_by_label("Whose view is it?").select_option(label="Pia Partnerly")
    staff.choose("By phone")
    staff.choose("I seriously disagree")
    staff.fill("In their own words", "You will lose everybody with a job.")
    staff.click("button", "Write it down")
    staff.sees("By phone, written down by Stella Staffordly")
    answer_all(decision, board.carla, "stands")

    chair.go(page_of(decision))
    chair.click("link", "Record the outcome")
    chair.sees("Dissent that stays on the record", "You will lose everybody with a job.")
    chair.choose("Agreed", exact=True)
    chair.fill("Why?", "An evening follows each weekday.")
    chair.click("button", "Record the outcome")
    chair.sees("Agreed", "Members with an interest in it took no part and were not counted.", "Still stands")
    luca.go(page_of(decision))
    luca.click("link", "Add what you think now")
    luca.choose("I do not like it, but I will support it")
    luca.fill("In your own words", "I would have said so.")
    luca.click("button", "Add my words")
    luca.sees("Said after the decision", "I would have said so.")
    for visitor in (chair, luca, staff):
        visitor.nothing_was_wrong()


def test_what_could_not_wait_is_confirmed_and_looked_at_again_later(board, at_work):
    chair = at_work(board.carla)
    decision = a_proposal(board, ago=1, method="vote", title="Move the meeting", wording="We meet at the library.")
    say(decision, "in_favour", board.carla, board.lena, board.pia)
    chair.go(page_of(decision))
    chair.click("link", "Record the outcome")
    chair.choose("Agreed", exact=True)
    chair.fill("Why?", "The hall is shut.")
    chair.fill("Why could it not wait?", "The ceiling came down.")
    chair.choose("It is safe enough to try")
    chair.fill_date("When will you look at it again?", timezone.localdate() + dt.timedelta(days=365))
    chair.click("button", "Record the outcome")
    chair.sees("The ceiling came down.", "The group is asked to confirm or reverse it")
    again = Decision.objects.get(relation="ratifies")
    say(again, "in_favour", board.carla, board.lena, board.luca, board.pia)
    chair.click("link", re.compile("Confirm or reverse"))
    chair.click("link", "Record the outcome")
    chair.choose("Agreed", exact=True)
    chair.fill("Why?", "It was right.")
    chair.click("button", "Record the outcome")
    chair.go(page_of(decision))
    chair.sees("confirmed by the group")
    chair.click("link", "Write down what happened")
    chair.fill("It was safe enough to try. What happened?", "Two people could not find it.")
    chair.choose("It should change")
    chair.click("button", "Save")
    chair.sees("Two people could not find it.", "Looked at again")
    chair.click("link", "Add an action")
    chair.fill("What is to be done?", "Draw a map")
    chair.page.get_by_label("Who does it?").select_option(label="Carla Chairly")
    chair.fill_date("By when?", timezone.localdate() + dt.timedelta(days=5))
    chair.click("button", "Add this action")
    chair.go("/")
    chair.click("link", "Draw a map")
    chair.choose("Done")
    chair.click("button", "Save")
    chair.sees("Draw a map", "Done")
    chair.go("/programmes/invented/decisions/seals/")
    assert chair.page.get_by_text("As sealed").count() == 2
    chair.nothing_was_wrong()


def test_words_typed_while_the_decision_was_made_are_kept_and_may_join_it(board, at_work):
    decision = a_proposal(board, ago=7, method="vote", title="Pay sooner", wording="We pay within a week.")
    lena = at_work(board.lena, PHONE)
    lena.go(reverse("decision_position", args=[decision.pk]))
    lena.choose("Against")
    lena.fill("In your own words", "Half-written dissent, kept.")
    say(decision, "in_favour", board.carla, board.luca, board.pia)
    chair = at_work(board.carla)
    chair.go(reverse("decision_outcome", args=[decision.pk]))
    chair.choose("Agreed", exact=True)
    chair.fill("Why?", "Most agree.")
    chair.click("button", "Record the outcome")
    lena.click("button", "Save my view")
    lena.sees("The decision was made while you were writing.", "They will be marked as said after it")
    assert lena.page.get_by_label("In your own words").input_value() == "Half-written dissent, kept."
    lena.click("button", "Add my words")
    lena.sees("Said after the decision", "Half-written dissent, kept.")
    assert not Objection.objects.exists()
    lena.nothing_was_wrong()
