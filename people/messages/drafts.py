"""Drafts of what is to be said to somebody: the arguments of `people.messages.telling.tell`."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from people.directory.models import Person
from people.messages.models import Mailing


class Draft(TypedDict):
    """One thing to be said, as arguments of `tell`."""

    key: str
    kind: str
    subject: str
    text: str
    person: NotRequired[Person | None]
    html: NotRequired[str]
    reply_to: NotRequired[str]
    parts: NotRequired[Sequence[tuple[str, str, bytes]]]
    audience: NotRequired[str]
    voice: NotRequired[str]
    link: NotRequired[str]
    short: NotRequired[str]
    brief: NotRequired[Sequence[str]]
    to: NotRequired[str]
    # Of a kind that programmes may say in their own words: its facts, as they stand in `text`, and its merge fields.
    details: NotRequired[str]
    values: NotRequired[Mapping[str, str]]
    # The language of the words around the facts, and where the facts begin and end in `text`.
    language: NotRequired[str]
    facts: NotRequired[tuple[int, int]]
    mailing: NotRequired[Mailing | None]
