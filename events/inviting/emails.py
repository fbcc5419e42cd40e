"""Write what is said about events, as drafts for `people.messages.telling`.

Nothing here sends or decides.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.urls import reverse

from events.inviting import short_words
from events.inviting.changes import Change
from events.inviting.documents import calendar_part
from events.inviting.models import Invitation
from events.planning.models import Event
from events.registry import Beside, Offer
from events.sessions.queries import DayProgramme
from people.messages.drafts import Draft
from people.messages.emails import SharedFacts, absolute_url, write
from people.messages.models import Notice
from wellbeing.lib.dates import long_date, time_of_day

Made = TypeVar("Made")


class Batch:
    """Messages of one kind about one event as it is: what several of them have in common is made once."""

    def __init__(self) -> None:
        self.facts = SharedFacts()
        self._made: dict[Hashable, Any] = {}

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` made when it was first asked for by this `name`."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]


def personal_link(invitation: Invitation) -> str:
    """Return the full address of the reply page of one invitation."""
    return settings.SITE_URL + reverse("reply", args=[invitation.link_key])


def invitation(
    invitation: Invitation,
    *,
    offer: Offer | None,
    beside: Sequence[Beside] = (),
    days: Sequence[DayProgramme] = (),
    batch: Batch | None = None,
) -> Draft:
    """Write the invitation itself. `offer` is the one made to this person, or None when they are not paid.

    `beside` is what this person is offered beside the event, such as a talk before it; `days` is what happens when.
    """
    batch = batch or Batch()
    beside = [thing for thing in beside if thing.in_message]
    with_link = invitation.may_join
    return _message(
        "events/invitation",
        key=_invitation_key(invitation),
        kind="invitation",
        invitation=invitation,
        context={"offer": offer, "beside": beside, "days": days},
        parts=[batch.once(("calendar", with_link), lambda: calendar_part(invitation))],
        brief=batch.once("brief", lambda: short_words.invited(invitation.event)),
        batch=batch,
        same=(repr(offer), repr(beside), with_link),
    )


def changed(invitation: Invitation, *, offer: Offer | None, news: Sequence[Change] = ()) -> Draft:
    """Write that the day, the time or the place is a new one.

    `news` says what it was before; empty where that is not known.
    """
    event = invitation.event
    return _message(
        "events/changed",
        key=changed_key(invitation, event.sequence),
        kind="event_changed",
        invitation=invitation,
        context={"offer": offer, "news": news},
        parts=[calendar_part(invitation)],
        brief=short_words.changed(event, news),
    )


def changed_key(invitation: Invitation, sequence: int) -> str:
    """Return the key of the notice of the change with this number."""
    return f"event-changed:{sequence}:{invitation.pk}"


def cancelled(invitation: Invitation) -> Draft:
    """Write that the event will not take place."""
    return _message(
        "events/cancelled",
        key=f"event-cancelled:{invitation.pk}",
        kind="event_cancelled",
        invitation=invitation,
        parts=[calendar_part(invitation)],
        brief=short_words.cancelled(invitation.event),
    )


def answer(invitation: Invitation) -> Draft:
    """Write the organiser's answer to the question the person asked."""
    # An answer has its time, and a reply below, too: constraints.
    assert invitation.answered_at is not None
    return _message(
        "events/answer",
        key=f"answer:{invitation.pk}:{invitation.answered_at.timestamp():.6f}",
        kind="answer",
        invitation=invitation,
    )


def reply_taken(invitation: Invitation) -> Draft:
    """Write that a colleague wrote down their reply for them, and what it was."""
    assert invitation.replied_at is not None
    return _message(
        "events/reply_taken",
        key=f"reply-taken:{invitation.pk}:{invitation.replied_at.timestamp():.6f}",
        kind="reply_taken",
        invitation=invitation,
    )


def reply_noted(invitation: Invitation, *, beside: Sequence[Beside] = ()) -> Draft:
    """Write what was noted of the reply that a person gave themselves; `beside` is what they would like beside it."""
    assert invitation.replied_at is not None
    return _message(
        "events/reply_noted",
        key=noted_key(invitation, f"{invitation.replied_at.timestamp():.6f}"),
        kind="reply_noted",
        invitation=invitation,
        context={"beside": beside},
        parts=[calendar_part(invitation)] if invitation.reply != Invitation.Reply.NOT_COMING else [],
        brief=short_words.noted(invitation),
    )


