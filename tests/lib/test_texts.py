"""Clean texts: some characters are dropped, the others kept, and PostgreSQL refuses in a line what is dropped."""

import unicodedata
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.lib import texts
from wellbeing.lib.texts import NEVER_IN_A_LINE, EmailBox, UrlBox, WordsBox, clean_line, clean_words

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("suryani@example.org\u202c", "suryani@example.org"),
        ("\u202eAnn Invented\u202c", "Ann Invented"),
        ("Ann\r\nBcc: everyone@example.org", "Ann Bcc: everyone@example.org"),
        ("Ann\u2028Invented\x85Junior", "Ann Invented Junior"),
        ("\ufeffAnn\u200b\u00ad Invented\x07", "Ann Invented"),
        ("Ann \u00a0 \t Invented ", "Ann Invented"),
        ("\u202fAnn\u2007Invented\u3000", "Ann Invented"),
        ("\u2066Ann\u2069 Inven\u200bted\ufeff", "Ann Invented"),
        ("A\u200dnn\u200c", "Ann"),
        ("Sia\u0302n T\u0177 Mawr", "Siân Tŷ Mawr"),
        # Names as the field sent them: all of them whole.
        ("Siobhán O’Brien", "Siobhán O’Brien"),
        ("Łukasz Żółkiewski", "Łukasz Żółkiewski"),
        ("McAllister‐Fitzwilliam", "McAllister‐Fitzwilliam"),
        ("陳大文", "陳大文"),
        ("রহিমা বেগম", "রহিমা বেগম"),
        ("র\u200d্যাব", "র\u200d্যাব"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("Jo 🦋 Butterfly", "Jo 🦋 Butterfly"),
        ("Jo 👩🏽\u200d🦽", "Jo 👩🏽\u200d🦽"),
        ("Null", "Null"),
    ],
)
def test_a_line_loses_what_nobody_sees_and_keeps_what_a_name_needs(typed, kept):
    assert clean_line(typed) == unicodedata.normalize("NFC", kept)


def test_sentences_keep_their_lines_and_lose_what_nobody_sees():
    assert clean_words("12\u202f000\u00a0pounds") == "12 000 pounds"
    assert clean_words("One\r\ntwo\rthree\u2029four\t5\u202e\x00") == "One\ntwo\nthree\nfour\t5\x00"


@pytest.mark.django_db
def test_postgres_refuses_in_a_line_what_is_dropped_from_it_sign_by_sign():
    signs = [chr(number) for number in [*range(1, 0xD800), *range(0xE000, 0x10000)] if number not in (0x200C, 0x200D)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sign FROM unnest(%s) AS sign WHERE sign ~ %s", [signs, NEVER_IN_A_LINE])
        refused = {sign for [sign] in cursor.fetchall()}
    # A space at the end of a line goes as well; no harm in one that the database would take.
    dropped = {sign for sign in signs if clean_line(f"a{sign}b") in {"ab", "a b"} and not sign.isprintable()}
    spaces = {sign for sign in signs if unicodedata.category(sign) == "Zs"}
    assert dropped - spaces == refused


def test_a_link_for_a_meeting_of_241_characters_is_taken():
    link = (DATA / "teams_shaped_link.txt").read_text(encoding="utf-8")
    assert len(link) == 241
    assert UrlBox(max_length=500, assume_scheme="https").clean(f"{link}\u200b\n") == link


def test_links_in_free_text_are_taken_whole():
    words = (DATA / "unbroken_words.txt").read_text(encoding="utf-8")
    assert WordsBox(max_length=500).clean(words) == words.strip()


def test_an_address_pasted_with_a_mark_is_the_address():
    assert EmailBox().clean("\u202asuryani@example.org\u202c ") == "suryani@example.org"


def test_lines_are_counted_after_their_ends_are_written_one_way():
    box = WordsBox(max_length=20, max_lines=4)
    assert box.clean("a\r\nb\r\nc\r\nd") == "a\nb\nc\nd"
    with pytest.raises(Exception, match=r"4 lines or fewer. You have used 5"):
        box.clean("a\nb\nc\nd\ne")


@pytest.mark.parametrize(
    "typed",
    [
        "suryani",
        "suryani@example",
        "suryani@localhost",
        "suryani@@example.org",
        "suryani@example..org",
        "sur yani@example.org",
        '"suryani"@example.org',
        "suryani@[192.0.2.1]",
        f"{'s' * 65}@example.org",
        "Suryani <suryani@example.org>",
        "mailto:suryani@example.org",
    ],
)
def test_what_can_be_no_mail_address_is_refused(typed):
    with pytest.raises(ValidationError, match="Enter an email address, like"):
        EmailBox().clean(typed)


def test_an_address_pasted_with_a_mark_at_its_end_is_taken_without_it():
    typed = (DATA / "email_with_U+202C_at_the_end.txt").read_text(encoding="utf-8")
    assert typed.endswith("\u202c")
    assert EmailBox().clean(f"\u00a0{typed}\n") == "suryani@example.org"


@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from("\r\n\x85\u2028\u00a0\u200b\u200c\u200d\u202e\u0301e\u0644"))
)
def test_a_text_with_nothing_odd_is_told_from_others_at_one_look(text):
    """A text is handed back as it is exactly where each step of the cleaning leaves it as it is."""
    steps = texts._SPACES.sub(" ", texts._NEVER.sub("", texts._BREAKS.sub("\n", text)))
    slow = unicodedata.normalize("NFC", texts._NEEDLESS_JOINER.sub("", steps))
    assert clean_words(text) == slow
