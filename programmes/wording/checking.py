"""Check the words of a programme before they are used: their fields, the facts, the link of a text message."""

from django.utils.translation import gettext as _

from people import registry
from people.messages.fields import fields_in, refuse_problems
from people.wordings import DETAILS, LINK, Wording
from wellbeing.lib import phones
from wellbeing.lib.errors import ActionError

_FACTS, _LINK = "{" + DETAILS + "}", "{" + LINK + "}"
# Everybody has a name: this one stands for {name} while words are checked.
_SOMEBODY = "Alex"


class WordingError(ActionError):
    """Words cannot be used as they stand."""


def kind_of(key: str) -> registry.NoticeKind:
    """Return the kind of notice that programmes may say in their own words. Raises WordingError for any other."""
    kind = registry.notice_kinds.get(key)
    if kind is None or not kind.can_be_reworded:
        raise WordingError(_("The words of these messages cannot be changed."))
    return kind


def check(kind: registry.NoticeKind, speaker: registry.Voice, *, subject: str, words: str, short: str) -> None:
    """Raise ActionError, beside its field, for words that would leave out facts or could not be filled in."""
    wording = kind.standard
    if not subject.strip():
        raise WordingError(_("Enter the subject."), field="subject")
    values = known_values(wording, speaker)
    refuse_problems(subject, values, "subject")
    refuse_problems(words, {**values, DETAILS: DETAILS}, "words")
    _check_facts(wording, words)
    if short.strip():
        refuse_problems(short, {**values, LINK: LINK}, "short")
        if _LINK not in short:
            raise WordingError(_("Add %(link)s, so that people can read the rest.") % {"link": _LINK}, field="short")


def known_values(wording: Wording, speaker: registry.Voice) -> dict[str, str]:
    """Return an example of what each field says. One of the programme is empty where the programme has nothing."""
    own = {
        "name": _SOMEBODY,
        "programme": speaker.name,
        "contact": speaker.contact,
        "phone": phones.shown(speaker.phone),
    }
    return own | wording.examples


def _check_facts(wording: Wording, words: str) -> None:
    alone = [number for number, line in enumerate(words.splitlines(), start=1) if line.strip() == _FACTS]
    used = [number for number, line in enumerate(words.splitlines(), start=1) if _FACTS in line]
    if not used:
        sentence = _("Add %(details)s on a line of its own. It is the part that we fill in: %(holds)s.")
        raise WordingError(sentence % {"details": _FACTS, "holds": wording.holds}, field="words")
    if used != alone or len(used) > 1:
        wrong = next((number for number in used if number not in alone), used[-1])
        sentence = _("Put %(details)s on a line of its own, once.")
        if len(words.splitlines()) > 1:
            sentence = _("Line %(line)s: put %(details)s on a line of its own, once.")
        raise WordingError(sentence % {"details": _FACTS, "line": wrong}, field="words")
    missing = [field.in_braces for field in wording.fields if field.needed and field.key not in fields_in(words)]
    if missing:
        sentence = _("Add %(fields)s. People need to know it, and nothing else in the message says it.")
        raise WordingError(sentence % {"fields": ", ".join(missing)}, field="words")
