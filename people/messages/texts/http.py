"""Send text messages through any service that keeps to the contract in docs/deploy.md."""

from typing import Any

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from people.messages.services import AwayError, LaterError, RefusedError, ServiceError
from wellbeing.lib.time_limit import TookTooLongError, within

# Nobody waits longer than a day because a server said so.
LONGEST_WAIT = 24 * 60 * 60


class HttpProvider:
    """A service that takes a text as JSON, and sends it once however often it is asked under one key."""

    arrives_at_once = False

    def send(self, to: str, words: str, reference: str) -> str:
        """Send a text. Returns and raises as `Provider.send` says."""
        try:
            answer = within(settings.TEXT_TIMEOUT_SECONDS, lambda: _post(to, words, reference))
        except TookTooLongError as error:
            raise AwayError(_("The text message service did not answer in time.")) from error
        except requests.RequestException as error:
            raise AwayError(_("The text message service could not be reached.")) from error
        if answer.status_code not in {200, 201, 202}:
            raise _problem(answer)
        found = _json(answer).get("id")
        if not isinstance(found, str) or not found:
            raise AwayError(_("The text message service gave an answer we do not understand."))
        return found

    def find(self, reference: str) -> str:
        """Return "": the service itself takes the second of two requests with one key for the first."""
        return ""


def _post(to: str, words: str, reference: str) -> requests.Response:
    # A redirect would take the words to another place than the one that was set.
    return requests.post(
        settings.TEXT_HTTP_URL,
        json={"to": to, "text": words, "reference": reference},
        headers={"Authorization": f"Bearer {settings.TEXT_HTTP_TOKEN}", "Idempotency-Key": reference},
        timeout=settings.TEXT_TIMEOUT_SECONDS,
        allow_redirects=False,
    )


def _problem(answer: requests.Response) -> ServiceError:
    code = answer.status_code
    said = " ".join(str(_json(answer).get("error") or code).split())[:200]
    if code in {408, 425, 429}:
        return LaterError(_("The text message service asked us to try later: %s") % said, wait=_wait(answer))
    if code in {401, 403}:
        return RefusedError(
            _("The text message service did not accept our key. An administrator must check it. It said: %s") % said
        )
    if code == 422:
        return RefusedError(
            _("Text messages cannot be sent to this number. The text message service said: %s") % said, number=True
        )
    if 400 <= code < 500:
        return RefusedError(_("The text message service refused the text message: %s") % said)
    return AwayError(_("The text message service has a fault (%s).") % code)


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _wait(answer: requests.Response) -> int | None:
    """Return the seconds of Retry-After; None where it says none, or says a date."""
    said = answer.headers.get("Retry-After", "")
    return min(int(said), LONGEST_WAIT) if said.isascii() and said.isdigit() else None
