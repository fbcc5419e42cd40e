"""Statements and limits of reviews, from a day on."""

import datetime as dt
from decimal import Decimal

import pytest

from programmes.models import ReviewRule, ReviewStatement
from programmes.reviews.actions import setting
from programmes.reviews.actions.setting import Words
from programmes.reviews.models import Section, Side
from tests.factories.reviews import a_review, statements_of
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError


def a_set(prefix="We"):
    return [Words(section, f"{prefix} did {section}") for section in Section.values]


def test_the_standard_set_has_all_five_sections_in_both_wordings(circle, today):
    statements = ReviewStatement.objects.in_force_on(circle.programme, today)
    assert [one.section for one in statements] == sorted((one.section for one in statements), key=Section.values.index)
    assert {one.section for one in statements} == set(Section.values)
    could = next(one for one in statements if one.staff_words and "could not change" in one.words)
    assert could.words_for(Side.LIVED_EXPERIENCE) == "I knew what could and could not change"
    assert could.words_for(Side.STAFF) == "I said clearly what could and could not change"
    same = next(one for one in statements if not one.staff_words)
    assert same.words_for(Side.STAFF) == same.words


def test_a_programme_asks_its_own_set_from_a_day_on_and_open_reviews_keep_theirs(circle, today):
    day = today + dt.timedelta(days=2)
    setting.use_statements(programme=circle.programme, effective_from=day, statements=a_set(), by=circle.boss)
    assert len(ReviewStatement.objects.in_force_on(circle.programme, today)) == 19
    assert ReviewStatement.objects.in_force_on(circle.programme, day)[0].words == "We did principles"
    assert len(statements_of(circle.review)) == 19
    other = circle.elsewhere.person.memberships.get().programme
    assert len(ReviewStatement.objects.in_force_on(other, day)) == 19


def test_a_set_nobody_was_asked_is_replaced_and_one_that_was_asked_stays(circle, today):
    fields = {"programme": circle.programme, "effective_from": today, "by": circle.boss}
    setting.use_statements(statements=a_set("We"), **fields)
    setting.use_statements(statements=a_set("They"), **fields)
    assert statements_of(a_review(circle.programme, circle.boss)).keys() == {
        f"They did {one}" for one in Section.values
    }
    with pytest.raises(ActionError, match="has asked the statements") as refusal:
        setting.use_statements(statements=a_set("You"), **fields)
    assert refusal.value.field == "effective_from"


def test_a_set_needs_a_statement_in_each_section_and_a_day_to_come(circle, today):
    with pytest.raises(ActionError, match="at least one statement for “Impact”") as refusal:
        setting.use_statements(
            programme=circle.programme, effective_from=today, statements=a_set()[:-1], by=circle.boss
        )
    assert refusal.value.field == "impact_words"
    with pytest.raises(ActionError, match="today or a later day"):
        setting.use_statements(
            programme=circle.programme,
            effective_from=today - dt.timedelta(days=1),
            statements=a_set(),
            by=circle.boss,
        )
    with pytest.raises(ActionError, match="Only programme staff"):
        setting.use_statements(programme=circle.programme, effective_from=today, statements=a_set(), by=circle.partner)


def test_no_statement_is_ever_changed(db):
    assert "Cannot update" in refused("UPDATE programmes_reviewstatement SET words = 'Other'")


def test_a_rule_can_ask_for_more_answers_and_never_for_fewer(circle, today):
    fields = {"programme": circle.programme, "low_mean": Decimal("3.5"), "open_days": 14, "by": circle.boss}
    for wrong, field in (
        ({"fewest": 4}, "fewest"),
        ({"fewest": 6, "low_mean": Decimal("5.5")}, "low_mean"),
        ({"fewest": 6, "open_days": 0}, "open_days"),
        ({"fewest": 6, "effective_from": today - dt.timedelta(days=1)}, "effective_from"),
    ):
        with pytest.raises(ActionError) as refusal:
            setting.set_rule(**{"effective_from": today, **fields, **wrong})
        assert refusal.value.field == field
    rule = setting.set_rule(effective_from=today, fewest=8, **fields)
    assert ReviewRule.objects.in_force_on(circle.programme, today) == rule
    assert ReviewRule.objects.in_force_on(circle.programme, today - dt.timedelta(days=1)).fewest == 5
    assert a_review(circle.programme, circle.boss).fewest == 8
    with pytest.raises(ActionError, match="rule from that day"):
        setting.set_rule(effective_from=today, fewest=9, **fields)


def test_no_rule_shows_two_answers(circle):
    assert "review_rule_hides_the_few" in refused(
        "INSERT INTO programmes_reviewrule (programme_id, effective_from, fewest, low_mean, open_days)"
        " VALUES (%s, '2027-01-01', 2, 3, 21)",
        circle.programme.pk,
    )
    assert "Cannot update" in refused("UPDATE programmes_reviewrule SET fewest = 3")
