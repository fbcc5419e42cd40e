"""The policy as a PDF: standard, large print and Easy Read, for whoever may read its page."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from payments.policy import actions as policy_actions
from payments.policy import easy_read, queries
from payments.policy.actions import ActivityFee, ExpenseTerms
from payments.policy.calculations import FIXED, PER_HOUR, PER_PART, FeeTerms, half_or_full_day
from tests.helpers.documents import pieces_of, text_of
from tests.helpers.offers import next_version
from tests.helpers.pdf_checks import faults


def address(scene, layout, programme=None):
    return reverse("policy_paper", args=[(programme or scene.programme).slug, layout])


def smallest_size(content):
    """The smallest size of a piece of text in the body of a PDF, in points; the foot of the page is smaller."""
    sizes = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        for text, place, letters, size in pieces_of(page):
            if text.strip() and "/" not in text and not text.strip().isdigit():
                sizes.add(round(abs(size * letters[0] * place[0]), 1))
    return min(sizes)


@pytest.mark.parametrize("layout", ["standard", "large-print", "easy-read"])
def test_it_says_what_the_page_says_and_is_tagged(scene, signed_in, layout, tmp_path):
    answer = signed_in(None).get(address(scene, layout))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert faults(answer.content, tmp_path) == []
    words = text_of(answer.content)
    for sentence in (
        "We pay £50.00 for half a day.",
        "Half a day is up to 4 hours.",
        "We pay 40p a mile.",
        "Childcare",
    ):
        assert sentence in words
    reader = PdfReader(io.BytesIO(answer.content))
    assert "How we pay you" in reader.metadata.title
    assert scene.programme.name in reader.metadata.title


def test_large_print_is_18_point_and_easy_read_at_least_14(scene, signed_in):
    client = signed_in(None)
    assert smallest_size(client.get(address(scene, "large-print")).content) >= 18
    assert smallest_size(client.get(address(scene, "easy-read")).content) >= 14


def test_easy_read_asks_questions_and_says_one_thing_in_a_sentence(scene):
    version = queries.policy_in_force(scene.programme, timezone.localdate())
    asked = [easy_read.about(scene.programme, version), *easy_read.questions(version)]
    asked += easy_read.choices(scene.programme, contact=True)
    assert all(question.words.endswith("?") for question in asked)
    sentences = [words for question in asked for answer in question.answers for words in answer.sentences]
    assert all(len(words.split()) <= 16 for words in sentences), [w for w in sentences if len(w.split()) > 16]
    assert not any(". " in words for words in sentences)
    assert any(words.startswith("You can ask") for words in sentences)
    assert not any(
        words.startswith("You can ask")
        for question in easy_read.choices(scene.programme, contact=False)
        for answer in question.answers
        for words in answer.sentences
    )


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (FeeTerms(FIXED, unit_pence=2500), ["We pay £25.00.", "It does not matter how long it takes."]),
        (FeeTerms(PER_HOUR, unit_pence=2500), ["We pay £25.00 for each hour."]),
        (
            FeeTerms(PER_PART, unit_pence=2500, unit_hours=Decimal(3)),
            ["We pay £25.00 for each 3 hours.", "You may start another 3 hours and not finish."],
        ),
        (
            half_or_full_day(2500, 5000, Decimal(3), limit_is_half_day=False),
            ["Half a day is less than 3 hours.", "A full day is 3 hours or more."],
        ),
    ],
)
def test_easy_read_says_every_kind_of_rate(scene, terms, said):
    policy_actions.save_draft(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate(),
        fees=[ActivityFee(terms), ActivityFee(FeeTerms(FIXED, unit_pence=9900), "workshop", "chairing")],
        expenses=[ExpenseTerms("parking", cap_pence=500)],
        pay_within_working_days=10,
        claim_window_months=1,
        cancel_within_days=2,
        cancel_share_percent=50,
        preparation_included=False,
    )
    asked = {
        question.words: [words for answer in question.answers for words in answer.sentences]
        for question in easy_read.questions(queries.draft_of(scene.programme))
    }
    for sentence in said:
        assert sentence in asked["What do we pay for your time?"]
    assert "We pay £99.00." in asked["Is something paid differently?"]
    assert asked["Do we pay for the time you take to prepare?"] == ["No."]
    assert "You have 1 month to send it." in asked["When do you get your money?"]
    assert asked["What if we cancel an event?"] == [
        "You told us that you would come.",
        "We cancel less than 2 days before the event.",
        "Then we still pay you half of the payment for your time.",
    ]


def test_a_version_to_come_is_on_the_paper_with_its_day_and_a_replaced_one_is_not(scene, signed_in):
    for half in (1111, 2222):
        next_version(scene, half=half, days=10)
        policy_actions.publish_draft(programme=scene.programme, by=scene.staff)
    for layout in ("standard", "easy-read"):
        words = text_of(signed_in(None).get(address(scene, layout)).content)
        assert "£22.22" in words
        assert "£11.11" not in words
        assert "3 December 2026" in words


def test_whom_to_ask_is_for_people_of_the_programme(scene, signed_in):
    for layout in ("standard", "easy-read"):
        assert "connie@example.org" in text_of(signed_in(scene.person).get(address(scene, layout)).content)
        assert "connie@example.org" not in text_of(signed_in(None).get(address(scene, layout)).content)


def test_days_to_come_when_nobody_is_in_are_named(scene, signed_in):
    day = timezone.localdate() + dt.timedelta(days=20)
    policy_actions.add_closed_day(programme=scene.programme, by=scene.staff, day=day, name="Office closed")
    assert "Office closed" in text_of(signed_in(None).get(address(scene, "standard")).content)


def test_there_is_no_paper_of_another_layout_or_before_anything_is_published(scene, signed_in):
    assert signed_in(None).get(address(scene, "braille")).status_code == 404
    assert signed_in(scene.elsewhere).get(address(scene, "standard", scene.other)).status_code == 404


def test_the_page_links_to_each_layout_once_there_is_something_to_read(scene, signed_in):
    page = signed_in(None).get(reverse("policy", args=[scene.programme.slug])).text
    for layout in ("standard", "large-print", "easy-read"):
        assert address(scene, layout) in page
    none = signed_in(scene.elsewhere).get(reverse("policy", args=[scene.other.slug])).text
    assert "Read it as a PDF" not in none
