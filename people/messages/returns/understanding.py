"""Understand a mail that came to the mailbox for bounces: a report on an email of ours, an automatic answer, or none.

Standard reports (RFC 3464, delivery; RFC 5965, complaints) are read by their fields, the others by `flufl.bounce`,
which knows how many servers write.
"""

import contextlib
import email
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parseaddr
from enum import Enum

from flufl.bounce import all_failures

from people.messages.returns.addresses import MESSAGE_ID, RETURN_ADDRESS


class Kind(Enum):
    """The kind of a mail that came to the mailbox."""

    BOUNCED = "bounced"
    DELAYED = "delayed"
    COMPLAINED = "complained"
    NOTHING = "nothing"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True)
class Understood:
    """A mail that was read. `idents` are our own names of emails that it may be about, the likeliest first.

    `said` is what the server said, `address` whether a bounce is about the address itself, `to` the address that the
    returned email had gone to, "" where it says none. `quotes` says that it names some email, ours or not.
    """

    kind: Kind
    idents: tuple[str, ...] = ()
    said: str = ""
    address: bool = False
    to: str = ""
    quotes: bool = False
    sender: str = ""
    subject: str = ""


logger = logging.getLogger(__name__)
# RFC 3463, "Enhanced Mail System Status Codes": class, subject and detail.
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"(?<![\d.])[45]\d\d(?=[ -])")
# Codes that say nothing about the address: a full mailbox, a message that is too large, no time left, the other
# server itself, the protocol, the content, a policy against the sender.
_OTHER_SUBJECTS = {3, 5, 6, 7}
_OTHER_CODES = {(2, 2), (2, 3), (2, 4), (4, 7)}
# How automatic answers begin where no header says what they are (Outlook, Gmail, GroupWise).
_ANSWERS = ("automatic reply", "auto reply", "auto-reply", "autoreply", "out of office", "out-of-office", "vacation")
_ANY_ID = re.compile(r"^message-id:\s*<[^>\s]+>", re.IGNORECASE | re.MULTILINE)


def about_address(said: str) -> bool:
    """Return whether a final refusal in these words is about the address itself, so that it reaches nobody.

    A full mailbox or a server that takes us for spammers is no reason never to write there again.
    """
    codes = [(int(kind), int(subject), int(detail)) for kind, subject, detail in _STATUS.findall(said)]
    # "5.0.0" says nothing; another code beside it does.
    telling = [code for code in codes if code[1:] != (0, 0)] or codes
    if not telling:
        return True
    kind, subject, detail = telling[0]
    return kind == 5 and subject not in _OTHER_SUBJECTS and (subject, detail) not in _OTHER_CODES


def understood(raw: bytes) -> Understood:
    """Return the meaning of a mail, given as its bytes. Never raises for any bytes."""
    mail = email.message_from_bytes(raw)
    sender = parseaddr(_header(mail, "From"))[1][:254]
    subject = _header(mail, "Subject")[:250]
    kind, said, address = _meaning(mail, subject)
    return Understood(
        kind=kind,
        idents=tuple(dict.fromkeys(_idents(mail))),
        said=" ".join(said.split())[:400],
        address=address,
        to=_returned_to(mail),
        quotes=any(_ANY_ID.search(text) for text in _quoted(mail)),
        sender=sender,
        subject=subject,
    )


def _meaning(mail: Mail, subject: str) -> tuple[Kind, str, bool]:
    if feedback := _complaint(mail):
        return Kind.COMPLAINED, feedback, False
    if (status := _delivery_status(mail)) is not None:
        return status
    temporary, permanent = _failures(mail)
    if permanent or temporary:
        said = _line_with_code(mail)
        return (Kind.BOUNCED, said, about_address(said)) if permanent else (Kind.DELAYED, said, False)
    return (Kind.NOTHING if _is_answer(mail, subject) else Kind.NOT_UNDERSTOOD), "", False