def noted_key(invitation: Invitation, moment: str) -> str:
    """Return the key of the notice that says what was noted of a reply; with "" the start of all such keys."""
    return f"reply-noted:{invitation.pk}:{moment}"


def joining_details(invitation: Invitation, papers: Sequence[str] = ()) -> Draft:
    """Write how to get there or join, shortly before the event, and how to say that one cannot come after all.

    `papers` are the names of the papers that come with it.
    """
    return _message(
        "events/joining_details",
        key=details_key(invitation),
        kind="joining_details",
        invitation=invitation,
        context={"papers": "; ".join(papers), "papers_url": absolute_url("attached_papers", invitation.event_id)},
        parts=[calendar_part(invitation)],
        brief=short_words.soon(invitation),
    )


def details_key(invitation: Invitation) -> str:
    """Return the key of the notice with the joining details: one for each time the event has had."""
    return f"joining-details:{invitation.pk}:{invitation.event.starts_at.timestamp():.0f}"


def new_link(invitation: Invitation) -> Draft:
    """Write that the personal link is a new one, and that the one before no longer works."""
    return _message(
        "events/new_link",
        key=f"new-link:{invitation.pk}:{invitation.link_made_at.timestamp():.6f}",
        kind="new_link",
        invitation=invitation,
    )


# Where the key of the invitation stands in the key of each kind of notice.
_PLACES_IN_KEYS = {"invitation": 1, "event_changed": 2, "reply_taken": 1, "reply_noted": 1, "joining_details": 1}


def invitation_of(notice: Notice) -> Invitation | None:
    """Return the invitation that `notice` is about, whatever its personal link is by now; None where there is none."""
    rows = Invitation.objects.select_related("event").filter(person=notice.person_id)
    place = _PLACES_IN_KEYS.get(notice.kind)
    if place is None:
        return rows.filter(link_key=notice.link.rstrip("/").rpartition("/")[2]).first()
    return rows.filter(pk=int(notice.key.split(":")[place])).first()


def _message(
    template: str,
    *,
    key: str,
    kind: str,
    invitation: Invitation,
    context: Mapping[str, Any] | None = None,
    parts: Sequence[tuple[str, str, bytes]] = (),
    brief: Sequence[str] = (),
    batch: Batch | None = None,
    same: Hashable = None,
) -> Draft:
    """Write a message. Those of a `batch` have their facts in common where `same`, which names all in them, is."""
    batch = batch or Batch()
    event, programme, person = invitation.event, invitation.event.programme, invitation.person
    facts = {"event": event, "programme": programme, "invitation": invitation, "link": personal_link(invitation)}
    written = write(
        kind,
        template,
        {**facts, **(context or {})},
        person=person,
        speaker=batch.once("speaker", lambda: programme.speaker),
        values=batch.once("values", lambda: _values(event)),
        shared=batch.facts if same else None,
        same=same,
    )
    return {
        **written,
        "key": key,
        "kind": kind,
        "person": person,
        "parts": parts,
        "brief": brief,
        "audience": programme.voice,
        "voice": programme.voice,
        "link": personal_link(invitation),
    }


def _values(event: Event) -> dict[str, str]:
    """Return what the merge fields about an event say."""
    return {
        "event": event.title,
        "day": long_date(event.starts_at),
        "time": time_of_day(event.starts_at),
        "place": ", ".join(event.place_lines),
        "reply_by": long_date(event.reply_by),
    }


def _invitation_key(invitation: Invitation) -> str:
    """Return the key of the invitation itself: another where the event or the link changed before they heard of it."""
    times = invitation.event.sequence if invitation.notice_id else 0
    key = f"invitation:{invitation.pk}:{times}" if times else f"invitation:{invitation.pk}"
    # A preview is of an invitation that nobody has been sent yet.
    renewed = invitation.invited_at is not None and invitation.link_made_at > invitation.invited_at
    return f"{key}:link-{invitation.link_made_at.timestamp():.0f}" if renewed else key
