"""Views without a name: nobody finds their owner, on any page, in any message, by any count."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from people.messages.models import Notice
from programmes.decisions.actions import deciding, speaking
from programmes.decisions.calculations import Said, names_held_back, seats_can_be_shown
from programmes.models import Role
from tests import factories as make

from .conftest import answer_all, say

SEATS = ["lived_experience", "partner", "staff"]
SAID = st.lists(
    st.tuples(st.sampled_from(SEATS), st.sampled_from(["minor", "veto", "serious"]), st.booleans()), max_size=12
)


def as_said(rows):
    return [Said(n, seat, stance, named, stance != "minor") for n, (seat, stance, named) in enumerate(rows)]


@given(SAID, st.integers(0, 8), st.integers(2, 6))
def test_an_unnamed_view_is_one_of_enough_people_whose_name_is_not_shown(rows, silent, fewest):
    said = as_said(rows)
    eligible = len(said) + silent
    held_back = names_held_back(said, eligible, fewest)
    shown = {one.who for one in said if one.named} - held_back
    if all(one.named for one in said):
        assert not held_back
    else:
        assert eligible - len(shown) >= min(fewest, eligible)
    assert held_back <= {one.who for one in said if one.named}


@given(SAID, st.integers(2, 6))
def test_dissent_keeps_its_name_where_holding_back_the_others_is_enough(rows, fewest):
    said = as_said(rows)
    held_back = names_held_back(said, len(said), fewest)
    dissent = {one.who for one in said if one.named and one.dissents}
    if held_back & dissent:
        assert len(said) - len(dissent) < fewest


@given(SAID, st.lists(st.sampled_from(SEATS), max_size=10), st.integers(2, 6))
def test_counts_by_seat_are_shown_only_where_enough_members_could_have_said_it(rows, others, fewest):
    said = as_said(rows)
    seats = [one.seat for one in said] + others
    if not seats_can_be_shown(said, seats, fewest):
        return
    for seat in SEATS:
        unnamed = [one for one in said if one.seat == seat and not one.named]
        named = [one for one in said if one.seat == seat and one.named]
        if unnamed:
            candidates = seats.count(seat) - len(named)
            assert candidates >= fewest
            assert len(unnamed) < candidates or len({one.stance for one in unnamed}) > 1


def test_the_only_seat_of_staff_is_never_counted_apart_without_a_name(board, put, signed_in):
    decision = put("gradient", ago=7)
    say(decision, "minor", board.lena, board.lotte, board.luca, board.pat, board.pia)
    say(decision, "veto", board.stan, reason="It will not work.", named=False)
    for who in ("lena", "pat", "staff"):
        page = signed_in(getattr(board, who)).get(reverse("decision", args=[decision.pk])).text
        assert "It will not work." in page
        assert "Programme staff" not in page
        assert "Stan Stafferly" not in page
        # With every name shown, the one that is missing would be his.
        assert "Lotte Livedly" not in page


PAGES = [
    "home", "decisions", "decision", "decision_position", "decision_outcome", "decision_amend", "seals", "groups",
    "your_messages",
]  # fmt: skip
WHO = ["lotte", "pat", "staff", "lived", "administrator", "finance"]


@pytest.mark.parametrize("stage", ["open", "made"])
def test_no_page_export_or_message_leads_from_an_unnamed_view_to_its_owner(board, put, signed_in, stage):
    board.lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE, "Liv Lived")
    board.finance = make.with_role(board.programme, Role.FINANCE, "Finn Ledger")
    board.administrator = make.an_administrator()
    decision = put("gradient", ago=7)
    say(decision, "minor", board.lotte, board.pat, board.pia, board.stan)
    say(decision, "serious", board.luca, reason="Words of nobody.", named=False)
    speaking.ask_question(decision=decision, words="A question of nobody?", named=False, by=board.luca)
    answer_all(decision, board.pat, "stands")
    if stage == "made":
        deciding.record_outcome(decision=decision, outcome="agreed", reason="x", by=board.pat)
        speaking.say_after(decision=decision, stance="veto", reason="Late words of nobody.", named=False, by=board.lena)
    seen = 0
    for who in WHO:
        client = signed_in(getattr(board, who))
        for name in PAGES:
            args = {"home": [], "your_messages": []}.get(name, [decision.pk])
            args = ["wow"] if name in {"decisions", "seals", "groups"} else args
            for query in ("", "?export=csv"):
                response = client.get(reverse(name, args=args) + query)
                if response.status_code != 200:
                    continue
                text = b"".join(response).decode(errors="replace")
                seen += "Words of nobody." in text
                assert not ("Words of nobody." in text and "Luca Livedly" in text), (who, name)
                assert not ("A question of nobody?" in text and "Luca Livedly" in text), (who, name)
                assert not ("Late words of nobody." in text and "Lena Livedly" in text), (who, name)
    assert seen
    for notice in Notice.objects.exclude(person=board.luca.person):
        assert "Luca Livedly" not in f"{notice.subject} {notice.text_body} {notice.html_body}"


def test_views_stay_hidden_until_ones_own_is_given_where_the_group_chose_so(board, put, signed_in):
    decision = put("gradient", hides_views=True)
    say(decision, "minor", board.lena, reason="My own words.")
    address = reverse("decision", args=[decision.pk])
    assert "My own words." not in signed_in(board.lotte).get(address).text
    say(decision, "minor", board.lotte)
    assert "My own words." in signed_in(board.lotte).get(address).text


def test_people_outside_the_group_read_what_was_made_of_it_and_not_who_thinks_what_before(board, put, signed_in):
    lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE, "Liv Lived")
    decision = put("gradient", ago=7)
    say(decision, "minor", board.lena, board.lotte, board.pat)
    say(decision, "veto", board.pia, reason="Kept as it was said.")
    answer_all(decision, board.pat, "stands")
    address = reverse("decision", args=[decision.pk])
    page = signed_in(lived).get(address).text
    assert decision.wording in page
    assert "Kept as it was said." not in page
    deciding.record_outcome(decision=decision, outcome="agreed", reason="x", by=board.pat)
    assert "Kept as it was said." in signed_in(lived).get(address).text


def test_a_group_may_keep_its_decisions_to_itself(board, put, signed_in):
    inside = make.some_rules(board.group, days_ago=1, reach="group")
    lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE, "Liv Lived")
    decision = put("gradient", ago=0)
    type(decision).objects.filter(pk=decision.pk).update(rules=inside)
    assert signed_in(lived).get(reverse("decision", args=[decision.pk])).status_code == 404
    assert signed_in(board.lotte).get(reverse("decision", args=[decision.pk])).status_code == 200
