"""How many text messages a text is sent as, against the tables of the standard and against Python's own UTF-16."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.lib.segments import BASIC, EXTENSION, forcing_ucs2, measure, plain, segments


def test_the_tables_have_the_size_of_the_standard():
    # 128 places, one of which is the escape to the extension.
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # 153 is odd: each part has room for 76 letters of the extension, and the 77th is not cut.
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("a" + "€" * 152, 2),
        ("ł" * 70, 1),
        ("ł" * 71, 2),
        ("ł" * 134, 2),
        ("ł" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        # 67 is odd, too: 33 emoji a part.
        ("😀" * 66, 2),
        ("😀" * 67, 3),
        ("x" * 69 + "ł", 1),
        ("x" * 159 + "ł", 3),
    ],
)
def test_a_text_is_cut_where_the_standard_cuts_it(words, parts):
    assert segments(words) == parts


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("Come to the day: 10am, £25 {or} 30€ ~ [yes] | no \\ ^", []),
        ("Zażłć łż", ["ż", "ł", "ć"]),
        ("ç is no capital Ç", ["ç"]),
        ("Hello “Ann”", ["“", "”"]),
        ("tab\there", ["\t"]),
        ("Ŵ and ŷ of Welsh", ["Ŵ", "ŷ"]),
    ],
)
def test_letters_that_make_the_whole_text_dearer_are_named_once_in_order(words, letters):
    assert forcing_ucs2(words) == letters
    assert measure(words).gsm is (not letters)


def test_typographic_signs_become_plain_ones_and_letters_stay():
    typed = "“Ann’s” day – Monday—Friday… 10\u00a0am\u202fto 12\u2009pm \u00ad\u200b‑ «yes» 1′ •\u2028next\t’"
    assert plain(typed) == '"Ann\'s" day - Monday-Friday... 10 am to 12 pm - "yes" 1\' -\nnext \''
    assert measure(plain(typed)).gsm
    assert plain("Łucja Żółć, Siân, Nguyễn, Gal·la 👩‍🦽") == "Łucja Żółć, Siân, Nguyễn, Gal·la 👩‍🦽"


@given(st.text(max_size=700))
def test_places_are_the_units_of_the_encoding_and_the_parts_hold_them(words):
    found = measure(words)
    if found.gsm:
        units, one, each = sum(2 if letter in EXTENSION else 1 for letter in words), 160, 153
    else:
        # A lone half of a pair cannot be encoded strictly, and a phone would get it as it is.
        units, one, each = len(words.encode("utf-16-be", "surrogatepass")) // 2, 70, 67
    assert found.places == units
    if units <= one:
        assert found.segments == 1
    else:
        assert -(-units // each) <= found.segments <= -(-units // (each - 1))


@given(st.text(max_size=300))
def test_making_plain_changes_no_letter_and_says_the_same_the_second_time(words):
    made = plain(words)
    assert plain(made) == made
    letters = [letter for letter in words if unicodedata.category(letter)[0] in "LMN"]
    assert [letter for letter in made if unicodedata.category(letter)[0] in "LMN"] == letters
    assert segments(made) <= segments(words) or "…" in words
