"""Tell people things: write notices and their first messages in the transaction that causes them.

Workers and colleagues deliver them after commit. Every other app tells people through here and through nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.messages import own_words, routing
from people.messages.drafts import Draft
from people.messages.handing import kick
from people.messages.models import Mailing, Message, Notice, NoticePart
from people.wordings import LINK, Unfilled
from wellbeing.lib.errors import ActionError
from wellbeing.lib.languages import Language

# Two transactions may write the same keys at once: the later one reads again and finds the earlier one's rows.
MAX_READS = 5
# A text message of more than five segments costs more than it is worth: it has the link to read the rest.
SHORT_WORDS = 300
# The room for it in a notice: names put into the words of a text message may make them longer than they were written.
LONGEST_SHORT = 900


class MessageError(ActionError):
    """Something cannot be done with a message as things stand."""


def tell(person: Person | None, kind: str, *, key: str, subject: str, text: str, **more: Any) -> Notice:
    """Tell `person` one thing, in the way they chose. Return the Notice; if the `key` exists, the one already there.

    `key` names what it is for ("invitation:42"), so that asking twice tells once. `kind` is one of
    `registry.notice_kinds`. `more` may hold `html`, `reply_to`, `parts` of (name, content type, bytes), `audience`
    (whose staff may read it: `registry.message_readers`; empty, administrators alone), `voice` (in whose name it is
    said: `registry.voices`), `link` (the full address of the page to go to), `brief` (what a text message says in place
    of the subject: the first of these that has room beside who writes and the link), `short` (all of the words of a
    text message, in place of those), `details` and `values` (for a programme's own words: see
    `people.messages.emails.write`), `to`, an email address past the choice of the person, for legal kinds alone, and
    `mailing`, the one it is a part of. Raises ValueError for an unknown kind, without a key, and where there is neither
    person nor `to`.
    """
    draft: Any = {"person": person, "kind": kind, "key": key, "subject": subject, "text": text, **more}
    return tell_many([draft])[0]


def tell_many(drafts: Iterable[Draft]) -> list[Notice]:
    """Tell many people with a few queries. Return one Notice for each of `drafts`, in order.

    A notice whose key exists already is returned as it is.
    """
    drafts = list(drafts)
    for draft in drafts:
        _check(draft)
    by_key: dict[str, Draft] = {}
    for draft in drafts:
        by_key.setdefault(draft["key"], draft)
    existing, written = _write(by_key)
    return [(written.get(draft["key"]) or existing[draft["key"]]) for draft in drafts]


def as_it_would_be(draft: Draft) -> Notice:
    """Return the Notice that `tell` would write of `draft`, in the words its person would get. It is not saved."""
    voices = registry.Voices()
    return _notice(own_words.said([draft], voices)[0].draft, voices)


def mailing_for(key: str, title: str, *, audience: str, started_by: Person | None) -> Mailing:
    """Return the Mailing with this `key`, a new one where there is none. Drafts name the mailing they are a part of."""
    mailing, _is_new = Mailing.objects.get_or_create(
        key=key, defaults={"title": title[:250], "audience": audience, "started_by": started_by}
    )
    return mailing


def withdraw(notices: Iterable[Notice]) -> set[int]:
    """Cancel what has not gone out of `notices`. Return the ids of those nobody has been told of, nor will be.

    One that a worker is sending at this moment counts as gone.
    """
    ids = [notice.pk for notice in notices]
    gone = Message.objects.filter(notice__in=ids).exclude(status__in=[Message.Status.WAITING, Message.Status.FAILED])
    untold = set(ids) - set(gone.values_list("notice", flat=True))
    waiting = Message.objects.select_for_update().filter(notice__in=untold, status=Message.Status.WAITING)
    waiting.update(status=Message.Status.CANCELLED, last_error="")
    return untold


def told_by_letter(keys: Iterable[str], by: Person, how: str) -> int:
    """Say that notices (by their `keys`) due to go by letter went in a letter that another app posts. Return how many.

    Called in the transaction that takes those letters.
    """
    return _told(Message.objects.filter(notice__key__in=keys, channel=Message.Channel.LETTER), by, how)


def told_in_passing(notices: Iterable[Notice], by: Person, how: str) -> int:
    """Say that `by` told people what somebody was to ring them for, while they spoke of it anyway. Return how many.

    Letters are posted all the same. Called in the transaction that writes down what was spoken about.
    """
    spoken = (Message.Channel.PHONE, Message.Channel.COLLEAGUE)
    return _told(Message.objects.filter(notice__in=list(notices), channel__in=spoken), by, how)


def _told(messages: QuerySet[Message], by: Person, how: str) -> int:
    waiting = messages.filter(status=Message.Status.WAITING)
    return waiting.update(status=Message.Status.SENT, sent_at=timezone.now(), told_by=by, told_how=how)


def _check(draft: Draft) -> None:
    kind = registry.notice_kinds.get(draft["kind"])
    if kind is None:
        raise ValueError(f"Nobody registered the kind of notice {draft['kind']}.")
    if not draft["key"] or not (draft.get("person") or draft.get("to")):
        raise ValueError("A notice needs a key, and a person or an address.")
    if draft.get("to") and not kind.legal:
        raise ValueError(f"{draft['kind']} is no legal kind: the person chooses how it reaches them.")


def _write(by_key: Mapping[str, Draft]) -> tuple[dict[str, Notice], dict[str, Notice]]:
    """Write the drafts whose keys are new, and hand them to workers after commit.

    Return ({key: existing Notice}, {key: new Notice}).
    """
    voices = registry.Voices()
    for _read in range(MAX_READS):
        existing = {notice.key: notice for notice in Notice.objects.filter(key__in=by_key)}
        new = [draft for key, draft in by_key.items() if key not in existing]
        if not new:
            return existing, {}
        try:
            with transaction.atomic():
                said = own_words.said(new, voices)
                written = Notice.objects.bulk_create([_notice(one.draft, voices) for one in said], batch_size=500)
                _report_gaps(written, said)
                NoticePart.objects.bulk_create(
                    [
                        NoticePart(notice=notice, name=name, content_type=content_type, content=content)
                        for notice, draft in zip(written, new, strict=True)
                        for name, content_type, content in draft.get("parts", ())
                    ],
                    batch_size=200,
                )
                kick(Message.objects.bulk_create(_messages(written, new), batch_size=500))
        except IntegrityError:
            continue
        return existing, {notice.key: notice for notice in written}
    raise MessageError(_("Somebody else is sending the same messages just now. Try again in a minute."))


def _report_gaps(notices: Sequence[Notice], said: Sequence[own_words.Said]) -> None:
    """Hand on the fields for want of which people got the standard words, so that a colleague learns of them."""
    unfilled = [
        Unfilled(gap.version, notice, gap.part, gap.line, gap.field)
        for notice, one in zip(notices, said, strict=True)
        for gap in one.gaps
    ]
    if unfilled:
        for hear in registry.unfilled_words:
            hear(unfilled)


def _messages(notices: Sequence[Notice], drafts: Sequence[Draft]) -> list[Message]:
    """Return the first message of each notice: to the address that its draft names, or as its person chose."""
    addressed = [
        Message(notice=notice, channel=Message.Channel.EMAIL, to=draft["to"])
        for notice, draft in zip(notices, drafts, strict=True)
        if draft.get("to")
    ]
    chosen = [notice for notice, draft in zip(notices, drafts, strict=True) if not draft.get("to")]
    messages = addressed + routing.first_messages(chosen)
    for message in messages:
        mailing = message.notice.mailing
        if mailing and mailing.not_before:
            message.next_try_at = mailing.not_before
    return messages


def _notice(draft: Draft, voices: registry.Voices) -> Notice:
    subject = " ".join(str(draft["subject"]).split())
    language = draft.get("language", Language.ENGLISH)
    facts = draft.get("facts") if language != Language.ENGLISH else None
    notice = Notice(
        key=draft["key"],
        kind=draft["kind"],
        person=draft.get("person"),
        audience=draft.get("audience", ""),
        voice=draft.get("voice", ""),
        reply_to=draft.get("reply_to", ""),
        subject=subject if len(subject) <= 250 else f"{subject[:249]}…",
        text_body=draft["text"],
        html_body=draft.get("html", ""),
        link=draft.get("link", ""),
        language=language,
        facts_from=facts[0] if facts else None,
        facts_to=facts[1] if facts else None,
        mailing=draft.get("mailing"),
    )
    link = notice.link_to_follow
    own = draft.get("short", "").replace(f"{{{LINK}}}", link)
    briefs = draft.get("brief") or [notice.subject]
    notice.short = own if 0 < len(own) <= LONGEST_SHORT else _short(notice, link, voices[notice.voice], briefs)
    return notice


def _short(notice: Notice, link: str, speaker: registry.Voice, briefs: Sequence[str]) -> str:
    """Return what a text message says: who writes, what it is about, how to answer it, and where to read it.

    Of `briefs` the first that has room is taken; where none has, the last is cut.
    """
    end = link
    if settings.TEXT_ANSWERS and notice.kind in registry.text_answers:
        end = _("Answer YES or NO, or open: %(link)s") % {"link": end}
    room = SHORT_WORDS - len(end) - 2
    every = [f"{speaker.name}: {brief}" for brief in briefs]
    words = next((words for words in every if len(words) <= room), every[-1])
    return f"{words if len(words) <= room else f'{words[: room - 1]}…'}. {end}"
