"""One thing that was looked at, in words for somebody who does not know mail."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Hold the finding for one thing (`title`): whether it is there, the text found, and what to `do` if it is not."""

    title: str
    is_well: bool
    found: str
    do: str = ""
