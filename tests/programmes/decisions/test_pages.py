"""Pages of decisions: what each reader sees, and forms that lose nothing."""

import datetime as dt

import pytest
from django.urls import reverse

from programmes.decisions.actions import deciding, proposing, speaking
from programmes.models import Decision, DecisionReview, GroupRules, Role
from tests import factories as make

from .conftest import answer_all, say


def day(name, date):
    return {f"{name}_day": date.day, f"{name}_month": date.month, f"{name}_year": date.year}


def test_a_position_form_without_a_stance_keeps_the_words(board, put, signed_in):
    decision = put("gradient")
    response = signed_in(board.lena).post(
        reverse("decision_position", args=[decision.pk]), {"reason": "Long thoughts.", "named": "on"}
    )
    assert "Choose what you think" in response.text
    assert "Long thoughts." in response.text


def test_a_proposal_needs_a_steering_group_with_rules_first(scene, signed_in):
    empty = make.a_programme(slug="empty")
    make.with_role(empty, Role.STAFF, user=scene.staff)
    response = signed_in(scene.staff).get(reverse("decision_new", args=["empty"]), follow=True)
    assert "Set one up first" in response.text
    empty.groups.create(name="Board", kind="steering")
    response = signed_in(scene.staff).get(reverse("decision_new", args=["empty"]), follow=True)
    assert "has no rules for deciding yet" in response.text


def test_the_form_of_a_proposal_offers_what_the_rules_allow(board, signed_in, today):
    make.some_rules(board.group, days_ago=1, methods=["consent"], open_days=9)
    page = signed_in(board.lena).get(reverse("decision_new", args=["wow"])).text
    assert "At least 9 days from today" in page
    assert "By vote" not in page
    sent = {"group": board.group.pk, "title": "T", "wording": "W", "stage": "deciding", "method": "consent"}
    late = signed_in(board.lena).post(
        reverse("decision_new", args=["wow"]), sent | day("closes_on", today + dt.timedelta(days=8))
    )
    assert "open for 9 days at least" in late.text
    signed_in(board.lena).post(
        reverse("decision_new", args=["wow"]), sent | day("closes_on", today + dt.timedelta(days=9))
    )
    assert Decision.objects.get().wording == "W"


def test_new_words_show_what_was_taken_out_and_put_in(board, put, signed_in):
    decision = put("gradient", wording="We meet in the evening.")
    say(decision, "minor", board.lotte, reason="Fine by me.")
    signed_in(board.pat).post(
        reverse("decision_amend", args=[decision.pk]), {"wording": "We meet at noon.", "why": "It is dark."}
    )
    page = signed_in(board.lena).get(reverse("decision", args=[decision.pk])).text
    assert "<del>" in page and "<ins>" in page
    assert "It is dark." in page
    assert "Fine by me." in page
    assert "Nobody has given a view yet." in page


def test_words_about_a_wording_that_changed_are_shown_again_with_the_new_one(board, put, signed_in):
    decision = put("gradient", wording="We meet in the evening.")
    client = signed_in(board.lena)
    form = client.get(reverse("decision_position", args=[decision.pk])).context["form"]
    proposing.amend(decision=decision, wording="We meet at noon.", why="Dark.", by=board.pat)
    sent = {
        "stance": "minor", "reason": "My thoughts.", "version": decision.version_id,
        "seen_at_first": form["seen_at_first"].value(),
    }  # fmt: skip
    response = client.post(reverse("decision_position", args=[decision.pk]), sent)
    assert "My thoughts." in response.text
    assert "We meet at noon." in response.text
    assert not decision.positions.exists()


def test_who_was_not_heard_is_named_only_while_every_view_has_its_name(board, put, signed_in):
    decision = put("gradient")
    address = reverse("decision", args=[decision.pk])
    say(decision, "minor", board.lotte)
    assert "Not heard from yet" in signed_in(board.pat).get(address).text
    assert "Not heard from yet" not in signed_in(board.luca).get(address).text
    say(decision, "minor", board.lotte, named=False)
    page = signed_in(board.pat).get(address).text
    assert "Not heard from yet" not in page
    assert "Lotte Livedly" not in page