def _failures(mail: Mail) -> tuple[set[bytes], set[bytes]]:
    """Return the addresses that a server says failed for now and for good, where its report follows no standard."""
    try:
        temporary, permanent = all_failures(mail)
    except Exception as error:
        # Its detectors take a sender, and headers in ASCII, for granted.
        logger.info("A mail in the mailbox for bounces is too odd to look for failures in: %s", type(error).__name__)
        return set(), set()
    return set(temporary), set(permanent)


def _delivery_status(mail: Mail) -> tuple[Kind, str, bool] | None:
    """Return the meaning of a report as RFC 3464 has it; None where there is none."""
    blocks = [
        block
        for part in mail.walk()
        if part.get_content_type() == "message/delivery-status" and part.is_multipart()
        for block in _blocks(part)
        if block["Action"]
    ]
    by_action = {str(block["Action"]).strip().lower(): block for block in reversed(blocks)}
    if block := by_action.get("failed"):
        said = _said(block)
        return Kind.BOUNCED, said, about_address(said)
    if block := by_action.get("delayed"):
        return Kind.DELAYED, _said(block), False
    return (Kind.NOTHING, "", False) if blocks else None


def _said(block: Mail) -> str:
    """Return the words of the server and, where they hold no code, the status of the report."""
    words = _header(block, "Diagnostic-Code").partition(";")[2].strip()
    status = _header(block, "Status").strip()
    if not words:
        return status
    return words if not status or _STATUS.search(words) else f"{words} ({status})"


def _complaint(mail: Mail) -> str:
    """Return the type of a complaint as RFC 5965 has it; "" where there is none."""
    for part in mail.walk():
        if part.get_content_type() == "message/feedback-report":
            for block in _blocks(part):
                kind = _header(block, "Feedback-Type").strip().lower()
                if kind and kind != "not-spam":
                    return kind
    return ""


def _blocks(part: Mail) -> list[Mail]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Mail)]
    return [email.message_from_string(str(payload))]


def _is_answer(mail: Mail, subject: str) -> bool:
    """Return whether a program answered for somebody who is away (RFC 3834, and what programs did before it)."""
    submitted = _header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted == "auto-replied" or mail["X-Autoreply"] or mail["X-Autorespond"]:
        return True
    if _header(mail, "Precedence").strip().lower() in {"auto_reply", "auto-reply"}:
        return True
    return subject.strip().lower().startswith(_ANSWERS)


def _idents(mail: Mail) -> Iterator[str]:
    """Return our own names of emails: in the address the report went to, then in what it quotes."""
    for _name, value in mail.items():
        yield from (found.lower() for found in RETURN_ADDRESS.findall(str(value)))
    for text in _quoted(mail):
        yield from MESSAGE_ID.findall(text)


def _quoted(mail: Mail) -> Iterable[str]:
    """Return the headers and the words of every part below the headers of the mail itself."""
    for part in mail.walk():
        if part is not mail:
            yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if not part.is_multipart():
            yield _text(part)


def _returned_to(mail: Mail) -> str:
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in {"message/rfc822", "message/rfc822-headers", "text/rfc822-headers", "message/global"}:
            inner = _blocks(part)[0] if part.is_multipart() else email.message_from_string(_text(part))
            if to := parseaddr(_header(inner, "To"))[1]:
                return to
    return ""


def _line_with_code(mail: Mail) -> str:
    """Return the first line of the words that holds a code of a mail server; "" where none does."""
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            for line in _text(part).splitlines():
                if _STATUS.search(line) or _REPLY.search(line):
                    return line.strip()
    return ""


def _text(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    # Codes, ids and headers are ASCII in every character set mail is written in.
    return payload.decode("utf-8", "replace")


def _header(mail: Mail, name: str) -> str:
    value = str(mail.get(name, ""))
    with contextlib.suppress(ValueError, LookupError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.replace("\x00", "").encode("utf-8", "replace").decode().split())
