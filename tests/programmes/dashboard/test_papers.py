"""The board paper: made by a worker in three layouts, read back, and held to the standard for tagged PDFs."""

import datetime as dt
import io
import re

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from programmes.dashboard import documents
from programmes.dashboard.actions import papers
from programmes.models import ActionPoint, BoardPaper, Role
from tests import factories as make
from tests.factories.dashboard import a_board_paper
from tests.factories.heard import a_contribution, an_outcome
from tests.helpers.client import page_text, signed_in
from tests.helpers.documents import text_of
from tests.helpers.pdf_checks import faults
from tests.programmes.decisions.conftest import say
from wellbeing.lib.errors import ActionError

LAYOUTS = BoardPaper.Layout.values


def at(name, *args):
    return reverse(name, args=args)


@pytest.fixture
def full(board, put, today):
    """A programme with something in every part of its own."""
    decision = put(title="Meet at noon")
    say(decision, "consent", board.lena, board.lotte)
    say(decision, "object", board.pia, reason="I work then.")
    secret = put(title="Speak last", hides_views=True)
    say(secret, "object", board.pat, reason="Hidden words.")
    rules = make.some_rules(board.group, days_ago=900)
    old = make.a_decided_proposal(
        board.programme, title="Pay sooner", days_ago=9, group=board.group, rules=rules, review_on=today
    )
    ActionPoint.objects.create(
        group=board.group,
        decision=old,
        title="Ring them",
        owner=board.lena.person,
        due_on=today - dt.timedelta(days=1),
        created_by=board.pat.person,
    )
    an_outcome(a_contribution(board.programme, make.a_person()))
    return board


def test_a_worker_makes_it_and_the_group_opens_it(full, worker):
    member = signed_in(full.lena)
    with worker():
        member.post(at("board_papers", "wow"), {"layout": "easy_read"})
    paper = BoardPaper.objects.get()
    assert "Easy Read (PDF)" in page_text(member.get(at("board_papers", "wow")))
    answer = signed_in(full.staff).get(at("board_paper", paper.pk))
    text = text_of(PdfReader(io.BytesIO(b"".join(answer.streaming_content))))
    assert "Board paper: Easy Read" in text and "Meet at noon" in text
    lived = make.with_role(full.programme, Role.LIVED_EXPERIENCE, "Olive Other")
    assert signed_in(lived).get(at("board_paper", paper.pk)).status_code == 404


def test_one_being_made_is_shown_with_its_progress_and_asked_for_once(board):
    first = papers.ask_for_paper(programme=board.programme, layout="large", by=board.lena)
    assert papers.ask_for_paper(programme=board.programme, layout="large", by=board.staff) == first
    page = page_text(signed_in(board.lena).get(at("board_papers", "wow")))
    assert "The board paper" in page and "<progress" in page
    assert signed_in(board.lena).get(at("board_paper", first.pk)).status_code == 404


def test_others_cannot_have_it_made(board):
    lived = make.with_role(board.programme, Role.LIVED_EXPERIENCE, "Olive Other")
    with pytest.raises(ActionError, match="Only the steering group"):
        papers.ask_for_paper(programme=board.programme, layout="large", by=lived)


def test_no_layout_chosen_says_so_beside_the_question(board):
    page = page_text(signed_in(board.lena).post(at("board_papers", "wow"), {"layout": "gold"}))
    assert "error" in page.lower() and not BoardPaper.objects.exists()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_independent_checker_finds_no_fault_and_every_part_is_read_back(full, today, tmp_path, layout):
    content = documents.paper(full.programme, layout, today)
    assert faults(content, tmp_path) == []
    text = text_of(content)
    for words in (
        "Open proposals",
        "3 of 7 heard",
        "Objections without an answer",
        "Pay sooner",
        "Ring them",
        "Told back",
        "Who is at the table",
        "Money",
    ):
        assert words in text, words
    # It is for all of them: what one of them may not see yet is not in it.
    assert "Needs your view" not in text and "Hidden words." not in text
    assert "Speak last: 1" not in text and "still to give their own view first" in text


def test_easy_read_has_large_letters_one_idea_a_line_and_no_table(full, today):
    html = documents.html_of(full.programme, "easy_read", today)
    assert "<table" not in html and 'class="easy-read"' in html
    sizes = set()
    for page in PdfReader(io.BytesIO(documents.paper(full.programme, "easy_read", today))).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: (
                sizes.add(round(abs(tm[3] * cm[3]) * size, 1)) if text.strip() and "/" not in text else None
            )
        )
    # Points as WeasyPrint writes them: a pixel is three quarters of one.
    assert min(size for size in sizes if size) >= 9
    sentences = [words for words in re.findall(r"<p>(.*?)</p>", html, re.DOTALL) if words.strip()]
    assert sentences and all(len(re.sub(r"<[^>]+>", "", words).split()) < 30 for words in sentences)


def test_an_empty_programme_has_a_paper_without_a_fault(today, db, tmp_path):
    programme = make.a_programme("Just begun", slug="begun")
    for layout in LAYOUTS:
        assert faults(documents.paper(programme, layout, today), tmp_path) == []


def test_the_database_keeps_a_made_paper_as_it_is(board):
    paper = a_board_paper(board.programme, board.staff.person)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        BoardPaper.objects.filter(pk=paper.pk).update(layout="large")
    with pytest.raises(IntegrityError, match="board_paper_made_has_its_file"), transaction.atomic():
        BoardPaper.objects.create(
            programme=board.programme, asked_by=board.staff.person, made_at=timezone.now(), layout="large"
        )
    BoardPaper.objects.create(programme=board.programme, asked_by=board.staff.person)
    with pytest.raises(IntegrityError, match="one_board_paper_being_made"), transaction.atomic():
        BoardPaper.objects.create(programme=board.programme, asked_by=board.staff.person)
