"""Write the report of a drill, and its table for the terminal."""

from .notes import NONE

# Sentences about one invariant that are written out; the rest are counted.
MOST = 20
BROKEN = "BROKEN"


def outcome(found, notes):
    """Return the lines of the table: (what, how much was looked at, how it stands)."""
    lines = [(each["title"], each["looked_at"], _state(each["looked_at"], each["broken"])) for each in found]
    pages = sum(notes.statuses.values())
    lines.append(("No page leaves a person alone", pages, _state(pages, notes.naked)))
    count, _longest = notes.pages_with_valkey_stopped()
    lines.append(("Pages with Valkey stopped are quick", count, _state(count, notes.too_slow())))
    return lines


def _state(count, broken):
    return f"{BROKEN}: {len(broken)}" if broken else "holds" if count else "nothing to look at"


def holds(lines):
    """Return whether nothing in the table is broken."""
    return not any(state.startswith(BROKEN) for _what, _count, state in lines)


def table(lines):
    """Return the table as text."""
    width = max(len(what) for what, _count, _state in lines)
    return "\n".join(f"{what:{width}}  {count:>7,}  {state}" for what, count, state in lines)


def markdown(head, lines, found, notes):
    """Return the whole report. `head` are sentences about how the drill was played."""
    parts = ["# Drill", "", *(f"- {sentence}" for sentence in head), "", "## What held", ""]
    parts += ["| Invariant | Looked at | |", "|---|---:|---|"]
    parts += [f"| {what} | {count:,} | {state} |" for what, count, state in lines]
    for each in found:
        parts += _details(each)
    if notes.naked:
        parts += ["", "### Pages that leave a person alone", "", *(f"- {each}" for each in notes.naked[:MOST])]
    parts += ["", "## Faults", "", "| From second | To | Fault |", "|---:|---:|---|"]
    parts += [
        f"| {start - notes.began:.0f} | {end - notes.began:.0f} | {name} |"
        for name, start, end in sorted(notes.faults, key=lambda fault: fault[1])
    ]
    parts += _acknowledged(notes) + _times(notes) + _sentences(notes)
    return "\n".join(parts) + "\n"


def _details(each):
    if not each["broken"] and not each["notes"]:
        return []
    sentences = [*each["broken"][:MOST]]
    if len(each["broken"]) > MOST:
        sentences.append(f"and {len(each['broken']) - MOST} more.")
    return ["", f"### {each['title']}", "", *(f"- {sentence}" for sentence in (*sentences, *each["notes"][:MOST]))]


def _acknowledged(notes):
    kinds = sorted({fact["what"] for fact in notes.facts})
    parts = ["", "## What people did", "", "| What | Acknowledged | Nobody knows |", "|---|---:|---:|"]
    return parts + [f"| {what} | {notes.count(what)[0]} | {notes.count(what)[1]} |" for what in kinds]


def _times(notes):
    count, middle, longest = notes.usual()
    hung, worst = notes.pages_with_valkey_stopped()
    return [
        "",
        "## How long pages took",
        "",
        f"- Without a fault: {count} pages, {middle:.2f} s in the middle, {longest:.1f} s at most.",
        f"- With Valkey stopped: {hung} pages, {worst:.1f} s at most.",
        *(f"- {sentence}." for sentence in notes.too_slow()),
    ]


def _sentences(notes):
    parts = ["", "## What people read", ""]
    for fault in sorted(notes.sentences, key=lambda name: (name != NONE, " + " in name, name)):
        parts += [f"### {fault}", ""]
        parts += [f"- {count} × {sentence}" for sentence, count in notes.sentences[fault].most_common()]
        parts.append("")
    return parts
