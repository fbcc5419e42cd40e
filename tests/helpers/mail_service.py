"""A local server that speaks the API of a mail service (Postmark) as django-anymail hears it, and brings its reports.

It keeps what it took. `answers` says what the next emails meet: "refused" for an address it does not write to, "odd"
for words nobody knows, "key" for a key it does not know, "away" for a fault of its own.
"""

import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "an-invented-server-token"
SECRET = "mail-service:a-password-that-only-these-tests-know"

INACTIVE = (
    "You tried to send to a recipient that has been marked as inactive.\n Found inactive addresses: %s.\n"
    " Inactive recipients are ones that have generated a hard bounce or a spam complaint. "
)


class MailService:
    """Runs from `with MailService() as service`."""

    def __init__(self):
        self.sent, self.answers = [], []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_problem):
        self._server.shutdown()
        self._server.server_close()

    def use(self, settings):
        """Make the settings name this service."""
        settings.EMAIL_BACKEND, settings.MAIL_SERVICE = "anymail.backends.postmark.EmailBackend", "postmark"
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": TOKEN,
            "POSTMARK_API_URL": self.url,
            "WEBHOOK_SECRET": SECRET,
        }

    def bounce(self, email, kind="HardBounce", said="smtp;550 5.1.1 No such user", ident=692560173):
        """Return the report that an email came back, as Postmark brings it."""
        return {
            "RecordType": "Bounce",
            "ID": ident,
            "Type": kind,
            "TypeCode": 1,
            "Name": "Hard bounce",
            "MessageID": email["MessageID"],
            "ServerID": 23,
            "MessageStream": "outbound",
            "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
            "Details": said,
            "Email": email["To"],
            "From": "hello@example.org",
            "BouncedAt": "2026-11-23T10:05:00Z",
            "DumpAvailable": True,
            "Inactive": True,
            "CanActivate": True,
            "Subject": email["Subject"],
        }

    def delivery(self, email):
        """Return the report that a server took an email."""
        return {
            "RecordType": "Delivery",
            "ServerID": 23,
            "MessageStream": "outbound",
            "MessageID": email["MessageID"],
            "Recipient": email["To"],
            "Tag": "",
            "DeliveredAt": "2026-11-23T10:04:00Z",
            "Details": "250 2.0.0 OK",
            "Metadata": {},
        }

    def complaint(self, email):
        """Return the report that an email was called spam."""
        return {**self.bounce(email, "SpamComplaint", "", 692560174), "RecordType": "SpamComplaint"}


class _Handler(BaseHTTPRequestHandler):
    service: MailService

    def do_POST(self):
        """Take an email, or meet the answer that is next."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.service.answers.pop(0) if self.service.answers else ""
        if answer == "away":
            self._answer(503, {"Message": "Service unavailable"})
        elif answer == "key" or self.headers.get("X-Postmark-Server-Token") != TOKEN:
            self._answer(401, {"ErrorCode": 10, "Message": "Bad or missing server token"})
        elif answer == "refused":
            self._answer(422, {"ErrorCode": 406, "Message": INACTIVE % body["To"]})
        elif answer == "odd":
            self._answer(422, {"ErrorCode": 406, "Message": "Inactive."})
        else:
            email = {**body, "MessageID": str(uuid.uuid4())}
            self.service.sent.append(email)
            taken = {"To": email["To"], "SubmittedAt": "2026-11-23T10:00:00Z", "MessageID": email["MessageID"]}
            self._answer(200, {**taken, "ErrorCode": 0, "Message": "OK"})

    def log_message(self, *_arguments):
        """Say nothing: pytest's own output is enough."""

    def _answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
