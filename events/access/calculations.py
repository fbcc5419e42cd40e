"""Pure sums about access: what a reply says is needed, and the lists each kind of need belongs on."""

from collections.abc import Iterable, Mapping

# By the kind of need: the lists of an event on which it stands (see `models.LISTS`). A kind that is not here stands on
# none until staff say who has to know, because its words may say anything.
LISTS_OF_KINDS = {
    "large_print": ("facilitators", "desk"),
    "easy_read": ("facilitators", "desk"),
    "braille": ("facilitators", "desk"),
    "audio": ("facilitators", "desk"),
    "bsl": ("facilitators", "desk"),
    "lip_speaker": ("facilitators", "desk"),
    "hearing_loop": ("venue", "facilitators", "desk"),
    "captions": ("venue", "facilitators"),
    "language": ("facilitators", "desk"),
    "supporter": ("caterer", "facilitators", "desk"),
    "step_free": ("venue", "desk"),
    "parking": ("venue", "desk"),
    "transport": ("desk",),
    "assistance_dog": ("venue", "facilitators", "desk"),
    "quiet_room": ("venue", "facilitators"),
    "breaks": ("facilitators",),
    "diet": ("caterer",),
}
# Kinds that are arranged once for everybody in the room.
SHARED_KINDS = ("hearing_loop", "captions", "step_free", "quiet_room", "breaks")


def needs_in(text: str, kinds: Mapping[str, str], other: str) -> dict[str, str]:
    """Return what the `text` of a reply says is needed: {kind: words}.

    `kinds` is {label: kind}. A line of ticked boxes reads "Label: words; Label"; every other line is of the kind
    `other`.
    """
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        for kind, words in _ticked(line.strip(), kinds, other):
            # Said twice is needed once.
            if words not in found.setdefault(kind, []) and words:
                found[kind].append(words)
    separators = {other: "\n"}
    return {kind: separators.get(kind, "; ").join(words) for kind, words in found.items()}


def of_supporter(text: str, before: str) -> tuple[str, str]:
    """Return the lines of a reply that are about the person's own needs, and those about whom they bring.

    The second begin with `before`, which is taken away.
    """
    own: list[str] = []
    theirs: list[str] = []
    for line in text.splitlines():
        (theirs if line.startswith(before) else own).append(line.removeprefix(before).strip())
    return "\n".join(own), "\n".join(theirs)


def _ticked(line: str, kinds: Mapping[str, str], other: str) -> list[tuple[str, str]]:
    """Return the (kind, words) of one line. A part without a label goes on with the words of the one before it."""
    found: list[tuple[str, str]] = []
    for part in line.split("; ") if line else []:
        label, _colon, words = part.partition(": ")
        if label in kinds:
            found.append((kinds[label], words.strip()))
        elif found:
            kind, before = found[-1]
            found[-1] = (kind, f"{before}; {part}" if before else part)
        else:
            # No ticked box is at its beginning: it was written by hand, whatever comes after.
            return [(other, line)]
    return found


def joined(parts: Iterable[str], most: int) -> str:
    """Return the words of one need from several places, each once, cut to `most` letters."""
    words = "; ".join(dict.fromkeys(part for part in parts if part))
    return words if len(words) <= most else f"{words[: most - 1]}…"
