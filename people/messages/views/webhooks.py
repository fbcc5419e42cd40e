"""Take what providers of text messages bring: receipts, and the texts that people write.

Nobody is signed in here: a request proves that it is the provider's. Everything that is kept is answered 200, also what
changes nothing, as the provider would bring it again and again; a body that is none of theirs is answered 400.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.messages.texts import actions, proofs
from wellbeing.lib.errors import ActionError

# A text of ten parts and all that comes with it is a small part of this.
MAX_BODY = 16 * 1024
# The longest id that is kept.
MAX_ID = 120

NOTIFY_FAILED = {
    "permanent-failure": _("The phone network says that this number does not work or takes no text messages."),
    "temporary-failure": _("The phone was off, out of reach or full for three days."),
    "technical-failure": _("GOV.UK Notify could not hand the text message to the phone network."),
}

Fields = dict[str, Any]


class _NotTheirsError(Exception):
    """The body is not one that the provider sends."""


def _webhook(believes: Callable[[HttpRequest], bool]) -> Callable[[Callable[[Fields], None]], Any]:
    """Make a view of a function that takes the fields of a believed request."""

    def decorate(take: Callable[[Fields], None]) -> Any:
        @csrf_exempt
        @login_not_required
        @require_POST
        @wraps(take)
        def view(request: HttpRequest) -> HttpResponse:
            if _length(request) > MAX_BODY:
                return JsonResponse({"error": "too large"}, status=413)
            if not believes(request):
                return JsonResponse({"error": "not signed by the provider"}, status=403)
            try:
                take(_fields(request.body))
            except (_NotTheirsError, ActionError):
                return JsonResponse({"error": "not understood"}, status=400)
            return JsonResponse({})

        return view

    return decorate


def _from_notify(request: HttpRequest) -> bool:
    return proofs.from_notify(request.headers.get("Authorization", ""))


def _from_service(request: HttpRequest) -> bool:
    headers = request.headers
    return proofs.from_service(headers.get("X-Timestamp", ""), headers.get("X-Signature", ""), request.body)


@_webhook(_from_notify)
def notify_receipt(fields: Fields) -> None:
    """Take a delivery receipt of GOV.UK Notify. States that are no end, and emails, change nothing."""
    ident, status = _text(fields, "id", MAX_ID), _text(fields, "status")
    if fields.get("notification_type") != "sms" or status not in {"delivered", *NOTIFY_FAILED}:
        return
    actions.take_receipt(
        provider_ref=ident,
        reference=_text(fields, "reference", needed=False),
        delivered=status == "delivered",
        reason=str(NOTIFY_FAILED.get(status, "")),
        number=status == "permanent-failure",
        by=None,
    )


@_webhook(_from_notify)
def notify_incoming(fields: Fields) -> None:
    """Take a text message somebody wrote to our number at GOV.UK Notify."""
    actions.take_text(
        provider_ref=_text(fields, "id", MAX_ID),
        number=_text(fields, "source_number"),
        words=_text(fields, "message", needed=False),
        by=None,
    )


@_webhook(_from_service)
def http_receipt(fields: Fields) -> None:
    """Take a receipt of the service of TEXT_HTTP_URL."""
    status = _text(fields, "status")
    if status not in {"delivered", "failed"}:
        raise _NotTheirsError
    actions.take_receipt(
        provider_ref=_text(fields, "id", MAX_ID),
        reference=_text(fields, "reference", needed=False),
        delivered=status == "delivered",
        reason=_text(fields, "reason", needed=False),
        number=fields.get("permanent") is True,
        by=None,
    )


@_webhook(_from_service)
def http_incoming(fields: Fields) -> None:
    """Take a text message somebody wrote to our number at the service of TEXT_HTTP_URL."""
    actions.take_text(
        provider_ref=_text(fields, "id", MAX_ID),
        number=_text(fields, "from"),
        words=_text(fields, "text", needed=False),
        by=None,
    )


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _fields(body: bytes) -> Fields:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _NotTheirsError from error
    if not isinstance(found, dict):
        raise _NotTheirsError
    return found


def _text(fields: Fields, name: str, longest: int = MAX_BODY, *, needed: bool = True) -> str:
    """Return a text of the body, without what the database takes for no letter. Raises _NotTheirsError."""
    found = fields.get(name)
    if found is None and not needed:
        return ""
    if not isinstance(found, str) or len(found) > longest or (needed and not found.strip()):
        raise _NotTheirsError
    return found.replace("\x00", "").encode("utf-8", "replace").decode()
