"""Put a programme's own words around the facts of what it tells people, in the language each of them reads.

Called when notices are written; what was written before stays as it was.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape

from people import registry
from people.messages.drafts import Draft
from people.messages.emails import page_of
from people.messages.fields import around_details, fields_in, filled, problems_in, values_for
from people.wordings import DETAILS, LINK, OwnWords, WordsInForce
from wellbeing.lib.languages import Language, kept_together
from wellbeing.lib.texts import clean_words

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


@dataclass(frozen=True)
class Gap:
    """A merge field with nothing to say: in the subject, the words or the text message, on which line."""

    version: int
    part: str
    line: int
    field: str


@dataclass(frozen=True)
class Said:
    """A draft in its last words, and the fields for want of which they are the standard ones."""

    draft: Draft
    gaps: tuple[Gap, ...] = ()


def said(drafts: Sequence[Draft], voices: registry.Voices) -> list[Said]:
    """Return each of `drafts` in the words of its programme where it has some, else as it is. Asks the database once.

    Somebody for whom a field of those words is empty gets the standard words, with the gaps named.
    """
    worded = [draft for draft in drafts if _can_be_worded(draft)]
    in_force = words_in_force({draft["voice"] for draft in worded}, {draft["kind"] for draft in worded})
    return [_said(draft, in_force, voices) if in_force else Said(draft) for draft in drafts]


def words_in_force(voices: set[str], kinds: set[str]) -> WordsInForce:
    """Return the words of their own that `voices` have today for `kinds`, by (voice, kind, language)."""
    found: dict[tuple[str, str, str], OwnWords] = {}
    if voices and kinds:
        for ask in registry.own_words:
            found |= ask(voices, kinds)
    return found


def gaps_in(own: OwnWords, values: Mapping[str, str]) -> tuple[Gap, ...]:
    """Return the fields of `own` that have nothing in `values`."""
    used = {*fields_in(own.subject), *fields_in(own.words), *fields_in(own.short)} - {DETAILS, LINK}
    if all(values.get(field) for field in used):
        return ()
    known = {**values, DETAILS: DETAILS}
    parts = (("subject", own.subject, known), ("words", own.words, known), ("short", own.short, {**known, LINK: LINK}))
    return tuple(
        Gap(own.version, part, problem.line, problem.field)
        for part, text, fields in parts
        for problem in problems_in(text, fields)
    )


def put_on(draft: Draft, own: OwnWords, values: Mapping[str, str]) -> Draft:
    """Return `draft` in the words of `own`, around its facts. The text message still has {link} where its link comes.

    Facts are in English; where the words are not, the draft says where in its text the facts begin and end.
    """
    values = {field: kept_together(value, own.language) for field, value in values.items()}
    before, after = around_details(own.words, values)
    # Cleaned like the text of the notice, so that the facts are found again where they stand.
    details = clean_words(draft["details"])
    head = clean_words("".join(f"{paragraph}\n\n" for paragraph in before))
    text = head + "\n\n".join([details, *after]) + "\n"
    subject = filled(own.subject, values)
    worded = draft.copy()
    worded["subject"], worded["text"], worded["language"] = subject, text, own.language
    worded["html"] = page_in_words(draft.get("html", ""), own.language, " ".join(subject.split()), before, after)
    worded["facts"] = (len(head), len(head) + len(details))
    # Without words of its own a text message says the new subject, as the check page shows it.
    worded.pop("brief", None)
    if own.short:
        worded["short"] = filled(own.short, values)
    elif own.language != Language.ENGLISH:
        # The one that came with the draft is in English.
        worded.pop("short", None)
    return worded


def page_in_words(html: str, language: str, subject: str, before: Iterable[str], after: Iterable[str]) -> str:
    """Return a message as a page with other words around its facts; as it is where it has no marks for them.

    `people/emails/worded.html` puts the marks around the words, and around the facts in them.
    """
    head, _mark, words = html.partition("<!--words-->")
    words, ends, foot = words.rpartition("<!--/words-->")
    facts = words.partition("<!--details-->")[2].rpartition("<!--/details-->")[0]
    if not ends or not facts:
        return html
    if language != Language.ENGLISH:
        facts = f'<div lang="{Language.ENGLISH}" dir="{Language.ENGLISH.direction}">{facts}</div>'
    inside = "".join(
        [f"{_opening('h1')}{escape(subject)}</h1>", *map(_paragraph, before), facts, *map(_paragraph, after)]
    )
    whole = f'<div lang="{language}" dir="{Language(language).direction}">{inside}</div>'
    head = _TITLE.sub(lambda _title: f"<title>{escape(subject)}</title>", head, count=1)
    return head + whole + foot


def _can_be_worded(draft: Draft) -> bool:
    kind = registry.notice_kinds[draft["kind"]]
    return kind.can_be_reworded and bool(draft.get("voice") and draft.get("details") and draft.get("person"))


def _said(draft: Draft, in_force: WordsInForce, voices: registry.Voices) -> Said:
    person = draft.get("person")
    if person is None or not _can_be_worded(draft):
        return Said(draft)
    languages = dict.fromkeys([person.language, Language.ENGLISH])
    found = (in_force.get((draft["voice"], draft["kind"], language)) for language in languages)
    own = next((words for words in found if words), None)
    if own is None:
        return Said(draft)
    values = {**values_for(person, voices[draft["voice"]]), **draft.get("values", {})}
    gaps = gaps_in(own, values)
    return Said(draft, gaps) if gaps else Said(put_on(draft, own, values))


def _paragraph(words: str) -> str:
    return f"{_opening('p')}{escape(words).replace(chr(10), '<br>')}</p>"


@cache
def _opening(tag: str) -> str:
    """Return the opening tag of a heading or paragraph, with the styles it has in the frame of every message."""
    page = page_of({"heading": "", "paragraphs_before": [""]})
    found = re.search(rf"<{tag}\b[^>]*>", page.partition("<!--words-->")[2])
    return found[0]  # type: ignore[index]  # the frame has one of each
