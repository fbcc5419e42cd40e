"""The age from which a text is easy to read."""

from wellbeing.lib.reading import reading_age

EASY = "We meet on Monday. Come and eat with us. You can say what you need. We pay for your train. See you soon there."
HARD = (
    "Notwithstanding previously communicated administrative arrangements, participation necessitates comprehensive"
    " documentation substantiating expenditure, reimbursement of which remains conditional upon authorisation by the"
    " appropriate organisational representative."
)


def test_short_words_in_short_sentences_are_easy_and_long_ones_are_not():
    easy, hard = reading_age(EASY), reading_age(HARD)
    assert easy is not None and hard is not None
    assert easy <= 8
    assert hard >= 20


def test_a_few_words_say_nothing_about_a_text():
    assert reading_age("We meet on Monday.") is None
    assert reading_age("") is None
    assert reading_age("12345 67890 " * 30) is None
