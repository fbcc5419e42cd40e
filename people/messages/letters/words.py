"""Read the plain text of a notice as the headings, paragraphs and lists that a letter sets it in."""

import re
from dataclasses import dataclass
from enum import StrEnum

# A longer line in capitals is somebody's own way of writing, not a heading.
MAX_HEADING = 80


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True)
class Block:
    """A part of a letter: its kind, and its lines as they stand in the notice."""

    kind: Kind
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """Split plain text at its empty lines. A first line in capitals is a heading, lines that begin with "- " a list."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and _is_heading(lines[0]):
            found.append(Block(Kind.HEADING, (lines.pop(0),)))
        plain: list[str] = []
        items: list[str] = []
        for line in lines:
            if line.startswith("- "):
                if plain:
                    found.append(Block(Kind.PARAGRAPH, tuple(plain)))
                    plain = []
                items.append(line.removeprefix("- "))
            else:
                if items:
                    found.append(Block(Kind.LIST, tuple(items)))
                    items = []
                plain.append(line)
        for kind, left in ((Kind.PARAGRAPH, plain), (Kind.LIST, items)):
            if left:
                found.append(Block(kind, tuple(left)))
    return found


def _is_heading(line: str) -> bool:
    return line.isupper() and len(line) <= MAX_HEADING and "://" not in line and " " in line
