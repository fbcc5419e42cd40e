"""Results of a review: both groups side by side, gaps first, nothing about few people."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.models import ActionPoint, Role
from programmes.reviews import exports, results
from programmes.reviews.actions import following, rounds
from programmes.reviews.pages import ResultsPage, place_of
from programmes.reviews.results import Results
from tests import factories as make
from tests.factories.reviews import a_review, answer_all, statements_of
from tests.helpers.database import queries_of
from tests.programmes.reviews.conftest import COULD_CHANGE
from wellbeing.lib.errors import ActionError
from wellbeing.lib.table_files import csv_lines

LIVED, STAFF, OTHERS = "lived_experience", "staff", "others"


@pytest.fixture
def closed(circle):
    """A closed review of nine with lived experience and six of staff, far apart on what could change."""
    answer_all(
        circle.review, LIVED, *[{COULD_CHANGE: value} for value in (1, 1, 2, 2, 2, 2, 3, 3, 4)], comment="Sooner"
    )
    answer_all(circle.review, STAFF, *[{COULD_CHANGE: value} for value in (4, 4, 4, 5, 5, 5)], comment="It was clear")
    answer_all(circle.review, OTHERS, 1, comment="Only I sit here")
    rounds.close(review=circle.review, by=circle.boss)
    circle.review.refresh_from_db()
    return circle.review


def line_of(found, words=COULD_CHANGE):
    return next(line for line in found.lines if line.statement.words == words)


def test_the_largest_gap_comes_first_with_both_groups_beside_each_other(closed):
    found = Results(closed)
    line = found.headline
    assert line.statement.words == COULD_CHANGE
    assert (line.cells[LIVED].mean, line.cells[STAFF].mean) == (Decimal("2.2"), Decimal("4.5"))
    assert (line.cells[LIVED].low, line.cells[LIVED].high) == (2, 3)
    assert line.gap == Decimal("-2.3")
    assert found.by_gap[0] is line
    assert [each.distance for each in found.by_gap] == sorted((each.distance for each in found.lines), reverse=True)


def test_a_group_of_few_answers_is_shown_nowhere(closed, circle):
    found = Results(closed)
    assert found.shown_sides == [LIVED, STAFF]
    assert found.sides == [LIVED, STAFF, OTHERS]
    assert all(line.cells[OTHERS].mean is None for line in found.lines)
    assert all(means.by_side[OTHERS] is None for means in [*found.sections, *found.trend])
    assert not any("Only I sit here" in words for *_where, words in found.comments)
    # One group alone that is left out could be worked out from a total.
    assert found.answered[OTHERS] is None
    page = ResultsPage(closed, circle.boss)
    assert ("Others on the steering group", "fewer than 5") in page.answered


@pytest.mark.parametrize(("answering", "is_shown"), [(4, False), (5, True)])
def test_a_group_is_shown_from_five_answers_on(circle, answering, is_shown):
    answer_all(circle.review, LIVED, *[3] * answering)
    answer_all(circle.review, STAFF, *[4] * 6)
    rounds.close(review=circle.review, by=circle.boss)
    circle.review.refresh_from_db()
    found = Results(circle.review)
    assert (LIVED in found.shown_sides) is is_shown
    assert (found.headline is not None) is is_shown
    assert ResultsPage(circle.review, circle.boss).compares is is_shown


def test_a_statement_that_few_of_a_group_answered_is_hidden_and_in_no_mean(circle):
    only = {COULD_CHANGE: 0}
    answer_all(circle.review, LIVED, *[{COULD_CHANGE: 1}] * 4, *[only] * 5)
    answer_all(circle.review, STAFF, *[5] * 6)
    rounds.close(review=circle.review, by=circle.boss)
    circle.review.refresh_from_db()
    found = Results(circle.review)
    assert line_of(found).cells[LIVED].mean is None
    assert line_of(found).gap is None
    assert found.by_gap[-1] is line_of(found)
    purpose = next(means for means in found.sections if means.label == "Purpose")
    assert purpose.by_side[LIVED] == Decimal("4.0"), "the hidden 1s are not in it"
    assert found.trend[0].by_side[LIVED] == Decimal("4.0")


def test_the_number_of_answers_is_left_out_where_it_tells_how_few_said_does_not_apply(circle):
    answer_all(circle.review, LIVED, *[{COULD_CHANGE: 2}] * 8, {COULD_CHANGE: 0})
    answer_all(circle.review, STAFF, *[5] * 6)
    rounds.close(review=circle.review, by=circle.boss)
    circle.review.refresh_from_db()
    cell = line_of(Results(circle.review)).cells[LIVED]
    assert (cell.mean, cell.number) == (Decimal("2.0"), None)
    row = next(row for row in exports.rows(Results(circle.review)) if row[1] == COULD_CHANGE)
    assert row[4] == "5 or more"


@given(st.dictionaries(st.integers(0, 5), st.integers(0, 12)), st.integers(0, 9), st.integers(3, 9))
def test_no_cell_ever_shows_fewer_answers_than_the_rule_says(counts, left_out, fewest):
    given_answers = sum(number for value, number in counts.items() if value)
    answered = sum(counts.values()) + left_out
    cell = results._cell(counts, answered, fewest)
    assert (cell.mean is not None) == (given_answers >= fewest)
    if cell.number is not None:
        assert cell.number == given_answers
        others = answered - given_answers
        assert others == 0 or others >= fewest


def test_comments_are_those_of_groups_that_are_shown_and_never_said_by_whom(closed):
    assert Results(closed).comments == [
        ("Purpose", "People with lived experience", ["Sooner"] * 9),
        ("Purpose", "Staff", ["It was clear"] * 6),
    ]


def test_the_trend_goes_up_to_this_round_and_hides_rounds_of_few(closed, circle):
    second = a_review(circle.programme, circle.boss, title="Our third year")
    answer_all(second, LIVED, *[5] * 4)
    answer_all(second, STAFF, *[5] * 6)
    rounds.close(review=second, by=circle.boss)
    second.refresh_from_db()
    first_row, second_row = Results(second).trend
    assert (first_row.label, second_row.label) == ("Our second year", "Our third year")
    assert first_row.by_side[LIVED] is not None
    assert second_row.by_side[LIVED] is None
    assert second_row.gap is None
    assert [row.label for row in Results(closed).trend] == ["Our second year"]


def test_the_rule_is_that_of_the_day_the_review_was_opened(closed, circle, today):
    from programmes.reviews.actions import setting

    setting.set_rule(
        programme=circle.programme, effective_from=today, fewest=9, low_mean=Decimal("2.0"), open_days=7, by=circle.boss
    )
    assert Results(closed).shown_sides == [LIVED, STAFF]
    second = a_review(circle.programme, circle.boss)
    answer_all(second, STAFF, *[5] * 6)
    rounds.close(review=second, by=circle.boss)
    second.refresh_from_db()
    assert Results(second).shown_sides == []


def test_the_files_have_what_the_page_shows(closed, circle):
    page = ResultsPage(closed, circle.boss)
    shown = Results(closed)
    lines = "".join(csv_lines(exports.columns(shown), exports.rows(shown)))
    found = list(csv.reader(io.StringIO(lines.lstrip("\ufeff"))))
    assert found[0][:3] == ["Section", "Statement", "People with lived experience: mean"]
    assert not any("steering" in label for label in found[0])
    assert found[1][:4] == ["Purpose", COULD_CHANGE, "2.2", "2 to 3"]
    assert [row[1] for row in found[1:]] == [row["cells"][0]["text"] for row in page.rows]
    book = openpyxl.load_workbook(exports.spreadsheet(Results(closed)))
    assert book.sheetnames == ["Results", "Over time", "About these results"]
    assert book["Results"]["C2"].value == 2.2
    assert book["Over time"]["A2"].value == "Our second year"


def test_results_take_the_same_queries_however_much_was_answered(closed, circle):
    def shown():
        page = ResultsPage(closed, circle.boss)
        return page.rows, page.bars, page.section_rows, page.trend_rows, page.comments, page.actions, page.answered

    shown()
    few = len(queries_of(shown))
    for number in range(4):
        review = a_review(circle.programme, circle.boss, title=f"Year {number}")
        answer_all(review, LIVED, 3, 3, 3, 3, 3)
        rounds.close(review=review, by=circle.boss)
    assert len(queries_of(shown)) == few


def test_bars_run_from_one_to_five():
    assert [place_of(value) for value in (1, 3, 5, Decimal("2.2"), None)] == [0, 500, 1000, 300, 0]


# Actions


def test_an_action_comes_straight_from_a_low_score(closed, circle, today):
    page = ResultsPage(closed, circle.boss)
    low = next(bar for bar in page.bars if bar["label"] == COULD_CHANGE)
    statement = statements_of(closed)[COULD_CHANGE]
    assert low["action_url"].endswith(f"/actions/new/?statement={statement.pk}")
    assert sum(bool(bar["action_url"]) for bar in page.bars) == 1
    owner = circle.lived[0].person
    made = following.add_action(
        review=closed, statement=statement, title="Say it first", owner=owner, due_on=today, by=circle.boss
    )
    assert ActionPoint.objects.get() == made.point
    assert made.point.group == circle.group
    assert ResultsPage(closed, circle.boss).actions[0]["cells"][1]["text"] == COULD_CHANGE


def test_an_action_needs_results_a_group_and_a_statement_that_was_asked(closed, circle, today):
    fields = {"title": "Say it first", "owner": circle.boss.person, "due_on": today, "by": circle.boss}
    open_one = a_review(circle.programme, circle.boss)
    with pytest.raises(ActionError, match="once the review is closed"):
        following.add_action(review=open_one, **fields)
    with pytest.raises(ActionError, match="Only the chair"):
        following.add_action(review=closed, **{**fields, "by": circle.lived[0]})
    other = make.a_programme("No group")
    staff = make.with_role(other, Role.STAFF)
    lonely = a_review(other, staff)
    rounds.close(review=lonely, by=staff)
    lonely.refresh_from_db()
    with pytest.raises(ActionError, match="Set up a steering group"):
        following.add_action(review=lonely, **{**fields, "by": staff})
