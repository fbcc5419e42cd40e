"""Write to several people at once, and pause, go on with or cancel what has not gone."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.directory.models import Person
from people.messages import emails, rules
from people.messages.drafts import Draft
from people.messages.fields import check_words, filled, paragraphs_of, values_for
from people.messages.models import Mailing, Message
from people.messages.telling import MessageError, tell_many
from people.registry import Voice
from wellbeing.lib.actions import action
from wellbeing.lib.types import User

# People whose notices are written with one set of queries.
BATCH = 500


@action
def write(
    *,
    people: Iterable[Person],
    voice: str,
    subject: str,
    words: str,
    by: User,
    not_before: dt.datetime | None = None,
    key: str = "",
) -> Mailing:
    """Write the same to each of `people`, in the voice of a programme and in the way they chose. Return the Mailing.

    `words` may hold merge fields (`people.messages.fields`). Nothing goes before `not_before`. `key` makes a form that
    is sent twice write once. Raises MessageError without people, subject or words, for a field that cannot be filled
    in, for a time that has gone by, and where `by` may not write in this voice.
    """
    rules.can_write(by, voice).insist(MessageError)
    people = list({person.pk: person for person in people}.values())
    if not people:
        raise MessageError(_("Choose at least one person."))
    check_words(people, voice, subject, words)
    if not_before and not_before < timezone.now() - dt.timedelta(minutes=5):
        raise MessageError(_("This time has gone by. Enter a later one, or none."), field="day")
    mailing, is_new = Mailing.objects.get_or_create(
        key=key or f"written:{secrets.token_urlsafe(12)}",
        defaults={"title": subject.strip(), "audience": voice, "started_by": by.person, "not_before": not_before},
    )
    if is_new:
        speaker = registry.voice(voice)
        for start in range(0, len(people), BATCH):
            tell_many([_draft(mailing, person, speaker, subject, words) for person in people[start : start + BATCH]])
    return mailing


@action
def pause(*, mailing: Mailing, by: User) -> Mailing:
    """Let nothing more of a mailing go until somebody lets it go on. Return it. Locks the mailing.

    A message that a worker is sending at this moment still goes. Raises MessageError for one that was cancelled.
    """
    mailing = _locked(mailing, by)
    if mailing.paused_at is None:
        mailing.paused_at, mailing.paused_by = timezone.now(), by.person
        mailing.save(update_fields=["paused_at", "paused_by"])
    return mailing


@action
def go_on(*, mailing: Mailing, by: User) -> Mailing:
    """Let a paused mailing go on: workers take up within half a minute what waits. Return it. Locks the mailing."""
    mailing = _locked(mailing, by)
    mailing.paused_at, mailing.paused_by = None, None
    mailing.save(update_fields=["paused_at", "paused_by"])
    return mailing


@action
def cancel(*, mailing: Mailing, by: User) -> Mailing:
    """Cancel what has not gone of a mailing. Return it. Locks the mailing.

    Messages that have gone, or that a worker is sending at this moment, cannot be taken back.
    """
    mailing = _locked(mailing, by)
    mailing.cancelled_at, mailing.cancelled_by = timezone.now(), by.person
    mailing.save(update_fields=["cancelled_at", "cancelled_by"])
    waiting = Message.objects.select_for_update().filter(notice__mailing=mailing, status=Message.Status.WAITING)
    waiting.update(status=Message.Status.CANCELLED, last_error="")
    return mailing


def _locked(mailing: Mailing, by: User) -> Mailing:
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    rules.can_write(by, mailing.audience).insist(MessageError)
    if mailing.cancelled_at:
        raise MessageError(_("This was cancelled."))
    return mailing


def _draft(mailing: Mailing, person: Person, speaker: Voice, subject: str, words: str) -> Draft:
    values = values_for(person, speaker)
    note = emails.note(
        filled(subject.strip(), values),
        name=person.short_name,
        paragraphs=paragraphs_of(words, values),
        reply_to=speaker.email,
    )
    return {
        "key": f"{mailing.key}:{person.pk}",
        "kind": "written",
        "person": person,
        "audience": mailing.audience,
        "voice": mailing.audience,
        "mailing": mailing,
        **note,
    }
