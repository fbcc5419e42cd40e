"""Draw up emails as they travel: headers and parts as bytes, each once.

Django makes an object of Python's mail classes for each part and then draws those, which takes six times as long.
Attachments still go that way; a part with a typed calendar does so once for all mails of a batch.
"""

import binascii
import secrets
from collections.abc import Sequence
from email import encoders, message_from_bytes, policy
from email.header import Header
from email.message import Message as MailPart
from email.mime.base import MIMEBase
from email.policy import Compat32
from email.utils import formatdate
from functools import cached_property, lru_cache
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import forbid_multi_line_headers

from people.messages.models import NoticePart

# A longer word of a subject does not fit on a line of a mail, where it can only be cut when it is encoded.
MAX_PLAIN = 60
# RFC 5322 recommends 78 signs a line; a colon and a space come on top of the name and the value.
MAX_LINE = 76
# RFC 5322 allows no longer line, in bytes. A longer one is encoded, which breaks it into short ones.
MAX_BODY_LINE = 998
# Headers that were folded stay as they are when a mail is read and written again.
_AS_DRAWN = policy.default.clone(refold_source="none")
# Many mails of a batch have the same subject and the same calendar: they are drawn once, these many at a time.
KEPT_SUBJECTS, KEPT_PARTS = 64, 8


class Email(EmailMultiAlternatives):
    """A mail as Django's mail classes have it, which draws itself up as it travels."""

    @cached_property
    def drawn(self) -> bytes:
        """Return the whole mail, with the line ends of SMTP. Raises what is wrong with it."""
        headers = {
            "From": self.from_email,
            "To": ", ".join(self.to),
            **({"Reply-To": ", ".join(self.reply_to)} if self.reply_to else {}),
            "Date": formatdate(),
            "MIME-Version": "1.0",
            **self.extra_headers,
        }
        lines = [_subject_line(str(self.subject)), *(_header(name, value) for name, value in headers.items())]
        return b"".join(lines) + self._content()

    def message(self, **_options: Any) -> Any:
        """Return the mail as Python reads what was drawn, for those who do not send it over SMTP."""
        return message_from_bytes(self.drawn, policy=_AS_DRAWN)

    def _content(self) -> bytes:
        """Return the words and, with them, what is attached, each after the headers that say what it is."""
        words = [_words(str(self.body), "plain"), *(_words(str(page), "html") for page, _type in self.alternatives)]
        content = words[0] if len(words) == 1 else _together("alternative", words)
        if not self.attachments:
            return content
        return _together("mixed", [content, *map(self._attached, self.attachments)])

    def _attached(self, attachment: Any) -> bytes:
        if isinstance(attachment, _TypedPart):
            return attachment.drawn
        if not isinstance(attachment, MIMEBase):
            attachment = self._create_attachment(*attachment)  # type: ignore[attr-defined]  # Django's own
        return MailPart.as_bytes(attachment, policy=_LINES)


class _TypedPart(MIMEBase):
    """A part whose type has parameters. Several mails have it, so nothing may change it once it is made."""

    @cached_property
    def drawn(self) -> bytes:
        return MailPart.as_bytes(self, policy=_LINES)


def typed_part(part: NoticePart) -> MIMEBase:
    """Return a part whose type has parameters, such as the method of a calendar: Django would add its charset again."""
    return _typed_part(part.name, part.content_type, bytes(part.content))


@lru_cache(maxsize=KEPT_PARTS)
def _typed_part(name: str, content_type: str, content: bytes) -> _TypedPart:
    typed = MailPart()
    typed["Content-Type"] = content_type
    made = _TypedPart(typed.get_content_maintype(), typed.get_content_subtype())
    for parameter, value in typed.get_params(failobj=[])[1:]:
        made.set_param(parameter, value)
    made.set_payload(content)
    encoders.encode_base64(made)
    made.add_header("Content-Disposition", "attachment", filename=name)
    return made


class _Lines(Compat32):
    """Python's own way to write headers, but that a line which is short enough, or has no place to fold, stays one.

    Python would put a long link, such as that of List-Unsubscribe, on a line of its own below the name of the header.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if isinstance(value, str) and value.isascii() and value.isprintable() and _stays_one_line(name, value):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def _stays_one_line(name: str, value: str) -> bool:
    return len(name) + len(value) < MAX_LINE or " " not in value


_LINES = _Lines(linesep="\r\n")


@lru_cache(maxsize=KEPT_SUBJECTS)
def _subject_line(words: str) -> bytes:
    return _header("Subject", _subject(words))


def _subject(words: str) -> str | Header:
    """Return the subject so that it is folded where lines end and every program shows it as it was typed.

    Django folds as if the word "Subject:" took no room, so that a long subject in another script, or one long word,
    starts with an empty line and a space; and it sends as it is what only looks like an encoded word.
    """
    plain = words.isascii() and "=?" not in words and all(len(word) < MAX_PLAIN for word in words.split())
    return Header(words, None if plain else "utf-8", header_name="Subject")


def _header(name: str, value: str | Header) -> bytes:
    """Return a line, or several, of the head of a mail. Raises BadHeaderError for a value with a line end."""
    if isinstance(value, str):
        name, value = forbid_multi_line_headers(name, value, "utf-8")
    return _LINES.fold_binary(name, value)


def _words(text: str, subtype: str) -> bytes:
    """Return a text as a part of a mail, after its headers."""
    body = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode()
    if max(map(len, body.split(b"\r\n"))) > MAX_BODY_LINE:
        bits, body = "quoted-printable", binascii.b2a_qp(body)
    else:
        bits = "7bit" if body.isascii() else "8bit"
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {bits}\r\n\r\n'
    return head.encode() + body


def _together(kind: str, parts: Sequence[bytes]) -> bytes:
    """Return several parts as one, after its headers."""
    # By chance, so that no part holds it.
    boundary = secrets.token_hex(16)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'
    between = f"\r\n--{boundary}".encode()
    return b"".join([head.encode(), *(b"%b\r\n%b" % (between, part) for part in parts), between, b"--\r\n"])
