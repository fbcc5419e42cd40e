"""A made PDF held to PDF/UA-1 by a checker that knows nothing of how it was made."""

import re

import outloud

SEEN = ("error", "warning")
# The checker's own mistakes: (rule, the whole of its message, why the paper is right). docs/decisions.md says more.
MISTAKES = (
    (
        "TBL-010",
        r"header cells look shredded: \d+ header cells against \d+ data cells",
        "A table of two columns with a head and a header in each row always has more header cells than data cells.",
    ),
    (
        "PAG-001",
        r"\d+ running header or footer line\(s\) are tagged as content on \d+ or more pages",
        "A letterhead or the name of a table that stands at the edge of many pages is content; @page draws the rest.",
    ),
)


def faults(content, folder):
    """The errors and warnings of the checker about a PDF (bytes), as sentences, without its MISTAKES.

    `folder` is where the PDF is put for the checker to read.
    """
    path = folder / "paper.pdf"
    path.write_bytes(content)
    result = outloud.check(str(path))
    if result.error:
        return [f"unreadable: {result.error}"]
    crashed = [f"{run.rule} crashed: {run.reason}" for run in result.runs if run.status == "crashed"]
    found = [each for each in result.sorted_findings() if each.severity in SEEN and not _is_mistake(each)]
    return crashed + [
        f"{each.severity} {each.rule} on page {each.page}: {each.message} [{each.evidence}]" for each in found
    ]


def _is_mistake(finding):
    return any(rule == finding.rule and re.fullmatch(message, finding.message) for rule, message, _why in MISTAKES)