def test_the_silent_are_asked_again_once_a_day(board, put, signed_in):
    from people.messages.models import Notice

    decision = put("gradient")
    say(decision, "minor", board.lotte)
    for _press in range(2):
        signed_in(board.pat).post(reverse("decision_remind", args=[decision.pk]))
    asked = Notice.objects.filter(key__contains=":silent:").values_list("person__full_name", flat=True)
    assert sorted(asked) == ["Lena Livedly", "Luca Livedly", "Pat Partnerly", "Pia Partnerly", "Stan Stafferly"]


def test_what_was_decided_leads_to_what_follows(board, put, signed_in, today):
    decision = put("vote", ago=7)
    say(decision, "in_favour", board.lena, board.lotte, board.pat, board.pia)
    review = today + dt.timedelta(days=30)
    deciding.record_outcome(
        decision=decision, outcome="agreed", reason="x", review_on=review, safe_to_try=True, by=board.pat
    )
    page = signed_in(board.staff).get(reverse("decision", args=[decision.pk])).text
    assert "It is safe enough to try." in page
    signed_in(board.staff).post(
        reverse("decision_review", args=[decision.pk]), {"happened": "Mixed.", "result": "keep"}
    )
    assert DecisionReview.objects.get().happened == "Mixed."


@pytest.mark.parametrize("who", ["staff", "pat"])
def test_rules_are_written_down_and_change_by_a_decision_of_the_group(board, put, signed_in, today, who):
    client = signed_in(getattr(board, who))
    address = reverse("group_rules_new", args=["wow", board.group.pk])
    form = client.get(address).context["form"]
    numbers = {name: form[name].value() for name in form.fields if isinstance(form[name].value(), int | str) and name}
    sent = numbers | {"methods": ["consent"], "quorum": 4, "lived_experience_minimum": 5} | day("starts_on", today)
    assert "enter no more than 4" in client.post(address, sent).text
    sent |= {"lived_experience_minimum": 2, "seats_partner": 3}
    assert client.post(address, sent).status_code == 302
    own = GroupRules.objects.in_force_on(board.group, today)
    assert (own.quorum, own.methods, own.seats.get().number) == (4, ["consent"], 3)
    # Once it has decided by its own rules, it changes them by a decision.
    decision = put("consent", days=14, ago=14)
    Decision.objects.filter(pk=decision.pk).update(rules=own)
    decision.refresh_from_db()
    tomorrow = day("starts_on", today + dt.timedelta(days=1))
    assert "change by its own decision" in client.post(address, sent | tomorrow).text
    say(decision, "consent", board.lena, board.lotte, board.pat, board.pia)
    say(decision, "object", board.stan)
    answer_all(decision, board.pat, "enough")
    deciding.record_outcome(decision=decision, outcome="agreed", reason="x", by=board.pat)
    assert client.post(address, sent | tomorrow | {"agreed_by": decision.pk}).status_code == 302
    assert decision.rules_agreed.starts_on == today + dt.timedelta(days=1)


def test_a_member_keeps_their_interests_and_says_that_they_are_right(board, signed_in):
    client = signed_in(board.lotte)
    address = reverse("group_interests", args=["wow", board.group.pk])
    assert "Is what stands here of you still right?" in client.get(address).text
    client.post(address, {"nature": "work", "outline": "I am on a board."})
    page = client.get(address).text
    assert "I am on a board." in page
    assert "still right?" not in page
    interest = board.group.interests.get()
    client.post(reverse("interest_end", args=["wow", board.group.pk, interest.pk]))
    assert "Interests that have ended" in client.get(address).text
    signed_in(board.pia).post(reverse("interests_are_right", args=["wow", board.group.pk]))
    assert board.group.interest_reviews.get().person == board.pia.person


def test_questions_and_thoughts_stand_under_a_proposal(board, put, signed_in):
    decision = put("consent", status="shaping")
    client = signed_in(board.lotte)
    client.post(reverse("decision_question", args=[decision.pk]), {"words": "Who pays?", "named": "on"})
    client.post(reverse("decision_thought", args=[decision.pk]), {"words": "I like it.", "matters": "Rest."})
    page = signed_in(board.pat).get(reverse("decision", args=[decision.pk])).text
    for words in ("Who pays?", "Lotte Livedly", "I like it.", "Rest.", "Answer this question"):
        assert words in page
    speaking.answer_question(question=decision.questions.get(), answer="The funder.", by=board.pat)
    assert "The funder." in client.get(reverse("decision", args=[decision.pk])).text
