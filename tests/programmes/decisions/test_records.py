"""The record of one decision as a PDF: all that its page shows a reader, and no name more."""

import pytest
from django.urls import reverse

from programmes.decisions import documents
from programmes.decisions.actions import deciding, proposing, speaking
from programmes.decisions.page import DecisionPage
from programmes.models import Option, Role
from tests import factories as make
from tests.helpers.client import page_text, signed_in
from tests.helpers.documents import text_of
from tests.helpers.pdf_checks import faults

from .conftest import answer_all, say


@pytest.fixture
def decided(board, put):
    """A decision with options, a question, an interest, an amendment, dissent without a name and a late view."""
    decision = put("gradient", ago=7, title="Pay sooner", background="Fares cannot wait.")
    Option.objects.create(
        decision=decision, number=1, title="Pay each month", for_it="Less work.", added_by=board.lena.person
    )
    speaking.ask_question(decision=decision, words="When does it begin?", by=board.lena)
    proposing.declare_interest(decision=decision, nature="work", outline="I am paid by it.", by=board.stan)
    say(decision, "minor", board.lena, reason="Earlier words of Lena.")
    proposing.amend(decision=decision, wording="We pay within five days.", why="Ten was long.", by=board.pat)
    decision.refresh_from_db()
    say(decision, "minor", board.lena, board.lotte, board.luca, board.pat, reason="Yes to this.")
    say(decision, "serious", board.pia, reason="Too fast for us.", named=False)
    answer_all(decision, board.pat, "stands")
    return decision


@pytest.fixture
def closed(board, decided, today):
    """The same, with its outcome."""
    return deciding.record_outcome(
        decision=decided,
        outcome="agreed_with_changes",
        reason="It is kinder.",
        what_changes="Money comes sooner.",
        urgency_reason="People wait for fares.",
        by=board.pat,
    )


def at(decision, layout="standard"):
    return reverse("decision_record", args=[decision.pk, layout])


def test_it_says_all_that_the_page_says_in_the_members_own_words(board, closed):
    text = text_of(signed_in(board.lena).get(at(closed)).content)
    for words in (
        "Pay sooner",
        "Agreed with changes",
        "It is kinder.",
        "Money comes sooner.",
        "We pay within five days.",
        "We pay everyone within ten working days.",
        "Ten was long.",
        "Pay each month",
        "Earlier words of Lena.",
        "Too fast for us.",
        "I seriously disagree",
        "Because of this.",
        "When does it begin?",
        "Stan Stafferly",
        "I am paid by it.",
        "took no part and were not counted",
        "Sealed as number 1",
    ):
        assert words in text, words
    assert closed.seal.digest in text.replace(" ", "")


def test_it_names_nobody_whom_the_page_does_not_name(board, closed, today):
    for user in (board.lena, board.staff):
        html = documents.html_of(DecisionPage(closed, user, today), "standard", today)
        page = signed_in(user).get(reverse("decision", args=[closed.pk])).content.decode()
        for member in (board.lena, board.lotte, board.luca, board.pat, board.pia, board.stan):
            name = member.person.full_name
            main = page[page.index("<main") : page.index("</main>")]
            assert html.count(name) <= main.count(name), (user, name)
        assert "Pia Partnerly" not in html


def test_others_of_the_programme_read_it_as_they_read_the_page(board, closed):
    lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE, "Olive Other")
    text = text_of(signed_in(lived).get(at(closed)).content)
    assert "Too fast for us." in text and "When does it begin?" not in text


def test_an_open_proposal_and_an_unknown_layout_have_no_record(board, decided):
    assert signed_in(board.lena).get(at(decided)).status_code == 404
    page = page_text(signed_in(board.lena).get(reverse("decision", args=[decided.pk])))
    assert "This record as a PDF" not in page


def test_a_closed_one_has_its_buttons_and_no_other_layout(board, closed):
    page = signed_in(board.lena).get(reverse("decision", args=[closed.pk])).content.decode()
    assert at(closed) in page and at(closed, "large-print") in page
    assert signed_in(board.lena).get(at(closed, "gold")).status_code == 404


def test_a_record_too_long_to_draw_says_so_on_the_page(board, closed, settings):
    settings.DOCUMENT_PAGES = 1
    page = page_text(signed_in(board.lena).get(at(closed, "large-print"), follow=True))
    assert "at most 1 are made" in page and "Pay sooner" in page


@pytest.mark.parametrize("layout", documents.LAYOUTS)
def test_the_independent_checker_finds_no_fault_in_it(board, closed, today, tmp_path, layout):
    content = documents.record(DecisionPage(closed, board.lena, today), layout, today)
    assert faults(content, tmp_path) == []


def test_a_withdrawn_proposal_has_a_record_without_a_fault(board, put, today, tmp_path):
    decision = put(title="Meet at six")
    proposing.withdraw(decision=decision, reason="We think again.", by=board.pat)
    decision.refresh_from_db()
    content = documents.record(DecisionPage(decision, board.lena, today), "standard", today)
    assert "We think again." in text_of(content)
    assert faults(content, tmp_path) == []
