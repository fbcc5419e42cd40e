"""The page of decisions that everybody reads: no name of a member, no small number, dissent in its own words."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.decisions.actions import deciding
from programmes.models import Term
from tests import factories as make
from tests.helpers.client import signed_in

from .conftest import say

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE, FEED = reverse("decided", args=["wow"]), reverse("decided_feed", args=["wow"])


@pytest.fixture
def open_board(board):
    """The board under rules that tell everyone."""
    board.rules = make.some_rules(
        board.group, days_ago=900, reach="public", fewest_public=5, quorum=2, open_days=7, urgency_rule="In need."
    )
    return board


def decide(board, put, outcome="agreed", title="Meet at noon", **more):
    decision = put("vote", ago=7, title=title, wording="We meet at noon.")
    say(decision, "in_favour", board.lena, board.lotte, board.luca, board.stan)
    say(decision, "against", board.pat, reason="I work at noon.", named=False)
    say(decision, "against", board.pia, reason="So do I.")
    return deciding.record_outcome(decision=decision, outcome=outcome, reason="Most can come.", by=board.lena, **more)


def test_everybody_reads_wording_outcome_reasons_and_dissent_without_any_name(open_board, put, client):
    decide(open_board, put, what_changes="The day begins later.")
    for address in (PAGE, FEED):
        page = client.get(address).content.decode()
        for words in ("Meet at noon", "We meet at noon.", "Agreed", "Most can come.", "The day begins later."):
            assert words in page
        for words in ("I work at noon.", "So do I.", "Against"):
            assert words in page
        for member in Term.objects.filter(group=open_board.group):
            assert member.person.full_name not in page


def test_what_was_not_agreed_is_there_and_open_or_withdrawn_proposals_are_not(open_board, put, client):
    make.a_decided_proposal(
        open_board.programme,
        "not_agreed",
        title="Meet at six",
        group=open_board.group,
        rules=make.some_rules(open_board.group, days_ago=800, reach="public"),
    )
    put(title="Still talked over")
    page = client.get(PAGE).content.decode()
    assert "Meet at six" in page and "Not agreed" in page and "Still talked over" not in page


def test_a_group_that_does_not_publish_has_no_page(board, put, client):
    decide(board, put)
    assert client.get(PAGE).status_code == client.get(FEED).status_code == 404
    assert client.get(reverse("decided", args=["nowhere"])).status_code == 404
    assert (
        "What everyone can read" not in signed_in(board.lena).get(reverse("decisions", args=["wow"])).content.decode()
    )


def test_the_rules_a_decision_was_made_by_say_whether_it_is_public(open_board, put, client):
    decide(open_board, put)
    hidden = make.some_rules(open_board.group, days_ago=1, reach="programme")
    open_board.rules = hidden
    decide(open_board, put, title="For us alone")
    page = client.get(PAGE).content.decode()
    assert "Meet at noon" in page and "For us alone" not in page


def test_a_group_that_publishes_and_has_decided_nothing_says_so(open_board, client):
    page = client.get(PAGE).content.decode()
    assert "Nothing has been decided yet." in page
    listed = signed_in(open_board.lena).get(reverse("decisions", args=["wow"])).content.decode()
    assert "What everyone can read" in listed


@pytest.mark.parametrize(("fewest", "total", "sides"), [(7, False, False), (6, True, False), (2, True, True)])
def test_numbers_too_few_for_the_public_are_left_out(board, put, client, fewest, total, sides):
    board.rules = make.some_rules(board.group, days_ago=900, reach="public", fewest_public=fewest)
    decide(board, put)
    page = client.get(PAGE).content.decode()
    assert ("6 members took part." in page) == total
    assert ("For it: 4. Against it: 2." in page) == sides


def test_names_of_members_in_what_was_written_are_taken_out(open_board, put, client):
    lena = open_board.lena.person
    lena.known_as = "Lenny"
    lena.save()
    decision = put("vote", ago=7, title="What Lenny asked for")
    say(decision, "in_favour", open_board.lena, open_board.lotte)
    say(decision, "against", open_board.pat, reason="Lena Livedly and Pia did not ask us.")
    reason = "Lotte's point is met, said Partnerly."
    deciding.record_outcome(decision=decision, outcome="agreed", reason=reason, by=open_board.lena)
    for address in (PAGE, FEED):
        page = client.get(address).content.decode()
        assert "What [a member] asked for" in page and "[a member] and [a member] did not ask us." in page
        assert "point is met, said [a member]." in page
        for name in ("Lenny", "Lena", "Livedly", "Pia", "Partnerly", "Lotte"):
            assert name not in page


def test_a_position_without_words_is_not_on_it(open_board, put, client):
    decision = put("vote", ago=7, title="Meet at noon")
    say(decision, "in_favour", open_board.lena, open_board.lotte)
    say(decision, "against", open_board.pat, reason="")
    deciding.record_outcome(decision=decision, outcome="agreed", reason="x", by=open_board.lena)
    assert "Members who did not agree" not in client.get(PAGE).content.decode()


def test_one_put_right_later_says_so_beside_it(open_board, put, client):
    first = decide(open_board, put)
    make.a_decided_proposal(
        open_board.programme,
        title="Meet at one",
        group=open_board.group,
        rules=make.some_rules(open_board.group, days_ago=800, reach="public"),
        earlier=first,
        relation="corrects",
    )
    assert "Put right later: Meet at one" in " ".join(client.get(PAGE).content.decode().split())


def test_the_feed_is_atom_with_an_entry_for_each_and_words_that_are_escaped(open_board, put, client):
    decide(open_board, put, title="Tea & <b>cake</b>")
    answer = client.get(FEED)
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Agreed: Tea & <b>cake</b>"]
    link = entries[0].find(f"{ATOM}link")
    assert link is not None and PAGE in link.attrib["href"]
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Wellbeing Our Way"
    assert FEED in client.get(PAGE).content.decode()


def test_it_may_be_kept_by_everybody_only_where_it_is_the_same_for_everybody(open_board, put, client):
    decide(open_board, put)
    for address in (PAGE, FEED):
        first = client.get(address)
        assert "public" in first["Cache-Control"] and "max-age=300" in first["Cache-Control"]
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert "private" in signed_in(open_board.lena).get(PAGE)["Cache-Control"]


def test_page_and_feed_ask_the_same_number_of_queries_with_3_and_30_decisions(open_board, today):
    rules = make.some_rules(open_board.group, days_ago=800, reach="public")
    term = open_board.group.terms.get(person=open_board.pat.person)

    def more(number):
        for each in range(number):
            day = today - dt.timedelta(days=each)
            decision = make.a_decision(
                open_board.programme, group=open_board.group, rules=rules, opened_on=day, closes_on=day
            )
            make.a_position(decision, term, "dislike", reason=f"Words {each}.")
            decision.status, decision.outcome, decision.outcome_reason = "decided", "agreed", "x"
            decision.decided_on, decision.recorded_by = day, term.person
            decision.save()

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        return len(captured)

    more(3)
    few = [queries(PAGE), queries(FEED)]
    more(27)
    assert [queries(PAGE), queries(FEED)] == few
    page = Client().get(PAGE)
    assert len(page.context["rows"]) == 20 and "?page=2" in page.content.decode()
