"""A real IMAP server for tests: pymap, a server of its own, with one mailbox that it keeps in memory."""

import contextlib
import socket
import time

from imap_tools import MailBoxUnencrypted

from tests.helpers import workers
from wellbeing.local.processes import free_port

USER, PASSWORD = "bounces@example.org", "a-password-that-only-these-tests-know"


class ImapServer:
    """Runs from `with ImapServer() as server`. With `certificate` and `key` (files) it speaks TLS after STARTTLS."""

    def __init__(self, *, certificate="", key=""):
        self.certificate, self.key = str(certificate), str(key)

    def __enter__(self):
        self.port = free_port()
        self.process = workers.start(["-c", "from pymap.main import main; main()", *self._arguments()])
        self._wait()
        return self

    def __exit__(self, *_problem):
        workers.kill(self.process)

    def use(self, settings):
        """Make the settings name this mailbox, as one for bounces."""
        settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT = "127.0.0.1", self.port
        settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = USER, PASSWORD
        settings.BOUNCE_IMAP_SECURITY = "starttls" if self.certificate else "none"
        settings.BOUNCE_ADDRESS = USER

    @contextlib.contextmanager
    def opened(self, folder="INBOX"):
        """Open a folder as a mail program would."""
        with MailBoxUnencrypted("127.0.0.1", self.port, timeout=10).login(USER, PASSWORD, folder) as box:
            yield box

    def put(self, *mails, folder="INBOX"):
        """Put mails, as bytes, into a folder."""
        with self.opened() as box:
            for mail in mails:
                box.append(mail, folder)

    def subjects(self, folder):
        """Return the subjects of the mails of a folder; of none where it is not there."""
        with self.opened() as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder)
            return [mail.subject for mail in box.fetch(mark_seen=False)]

    def empty(self):
        """Delete every mail, and the folders that were made."""
        with self.opened() as box:
            box.delete(box.uids())
            for name in ("Read", "Not understood"):
                if box.folder.exists(name):
                    box.folder.delete(name)

    def _arguments(self):
        tls = ["--cert", self.certificate, "--key", self.key] if self.certificate else ["--no-tls"]
        account = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
        return ["--host", "127.0.0.1", "--port", str(self.port), *tls, *account]

    def _wait(self):
        for _attempt in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise TimeoutError("The IMAP server did not start.")
