"""Write messages into the outbox, in the transaction that causes them. Workers send them after commit."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.messages import tasks
from people.messages.models import Message, MessagePart
from wellbeing.lib.errors import ActionError
from wellbeing.lib.workers import send_to_worker

# Two transactions may write the same keys at once: the later one reads again and finds the earlier one's rows.
MAX_READS = 5


class OutboxError(ActionError):
    """A message cannot be sent again as things stand."""


def enqueue(
    *,
    key: str,
    kind: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    person: Person | None = None,
    reply_to: str = "",
    parts: Sequence[tuple[str, str, bytes]] = (),
    audience: str = "",
) -> Message:
    """Write one message, to be sent after commit. Return the Message; if the `key` exists, the one already there.

    `key` names what the message is for ("invitation:42"), so that asking twice sends once. `kind` groups messages in
    the list. `parts` holds (name, content type, bytes). `audience` says whose staff may read it in the list
    (`registry.message_readers`); empty, administrators alone. Raises ValueError without an address or a key.
    """
    return enqueue_many(
        [
            {
                "key": key,
                "kind": kind,
                "to": to,
                "subject": subject,
                "text": text,
                "html": html,
                "person": person,
                "reply_to": reply_to,
                "parts": parts,
                "audience": audience,
            }
        ]
    )[0]


def enqueue_many(drafts: Iterable[Mapping[str, Any]]) -> list[Message]:
    """Write many messages with a few queries. `drafts` are dicts of the arguments of `enqueue`.

    Returns one Message per draft, in order; a message whose key exists already is returned as it is.
    """
    drafts = list(drafts)
    for draft in drafts:
        if not draft["key"] or not draft["to"]:
            raise ValueError("A message needs a key and an address.")
    by_key: dict[str, Mapping[str, Any]] = {}
    for draft in drafts:
        by_key.setdefault(draft["key"], draft)
    with transaction.atomic():
        existing, written = _write(by_key)
        if written:
            kick([message.pk for message in written.values()])
    return [(written.get(draft["key"]) or existing[draft["key"]]) for draft in drafts]


def kick(ids: Iterable[int]) -> None:
    """Hand the messages to workers after commit. A broker that is down is no error here: the sweep sends later."""
    ids = list(ids)
    transaction.on_commit(lambda: _hand_over(ids))


def _hand_over(ids: list[int]) -> None:
    for start in range(0, len(ids), tasks.BATCH):
        if not send_to_worker(tasks.send_messages, ids[start : start + tasks.BATCH]):
            # Asking the broker again for each further batch would make the reader wait for each.
            return


def _write(by_key: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, Message], dict[str, Message]]:
    """Write the drafts whose keys are new. Return ({key: existing Message}, {key: new Message})."""
    for _read in range(MAX_READS):
        existing = {message.key: message for message in Message.objects.filter(key__in=by_key)}
        new = [draft for key, draft in by_key.items() if key not in existing]
        try:
            with transaction.atomic():
                written = Message.objects.bulk_create([_message(draft) for draft in new], batch_size=500)
                MessagePart.objects.bulk_create(
                    [
                        MessagePart(message=message, name=name, content_type=content_type, content=content)
                        for message, draft in zip(written, new, strict=True)
                        for name, content_type, content in draft.get("parts", ())
                    ],
                    batch_size=200,
                )
        except IntegrityError:
            continue
        return existing, {message.key: message for message in written}
    raise OutboxError(_("Somebody else is sending the same messages just now. Try again in a minute."))


def _message(draft: Mapping[str, Any]) -> Message:
    subject = " ".join(str(draft["subject"]).split())
    return Message(
        key=draft["key"],
        kind=draft["kind"],
        audience=draft.get("audience", ""),
        person=draft.get("person"),
        to_address=draft["to"],
        reply_to=draft.get("reply_to", ""),
        subject=subject if len(subject) <= 250 else f"{subject[:249]}…",
        text_body=draft["text"],
        html_body=draft.get("html", ""),
    )
