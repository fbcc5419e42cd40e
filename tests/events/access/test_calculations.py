"""Tests of reading what a reply says is needed."""

from hypothesis import given
from hypothesis import strategies as st

from events.access.calculations import LISTS_OF_KINDS, SHARED_KINDS, joined, needs_in
from events.access.models.arrangements import LISTS
from people.models import AccessNeed

KINDS = {str(label): kind for kind, label in AccessNeed.Kind.choices}


def read(text):
    return needs_in(text, KINDS, "other")


def test_ticked_boxes_are_a_need_each_and_other_lines_are_something_else():
    text = "Hearing loop; Food and drink: no nuts; halal\nA chair with arms, please"
    assert read(text) == {"hearing_loop": "", "diet": "no nuts; halal", "other": "A chair with arms, please"}


def test_a_need_ticked_again_later_is_one_need_with_both_words():
    assert read("Food and drink: no nuts\n\nFood and drink: no milk\nFood and drink: no nuts") == {
        "diet": "no nuts; no milk"
    }


def test_a_line_by_hand_that_names_a_box_later_on_is_kept_whole():
    assert read("I am not sure; Hearing loop") == {"other": "I am not sure; Hearing loop"}


def test_nothing_said_is_nothing_needed():
    assert read("") == {}
    assert read("\n \n") == {}


@given(st.text(max_size=200))
def test_no_word_of_a_reply_is_lost(text):
    found = read(text)
    kept = " ".join([*found.values(), *(label for label, kind in KINDS.items() if kind in found)])
    for word in text.replace(";", " ").replace(":", " ").split():
        assert word in kept.replace(";", " ").replace(":", " "), (word, kept)


def test_words_from_several_places_are_said_once_and_fit():
    assert joined(["no nuts", "", "no nuts", "halal"], 100) == "no nuts; halal"
    assert joined(["a" * 30], 10) == "a" * 9 + "…"


def test_every_kind_but_something_else_stands_on_lists_that_exist():
    assert set(LISTS_OF_KINDS) == set(AccessNeed.Kind.values) - {"other"}
    assert {name for names in LISTS_OF_KINDS.values() for name in names} == set(LISTS)
    assert set(SHARED_KINDS) <= set(AccessNeed.Kind.values)
