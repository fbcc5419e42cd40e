"""Languages: their direction, how values keep their order in them, and the parts of a text."""

import pytest

from wellbeing.lib.languages import Language, Passage, kept_together, passages_of, to_choose
from wellbeing.lib.scripts import pieces

LRM = "\u200e"


def test_arabic_urdu_and_others_run_from_the_right():
    assert {language.value for language in Language if language.direction == "rtl"} == {
        "ar",
        "prs",
        "he",
        "ckb",
        "ps",
        "fa",
        "ur",
    }


def test_english_comes_first_and_the_others_by_name():
    labels = [label for _value, label in to_choose()]
    assert labels[0] == "English"
    assert labels[1:] == sorted(labels[1:])
    assert len(labels) == len(Language)


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ("01632 960001", "ur", f"{LRM}01632 960001{LRM}"),
        ("01632 960001", "pl", "01632 960001"),
        ("دعوت", "ur", "دعوت"),
        ("", "ur", ""),
    ],
)
def test_a_phone_number_keeps_its_order_in_a_line_from_the_right(value, language, expected):
    assert kept_together(value, language) == expected


def test_a_text_is_cut_where_its_facts_in_english_begin_and_end():
    text = "سلام\n\nFacts here\n\nشکریہ\n"
    begin = text.index("Facts")
    parts = passages_of(text, "ur", begin, begin + len("Facts here"))
    assert parts == [Passage("سلام", "ur"), Passage("Facts here", "en"), Passage("شکریہ", "ur")]
    assert [part.direction for part in parts] == ["rtl", "ltr", "rtl"]
    assert passages_of("Facts", "ur", 0, 5) == [Passage("Facts", "en")]
    assert passages_of("Hello", "en", None, None) == [Passage("Hello", "en")]


@pytest.mark.parametrize("language", [Language.ARABIC, Language.URDU])
def test_a_mark_that_is_not_printed_asks_for_no_other_font(language):
    value = kept_together("Ann", language)
    assert [piece.family for piece in pieces(value)] == [None]
