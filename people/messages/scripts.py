"""Turn the written words of a notice into what a colleague can say on the phone."""

import re
from collections.abc import Iterable

from wellbeing.lib.languages import Passage

_ADDRESS = re.compile(r"https?://\S+")


def spoken(text: str, *, greeted: bool = False) -> list[str]:
    """Return the paragraphs of `text` to read out: without links, and without the line that leads to one.

    "See it here:" and an address below it is of no use to somebody who listens; nor is a heading in capitals above
    nothing else, nor the greeting of a letter, which `text` begins with unless it is `greeted` before.
    """
    paragraphs = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        kept = [
            line
            for line, after in zip(lines, [*lines[1:], ""], strict=True)
            if not _ADDRESS.search(line) and not (line.endswith(":") and _ADDRESS.search(after))
        ]
        is_bare_heading = len(lines) > 1 and kept == lines[:1] and kept[0].isupper()
        if kept and not is_bare_heading:
            paragraphs.append("\n".join(kept))
    begins_with_greeting = not greeted and len(paragraphs) > 1 and _is_greeting(paragraphs[0])
    return paragraphs[1:] if begins_with_greeting else paragraphs


def script_of(passages: Iterable[Passage]) -> list[tuple[Passage, list[str]]]:
    """Return each of `passages` with its paragraphs to read out: see `spoken`."""
    script = [(passage, spoken(passage.text, greeted=number > 0)) for number, passage in enumerate(passages)]
    if len(script) > 1 and all(map(_is_greeting, script[0][1])):
        del script[0]
    return script


def _is_greeting(paragraph: str) -> bool:
    return "\n" not in paragraph and len(paragraph) < 80 and paragraph.endswith(",")
