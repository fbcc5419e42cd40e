"""Write one JSON line for each thing that happens, tied together by a request id; never a name, an email or a token.

The request id begins in the web server (or in the proxy in front of it), comes back on the response, and travels with
every Celery task the request enqueues, so one search finds a click, its task and their errors.
"""

import json
import logging
import re
import time
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

from celery import current_task, signals
from django.db.models import Model, QuerySet

from .secret_paths import mask

request_id = ContextVar("request_id", default=None)
user_id = ContextVar("user_id", default=None)

access_log = logging.getLogger("wellbeing.access")

SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")
# Probes come every few seconds from every load balancer; a line each would drown what matters.
QUIET_PATHS = {"/healthz", "/readyz"}


# PostgreSQL's details of an error quote the row: names and addresses. Email addresses may stand anywhere else.
QUOTED_ROW = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)
# Begins only where a run of such letters begins, and never tries a part of a run again (the possessive ++): so a long
# line without an address takes time in proportion to its length, not to its square.
EMAIL = re.compile(
    r"(?<![\w.!#$*+^`{|}~'-])[\w.!#$*+^`{|}~'-]++(?:@|%40)(?:[\w-]++(?:\.[\w-]++)++|\[[0-9a-fA-F:.]{2,45}\])"
)


def impersonal(text):
    """Return `text` for the log: without email addresses, secrets of paths and rows that PostgreSQL quotes."""
    return EMAIL.sub("***@***", QUOTED_ROW.sub(r"\1: ***", mask(text)))


def nameless(value):
    """Return `value` for a log line: of a row of ours its kind and key, since what it is called may be a name."""
    if isinstance(value, Model):
        # A key that is no number may be a secret, as that of a session.
        return f"{value._meta.label} {value.pk}" if isinstance(value.pk, int) else value._meta.label
    if isinstance(value, dict):
        return {key: nameless(one) for key, one in value.items()}
    return [nameless(one) for one in value] if isinstance(value, list | set | QuerySet) else value


def _nameless_args(args):
    if isinstance(args, tuple):
        return tuple(nameless(one) for one in args)
    # One dictionary gives its values by name; one row alone comes without a tuple.
    return nameless(args) if isinstance(args, dict | Model) else args


class RefusalsAreSaidOnce(logging.Filter):
    """For django.request: a 403 has its line in the access log, and needs neither another nor a traceback."""

    def filter(self, record):
        return getattr(record, "status_code", None) != 403


class PlainFormatter(logging.Formatter):
    """A log record as people read it, masked as in production."""

    def format(self, record):
        record.args = _nameless_args(record.args)
        return impersonal(super().format(record))


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON.

    Always: time (UTC, ISO 8601), level, logger, message. When known: request_id, user (a number), task and
    task_id, the fields of an access line (method, path, status, ms) and error (a traceback).
    """

    def format(self, record):
        record.args = _nameless_args(record.args)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": impersonal(record.getMessage()),
            # Django writes its line about a failed request when the request is over; it hands the request along.
            "request_id": request_id.get() or getattr(getattr(record, "request", None), "request_id", None),
            "user": user_id.get(),
        }
        if current_task:
            line["task"] = current_task.name
            line["task_id"] = current_task.request.id
        for name, value in getattr(record, "fields", {}).items():
            line[name] = impersonal(value) if isinstance(value, str) else value
        if record.exc_info:
            line["error"] = impersonal(self.formatException(record.exc_info))
        return json.dumps({key: value for key, value in line.items() if value is not None}, default=str)


class RequestIdMiddleware:
    """Gives each request an id, returns it as X-Request-ID and writes one access line when the answer is ready.

    An incoming X-Request-ID of 8 to 64 letters, digits, dots, dashes and underscores is kept, so that the proxy's log
    and ours agree; anything else is replaced.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        incoming = request.headers.get("X-Request-ID", "")
        request.request_id = incoming if SANE_REQUEST_ID.fullmatch(incoming) else uuid.uuid4().hex
        id_token = request_id.set(request.request_id)
        user_token = user_id.set(None)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.request_id
            if request.path not in QUIET_PATHS:
                self.log(request, response, started)
            return response
        finally:
            user_id.reset(user_token)
            request_id.reset(id_token)

    def log(self, request, response, started):
        """Write the access line: method, path without its query, status and milliseconds."""
        # Asking request.user here could query the database; only a user somebody already looked up is
        # written.
        user = getattr(request, "_cached_user", None)
        user_id.set(user.pk if user is not None else None)
        fields = {
            "method": request.method,
            "path": impersonal(request.path),
            "status": response.status_code,
            "ms": round((time.monotonic() - started) * 1000),
        }
        access_log.info("%(method)s %(path)s %(status)s %(ms)sms", fields, extra={"fields": fields})


@signals.before_task_publish.connect
def send_request_id(headers=None, **kwargs):
    """Put the request's id into the headers of a task it enqueues."""
    if headers is not None and request_id.get():
        headers["request_id"] = request_id.get()


@signals.task_prerun.connect
def take_request_id(task=None, **kwargs):
    """Log, in the worker, under the id of the request that enqueued the task."""
    # Headers of the message are attributes of the task's request; in eager mode they are a dictionary of
    # their own.
    sent = getattr(task.request, "request_id", None) or (task.request.headers or {}).get("request_id")
    if sent:
        request_id.set(sent)


@signals.task_postrun.connect
def drop_request_id(task=None, **kwargs):
    """Start the next task on this worker's process without an id."""
    # A task run in line (CELERY_TASK_ALWAYS_EAGER) shares the request's context, which goes on after it.
    if not task.request.is_eager:
        request_id.set(None)
