"""Show which words of a text changed."""

import difflib
import re
from typing import NamedTuple

# A word with the space after it, so that the parts put together are the text.
_WORDS = re.compile(r"\S+\s*|\s+")


class Part(NamedTuple):
    """Some words: "same" in both texts, "gone" from the first, or "new" in the second."""

    kind: str
    words: str


def changes(before: str, after: str) -> list[Part]:
    """Return the parts of `before` and `after` in reading order; those "same" and "new" put together are `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    parts = []
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(Part("same", "".join(new[new_start:new_end])))
            continue
        if end > start:
            parts.append(Part("gone", "".join(old[start:end])))
        if new_end > new_start:
            parts.append(Part("new", "".join(new[new_start:new_end])))
    return parts
