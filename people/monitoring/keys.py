"""Under which key an answer is kept: a pseudonym of its person, another for each question.

The key of a person's answer is made of their number with a secret key of this installation. So the table of answers
has no way to a person, and none from one answer of somebody to the next; but whoever has the secret keys of the
installation and its database can make the keys, as this module does.
"""

from collections.abc import Iterable

from wellbeing.lib.crypto import pseudonyms
from wellbeing.lib.types import PersonId


def keys_of(person: PersonId, question: str) -> list[str]:
    """Return the keys under which the answer of `person` to `question` may be kept; the first is for a new one."""
    return pseudonyms(f"monitoring: {question}", str(person))


def key_of(person: PersonId, question: str) -> str:
    """Return the key under which a new answer of `person` to `question` is kept."""
    return keys_of(person, question)[0]


def every_key_of(person: PersonId, questions: Iterable[str]) -> list[str]:
    """Return all keys under which answers of `person` to `questions` may be kept."""
    return [key for question in questions for key in keys_of(person, question)]
