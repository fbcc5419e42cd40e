"""A local server that speaks GOV.UK Notify's API as Notify's own client hears it.

It checks keys, numbers, the template and its placeholder, and that a letter is a PDF; it keeps what it took, and takes
one reference twice, as Notify does. `troubles` says what the next messages meet; `took_and_closed` is the one that
matters: it takes the message and closes the connection before it answers, so that nobody knows. Bytes are the whole of
an answer. Lists have `page_size` rows, the newest first.
"""

import base64
import contextlib
import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

SERVICE, SECRET, TEMPLATE = (str(uuid.UUID(int=number)) for number in (11, 22, 33))
KEY = f"invented-{SERVICE}-{SECRET}"
CALLBACK_TOKEN = "a-token-that-only-these-tests-know"

ANSWERS = {
    "rate_limit": (429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
    "daily_limit": (429, "TooManyRequestsError", "Exceeded send limits (250000) for today"),
    "trial_mode": (400, "BadRequestError", "Can't send to this recipient when service is in trial mode"),
    "team_key": (403, "BadRequestError", "Cannot send letters with a team api key"),
    "no_letters": (400, "BadRequestError", "Cannot send letters when service is in trial mode"),
    "not_international": (400, "BadRequestError", "Cannot send to international mobile numbers"),
    "outage": (500, "Exception", "Internal server error"),
    "overloaded": (503, "Exception", "Service unavailable"),
}


class NotifyServer:
    """Runs from `with NotifyServer() as server`. `seconds_each` is how long it takes over one text."""

    def __init__(self, *, seconds_each=0.0):
        self.seconds_each = seconds_each
        self.page_size = 250
        self.sent = []
        self.letters = []
        self.asked = []
        self.troubles = []
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"notify": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_problem):
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def use(self, settings):
        """Make the settings name this server, its account and its template."""
        settings.TEXT_PROVIDER = "notify"
        settings.NOTIFY_URL, settings.NOTIFY_API_KEY, settings.NOTIFY_TEMPLATE_ID = self.url, KEY, TEMPLATE
        settings.NOTIFY_CALLBACK_TOKEN = CALLBACK_TOKEN

    def use_for_letters(self, settings):
        """Make the settings name this server and its account for letters."""
        settings.LETTER_PROVIDER = "notify"
        settings.NOTIFY_URL, settings.NOTIFY_API_KEY = self.url, KEY

    def trouble(self):
        """Return what the next text meets, and forget it."""
        with self._lock:
            return self.troubles.pop(0) if self.troubles else ""

    def take(self, body):
        """Keep a text. Return it as Notify lists it."""
        text = {
            "id": str(uuid.uuid4()),
            "reference": body.get("reference"),
            "phone_number": body["phone_number"],
            "type": "sms",
            "status": "created",
            "body": body["personalisation"]["message"],
        }
        with self._lock:
            self.sent.append(text)
        return text

    def take_letter(self, body):
        """Keep a letter. Return it as Notify lists it, with its `content`, which Notify does not list."""
        letter = {
            "id": str(uuid.uuid4()),
            "reference": body["reference"],
            "postage": body.get("postage", "second"),
            "type": "letter",
            "status": "pending-virus-check",
            "content": base64.b64decode(body["content"]),
        }
        with self._lock:
            self.letters.append(letter)
        return letter

    def ended(self, text, status):
        """End a text as "delivered", "permanent-failure" and so on. Return the receipt that Notify brings."""
        text["status"] = status
        return {
            "id": text["id"],
            "reference": text["reference"],
            "to": text["phone_number"],
            "status": status,
            "created_at": "2026-11-23T10:00:00.000000Z",
            "completed_at": "2026-11-23T10:00:05.000000Z",
            "sent_at": "2026-11-23T10:00:01.000000Z",
            "notification_type": "sms",
            "template_id": TEMPLATE,
            "template_version": 1,
        }

    def times_sent(self):
        """Return how often each number was sent a text."""
        numbers = [text["phone_number"] for text in self.sent]
        return {number: numbers.count(number) for number in numbers}


