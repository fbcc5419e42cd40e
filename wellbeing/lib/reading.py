"""Say how easy a text is to read: the Flesch-Kincaid grade (Kincaid and others, 1975), as an age.

A figure, not a judgement: it counts words in sentences and syllables in words, and knows nothing of meaning.
"""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
# A grade of a school in the United States begins at the age of five.
GRADE_TO_AGE = 5
# Fewer words say nothing about a text.
FEWEST_WORDS = 20


def reading_age(text: str) -> int | None:
    """Return the age in years from which `text` is easy to read; None where it is too short to say."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    grade = 0.39 * len(words) / max(sentences, 1) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    return max(round(grade) + GRADE_TO_AGE, GRADE_TO_AGE)


def _syllables(word: str) -> int:
    plain = word.lower()
    groups = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee", "ye")) and groups > 1
    return max(groups - silent, 1)
