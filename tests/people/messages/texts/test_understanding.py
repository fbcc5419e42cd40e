"""A bare answer is understood however it is typed; anything with more in it is left to a colleague."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.messages.texts.understanding import LONGEST, Understood, understood


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        *(
            (words, "stop")
            for words in ("STOP", "stop", "Stop.", " STOP ALL ", "StopAll", "Unsubscribe", "END", "Quit!")
        ),
        *((words, "stop") for words in ("CANCEL", "Please stop", "stop please, thanks", "“STOP”")),
        *((words, "start") for words in ("START", "Start please", "UNSTOP")),
        *(
            (words, "yes")
            for words in ("YES", "y", "Yes please!", "ok", "OK thanks", "Okay", "Yes, I’ll come", "yep :)")
        ),
        *((words, "yes") for words in ("Yes. Thank you", "I'm coming", "sure", "Hi, yes", "Y\n")),
        *(
            (words, "no")
            for words in ("NO", "n", "No thanks", "no thank you", "Sorry, no", "nope", "I can't come, sorry")
        ),
        *((words, "words") for words in ("", " ", "?", "Yes?", "yes but I need a lift", "yes and no", "no problem")),
        *(
            (words, "words")
            for words in ("not sure", "maybe", "who is this?", "stop it, you are funny", "thanks", "👍")
        ),
        *(
            (words, "words")
            for words in ("The end", "I will not stop coming", "Can I cancel?", "no stop", "Start when?")
        ),
    ],
)
def test_a_text_is_understood(words, meaning):
    assert understood(words) == meaning


@given(st.text(max_size=200))
def test_any_text_has_one_meaning_and_a_long_one_is_never_acted_on(words):
    meaning = understood(words)
    assert meaning in Understood
    assert meaning == Understood.WORDS or len(words) <= LONGEST