class _Handler(BaseHTTPRequestHandler):
    notify: NotifyServer

    def do_POST(self):
        """Take a text, or meet the trouble that is next."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.notify.asked.append(("POST", self.path, body))
        time.sleep(self.notify.seconds_each)
        trouble = self.notify.trouble()
        if trouble in {"closed", "took_and_closed"}:
            if trouble == "took_and_closed":
                (self.notify.take_letter if self._is_letter else self.notify.take)(body)
            self.close_connection = True
            return
        if trouble == "silence":
            self.notify.over.wait(30)
            return
        if trouble == "drip":
            self._drip()
            return
        if isinstance(trouble, bytes):
            self._answer(201, trouble)
            return
        refusal = self._refusal(body) or ANSWERS.get(trouble)
        if refusal:
            self._refuse(*refusal)
            return
        if self._is_letter:
            letter = self.notify.take_letter(body)
            self._answer(201, {name: letter[name] for name in ("id", "reference", "postage")})
            return
        text = self.notify.take(body)
        content = {"body": text["body"], "from_number": "INVENTED"}
        template = {"id": TEMPLATE, "version": 1, "uri": f"{self.notify.url}/v2/template/{TEMPLATE}"}
        uri = f"{self.notify.url}/v2/notifications/{text['id']}"
        self._answer(
            201,
            {"id": text["id"], "reference": text["reference"], "content": content, "uri": uri, "template": template},
        )

    def do_GET(self):
        """List what was taken under a reference, the newest first."""
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.notify.asked.append(("GET", parts.path, asked))
        trouble = self.notify.trouble()
        if isinstance(trouble, bytes):
            self._answer(200, trouble)
            return
        refusal = self._key_refusal() or ANSWERS.get(trouble)
        if refusal:
            self._refuse(*refusal)
            return
        taken = self.notify.letters if asked.get("template_type") == "letter" else self.notify.sent
        found = [
            {name: value for name, value in one.items() if name != "content"}
            for one in reversed(taken)
            if asked.get("reference") in {None, one["reference"]}
        ]
        if older_than := asked.get("older_than"):
            found = found[[one["id"] for one in found].index(older_than) + 1 :]
        found = found[: self.notify.page_size]
        self._answer(200, {"notifications": found, "links": {"current": f"{self.notify.url}{self.path}"}})

    def log_message(self, *_arguments):
        """Say nothing: pytest's own output is enough."""

    @property
    def _is_letter(self):
        return self.path == "/v2/notifications/letter"

    def _refusal(self, body):
        if refusal := self._key_refusal():
            return refusal
        if self._is_letter:
            return self._letter_refusal(body)
        if self.path != "/v2/notifications/sms":
            return 404, "NoResultFound", "No result found"
        if body.get("template_id") != TEMPLATE:
            return 400, "BadRequestError", "Template not found"
        if not body.get("personalisation", {}).get("message"):
            return 400, "BadRequestError", "Missing personalisation: message"
        if not body["phone_number"].startswith("+447"):
            return 400, "ValidationError", "phone_number Not a UK mobile number"
        return None

    def _letter_refusal(self, body):
        if not body.get("reference"):
            return 400, "ValidationError", "reference is a required property"
        if body.get("postage", "second") not in {"first", "second", "economy"}:
            return 400, "ValidationError", "postage invalid. It must be either first, second or economy."
        if not base64.b64decode(body.get("content", "")).startswith(b"%PDF"):
            return 400, "BadRequestError", "Letter content is not a valid PDF"
        return None

    def _key_refusal(self):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            if get_token_issuer(token) == SERVICE and decode_jwt_token(token, SECRET):
                return None
        except TokenError as error:
            if "expired" in error.message or "future" in error.message:
                return 403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"
        return 403, "AuthError", "Invalid token: API key not found"

    def _refuse(self, status, error, message):
        self._answer(status, {"errors": [{"error": error, "message": message}], "status_code": status})

    def _answer(self, status, body):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        # A worker that was killed does not wait for its answer.
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def _drip(self):
        """Send a byte now and then, for longer than anybody waits."""
        with contextlib.suppress(OSError):
            self.wfile.write(b"HTTP/1.0 201 Created\r\nContent-Length: 1000\r\n\r\n")
            while not self.notify.over.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()
