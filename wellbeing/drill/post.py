"""A mail server that can be told to refuse, to be slow and to go away, and that keeps what it took."""

import asyncio
import contextlib
import re
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from wellbeing.local.processes import free_port

SLOW_SECONDS = 8
CODE = re.compile(r"^([0-9]{3}-[0-9]{3}-[0-9]{3})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One mail that the server said it took: its Message-ID, to whom, its subject, its code to sign in, and when."""

    ident: str
    to: str
    subject: str
    code: str
    at: float


class Post:
    """The mail server. `mode` is "ok", "refusing" (for now), "slow", "hung" or "gone"."""

    def __init__(self):
        self.port = free_port()
        self.mails: list[Mail] = []
        self.mode = "gone"
        self._lock = threading.Lock()
        self._controller = None
        self.set("ok")

    def set(self, mode):
        """Change how the server behaves; gone means that nobody listens."""
        self.mode = mode
        if mode == "gone":
            if self._controller:
                self._controller.stop(no_assert=True)
                self._controller = None
        elif self._controller is None:
            self._controller = Controller(self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True)
            self._controller.start()

    def stop(self):
        with contextlib.suppress(Exception):
            self.set("gone")

    def code_for(self, address, since):
        """Return the newest code to sign in that came for `address` after the moment `since`, or ""."""
        with self._lock:
            codes = [mail.code for mail in self.mails if mail.to == address and mail.at >= since and mail.code]
        return codes[-1] if codes else ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "refusing":
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        while self.mode == "hung":
            await asyncio.sleep(0.2)
        if self.mode in {"refusing", "gone"}:
            return "451 4.3.0 Try again later"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain",))
        code = CODE.search(body.get_content().replace("\r", "")) if body else None
        with self._lock:
            self.mails.append(
                Mail(
                    str(mail["Message-ID"]),
                    ", ".join(envelope.rcpt_tos),
                    str(mail["Subject"]),
                    code[1] if code else "",
                    time.monotonic(),
                )
            )
        return "250 OK"
