"""Papers of a review: the form in three layouts and the results in two, tagged, with nobody's name."""

import io

import pypdf
import pytest

from programmes.reviews import documents
from programmes.reviews.actions import rounds
from programmes.reviews.models import Layout, Side
from tests.factories.reviews import answer_all
from tests.helpers.pdf_checks import faults
from tests.programmes.reviews.conftest import COULD_CHANGE


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("side", [Side.LIVED_EXPERIENCE, Side.STAFF])
def test_the_form_has_every_statement_in_the_words_of_its_group_and_no_name(circle, layout, side, tmp_path):
    content = documents.form_paper(circle.review, side, layout)
    assert faults(content, tmp_path) == []
    text = text_of(content)
    staff = side == Side.STAFF
    assert ("I said clearly what could and could not change" if staff else COULD_CHANGE) in text
    assert "Nobody was harmed by taking part" in text
    assert "Do not write your name" in text
    assert "Lived Number" not in text


@pytest.mark.parametrize("layout", [Layout.STANDARD, Layout.LARGE_PRINT])
def test_the_results_have_the_gap_and_neither_comments_nor_few_people(circle, layout, tmp_path):
    answer_all(circle.review, "lived_experience", *[{COULD_CHANGE: 2}] * 9, comment="Tell us sooner")
    answer_all(circle.review, "staff", *[{COULD_CHANGE: 5}] * 6)
    answer_all(circle.review, "others", 1)
    rounds.close(review=circle.review, by=circle.boss)
    circle.review.refresh_from_db()
    content = documents.results_paper(circle.review, layout)
    assert faults(content, tmp_path) == []
    text = text_of(content)
    assert f"“{COULD_CHANGE}”" in text
    assert "People with lived experience: 2.0. Staff: 5.0." in text
    assert "Others on the steering group" not in text
    assert "Tell us sooner" not in text
