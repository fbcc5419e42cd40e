"""Text messages of a journey: what GOV.UK Notify was asked to send, and what it brings."""

import json
import time
import urllib.request

from tests.helpers.notify_server import CALLBACK_TOKEN


def brings(server, name, fields):
    """Bring something as Notify does."""
    request = urllib.request.Request(
        f"{server.url}/webhooks/texts/notify/{name}/",
        json.dumps(fields).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {CALLBACK_TOKEN}"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200


def writes(server, number, words, count=1):
    """Bring a text that somebody wrote from `number`; `count` tells one from the next."""
    ident = f"b1f4c9f0-0000-4000-8000-{number[-6:]}{count:06d}"
    brings(server, "incoming", {"id": ident, "source_number": number.lstrip("+"), "message": words})


def sent(notify, count):
    """The text that was sent as the `count`th; waits for it as a person would."""
    deadline = time.monotonic() + 30
    while len(notify.sent) < count:
        assert time.monotonic() < deadline, f"there are {len(notify.sent)} texts"
        time.sleep(0.1)
    return notify.sent[count - 1]
