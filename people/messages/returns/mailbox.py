"""Read the mailbox that emails come back to, over IMAP.

Nothing of it happens in a transaction, and a mail is moved only after what it says is committed. A worker killed
between the two leaves a mail that is read again and changes nothing; so do two workers at once.
"""

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from people.messages.returns import actions
from people.messages.returns.understanding import Kind, Understood, understood

logger = logging.getLogger(__name__)
# Mails that one reading takes; the next goes on.
AT_ONCE = 500
# A report that returns a whole email of ours with a letter or two stays far below.
LONGEST = 10 * 1024 * 1024
# The key in the cache under which a reading leaves how it went.
LAST_READING = "bounce-mailbox"
PROBLEMS = (ImapToolsError, imaplib.IMAP4.error, OSError)


@contextmanager
def opened() -> Iterator[BaseMailBox]:
    """Open the mailbox of the settings, in its folder. Raises one of PROBLEMS."""
    host, port, timeout = settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT, settings.BOUNCE_IMAP_TIMEOUT_SECONDS
    box: BaseMailBox
    if settings.BOUNCE_IMAP_SECURITY == "tls":
        box = MailBox(host, port, timeout=timeout, ssl_context=ssl.create_default_context())
    elif settings.BOUNCE_IMAP_SECURITY == "starttls":
        box = MailBoxStartTls(host, port, timeout=timeout, ssl_context=ssl.create_default_context())
    else:
        box = MailBoxUnencrypted(host, port, timeout=timeout)
    try:
        box.login(settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD, settings.BOUNCE_IMAP_FOLDER)
        yield box
    finally:
        try:
            box.logout()
        except PROBLEMS:
            logger.info("The mailbox for bounces did not close well.")


def read() -> int:
    """Read what is in the mailbox, and return how many mails were dealt with. Safe to run twice, and at once.

    A mailbox that cannot be read is written down for administrators, and no error.
    """
    if not settings.BOUNCE_IMAP_HOST:
        return 0
    done = 0
    try:
        with opened() as box:
            for folder in (settings.BOUNCE_READ_FOLDER, settings.BOUNCE_LEFT_FOLDER):
                if not box.folder.exists(folder):
                    box.folder.create(folder)
            for uid in box.uids()[:AT_ONCE]:
                done += _deal_with(box, uid)
    except PROBLEMS as error:
        logger.warning("The mailbox for bounces could not be read: %s", type(error).__name__)
        cache.set(LAST_READING, {"at": timezone.now(), "problem": _in_words(error)}, None)
    else:
        cache.set(LAST_READING, {"at": timezone.now(), "problem": ""}, None)
    return done


def _deal_with(box: BaseMailBox, uid: str) -> bool:
    """Act on one mail and move it. Return False where another worker has moved it."""
    raw = _bytes_of(box, uid)
    if raw is None:
        return False
    was_understood = actions.take_mail(raw=raw, mail=_meaning(raw), by=None)
    box.move(uid, settings.BOUNCE_READ_FOLDER if was_understood else settings.BOUNCE_LEFT_FOLDER)
    return True


def _bytes_of(box: BaseMailBox, uid: str) -> bytes | None:
    """Return a mail, not marked as seen, or as much of it as we read; None where it is gone."""
    _status, answer = box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LONGEST}>)")
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), None)


def _meaning(raw: bytes) -> Understood:
    try:
        return understood(raw)
    except Exception as error:
        # An email from a stranger must not keep the reports behind it from being read.
        logger.error("A mail in the mailbox for bounces could not be taken apart: %s", type(error).__name__)
        return Understood(Kind.NOT_UNDERSTOOD)


def _in_words(error: Exception) -> str:
    """Return what the server said, on one line; the log gets none of it, as it may name an address."""
    return " ".join(str(error).split())[:200] or type(error).__name__
