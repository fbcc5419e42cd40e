"""Saying what one thinks: views, first thoughts, questions, objections, and words that come after the decision."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from people.messages.models import Notice
from programmes.decisions.actions import deciding, proposing, speaking
from programmes.models import Objection, Role, Term
from tests import factories as make
from tests.helpers.threads import at_once
from wellbeing.lib.errors import ActionError

from .conftest import answer_all, say

MAY = {"lena", "lotte", "luca", "pat", "pia", "stan"}


@pytest.mark.parametrize("who", [*sorted(MAY), "staff", "lived", "elsewhere", "former", "coming"])
def test_only_members_in_office_give_their_view(board, put, today, who):
    decision = put("vote")
    board.lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE)
    board.elsewhere = make.with_role(make.a_programme(), Role.STEERING)
    board.former, board.coming = make.a_user(), make.a_user()
    make.a_seat(board.group, board.former.person, ends_on=today - dt.timedelta(days=1))
    make.a_seat(board.group, board.coming.person, starts_on=today + dt.timedelta(days=1))
    if who in MAY:
        say(decision, "in_favour", getattr(board, who))
    else:
        with pytest.raises(ActionError):
            say(decision, "in_favour", getattr(board, who))


@pytest.mark.parametrize("method", ["consent", "gradient", "vote"])
def test_a_stance_is_one_of_the_method_that_was_chosen(board, put, method):
    decision = put(method)
    for stance in {"consent", "minor", "in_favour"} - {
        {"consent": "consent", "gradient": "minor", "vote": "in_favour"}[method]
    }:
        with pytest.raises(ActionError) as refusal:
            say(decision, stance, board.lena)
        assert refusal.value.field == "stance"
    say(decision, "pass", board.lena, reason="")


def test_an_objection_has_words_and_they_stay_the_members_own(board, put):
    decision = put("consent")
    with pytest.raises(ActionError) as refusal:
        say(decision, "object", board.lena, reason="  ")
    assert refusal.value.field == "reason"
    say(decision, "object", board.lena, reason="Too far.")
    say(decision, "object", board.lena, reason="Too far, and too early.")
    assert Objection.objects.get().words == "Too far, and too early."
    speaking.reply_to_objection(objection=Objection.objects.get(), words="There is a bus.", by=board.pat)
    for who in (board.pat, board.staff, board.lotte):
        with pytest.raises(ActionError):
            speaking.close_objection(objection=Objection.objects.get(), closed_as="enough", by=who)
    with pytest.raises(DatabaseError), transaction.atomic():
        Objection.objects.update(closed_as="enough", closed_at=timezone.now(), closed_by=board.staff.person)
    told = Notice.objects.get(person=board.lena.person, kind="decision_talk")
    assert "There is a bus." in told.text_body


def test_an_objection_without_an_answer_cannot_be_called_standing(board, put):
    decision = put("consent")
    say(decision, "object", board.lena)
    with pytest.raises(ActionError):
        speaking.close_objection(objection=Objection.objects.get(), closed_as="stands", by=board.lena)


def test_a_member_who_no_longer_objects_has_closed_their_objection(board, put):
    decision = put("consent")
    say(decision, "object", board.lena)
    say(decision, "consent", board.lena)
    assert Objection.objects.get().closed_as == "enough"
    say(decision, "object", board.lena, reason="I slept on it.")
    assert (Objection.objects.get().closed_as, Objection.objects.get().words) == ("", "I slept on it.")


def test_a_view_by_phone_is_marked_confirmed_and_theirs_to_change(board, put):
    decision = put("consent")
    position = speaking.record_position(
        decision=decision, member=board.luca.person, stance="object", reason="No lift.", way="phone", by=board.staff
    )
    assert (position.person, position.recorded_by, position.way) == (board.luca.person, board.staff.person, "phone")
    told = Notice.objects.get(person=board.luca.person, kind="decision_talk")
    assert "Stella Staffordly has written down your view" in told.text_body
    assert "No lift." in told.text_body
    answer_all(decision, board.pat)
    objection = Objection.objects.get()
    speaking.record_closing(objection=objection, closed_as="enough", by=board.staff)
    objection.refresh_from_db()
    assert (objection.closed_by, objection.closing_recorded_by) == (board.luca.person, board.staff.person)
    say(decision, "consent", board.luca)
    position.refresh_from_db()
    assert (position.way, position.recorded_by) == ("page", None)
    for by, member in ((board.pat, board.luca), (board.staff, board.staff)):
        with pytest.raises(ActionError):
            speaking.record_position(decision=decision, member=member.person, stance="consent", way="phone", by=by)


def test_a_question_is_answered_once_and_the_member_is_told(board, put):
    decision = put("consent")
    question = speaking.ask_question(decision=decision, words="Who pays?", by=board.lotte)
    assert "Who pays?" in Notice.objects.get(person=board.pat.person).text_body
    with pytest.raises(ActionError):
        speaking.answer_question(question=question, answer="You.", by=board.luca)
    speaking.answer_question(question=question, answer="The funder.", by=board.pat)
    assert "The funder." in Notice.objects.get(person=board.lotte.person).text_body
    with pytest.raises(ActionError):
        speaking.answer_question(question=question, answer="Nobody.", by=board.pat)


def test_in_a_round_everyone_speaks_or_passes(board, put):
    decision = put("consent", status="shaping")
    with pytest.raises(ActionError):
        speaking.think(decision=decision, words="", by=board.lotte)
    speaking.think(decision=decision, passes=True, by=board.lotte)
    thought = speaking.think(decision=decision, words="Now I know.", matters="Rest.", by=board.lotte)
    assert (decision.thoughts.count(), thought.words, thought.passes) == (1, "Now I know.", False)


def test_words_that_come_after_the_decision_stand_beside_it_and_count_for_nothing(board, put):
    decision = put("vote", ago=7)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    with pytest.raises(ActionError):
        speaking.say_after(decision=decision, stance="against", by=board.luca)
    made = deciding.record_outcome(decision=decision, outcome="agreed", reason="x", by=board.pat)
    digest = made.seal.digest
    late = speaking.say_after(decision=made, stance="against", reason="I was writing this.", by=board.luca)
    assert late.reason == "I was writing this."
    assert (made.positions.count(), made.counted_voices.count(), made.seal.digest) == (4, 6, digest)
    for who in (board.luca, board.staff):
        with pytest.raises(ActionError):
            speaking.say_after(decision=made, stance="against", by=who)
    with pytest.raises(DatabaseError), transaction.atomic():
        made.late_views.update(reason="x")


@pytest.mark.django_db(transaction=True)
def test_a_view_new_words_and_an_outcome_at_once_lose_no_word_and_count_none_unread(board, put):
    """Try each of 20 times with real threads: every word kept, no view counted for words its owner did not read."""
    for number in range(20):
        decision = put("vote", ago=7, title=f"Proposal {number}")
        read = decision.version
        say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
        results = at_once(
            lambda decision=decision, read=read: speaking.take_position(
                decision=decision, stance="against", reason="Mine.", version=read, by=board.luca
            ),
            lambda decision=decision, read=read: speaking.take_position(
                decision=decision, stance="in_favour", reason="Mine, too.", version=read, by=board.stan
            ),
            lambda decision=decision, number=number: proposing.amend(
                decision=decision, wording=f"Other words {number}.", why="Clearer.", by=board.lena
            ),
            lambda decision=decision: deciding.record_outcome(
                decision=decision, outcome="agreed", reason="Most agree.", by=board.pat
            ),
        )
        for result in results:
            assert not isinstance(result, Exception) or isinstance(result, ActionError), result
        decision.refresh_from_db()
        kept = set(decision.positions.values_list("person", flat=True))
        saved = [one for one in results[:2] if not isinstance(one, Exception)]
        assert {one.person_id for one in saved} <= kept
        assert all(one.version_id == read.pk for one in saved)
        amended, made = results[2:]
        if not isinstance(made, Exception):
            # It was decided on the words that were read; the new ones came too late, or were refused.
            counted = decision.counted_voices.exclude(position=None).select_related("position")
            assert {voice.position.version_id for voice in counted} == {decision.version_id}
            assert isinstance(amended, ActionError)
        else:
            assert decision.status == "deciding"
            assert not isinstance(amended, Exception)
            assert not decision.positions.filter(version=decision.version).exists()


def test_a_member_of_another_group_of_the_programme_has_no_say(board, put):
    decision = put("vote")
    second = make.a_user()
    group = type(board.group).objects.create(programme=board.programme, name="Second board", kind="steering")
    Term.objects.create(group=group, person=second.person, seat="partner", starts_on=decision.opened_on)
    with pytest.raises(ActionError):
        say(decision, "in_favour", second)
